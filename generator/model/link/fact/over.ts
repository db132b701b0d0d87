import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { Additivity, ForeignKey, Measure } from "../../fact.ts";
import { parts } from "../refusals.ts";
import type { FactDraft } from "./draft.ts";
import { matchingKey } from "./inherited-keys.ts";
import { additivityText } from "./measure-checks.ts";

/** How a semi-additive measure is closed over time, or "refused" where it does not say (reported); null for all others. */
export function linkOver(
  spec: MeasureSpec,
  origin: Origin,
  additivity: Additivity,
  foreignKeys: readonly ForeignKey[],
  draft: FactDraft,
): Measure["over"] | "refused" {
  return additivity === "semi_additive" ? closing(spec, origin, foreignKeys, draft) : unused(spec, origin, additivity, draft);
}

function unused(spec: MeasureSpec, origin: Origin, additivity: Additivity, { context }: FactDraft): null | "refused" {
  if (Object.keys(spec.over).length === 0) return null;
  const parameters = { name: spec.name, additivity: additivityText(additivity) };
  context.log.add(measureDiagnostics.report("over-without-balance", { origin: within(origin, "over"), pointer: "key" }, parameters));
  return "refused";
}

function closing(
  spec: MeasureSpec,
  origin: Origin,
  foreignKeys: readonly ForeignKey[],
  { name, context }: FactDraft,
): Measure["over"] | "refused" {
  const dates = foreignKeys.filter((one) => one.dimension === "dim_date");
  const roles = dates.map((one) => one.alias);
  const known = roles.join(", ") || "none yet: add a foreign key to dim_date";
  const [first, ...more] = Object.entries(spec.over);
  if (first === undefined || more.length > 0) {
    const parameters = { name: spec.name, known, example: `{${roles[0] ?? "dim_date"}: last}` };
    context.log.add(measureDiagnostics.report("semi-additive-over", { origin: within(origin, "name") }, parameters));
    return "refused";
  }
  const [role, how] = first;
  const found = matchingKey(dates, role, null);
  if (found !== null) return { role: found.alias, how };
  if (context.refused.has(name, parts.references)) return "refused";
  const parameters = { fact: name, role, suggestion: didYouMean(role, roles), known };
  context.log.add(measureDiagnostics.report("unknown-over", { origin: within(origin, "over", role), pointer: "key" }, parameters));
  return "refused";
}
