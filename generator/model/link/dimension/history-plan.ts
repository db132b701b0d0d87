import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec, HistorySpec } from "../../../spec/types.ts";
import { dimensionModel } from "../../names.ts";
import type { SourceTable } from "../../source.ts";
import type { LinkContext } from "../context.ts";
import { parts } from "../refusals.ts";
import type { Reading } from "../rows/readable.ts";
import { coversKey } from "../rows/unique-keys.ts";
import { hasTracked, scdTypesOf, wantsVersions } from "./scd-type.ts";

/** How a dimension comes by its rows: which form, how the source is read, and the history stated for this dimension, if any. */
export interface HistoryPlan {
  readonly kind: "current" | "snapshot" | "events" | "extracts";
  readonly reading: Reading;
  readonly stated: HistorySpec | null;
}

/** Chooses the form from what is to be remembered and from how history can be known; null where it cannot (reported). */
export function planHistory(spec: DimensionSpec, source: string, context: LinkContext): HistoryPlan | null {
  const table = context.sources.get(source) ?? null;
  if (wantsVersions(spec) && !hasTracked(spec)) {
    const parameters = { dimension: dimensionModel(spec.name), type: spec.type ?? 2 };
    context.log.add(dimensionDiagnostics.report("nothing-versioned", { origin: within(spec.origin, "type") }, parameters));
    return null;
  }
  const what = remembered(spec, table);
  if (what === null) return currentPlan(spec, context);
  return spec.history === null ? contractPlan(spec, what, table, context) : statedPlan(spec, spec.history, what, table, context);
}

/** What a dimension keeps that the current state of its source does not tell; null for nothing. Rows that are only appended are never deleted. */
function remembered(spec: DimensionSpec, table: SourceTable | null): string | null {
  if (wantsVersions(spec)) return "versions";
  const types = scdTypesOf(spec);
  if (types.has(0) || types.has(3)) return "first or previous values";
  // The history table reads rows as the dimension says; the current table must read them alike.
  if (types.has(4) && (spec.history?.kind === "change_log" || spec.history?.kind === "periodic_extract")) return "versions";
  const forgets = spec.deletes === "ignore" && table?.history.kind === "append_only" && spec.history === null;
  return spec.deletes === null || spec.deletes === "close" || forgets ? null : "deleted members";
}

function currentPlan(spec: DimensionSpec, context: LinkContext): HistoryPlan | null {
  const kind = spec.history?.kind ?? "current_state";
  if (kind !== "change_log" && kind !== "periodic_extract") return { kind: "current", reading: "state", stated: null };
  const parameters = { dimension: dimensionModel(spec.name), kind };
  context.log.add(dimensionDiagnostics.report("history-on-type-1", { origin: within(spec.origin, "history") }, parameters));
  return null;
}

/** The dimension's own word counts: every row of the source is read as it says, or the current state is watched by a snapshot. */
function statedPlan(
  spec: DimensionSpec,
  history: HistorySpec,
  what: string,
  table: SourceTable | null,
  context: LinkContext,
): HistoryPlan | null {
  switch (history.kind) {
    case "current_state":
      return { kind: "snapshot", reading: "state", stated: history };
    case "append_only":
      return unknown(spec, what, table?.name ?? spec.source ?? "the source", context);
    case "change_log":
      return { kind: "events", reading: "rows", stated: history };
    case "periodic_extract":
      return { kind: "extracts", reading: "rows", stated: history };
  }
}

/** The contract's history is that of one primary key, so it is the member's only where the natural key covers it. */
function contractPlan(spec: DimensionSpec, what: string, table: SourceTable | null, context: LinkContext): HistoryPlan | null {
  if (table === null || table.history.kind === "current_state") return { kind: "snapshot", reading: "state", stated: null };
  if (table.history.kind === "append_only") return unknown(spec, what, table.name, context);
  if (areColumns(spec.natural_key, table) && !coversKey(spec.natural_key, [table.primaryKey]) && !context.refused.has(table.name, parts.key)) {
    const parameters = {
      source: table.name,
      primaryKey: table.primaryKey.join(", "),
      key: spec.natural_key.join(", "),
      dimension: dimensionModel(spec.name),
      help: memberHelp(table, spec),
    };
    context.log.add(dimensionDiagnostics.report("history-of-member", { origin: within(spec.origin, "natural_key") }, parameters));
    return null;
  }
  return { kind: table.history.kind === "change_log" ? "events" : "extracts", reading: "rows", stated: null };
}

function unknown(spec: DimensionSpec, what: string, source: string, context: LinkContext): null {
  const place = spec.history === null ? spec.origin : within(spec.origin, "history");
  context.log.add(
    dimensionDiagnostics.report(
      "history-unknown",
      { origin: place, pointer: spec.history === null ? "key" : "value" },
      { dimension: dimensionModel(spec.name), what, source, form: statedForm },
    ),
  );
  return null;
}

const statedForm = "{kind: change_log, effective_at: <time column>, sequence: <column>}";

/** The key of a log is what changes; often it is taken for the key of the change. */
function memberHelp(table: SourceTable, spec: DimensionSpec): string {
  const { history, primaryKey } = table;
  const order = history.kind === "change_log" ? [history.effectiveAt, ...history.sequence] : [];
  const extra = primaryKey.filter((one) => !spec.natural_key.includes(one));
  if (!extra.every((one) => order.includes(one))) return `state how rows tell the history of a member: history: ${statedForm} in the dimension.`;
  return `write primary_key: [${spec.natural_key.map((one) => table.columns.find((column) => column.name === one)?.physicalName ?? one).join(", ")}] in the contract: the key of a change_log is what changes, not the change.`;
}

/** A key that is no column at all is misspelled: that is told where its columns are looked up. */
function areColumns(names: readonly string[], table: SourceTable): boolean {
  return names.every((one) => table.columns.some((column) => column.name === one));
}
