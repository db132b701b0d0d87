import type { Data } from "../../../artifact.ts";
import type { Design } from "../../../rules/types.ts";
import { modelEntry, type ModelProperties } from "./model-properties.ts";

/** The entries of `models:`, the versions of one model in one of them, in the place of the latest. */
export function modelEntries(models: readonly ModelProperties[], design: Design): readonly Data[] {
  return models.flatMap((one): readonly Data[] => {
    if (one.version === undefined || one.version === null) return [modelEntry(one, design)];
    const { of, latest } = one.version;
    if (!latest) return [];
    const versions = models.filter(({ version }) => version?.of === of);
    return versions.length === 1 ? [modelEntry(one, design)] : [versionedEntry(one, versions, design)];
  });
}

/**
 * A model with versions: each describes columns and tests of its own. The latest stands in the file and under the relation of its name,
 * so that whoever names no version reads it.
 */
function versionedEntry(latest: ModelProperties, versions: readonly ModelProperties[], design: Design): Data {
  const { name, description = "", config = {}, ...own } = modelEntry(latest, design);
  const earlier = versions.filter((one) => one !== latest).sort((a, b) => (b.version?.number ?? 0) - (a.version?.number ?? 0));
  return {
    name: name ?? "",
    description,
    latest_version: latest.version?.number ?? 1,
    config,
    versions: [
      { v: latest.version?.number ?? 1, defined_in: latest.name, config: { alias: latest.name }, ...own },
      ...earlier.map((one): Data => {
        const { name: _, description: about = "", config: settings = {}, ...parts } = modelEntry(one, design);
        return { v: one.version?.number ?? 0, deprecation_date: one.version?.deprecated ?? "", description: about, config: settings, ...parts };
      }),
    ],
  };
}
