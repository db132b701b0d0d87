import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within } from "../../../diagnostics/origin.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { extraSource, namelessness, rawSchema, validName } from "../../names.ts";
import { rawTables, type SourceTable } from "../../source.ts";
import type { SourceDraft, SourceLinking } from "./draft.ts";

/** Where a table lies in the warehouse: `raw_<source>.<table>` unless the contract says otherwise. */
export function linkPhysical({ spec, source, table }: SourceDraft): SourceTable["physical"] {
  return { database: spec.physical.database, schema: spec.physical.schema ?? rawSchema(source), table: spec.physical.table ?? table };
}

/** The raw tables that hold a contract's rows, where it lists them. What cannot be is reported. */
export function linkShards({ spec, loading }: SourceDraft, { log }: SourceLinking): Pick<SourceTable, "shards"> {
  const { table, tables, closed } = spec.physical;
  const report = (name: string, problem: string, instead: string, ...path: readonly (string | number)[]): void =>
    log.add(sourceDiagnostics.report("raw-tables", { origin: within(spec.origin, "physical", ...path) }, { name, problem, instead }));
  if (tables.length > 0 && table !== null) report(table, "is named as the raw table beside a list of several", "list it under tables, too, or take the list away.", "table");
  if (tables.length > 0 && loading.landing === "text") report(tables.join(", "), "are no tables: the generated extraction loads files into one", "take the list away and let the glob match the files of all, e.g. connection: files:landing/orders_*.csv; the column _source names the file.", "tables");
  for (const [index, name] of tables.entries()) if (namelessness(name) !== null) report(name, "has no Latin letters that a dbt source could call it by", "give the table another name by a view in the warehouse.", "tables", index);
  for (const [index, name] of closed.entries()) if (!tables.includes(name)) report(name, "is closed, but none of the tables", `write one of ${tables.join(", ") || "those listed under tables"}.`, "closed", index);
  return tables.length === 0 ? {} : { shards: tables.map((name) => ({ name: validName(name), table: name, isClosed: closed.includes(name) })) };
}

/** Reports raw tables that two contracts, or one contract twice, take rows from under one name. */
export function reportSharedTables(tables: readonly SourceTable[], log: DiagnosticLog): void {
  const holders = new Map<string, SourceTable>();
  for (const table of tables) {
    for (const [index, { name, table: raw }] of rawTables(table).entries()) {
      const id = `${table.dbtSource}.${name}`;
      const holder = holders.get(id);
      holders.set(id, table);
      if (holder === undefined) continue;
      const place = table.shards === undefined ? within(table.origin, "name") : within(table.origin, "physical", "tables", index);
      const problem = holder === table ? "stands in the list twice, or is not told apart from another name in it" : `holds rows of ${holder.name} already`;
      log.add(sourceDiagnostics.report("raw-tables", { origin: place }, { name: raw, problem, instead: "name each raw table once: its rows belong to one contract." }));
    }
  }
}

/**
 * Names of the dbt sources by table id. A source whose tables lie in one schema bears its own name; else the schema that
 * comes first keeps it (`raw_<source>` before all others) and the others are `<source>_<schema>`.
 */
export function dbtSources(tables: readonly { readonly id: string; readonly source: string; readonly draft: SourceDraft; readonly physical: SourceTable["physical"] }[], { log }: SourceLinking): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const mains = new Map<string, string>();
  for (const { source, physical } of tables) mains.set(source, earlier(mains.get(source), placeOf(physical), source));
  const owners = new Map<string, string>([...mains].map(([source, main]) => [source, ownerOf(source, main)]));
  for (const { id, source, draft, physical } of tables) {
    const main = mains.get(source);
    const name = placeOf(physical) === main ? source : extraSource(source, physical.database === null ? physical.schema : `${physical.database}_${physical.schema}`);
    const owner = owners.get(name);
    const own = ownerOf(source, placeOf(physical));
    if (owner !== undefined && owner !== own) log.add(sourceDiagnostics.report("schema-collision", { origin: within(draft.spec.origin, "physical", "schema") }, { name, source }));
    if (owner === undefined) owners.set(name, own);
    names.set(id, name);
  }
  return names;
}

/** The place that goes first: the raw schema of the source, else the first in code-point order. */
function earlier(one: string | undefined, other: string, source: string): string {
  const raw = placeOf({ database: null, schema: rawSchema(source), table: "" });
  return one === undefined || other === raw || (one !== raw && other < one) ? other : one;
}

/** One dbt source stands for the tables of one source in one place: of two schemas whose names give one word, none may be lost. */
function ownerOf(source: string, place: string): string {
  return `${source} ${place}`;
}

function placeOf(physical: SourceTable["physical"]): string {
  return JSON.stringify([physical.database, physical.schema]);
}
