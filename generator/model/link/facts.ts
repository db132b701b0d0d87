import { within } from "../../diagnostics/origin.ts";
import { factDiagnostics } from "../diagnostics/facts.ts";
import type { FactSpec, Spec } from "../../spec/types.ts";
import type { Fact } from "../fact.ts";
import { dimensionModel, factModel } from "../names.ts";
import type { LinkContext } from "./context.ts";
import { derivedNames } from "./dimension/derived-names.ts";
import { linkFact } from "./fact/fact.ts";
import { kinds } from "./refusals.ts";

/** The facts of all specs, in code-point order of their names; what was refused is reported and left out. Needs the dimensions in the context. */
export function linkFacts(spec: Spec, context: LinkContext): readonly Fact[] {
  const specs = distinctFacts(spec, context);
  const declared = new Set(spec.dimensions.flatMap((one) => [dimensionModel(one.name), ...derivedNames(one)]));
  const linked = new Map<string, Fact>();
  const visit = (name: string, path: readonly string[]): void => {
    const one = specs.get(name);
    if (one === undefined || linked.has(name) || context.refused.has(kinds.fact, name)) return;
    const source = sourceFact(one, specs, context);
    // Facts in a circle never come here; the path only keeps a bug from running for ever.
    if (source !== null && !path.includes(source)) visit(source, [...path, name]);
    const fact = linkFact(one, declared, { ...context, facts: linked });
    if (fact === null) context.refused.add(kinds.fact, name);
    else linked.set(name, fact);
  };
  for (const name of inOrder(specs, context)) visit(name, []);
  return [...linked.values()].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

/** The fact that a fact is rolled up from; a contract of that name comes first. */
function sourceFact(spec: FactSpec, specs: ReadonlyMap<string, FactSpec>, context: LinkContext): string | null {
  if (spec.source === null || context.sources.has(spec.source) || spec.source.startsWith("ref.")) return null;
  const name = factModel(spec.source);
  return specs.has(name) && name !== factModel(spec.name) ? name : null;
}

/** Names in code-point order; those whose source nobody knows come last, when all that could be meant is there to be suggested. */
function inOrder(specs: ReadonlyMap<string, FactSpec>, context: LinkContext): readonly string[] {
  const names = [...specs.keys()].sort();
  const isKnown = ({ name, source }: FactSpec): boolean => source === null || context.sources.has(source) || (specs.has(factModel(source)) && factModel(source) !== factModel(name));
  const unclear = new Set([...specs].flatMap(([name, one]) => (isKnown(one) ? [] : [name])));
  return [...names.filter((one) => !unclear.has(one)), ...unclear];
}

function distinctFacts(spec: Spec, context: LinkContext): ReadonlyMap<string, FactSpec> {
  const found = new Map<string, FactSpec>();
  for (const one of spec.facts) {
    const name = factModel(one.name);
    const first = found.get(name);
    if (first === undefined) {
      found.set(name, one);
      continue;
    }
    const related = [{ origin: within(first.origin, "name"), message: "The first one stands here." }];
    context.log.add(factDiagnostics.report("duplicate-fact", { origin: within(one.origin, "name"), related }, { name }));
  }
  return found;
}
