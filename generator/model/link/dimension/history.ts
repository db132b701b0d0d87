import { within, type Origin } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import type { DimensionSpec, HistorySpec } from "../../../spec/types.ts";
import type { Attribute, DimensionHistory, JoinedHistory } from "../../dimension.ts";
import type { Expression } from "../../expression.ts";
import { scalar, typeText } from "../../logical-type.ts";
import { dimensionModel, entityOf, snapshotModel } from "../../names.ts";
import type { SourceHistory } from "../../source.ts";
import type { LinkContext } from "../context.ts";
import type { Scope } from "../scope.ts";
import { resolveColumn } from "../rows/columns.ts";
import type { LinkedRows } from "../rows/row-source.ts";
import { linkTime } from "../rows/times.ts";
import { isOneOf } from "../rows/values.ts";
import { linkJoinedHistories } from "./joined-histories.ts";
import type { HistoryPlan } from "./history-plan.ts";

/** The history of a dimension, and the filter of its rows once history has taken its part of it. */
export interface LinkedHistory {
  readonly history: DimensionHistory;
  readonly where: Expression | null;
  /** Joined tables whose own history counts. */
  readonly joined: readonly JoinedHistory[];
}

/** Works out where the versions come from; null where a time or column was refused (reported). */
export function linkHistory(
  spec: DimensionSpec,
  plan: HistoryPlan,
  attributes: readonly Attribute[],
  where: Expression | null,
  linked: LinkedRows,
  context: LinkContext,
): LinkedHistory | null {
  switch (plan.kind) {
    case "current":
      return { history: { kind: "current" }, where, joined: [] };
    case "snapshot":
      return { history: { kind: "snapshot", snapshot: snapshotModel(entityOf(dimensionModel(spec.name))) }, where, joined: [] };
    case "events":
    case "extracts": {
      const joined = linkJoinedHistories(spec, attributes, where, linked, context);
      const own = joined === null ? null : fromRows(spec, plan, where, linked, context);
      return joined === null || own === null ? null : { ...own, joined };
    }
  }
}

function fromRows(
  spec: DimensionSpec,
  plan: HistoryPlan,
  where: Expression | null,
  linked: LinkedRows,
  context: LinkContext,
): Omit<LinkedHistory, "joined"> | null {
  const history = plan.stated === null ? linked.base.readable.table?.history : asSourceHistory(plan.stated);
  const place = plan.stated === null ? within(spec.origin, "source") : within(spec.origin, "history");
  if (history?.kind === "change_log") return events(history, plan, place, where, linked, context);
  if (history?.kind !== "periodic_extract") throw new Error(`${spec.name} has no history to read`);
  const extractDate = linkTime(
    history.extractDate,
    "a periodic extract",
    linked,
    plan.stated === null ? place : within(place, "extract_date"),
    context,
  );
  return extractDate === null ? null : { history: { kind: "extracts", extractDate, zone: context.project.timezone }, where };
}

function events(
  history: Extract<SourceHistory, { kind: "change_log" }>,
  plan: HistoryPlan,
  place: Origin,
  where: Expression | null,
  linked: LinkedRows,
  context: LinkContext,
): Omit<LinkedHistory, "joined"> | null {
  const at = (...steps: readonly (string | number)[]): Origin => (plan.stated === null ? place : within(place, ...steps));
  if (history.effectiveAt === "") context.log.add(sourceDiagnostics.report("history-without-time", { origin: place, pointer: "key" }, {}));
  const effectiveAt =
    history.effectiveAt === "" ? null : linkTime(history.effectiveAt, "a change log", linked, at("effective_at"), context);
  const sequence = history.sequence.map((one, index) => inBase(one, linked, at("sequence", index), context));
  const operation = history.operation === null ? null : inBase(history.operation.column, linked, at("operation", "column"), context);
  const order = sequence.flatMap((one) => (one === null ? [] : [one]));
  if (effectiveAt === null || order.length < sequence.length || (history.operation !== null && operation === null)) return null;
  const deleted = operation === null || history.operation === null ? null : isOneOf(operation, history.operation.delete);
  if (operation !== null && deleted === null) {
    const parameters = {
      value: history.operation?.delete.join(", ") ?? "",
      type: operation.type === null ? "NULL" : typeText(operation.type),
      name: history.operation?.column ?? "",
    };
    context.log.add(dimensionDiagnostics.report("label-type", { origin: at("operation", "delete") }, parameters));
    return null;
  }
  // A row that fails the filter has left the population: in a log it ends the member like a delete. In a stream it is just no event.
  const left = plan.stated === null && where !== null ? either(deleted, isNotTrue(where)) : deleted;
  return { history: { kind: "events", effectiveAt, zone: context.project.timezone, sequence: order, isDelete: left }, where: plan.stated === null ? null : where };
}

function inBase(name: string, linked: LinkedRows, origin: Origin, context: LinkContext): Expression | null {
  const base: Scope = { lookup: (one, qualifier) => linked.scope.lookup(one, qualifier ?? linked.base.readable.id) };
  return resolveColumn(name, base, origin, context.log);
}

function isNotTrue(condition: Expression): Expression {
  const literal = (value: boolean): Expression => ({ kind: "literal", type: scalar("boolean"), value });
  return { kind: "case", branches: [{ when: condition, then: literal(false) }], otherwise: literal(true), type: scalar("boolean") };
}

function either(left: Expression | null, right: Expression): Expression {
  return left === null ? right : { kind: "binary", operator: "or", left, right, type: scalar("boolean") };
}

function asSourceHistory(spec: HistorySpec): SourceHistory {
  switch (spec.kind) {
    case "change_log":
      return { kind: "change_log", effectiveAt: spec.effective_at ?? "", sequence: spec.sequence, operation: spec.operation };
    case "periodic_extract":
      return { kind: "periodic_extract", extractDate: spec.extract_date };
    case "current_state":
    case "append_only":
      return { kind: spec.kind };
  }
}
