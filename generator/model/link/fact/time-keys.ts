import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { Fact } from "../../fact.ts";
import { resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import { isInstantOrDate, timeColumns } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The time that a key of `dim_time` is computed from: stated, or the event time where it is an instant; null where refused (reported). */
export function linkTimeOfDay(spec: ForeignKeySpec, origin: Origin, draft: FactDraft, eventTime: Fact["eventTime"]): Expression | null {
  const { linked, context } = draft;
  const [first, ...more] = spec.on;
  if (first === undefined && eventTime?.precision === "instant") return eventTime.value;
  if (first === undefined || more.length > 0) {
    // An event time that was refused is reported where it stands.
    if (first === undefined && eventTime === null && draft.spec.event_time !== null) return null;
    const known = timeColumns(linked).join(", ") || "none";
    context.log.add(factDiagnostics.report("time-without-column", { origin }, { fact: draft.name, known }));
    return null;
  }
  const place = within(origin, "on");
  const value = resolveColumn(first.here, linked.scope, place, context.log);
  if (value === null || value.type?.kind === "time") return value;
  if (value.kind === "column" && columnFacts(value, linked.inputs)?.wallClock === true) return value;
  if (!isInstantOrDate(value, first.here, "dim_time", place, context)) return null;
  if (value.type?.kind !== "date") return value;
  context.log.add(factDiagnostics.report("time-without-column", { origin: place }, { fact: draft.name, known: timeColumns(linked).join(", ") }));
  return null;
}
