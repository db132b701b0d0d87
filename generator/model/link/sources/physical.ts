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
