import type { Dialect } from "../../../dialects/types.ts";
import type { Mart, MartGroup, MartMeasure } from "../../../model/fact.ts";
import type { MartCalculation } from "../../../model/mart-calculation.ts";
import { positionColumn, rollingColumn, rollingMeasures } from "./columns.ts";
import { named } from "../dimension/rows.ts";
import { castTo } from "../sql/aggregate.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, SelectColumn } from "../sql/query.ts";

/** Moving sums and the rank within groups, beside the aggregated rows; none where the mart asks for neither. */
export function windowCtes(mart: Mart, from: string, dialect: Dialect): readonly Cte[] {
  if (mart.rolling === null && mart.top === null) return [];
  const columns = [...mart.groups, ...mart.measures, ...mart.calculations].map((one) => named(one.name, dialect));
  const sums = rollingMeasures(mart).map((one): SelectColumn => ({ as: rollingColumn(mart, one), sql: rollingSql(mart, one, dialect) }));
  const position = mart.top === null ? [] : [{ as: positionColumn(mart), sql: positionSql(mart, mart.top, dialect) }];
  return [
    { kind: "select", name: mart.top === null ? "rolled" : "ranked", selects: [{ columns: [...columns, ...sums, ...position], from }] },
  ];
}

/** A frame over dates, not rows: a day without a row still counts as one of the days. */
function rollingSql(mart: Mart, measure: MartMeasure, dialect: Dialect): string {
  const over = mart.rolling?.over ?? "";
  const others = mart.groups.filter((one) => one.name !== over).map((one) => identifier(one.name, dialect));
  const lines = [
    ...(others.length === 0 ? [] : [`partition by ${others.join(", ")}`]),
    `order by ${identifier(over, dialect)}`,
    `range between interval '${reach(mart)}' preceding and current row`,
  ];
  return castTo(`sum(${identifier(measure.name, dialect)}) over (\n    ${lines.join("\n    ")}\n)`, dialect.typeName(measure.type));
}

/** How far the window reaches back from the current day, which is its last. */
function reach(mart: Mart): string {
  const periods = mart.rolling?.periods ?? 1;
  switch (mart.rolling?.unit) {
    case "week":
      return `${periods * 7 - 1} days`;
    case "month":
      return `${periods} months -1 days`;
    default:
      return `${periods - 1} days`;
  }
}

/** Exactly n rows: ties are broken by the groups, so that every run keeps the same ones. */
function positionSql(mart: Mart, top: NonNullable<Mart["top"]>, dialect: Dialect): string {
  const within = top.within.map((one) => identifier(one, dialect));
  const rest = mart.groups.filter((one) => !top.within.includes(one.name)).map((one) => `${orderable(one, dialect)} asc`);
  const lines = [
    ...(within.length === 0 ? [] : [`partition by ${within.join(", ")}`]),
    `order by ${[`${ranked(mart, top.by, dialect)} desc nulls last`, ...rest].join(", ")}`,
  ];
  return `row_number() over (\n    ${lines.join("\n    ")}\n)`;
}

function ranked(mart: Mart, by: string, dialect: Dialect): string {
  const measure = [...mart.measures, ...mart.calculations].find((one) => one.name === by);
  if (measure === undefined) throw new Error(`${mart.name} has no measure ${by}`);
  return orderable(measure, dialect);
}

function orderable(column: MartGroup | MartMeasure | MartCalculation, dialect: Dialect): string {
  const name = identifier(column.name, dialect);
  return column.type.kind === "string" ? dialect.bytewise(name) : name;
}
