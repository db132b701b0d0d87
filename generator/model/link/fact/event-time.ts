import { within } from "../../../diagnostics/origin.ts";
import type { SqlSpec } from "../../../spec/types.ts";
import type { Fact } from "../../fact.ts";
import { isInstantOrDate, linkTime } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The time of a fact's event, a column or an expression; null where it is none (reported). */
export function linkEventTime(draft: FactDraft, sql: SqlSpec): Fact["eventTime"] {
  const { spec, linked, context } = draft;
  const origin = within(spec.origin, "event_time");
  const text = sql.kind === "expression" ? sql.sql.trim() : "";
  const isColumn = /^[A-Za-z_][\w .]*$/.test(text) && !/\s(and|or|at)\s/i.test(text);
  const value = isColumn
    ? linkTime(text, "the event time", linked, origin, context)
    : context.parse(sql, linked.scope, origin, { kind: "timestamp" });
  if (value === null || !isInstantOrDate(value, text, "the event time", origin, context)) {
    context.refused.add(draft.name, isColumn ? text.slice(text.lastIndexOf(".") + 1) : "event_time");
    return null;
  }
  return {
    value,
    column: value.kind === "column" ? value.name : "event_time",
    precision: value.type?.kind === "date" ? "date" : "instant",
  };
}
