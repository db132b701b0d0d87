import { within } from "../../diagnostics/origin.ts";
import { martDiagnostics } from "../diagnostics/marts.ts";
import type { Spec } from "../../spec/types.ts";
import type { Mart } from "../fact.ts";
import { factModel, martModel } from "../names.ts";
import type { LinkContext } from "./context.ts";
import { linkMart } from "./mart/mart.ts";
import { earlierVersions, withVersion } from "./mart/versions.ts";
import { kinds } from "./refusals.ts";

/** The marts of all specs, in code-point order of their names; what was refused is reported and left out. Needs dimensions and facts in the context. */
export function linkMarts(spec: Spec, context: LinkContext): readonly Mart[] {
  const declared = new Set(spec.facts.map((one) => factModel(one.name)));
  const seen = new Map<string, (typeof spec.marts)[number]>();
  for (const one of spec.marts.flatMap((each) => [each, ...earlierVersions(each, context)])) {
    const name = martModel(one.name);
    const first = seen.get(name);
    if (first === undefined) {
      seen.set(name, one);
      continue;
    }
    const related = [{ origin: within(first.origin, "name"), message: "The first one stands here." }];
    context.log.add(martDiagnostics.report("duplicate-mart", { origin: within(one.origin, "name"), related }, { name }));
  }
  const linked = [...seen.values()].flatMap((one) => {
    const mart = linkMart(one, declared, context);
    if (mart === null) context.refused.add(kinds.mart, martModel(one.name));
    return mart ?? [];
  });
  return linked.map(withVersion(spec)).sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}
