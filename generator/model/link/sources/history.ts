import { within } from "../../../diagnostics/origin.ts";
import type { HistorySpec } from "../../../spec/types.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import type { SourceHistory, SourceTable } from "../../source.ts";
import { parts } from "../refusals.ts";
import { columnOf, stagingNames, type SourceDraft, type SourceLinking } from "./draft.ts";
import type { LoadTime } from "./load-time.ts";
import { isUsableTime } from "./zone.ts";

/** How history can be known from a table, under staging names; the current state where the contract says nothing. */
export function linkHistory(draft: SourceDraft, primaryKey: readonly string[], linking: SourceLinking): SourceHistory {
  const { history } = draft.spec;
  if (history === null) return { kind: "current_state" };
  switch (history.kind) {
    case "current_state":
    case "append_only":
      return { kind: history.kind };
    case "change_log":
      requireKey(draft, primaryKey, linking);
      return changeLog(draft, history, linking) ?? refusedHistory(draft, linking);
    case "periodic_extract":
      requireKey(draft, primaryKey, linking);
      return periodicExtract(draft, history, primaryKey, linking) ?? refusedHistory(draft, linking);
  }
}

function refusedHistory({ id }: SourceDraft, { refused }: SourceLinking): SourceHistory {
  refused.add(id, parts.history);
  return { kind: "current_state" };
}

function requireKey({ spec, id }: SourceDraft, primaryKey: readonly string[], { log, refused }: SourceLinking): void {
  const missing = primaryKey.length === 0 && spec.primary_key.length === 0 && spec.schema.every((one) => !one.primary_key);
  if (!missing || refused.has(id, parts.key)) return;
  refused.add(id, parts.key);
  log.add(sourceDiagnostics.report("history-without-key", { origin: within(spec.origin, "history"), pointer: "key" }, { table: id }));
}

function periodicExtract(draft: SourceDraft, history: Extract<HistorySpec, { kind: "periodic_extract" }>, primaryKey: readonly string[], { log }: SourceLinking): SourceHistory | null {
  const place = within(draft.spec.origin, "history", "extract_date");
  const column = columnOf(draft, history.extract_date, place, log);
  if (column === null || !isUsableTime(column, "the extract date", place, log)) return null;
  if (primaryKey.includes(column.name)) log.add(sourceDiagnostics.report("extract-date-in-key", { origin: within(draft.spec.origin, "primary_key") }, { column: history.extract_date }));
  return { kind: "periodic_extract", extractDate: column.name };
}

function changeLog(draft: SourceDraft, history: Extract<HistorySpec, { kind: "change_log" }>, { log }: SourceLinking): SourceHistory | null {
  const place = within(draft.spec.origin, "history");
  if (history.effective_at === null) {
    log.add(sourceDiagnostics.report("history-without-time", { origin: place, pointer: "key" }, {}));
    return null;
  }
  const effective = columnOf(draft, history.effective_at, within(place, "effective_at"), log);
  const sequence = stagingNames(draft, history.sequence, (index) => within(place, "sequence", index), log);
  const operation = history.operation === null ? null : columnOf(draft, history.operation.column, within(place, "operation", "column"), log);
  if (effective === null || !isUsableTime(effective, "a change log", within(place, "effective_at"), log)) return null;
  return {
    kind: "change_log",
    effectiveAt: effective.name,
    sequence,
    operation: operation === null ? null : { column: operation.name, delete: history.operation?.delete ?? [] },
  };
}

/** Which of several rows of one key counts, under staging names: as stated, else the row loaded last where changed rows come beside earlier ones. */
export function linkDeduplicate(draft: SourceDraft, primaryKey: readonly string[], { loadedAtColumn }: LoadTime, { log, refused }: SourceLinking): SourceTable["deduplicate"] {
  const { deduplicate, origin, history } = draft.spec;
  if (deduplicate === null) {
    const { landing, incremental } = draft.loading;
    const comesAgain = landing === "text" && incremental && (history === null || history.kind === "current_state");
    return comesAgain && primaryKey.length > 0 && loadedAtColumn !== null ? { keep: "latest", by: [loadedAtColumn] } : null;
  }
  const place = within(origin, "deduplicate");
  if (primaryKey.length === 0 && !refused.has(draft.id, parts.key)) {
    refused.add(draft.id, parts.key);
    log.add(sourceDiagnostics.report("deduplicate-without-key", { origin: place, pointer: "key" }, { table: draft.id }));
  }
  return { keep: deduplicate.keep, by: stagingNames(draft, deduplicate.by, (index) => within(place, "by", index), log) };
}
