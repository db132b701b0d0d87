import type { Artifact, Data } from "../../../artifact.ts";
import type { Exposure } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { ownerOf } from "../properties/model-properties.ts";
import { sentence, words } from "../properties/prose.ts";

/** The dashboards and applications that use facts and marts; one that several of them name depends on all. */
export function exposureArtifacts(design: Design): readonly Artifact[] {
  const { model } = design;
  const uses = new Map<string, { readonly exposure: Exposure; readonly owner: string; readonly models: string[] }>();
  for (const one of [...model.facts, ...model.marts]) {
    for (const exposure of one.exposures) {
      const known = uses.get(exposure.name);
      if (known !== undefined) known.models.push(one.name);
      else uses.set(exposure.name, { exposure, owner: exposure.owner ?? ownerOf(one.owner, one.name, model), models: [one.name] });
    }
  }
  if (uses.size === 0) return [];
  const exposures = [...uses]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([, { exposure, owner, models }]) => entry(exposure, owner, models, design));
  return [
    {
      kind: "data",
      format: "yaml",
      path: "dbt/models/_exposures.yml",
      mode: "generated",
      from: [],
      origin: null,
      value: { version: 2, exposures },
    },
  ];
}

function entry(exposure: Exposure, owner: string, models: readonly string[], { model }: Design): Data {
  const email = model.owners.find((one) => one.name === owner)?.email ?? null;
  const label = words(exposure.name);
  return {
    name: exposure.name,
    label: `${label.slice(0, 1).toUpperCase()}${label.slice(1)}`,
    type: exposure.type,
    description: sentence(exposure.description) || `Uses ${models.join(" and ")}.`,
    ...(exposure.url === null ? {} : { url: exposure.url }),
    owner: email === null ? { name: owner } : { name: owner, email },
    depends_on: [...new Set(models)].map((one) => `ref('${one}')`),
  };
}
