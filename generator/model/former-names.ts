import { modelsBelow } from "./dimension-models.ts";
import { entityOf, taskModule } from "./names.ts";
import type { Model } from "./types.ts";

/** What the files of renamed dimensions, bridges, facts, marts and pipelines were called before, by what they are called now. */
export function formerNames(model: Model): ReadonlyMap<string, string> {
  const names = new Map<string, string>();
  for (const dimension of model.dimensions) {
    if (dimension.kind !== "table" || dimension.renamedFrom === null) continue;
    const [now, then] = [entityOf(dimension.name), entityOf(dimension.renamedFrom)];
    const below = modelsBelow(dimension).map(({ name }) => name);
    for (const name of [dimension.name, ...below]) names.set(name, name.replace(now, then));
  }
  for (const { name, renamedFrom } of [...model.bridges, ...model.facts, ...model.marts]) if (renamedFrom !== null) names.set(name, renamedFrom);
  for (const { name, renamedFrom, tasks } of model.pipelines) {
    if (renamedFrom === null) continue;
    names.set(name, renamedFrom);
    for (const task of tasks) names.set(taskModule(name, task.name), taskModule(renamedFrom, task.name));
  }
  return names;
}
