import type { Dialect } from "../../../dialects/types.ts";
import type { LogicalType } from "../../../model/types.ts";
import { identifier } from "./expression.ts";

/** Something rows are sorted by: the name of a column, or SQL where `sql` is given. */
export interface SortKey {
  readonly name: string;
  readonly type: LogicalType;
  readonly sql?: string;
}

/** Order terms that put the newest row first; NULLs last, texts byte-wise. Ties are broken by all of `ties`, so that the order is total. */
export function newestFirst(keys: readonly SortKey[], ties: readonly SortKey[], dialect: Dialect): readonly string[] {
  return [...keys, ...ties].map((one) => `${sortable(one, dialect)} desc nulls last`);
}

/** Order terms that put the oldest row first; NULLs and ties as in `newestFirst`. */
export function oldestFirst(keys: readonly SortKey[], ties: readonly SortKey[], dialect: Dialect): readonly string[] {
  return [...keys, ...ties].map((one) => `${sortable(one, dialect)} asc nulls last`);
}

/** `row_number() over (…)`, laid out over several lines. */
export function rowNumber(partition: readonly string[], order: readonly string[]): string {
  return windowed("row_number()", partition, order);
}

/** A window function over rows of a partition, laid out over several lines. */
export function windowed(call: string, partition: readonly string[], order: readonly string[]): string {
  return [`${call} over (`, ...clause("partition by", partition), ...clause("order by", order), ")"].join("\n");
}

/** One line where it fits, else a line for each term. */
function clause(keyword: string, terms: readonly string[]): readonly string[] {
  const line = `    ${keyword} ${terms.join(", ")}`;
  if (terms.length === 0) return [];
  if (line.length <= 68) return [line];
  return [`    ${keyword}`, ...terms.map((one, index) => `        ${one}${index < terms.length - 1 ? "," : ""}`)];
}

function sortable({ name, type, sql }: SortKey, dialect: Dialect): string {
  const value = sql ?? identifier(name, dialect);
  return type.kind === "string" ? dialect.bytewise(value) : value;
}
