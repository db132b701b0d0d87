import { within } from "../../../diagnostics/origin.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { extraSource, rawSchema } from "../../names.ts";
import type { SourceTable } from "../../source.ts";
import type { SourceDraft, SourceLinking } from "./draft.ts";

/** Where a table lies in the warehouse: `raw_<source>.<table>` unless the contract says otherwise. */
export function linkPhysical({ spec, source, table }: SourceDraft): SourceTable["physical"] {
  return { database: spec.physical.database, schema: spec.physical.schema ?? rawSchema(source), table: spec.physical.table ?? table };
}

/**
 * Names of the dbt sources by table id. A source whose tables lie in one schema bears its own name; else the schema that
 * comes first keeps it (`raw_<source>` before all others) and the others are `<source>_<schema>`.
 */
export function dbtSources(tables: readonly { readonly id: string; readonly source: string; readonly draft: SourceDraft; readonly physical: SourceTable["physical"] }[], { log }: SourceLinking): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  const owners = new Map<string, string>(tables.map((one) => [one.source, one.source]));
  for (const { id, source, draft, physical } of tables) {
    const places = [...new Set(tables.filter((one) => one.source === source).map((one) => placeOf(one.physical)))].sort();
    const main = places.find((one) => one === placeOf({ ...physical, database: null, schema: rawSchema(source) })) ?? places[0];
    const name = placeOf(physical) === main ? source : extraSource(source, physical.database === null ? physical.schema : `${physical.database}_${physical.schema}`);
    const owner = owners.get(name);
    if (owner !== undefined && owner !== source) log.add(sourceDiagnostics.report("schema-collision", { origin: within(draft.spec.origin, "physical", "schema") }, { name, source }));
    if (owner === undefined) owners.set(name, source);
    names.set(id, name);
  }
  return names;
}

function placeOf(physical: SourceTable["physical"]): string {
  return JSON.stringify([physical.database, physical.schema]);
}
