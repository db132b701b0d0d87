import { modelsBelow } from "./dimension-models.ts";
import { entityOf, factModel, historyModel } from "./names.ts";
import type { Model } from "./types.ts";

/** What the dbt models of renamed dimensions and facts were called before, by what they are called now. */
export function formerNames(model: Model): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const dimension of model.dimensions) {
    if (dimension.kind !== "table" || dimension.renamedFrom === null) continue;
    const [now, then] = [entityOf(dimension.name), entityOf(dimension.renamedFrom)];
    const below = modelsBelow(dimension).map(({ name }) => name);
    for (const name of [dimension.name, historyModel(dimension.name), ...below]) names.set(name, name.replace(now, then));
  }
  for (const { name, renamedFrom } of model.facts) if (renamedFrom !== null) names.set(name, factModel(renamedFrom));
  return names;
}
