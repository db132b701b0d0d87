import type { ColumnReference, Expression } from "./expression.ts";
import { columnsOf } from "./expression-columns.ts";
import type { Fact, ForeignKey } from "./fact.ts";

/** Every expression over the rows of a fact. */
export function rowExpressions(fact: Pick<Fact, "rows" | "grain" | "eventTime" | "foreignKeys" | "degenerates" | "measures">): readonly Expression[] {
  return [
    ...fact.measures.map((one) => one.value.expression),
    ...fact.degenerates.map((one) => one.value),
    ...fact.grain.map((one) => one.value),
    ...fact.foreignKeys.flatMap(({ lookup }) => {
      if (lookup.kind === "lookup") return [...lookup.on.map((one) => one.value), ...(lookup.asOf === null ? [] : [lookup.asOf.value])];
      if (lookup.kind === "combination") return lookup.values.map((one) => one.value);
      return lookup.kind === "inherited" ? [] : [lookup.value];
    }),
    ...(fact.eventTime === null ? [] : [fact.eventTime.value]),
    ...(fact.rows.where === null ? [] : [fact.rows.where]),
  ];
}

/** The aliases of everything that expressions over a fact's rows read. */
export function aliasesRead(fact: Parameters<typeof rowExpressions>[0]): ReadonlySet<string> {
  return new Set(rowExpressions(fact).flatMap((one) => columnsOf(one).flatMap((column) => column.input ?? [])));
}

/** The foreign keys whose dimensions a fact reads: all that it looks up, and those over which its expressions read attributes. */
export function dimensionsRead(fact: Fact): readonly ForeignKey[] {
  const read = aliasesRead(fact);
  // Keys that are taken over come first: what they lead to may be looked up by.
  const held = [...fact.sourceKeys, ...fact.foreignKeys].filter((one) => one.lookup.kind === "inherited" && read.has(one.alias));
  return [...held, ...fact.foreignKeys.filter((one) => one.lookup.kind === "lookup" || (one.lookup.kind !== "inherited" && read.has(one.alias)))];
}

/** Columns that a fact reads of events beside what makes the process and its milestones. */
export function carriedColumns(fact: Fact): readonly ColumnReference[] {
  const own = new Set([...(fact.events?.process ?? []).map((one) => one.name), ...(fact.events?.milestones ?? []).map((one) => one.column)]);
  const read = [...rowExpressions(fact), ...fact.rows.joins.flatMap((join) => join.on.map((one) => one.left))].flatMap(columnsOf);
  return [...new Map(read.flatMap((one) => (one.input === fact.rows.base.alias && !own.has(one.name) ? [[one.name, one] as const] : []))).values()];
}
