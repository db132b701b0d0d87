import type { Dialect } from "../../dialects/types.ts";
import type { Expression } from "../../model/expression.ts";
import type { Fact, MartMeasure, Measure } from "../../model/fact.ts";
import { aggregateSql, castTo, plainAggregate } from "./sql/aggregate.ts";
import { identifier, printCondition } from "./sql/expression.ts";
import { mapColumns } from "./sql/map-columns.ts";

/** Where the measures of a mart are aggregated: the fact, and the name its columns have there (null: none needed). */
export interface MeasureContext {
  readonly fact: Fact;
  readonly relation: string | null;
  readonly dialect: Dialect;
}

/** A measure that must not be summed over time, with the date key it is closed by (Kimball, chapter 3). */
export interface Balance {
  readonly column: string;
  readonly dateKey: string;
  readonly how: NonNullable<Measure["over"]>["how"];
}

/** The SQL of a mart's measure over the rows of its fact, in its declared type. */
export function martMeasureSql(measure: MartMeasure, context: MeasureContext): string {
  const { value } = measure;
  const condition = value.where === null ? null : conditionSql(value.where, context);
  if (value.kind === "ratio") {
    const [above, below] = [partSql(value.numerator, condition, context), partSql(value.denominator, condition, context)];
    return castTo(context.dialect.divide(above, `nullif(${below}, 0)`, true), context.dialect.typeName(measure.type));
  }
  const balance = value.aggregation === "sum" ? balanceOf(value.column, context.fact) : null;
  if (balance !== null) return castTo(balanceSql(balance, condition, context), context.dialect.typeName(measure.type));
  return aggregateSql(
    { aggregation: value.aggregation, sql: columnSql(value.column, context), condition, type: measure.type },
    context.dialect,
  );
}

/** The balance that a column of a fact holds, or null where it may be summed. */
export function balanceOf(column: string, fact: Fact): Balance | null {
  const over = fact.measures.find((one) => one.name === column)?.over ?? null;
  if (over === null) return null;
  const key = fact.foreignKeys.find((one) => one.alias === over.role || one.role === over.role);
  if (key === undefined) throw new Error(`${fact.name} has no date ${over.role} that ${column} is closed by`);
  return { column, dateKey: key.name, how: over.how };
}

/** Window columns of a balance, made before the rows are aggregated: its last or first date, or its sum by date. */
export function balanceWindow(
  balance: Balance,
  groups: readonly string[],
  relation: string | null,
  dialect: Dialect,
): { readonly sql: string; readonly as: string } | null {
  const prefix = relation === null ? "" : `${identifier(relation, dialect)}.`;
  const dateKey = `${prefix}${balance.dateKey}`;
  const over = (terms: readonly string[]): string => (terms.length === 0 ? "over ()" : `over (partition by ${terms.join(", ")})`);
  switch (balance.how) {
    case "last":
      return { sql: `max(${dateKey}) ${over(groups)}`, as: `last_${balance.dateKey}` };
    case "first":
      return { sql: `min(case when ${dateKey} > 0 then ${dateKey} end) ${over(groups)}`, as: `first_${balance.dateKey}` };
    case "min":
    case "max":
      return { sql: `sum(${prefix}${identifier(balance.column, dialect)}) ${over([...groups, dateKey])}`, as: `${balance.column}_of_day` };
    case "avg":
      return null;
  }
}

/** Columns of the fact that a measure reads. */
export function readColumns(measure: MartMeasure, fact: Fact): readonly string[] {
  const { value } = measure;
  const columns = value.kind === "ratio" ? [value.numerator, value.denominator] : [value.column];
  const filtered: string[] = [];
  if (value.where !== null) mapColumns(value.where, (column) => (filtered.push(column.name), column));
  return [...columns, ...filtered, ...columns.flatMap((one) => balanceOf(one, fact)?.dateKey ?? [])];
}

function balanceSql(balance: Balance, condition: string | null, { dialect }: MeasureContext): string {
  const column = identifier(balance.column, dialect);
  const only = condition === null ? "" : ` and ${condition}`;
  switch (balance.how) {
    case "last":
    case "first":
      return `sum(case when ${balance.dateKey} = ${balance.how}_${balance.dateKey}${only} then ${column} else 0 end)`;
    case "avg":
      return dialect.divide(
        plainAggregate({ aggregation: "sum", sql: column, condition }),
        `nullif(count(distinct ${balance.dateKey}), 0)`,
        true,
      );
    case "min":
    case "max":
      return plainAggregate({ aggregation: balance.how, sql: `${balance.column}_of_day`, condition });
  }
}

/** A part of a ratio, aggregated its own way; what was counted is added up, and an average of a part would not be one, so it is summed. */
function partSql(name: string, condition: string | null, context: MeasureContext): string {
  const aggregation = context.fact.measures.find((one) => one.name === name)?.aggregation ?? "sum";
  return plainAggregate({
    aggregation: aggregation === "avg" || aggregation === "count" ? "sum" : aggregation,
    sql: columnSql(name, context),
    condition,
  });
}

/** A column of the fact, qualified where other relations are joined. */
export function columnSql(name: string, { relation, dialect }: Pick<MeasureContext, "relation" | "dialect">): string {
  return relation === null ? identifier(name, dialect) : `${identifier(relation, dialect)}.${identifier(name, dialect)}`;
}

function conditionSql(where: Expression, { relation, dialect }: MeasureContext): string {
  return printCondition(inRelation(where, relation), dialect);
}

/** An expression over a fact's columns, qualified by the fact's name where other relations are joined. */
export function inRelation(expression: Expression, relation: string | null): Expression {
  return mapColumns(expression, (column) => ({ ...column, input: relation }));
}
