import { namesShard, rawName, type SourceColumn, type SourceTable } from "../../model/source.ts";
import { isLandingColumn } from "./state.ts";

/** A column of a raw table, and the columns of the contract that are read from it. */
export interface RawColumn {
  readonly name: string;
  readonly columns: readonly SourceColumn[];
}

/** The columns of a raw table in order of the contract, without those that the loader adds. */
export function rawColumns(table: SourceTable): readonly RawColumn[] {
  const own = table.columns.filter((one) => !isLandingColumn(one, table));
  const names = [...new Set(own.map(rawName))];
  return names.map((name) => ({ name, columns: own.filter((one) => rawName(one) === name) }));
}

/**
 * Why no sample can be made of a table whose columns share a raw column (only values at places of their own in a JSON text can be put together), or whose
 * history is told by the names of its raw tables. Null where it can.
 */
export function sharingProblem(table: SourceTable): string | null {
  const teller = table.columns.find((one) => namesShard(one, table) && tellsHistory(one.name, table));
  if (teller !== undefined) return `no sample tables of ${table.name} are made for each ${teller.name}`;
  const torn = rawColumns(table).find(({ columns }) => columns.length > 1 && !areApart(columns));
  return torn === undefined ? null : `no sample value of ${table.name}.${torn.name} suits all of ${torn.columns.map((one) => one.name).join(", ")}, which are read from it: they are not places of their own in a JSON text`;
}

function tellsHistory(name: string, { history }: SourceTable): boolean {
  switch (history.kind) {
    case "current_state":
    case "append_only": return false;
    case "change_log": return [history.effectiveAt, ...history.sequence, history.operation?.column].includes(name);
    case "periodic_extract": return history.extractDate === name;
  }
}

function areApart(columns: readonly SourceColumn[]): boolean {
  const paths = columns.map(({ clean: [first] }) => (first?.kind === "json" ? `${first.path}.` : ""));
  return paths.every((one, index) => one !== "" && paths.every((other, at) => at === index || !other.startsWith(one)));
}

/** One raw text out of those that its columns are read from: the only one, or the JSON objects put together. */
export function togetherText(texts: readonly (string | null)[]): string | null {
  const told = texts.filter((one) => one !== null);
  if (told.length < 2) return told[0] ?? null;
  return JSON.stringify(told.map((one): unknown => JSON.parse(one)).reduce(together));
}

function together(one: unknown, other: unknown): unknown {
  if (!isObject(one) || !isObject(other)) return other;
  const inner = Object.entries(other).map(([name, value]) => [name, name in one ? together(Reflect.get(one, name), value) : value]);
  return { ...one, ...Object.fromEntries(inner) };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
