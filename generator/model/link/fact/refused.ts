import { within, type Step } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { FactSpec } from "../../../spec/types.ts";
import type { LinkContext } from "../context.ts";

/** Reports what the language can say of facts but no release generates yet; true where there was any. */
export function refusedParts(spec: FactSpec, context: LinkContext): boolean {
  const found: { readonly at: Step; readonly below?: Step; readonly what: string; readonly instead: string }[] = [];
  if (spec.fact_type === "periodic_snapshot" || spec.fact_type === "accumulating_snapshot") {
    found.push({ at: "fact_type", what: `A fact of type ${spec.fact_type}`, instead: "use transaction or factless; it comes with a later release" });
  }
  if (spec.period !== null) found.push({ at: "period", what: "A fact per period", instead: "remove period; it comes with periodic snapshots in a later release" });
  if (spec.entity !== null) found.push({ at: "entity", what: "A fact per entity and period", instead: "remove entity; it comes with periodic snapshots in a later release" });
  if (spec.milestones.length > 0) found.push({ at: "milestones", what: "A fact with milestones", instead: "remove milestones; they come with accumulating snapshots in a later release" });
  const strategy = spec.load?.strategy ?? null;
  if (strategy !== null && strategy !== "truncate_reload") {
    found.push({ at: "load", below: "strategy", what: `Loading by ${strategy}`, instead: "use truncate_reload or leave it out: facts are rebuilt as a whole; increments come with a later release" });
  }
  if (spec.load !== null && spec.load.lookback !== null) found.push({ at: "load", below: "lookback", what: "A lookback", instead: "remove it: facts are rebuilt as a whole; increments come with a later release" });
  if (spec.contract !== null && spec.contract.version !== null) found.push({ at: "contract", below: "version", what: "A versioned fact", instead: "remove contract.version; versions of models come with a later release" });
  for (const one of found) {
    const origin = within(spec.origin, one.at, ...(one.below === undefined ? [] : [one.below]));
    context.log.add(rowDiagnostics.report("not-yet", { origin, pointer: one.at === "milestones" ? "key" : "value" }, { what: one.what, instead: one.instead }));
  }
  return found.length > 0;
}
