import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { ColumnReference, Expression } from "../../expression.ts";
import type { Fact } from "../../fact.ts";
import { isTemporal } from "../../logical-type.ts";
import { lookUp, resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import { isInstantOrDate, timeColumns } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The date or time that a key of `dim_date` is computed from: stated, named like the role, or the event time; null where refused (reported). */
export function linkDate(spec: ForeignKeySpec, origin: Origin, draft: FactDraft, eventTime: Fact["eventTime"]): Expression | null {
  if (spec.on.length > 0) return statedDate(spec.on, within(origin, "on"), draft);
  const { linked, context } = draft;
  const named = spec.role === null ? null : lookUp(spec.role, linked.scope);
  if (spec.role !== null && named?.kind === "ambiguous") return resolveColumn(spec.role, linked.scope, origin, context.log);
  if (named?.kind === "found" && isTime(named.expression)) {
    const choice = `${spec.role ?? ""} on ${named.expression.name}`;
    context.infer({ topic: "foreign key", subject: draft.name, choice, because: "it has the name of the role", origin });
    return asDay(named.expression, named.expression.name, origin, draft);
  }
  if (eventTime !== null) return eventTime.value;
  // An event time that was refused is reported where it stands.
  if (draft.spec.event_time !== null) return null;
  const known = timeColumns(linked).join(", ") || "none";
  context.log.add(factDiagnostics.report("date-without-column", { origin }, { fact: draft.name, known }));
  return null;
}

function statedDate(on: ForeignKeySpec["on"], origin: Origin, draft: FactDraft): Expression | null {
  const { linked, context } = draft;
  const [first, ...more] = on;
  if (first === undefined || more.length > 0) {
    const given = on.map((one) => one.here).join(", ");
    context.log.add(factDiagnostics.report("key-columns", { origin }, { dimension: "dim_date", key: "one date or timestamp", given }));
    return null;
  }
  const value = resolveColumn(first.here, linked.scope, origin, context.log);
  return value === null ? null : asDay(value, first.here, origin, draft);
}

function isTime(value: Expression): value is ColumnReference {
  return value.kind === "column" && isTemporal(value.type);
}

/** Wall-clock time has a day of its own. */
function asDay(value: Expression, name: string, origin: Origin, { linked, context }: FactDraft): Expression | null {
  if (value.kind === "column" && columnFacts(value, linked.inputs)?.wallClock === true) return value;
  return isInstantOrDate(value, name, "dim_date", origin, context) ? value : null;
}
