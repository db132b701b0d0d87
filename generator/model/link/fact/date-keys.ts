import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { Fact } from "../../fact.ts";
import { isTemporal, scalar } from "../../logical-type.ts";
import { asType, lookUp, resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import { isInstantOrDate, timeColumns } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The date or time that a key of `dim_date` is computed from: stated, named like the role, or the event time; null where refused (reported). */
export function linkDate(spec: ForeignKeySpec, origin: Origin, draft: FactDraft, eventTime: Fact["eventTime"]): Expression | null {
  const { linked, context } = draft;
  const [first, ...more] = spec.on;
  if (first !== undefined) {
    const place = within(origin, "on");
    if (more.length > 0) {
      context.log.add(factDiagnostics.report("key-columns", { origin: place }, { dimension: "dim_date", key: "one date or timestamp", given: spec.on.map((one) => one.here).join(", ") }));
      return null;
    }
    const value = resolveColumn(first.here, linked.scope, place, context.log);
    return value === null ? null : asDay(value, first.here, place, draft);
  }
  const named = spec.role === null ? null : lookUp(spec.role, linked.scope);
  if (named?.kind === "found" && named.expression.kind === "column" && named.expression.type !== null && isTemporal(named.expression.type)) {
    context.infer({ topic: "foreign key", subject: draft.name, choice: `${spec.role ?? ""} on ${named.expression.name}`, because: "it has the name of the role", origin });
    return asDay(named.expression, named.expression.name, origin, draft);
  }
  if (eventTime !== null) return eventTime.value;
  if (draft.spec.event_time === null) context.log.add(factDiagnostics.report("date-without-column", { origin }, { fact: draft.name, known: timeColumns(linked).join(", ") || "none" }));
  return null;
}

/** Wall-clock time has a day of its own; a column of a hand-written model is read as a date. */
function asDay(value: Expression, name: string, origin: Origin, { linked, context }: FactDraft): Expression | null {
  if (value.kind === "cast") return asType(value, scalar("date"));
  if (value.kind === "column" && columnFacts(value, linked.inputs)?.wallClock === true) return value;
  return isInstantOrDate(value, name, "dim_date", origin, context) ? value : null;
}
