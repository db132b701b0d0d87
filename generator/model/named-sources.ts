import type { SourceTable } from "./source.ts";
import type { Model } from "./types.ts";

/** The source tables of these ids, in their order; ids that no table has are passed over. */
export function sourcesNamed({ sources }: Pick<Model, "sources">, ids: readonly string[]): readonly SourceTable[] {
  const known = byName.get(sources) ?? new Map(sources.map((one) => [one.name, one]));
  byName.set(sources, known);
  return ids.flatMap((id) => known.get(id) ?? []);
}

/** Models are frozen, so their tables are put in order once: thousands of pipelines ask. */
const byName = new WeakMap<Model["sources"], ReadonlyMap<string, SourceTable>>();
