import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { AsOf, Fact } from "../../fact.ts";
import { dimensionModel } from "../../names.ts";
import { parts } from "../refusals.ts";
import { linkTime, timeColumns } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The time at which a version is looked up: stated, or the fact's event time; null where there is none (reported). */
export function linkAsOf(spec: ForeignKeySpec, origin: Origin, draft: FactDraft, eventTime: Fact["eventTime"]): AsOf | null {
  const { linked, context } = draft;
  const dates = spec.as_of?.dates ?? "end_of_day";
  const column = spec.as_of?.column ?? null;
  if (column !== null) {
    const value = linkTime(column, "looking up a version", linked, within(origin, "as_of", "column"), context);
    return value === null ? null : { value, precision: value.type?.kind === "date" ? "date" : "instant", dates };
  }
  if (eventTime !== null) return { value: eventTime.value, precision: eventTime.precision, dates };
  // An event time that was refused is reported where it stands.
  if (draft.spec.event_time === null && !context.refused.has(draft.name, parts.history)) {
    context.refused.add(draft.name, parts.history);
    const parameters = { dimension: dimensionModel(spec.dimension), fact: draft.name, known: timeColumns(linked).join(", ") || "none" };
    context.log.add(factDiagnostics.report("as-of-missing", { origin }, parameters));
  }
  return null;
}
