import type { Diagnostic } from "../../diagnostics/define.ts";
import { within, type Origin } from "../../diagnostics/origin.ts";
import { rawName, rawTables, type SourceTable } from "../../model/source.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";

/** Refuses names of raw schemas, tables and columns that the warehouse has cut, as they are no longer called so. */
export const rawNames: Rule = {
  name: "raw-names",
  apply: ({ model, dialect }) => ({ diagnostics: model.sources.flatMap(named).flatMap((one) => problem(one, dialect.identifierBytes, dialect.title)) }),
};

interface RawName {
  readonly what: "schema" | "table" | "column";
  readonly name: string;
  readonly origin: Origin;
}

function named(table: SourceTable): readonly RawName[] {
  const { physical, shards, columns, origin } = table;
  const tables = rawTables(table).map((one, index): RawName => ({ what: "table", name: one.table, origin: within(origin, "physical", ...(shards === undefined ? ["table"] : ["tables", index])) }));
  return [{ what: "schema", name: physical.schema, origin: within(origin, "physical", "schema") }, ...tables, ...columns.map((one): RawName => ({ what: "column", name: rawName(one), origin: within(one.origin, one.readFrom === undefined ? "column" : "from") }))];
}

function problem({ what, name, origin }: RawName, limit: number, dialect: string): readonly Diagnostic[] {
  const bytes = new TextEncoder().encode(name);
  if (bytes.length <= limit) return [];
  // Half a character at the end is none.
  const cut = new TextDecoder().decode(bytes.slice(0, limit)).replace(/\ufffd+$/, "");
  return [rulesDiagnostics.report("raw-name-too-long", { origin }, { what, name, bytes: bytes.length, dialect, limit, cut })];
}
