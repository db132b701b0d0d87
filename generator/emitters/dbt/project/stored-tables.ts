import type { TemplateArtifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { Model } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { isIncremental } from "../fact/increment.ts";

/** Whether the project has tables that later runs only add to: snapshots and incremental facts. */
export function hasStoredTables(design: Design): boolean {
  const { dimensions, facts } = design.model;
  return dimensions.some((one) => one.kind === "table" && one.history.kind === "snapshot") || mergesMembers(design.model) || facts.some((one) => isIncremental(one, design));
}

/** Whether a dimension is written member by member. */
export function mergesMembers({ dimensions }: Model): boolean {
  return dimensions.some((one) => one.kind === "table" && one.isMerged);
}

/** The macro that moves such tables along with their models, called before every run. */
export const MIGRATION = "migrate_stored_tables";

/** What the blueprint of that macro prints: casts and the catalog's names of types. */
export function migrationView({ retype, types, typeName }: Dialect): TemplateArtifact["view"] {
  const decimal = typeName({ kind: "decimal", precision: 10, scale: 2 });
  const known = [...Object.values(types), decimal].map((one) => one.replace(/\(.*|\s/g, ""));
  const cast = (column: string): string => retype.attempt(`{{ ${column} }}`, "{{ data_type }}");
  return {
    known: jinja([...new Set(known)].sort()),
    synonyms: jinja(retype.reported),
    castName: cast("name"),
    castKept: cast("kept"),
    castColumn: cast("column"),
    readers: retype.readers("{{ stored }}", "{{ column | replace('\"', '') }}"),
  };
}

/** Plain names as a literal of Jinja, in the quotes that the house uses. */
function jinja(value: unknown): string {
  return JSON.stringify(value).replaceAll('"', "'").replaceAll(",", ", ").replaceAll(":", ": ");
}
