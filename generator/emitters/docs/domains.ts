import type { Bridge } from "../../model/bridge.ts";
import type { Dimension } from "../../model/dimension.ts";
import type { Fact, Mart } from "../../model/fact.ts";
import { grouped } from "../../model/grouped.ts";
import type { HandWrittenModel } from "../../model/hand-written.ts";
import type { Design } from "../../rules/types.ts";

/** The objects of one domain, each list in code-point order. */
export interface Domain {
  readonly name: string;
  readonly handWritten: readonly HandWrittenModel[];
  readonly dimensions: readonly Dimension[];
  readonly bridges: readonly Bridge[];
  readonly facts: readonly Fact[];
  readonly marts: readonly Mart[];
}

/** The domains of a design in code-point order. The calendar makes no domain of its own where there is exactly one other. */
export function domainsOf({ model, domains: [only, ...others] }: Pick<Design, "model" | "domains">): readonly Domain[] {
  const single = others.length === 0 ? only : undefined;
  const domainOf = (one: { readonly domain: string }): string => single ?? one.domain;
  const [handWritten, bridges] = [grouped(model.handWritten, domainOf), grouped(model.bridges, domainOf)];
  const [dimensions, facts, marts] = [grouped(model.dimensions, domainOf), grouped(model.facts, domainOf), grouped(model.marts, domainOf)];
  const names = [...new Set([...handWritten.keys(), ...dimensions.keys(), ...bridges.keys(), ...facts.keys(), ...marts.keys()])].sort();
  return names.map((name) => ({
    name,
    handWritten: handWritten.get(name) ?? [],
    dimensions: dimensions.get(name) ?? [],
    bridges: bridges.get(name) ?? [],
    facts: facts.get(name) ?? [],
    marts: marts.get(name) ?? [],
  }));
}

/** The names of a domain's objects. */
export function namesIn({ handWritten, dimensions, bridges, facts, marts }: Domain): readonly string[] {
  return [...handWritten, ...dimensions, ...bridges, ...facts, ...marts].map((one) => one.name);
}
