import { modelsBelow } from "../model/dimension-models.ts";
import type { Model } from "../model/types.ts";
import { snapshotOf } from "./dimensions.ts";
import { keepsRows } from "./facts.ts";

/** What becomes of the dbt models of objects that the new model does not know by their name. */
export interface Departures {
  /** dbt models of such objects, each with the name that plans give to its object: the new one where it was renamed. */
  readonly leaving: ReadonlyMap<string, string>;
  /** Stored tables that go on under another name: new name to old name. */
  readonly former: ReadonlyMap<string, string>;
}

/** What of the old model the new one names otherwise, or not at all. */
export function departures(before: Model, after: Model): Departures {
  const leaving = new Map<string, string>();
  const former = new Map<string, string>();
  const objects = <Node extends Named>(was: readonly Node[], is: readonly Node[], models: (one: Node) => readonly string[], stored: (one: Node) => string | null = () => null): void => {
    const names = new Set(is.map(({ name }) => name));
    for (const one of was.filter(({ name }) => !names.has(name))) {
      const heir = is.find(({ renamedFrom }) => renamedFrom === one.name);
      for (const model of models(one)) leaving.set(model, heir?.name ?? one.name);
      const [old, now] = [stored(one), heir === undefined ? null : stored(heir)];
      if (old !== null && now !== null && old !== now) former.set(now, old);
    }
  };
  const itself = ({ name }: Named): readonly string[] => [name];
  objects(before.sources, after.sources, ({ models }) => [models.staging, ...(models.current === null ? [] : [models.current])]);
  objects<Named>(before.handWritten, after.handWritten, itself);
  objects(before.dimensions, after.dimensions, (one) => [...modelsBelow(one).map(({ name }) => name), one.name], snapshotOf);
  objects(before.bridges, after.bridges, itself);
  objects(before.facts, after.facts, itself, (one) => (keepsRows(one) ? one.name : null));
  objects(before.marts, after.marts, itself);
  return { leaving, former };
}

interface Named {
  readonly name: string;
  readonly renamedFrom?: string | null;
}
