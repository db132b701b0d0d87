import type { Fact, Measure } from "../../../model/fact.ts";
import { entriesKeyColumn, keepsEntries } from "../../../model/fact-record.ts";
import type { Design } from "../../../rules/types.ts";
import { computedColumns } from "./columns.ts";
import { identifier } from "../sql/expression.ts";

/** The columns of a fact that a run compares, its key among them, as SQL names. */
export function comparedColumns(fact: Fact, { dialect }: Design): { readonly columns: readonly string[]; readonly key: string; readonly storedKey: string } {
  const storedKey = keepsEntries(fact) ? entriesKeyColumn(fact) : fact.keyColumn;
  return { columns: computedColumns(fact).map((one) => identifier(one.name, dialect)), key: identifier(fact.keyColumn, dialect), storedKey: identifier(storedKey, dialect) };
}

/** Conditions of which one is true where a row came out otherwise than it is stored under this name. */
export function differences(fact: Fact, stored: string, design: Design): readonly string[] {
  const { columns, key } = comparedColumns(fact, design);
  return columns.filter((one) => one !== key).map((one) => `final.${one} is distinct from ${stored}.${one}`);
}

/** True where a measure came out otherwise than it was computed another way: floats depend, in their last digits, on the order in which they are added up. */
export function differs({ type }: Measure, expected: string, actual: string): string {
  return type.kind === "float" ? `abs(${expected} - ${actual}) > 1e-9 * greatest(abs(${expected}), 1)` : `${expected} <> ${actual}`;
}

/** A filter of alternatives, one to a line. */
export function whereAny(conditions: readonly string[]): string {
  const [only, ...more] = conditions;
  return more.length === 0 ? `where ${only ?? "true"}` : `where\n    ${conditions.join("\n    or ")}`;
}

/** SQL of a run that adds to the table, and of one that makes it anew. */
export function whetherIncremental(adds: readonly string[], anew: readonly string[]): string {
  const inside = (lines: readonly string[]): string => lines.join("\n").replace(/^(?=.)/gm, "    ");
  return ["{% if is_incremental() %}", inside(adds), "{% else %}", inside(anew), "{% endif %}"].join("\n");
}
