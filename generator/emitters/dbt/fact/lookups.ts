import type { Dialect } from "../../../dialects/types.ts";
import type { Dimension } from "../../../model/dimension.ts";
import type { Expression } from "../../../model/expression.ts";
import type { AsOf, ForeignKey } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Project } from "../../../model/project.ts";
import { startOfDay } from "../days.ts";
import { identifier } from "../sql/expression.ts";
import type { JoinClause } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/** What the SQL of foreign keys needs: how expressions print here, the project's calendar and zone. */
export interface LookupContext {
  readonly project: Project;
  readonly dialect: Dialect;
  /** Alias of the rows the fact is made of. */
  readonly base: string;
  /** SQL of an expression over the relations of the select. */
  readonly print: (expression: Expression) => string;
  /** The same, fit to stand beside any operator. */
  readonly operand: (expression: Expression) => string;
}

/** A dimension that is joined into a fact, under the name its columns have there. */
export interface LookupRelation {
  /** The CTE that is joined. */
  readonly cte: string;
  /** Its name in the select: the CTE's own, or the role's. */
  readonly alias: string;
  readonly dimension: Dimension;
  /** The column of it that holds the key. */
  readonly key: string;
}

/** The key that a row points to: not applicable without a reference, unknown without a member (Kimball: special rows, never NULL). */
export function foreignKeySql(foreignKey: ForeignKey, relation: LookupRelation | undefined, context: LookupContext): string {
  const { lookup } = foreignKey;
  switch (lookup.kind) {
    case "inherited":
      return context.operand(inherited(lookup.column, context));
    case "date":
      return dateKeySql(localDay(lookup.value, context), context);
    case "combination":
      return combinationSql(lookup, context);
    case "time":
      return timeKeySql(localTime(lookup.value, context), lookup, context);
    case "lookup": {
      if (relation === undefined || relation.dimension.kind !== "table") throw new Error(`${foreignKey.name} has nothing to look up`);
      const missing = lookup.on.map((one) => `${context.operand(one.value)} is null`).join(" or ");
      const key = `${relation.alias}.${relation.key}`;
      return `case\n    when ${missing} then '-2'\n    else coalesce(${key}, '-1')\nend`;
    }
  }
}

/** The join that finds the member a row points to, in Type 2 the version that was valid at the stated time. */
export function lookupJoin(foreignKey: ForeignKey, relation: LookupRelation, context: LookupContext): JoinClause {
  const alias = relation.alias === relation.cte ? {} : { alias: relation.alias };
  return { type: "left", relation: relation.cte, ...alias, on: conditions(foreignKey, relation, context) };
}

function conditions(foreignKey: ForeignKey, { alias, dimension, key }: LookupRelation, context: LookupContext): readonly string[] {
  const { lookup } = foreignKey;
  switch (lookup.kind) {
    case "date":
      return [`${localDay(lookup.value, context)} = ${alias}.date`];
    case "combination":
      return [`${combinationSql(lookup, context)} = ${alias}.${key}`];
    case "time":
      return [`${timeKeySql(localTime(lookup.value, context), lookup, context)} = ${alias}.${key}`];
    case "inherited":
      return [`${context.operand(inherited(lookup.column, context))} = ${alias}.${key}`];
    case "lookup": {
      const members = lookup.on.map((one) => `${context.operand(one.value)} = ${alias}.${identifier(one.member, context.dialect)}`);
      if (dimension.kind !== "table" || dimension.scdType === 1) return members;
      if (lookup.asOf === null) return [...members, `${alias}.is_current`];
      return [...members, ...validity(lookup.asOf, alias, context)];
    }
  }
}

/** Half-open versions: an instant lies in `[valid_from, valid_to)`; the end of a day is the start of the next one, seen from before. */
export function validity(asOf: AsOf, alias: string, context: Pick<LookupContext, "project" | "dialect" | "operand">): readonly string[] {
  const [from, to] = [`${alias}.valid_from`, `${alias}.valid_to`];
  const open = (condition: string): string => (context.project.openEnd === null ? `(${condition} or ${to} is null)` : condition);
  if (asOf.precision === "date" && asOf.dates === "end_of_day") {
    const end = startOfDay(context.dialect.addDays(context.operand(asOf.value), 1, scalar("date")), context.project.timezone, context.dialect);
    return [`${end} > ${from}`, open(`${end} <= ${to}`)];
  }
  const instant = asOf.precision === "date" ? startOfDay(context.operand(asOf.value), context.project.timezone, context.dialect) : context.operand(asOf.value);
  return [`${instant} >= ${from}`, open(`${instant} < ${to}`)];
}

function inherited(column: string, context: LookupContext): Expression {
  return { kind: "column", input: context.base, name: column, type: scalar("string") };
}

/** The day of a date or instant, counted in the project's zone. */
export function localDay(value: Expression, { project, dialect, operand }: LookupContext): string {
  if (value.type?.kind === "date") return operand(value);
  if (value.type?.kind !== "timestamp" || project.timezone === "UTC") return dialect.cast(operand(value), value.type, scalar("date"));
  return dialect.cast(dialect.toLocal(operand(value), dialect.stringLiteral(project.timezone)), scalar("timestamp_ntz"), scalar("date"));
}

/** The key that the dimension makes of the same values: each in its exact type. */
function combinationSql({ values }: Extract<ForeignKey["lookup"], { kind: "combination" }>, { dialect, print }: LookupContext): string {
  const parts = values.map(({ value, type }) => ({ sql: value.kind === "column" ? print(value) : `cast(${print(value)} as ${dialect.typeName(type)})`, type }));
  return surrogateKey(parts, dialect);
}

/** The wall-clock time of an instant in the project's zone. */
function localTime(value: Expression, { project, dialect, operand }: LookupContext): string {
  if (value.type?.kind !== "timestamp" || project.timezone === "UTC") return operand(value);
  return dialect.toLocal(operand(value), dialect.stringLiteral(project.timezone));
}

/** The key of a time of day: not applicable without one. */
function timeKeySql(time: string, lookup: Extract<ForeignKey["lookup"], { kind: "time" }>, { dialect }: LookupContext): string {
  const part = (unit: string): string => dialect.call("date_part", [`'${unit}'`, time], [scalar("string"), lookup.value.type], scalar("integer"));
  const key = lookup.grain === "minute"
    ? `${part("hour")} * 100\n        + ${part("minute")}`
    : `${part("hour")} * 10000\n        + ${part("minute")} * 100\n        + ${part("second")}`;
  return `case\n    when ${time} is null then -2\n    else\n        ${key}\nend`;
}

/** The key of a day: not applicable without a day, unknown outside the calendar. */
export function dateKeySql(day: string, { project, dialect }: LookupContext): string {
  const literal = (date: string): string => `cast(${dialect.stringLiteral(date)} as ${dialect.types.date})`;
  return [
    "case",
    `    when ${day} is null then -2`,
    "    when",
    `        ${day}`,
    `        between ${literal(project.dates.from)} and ${literal(project.dates.to)}`,
    `        then ${dialect.dateKey(day).replaceAll("\n", "\n        ")}`,
    "    else -1",
    "end",
  ].join("\n");
}
