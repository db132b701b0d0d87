import type { Dimension } from "../../model/dimension.ts";
import type { Fact, Mart } from "../../model/fact.ts";
import type { Model } from "../../model/types.ts";

/** The objects of one domain, each list in code-point order. */
export interface Domain {
  readonly name: string;
  readonly dimensions: readonly Dimension[];
  readonly facts: readonly Fact[];
  readonly marts: readonly Mart[];
}

/** The domains of a model in code-point order. */
export function domainsOf(model: Model): readonly Domain[] {
  const names = [...new Set([...model.dimensions, ...model.facts, ...model.marts].map((one) => one.domain))].sort();
  const [dimensions, facts, marts] = [grouped(model.dimensions), grouped(model.facts), grouped(model.marts)];
  return names.map((name) => ({ name, dimensions: dimensions.get(name) ?? [], facts: facts.get(name) ?? [], marts: marts.get(name) ?? [] }));
}

/** The names of a domain's objects. */
export function namesIn({ dimensions, facts, marts }: Domain): readonly string[] {
  return [...dimensions, ...facts, ...marts].map((one) => one.name);
}

function grouped<T extends { readonly domain: string }>(objects: readonly T[]): ReadonlyMap<string, readonly T[]> {
  const groups = new Map<string, T[]>();
  for (const one of objects) {
    const group = groups.get(one.domain);
    if (group === undefined) groups.set(one.domain, [one]);
    else group.push(one);
  }
  return groups;
}
