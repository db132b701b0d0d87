import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec, HistorySpec } from "../../../spec/types.ts";
import { dimensionModel } from "../../names.ts";
import type { SourceTable } from "../../source.ts";
import type { LinkContext } from "../context.ts";
import { parts } from "../refusals.ts";
import type { Reading } from "../rows/readable.ts";
import { coversKey } from "../rows/unique-keys.ts";

/** How a dimension comes by its rows: which form, how the source is read, and the history stated for this dimension, if any. */
export interface HistoryPlan {
  readonly kind: "current" | "snapshot" | "events" | "extracts";
  readonly reading: Reading;
  readonly stated: HistorySpec | null;
}

/** Chooses the form from what is Type 2 and from how history can be known; null where it cannot (reported). */
export function planHistory(spec: DimensionSpec, source: string, context: LinkContext): HistoryPlan | null {
  const table = context.sources.get(source) ?? null;
  if (!hasVersions(spec)) return currentPlan(spec, table, context);
  if (spec.attributes.length === 0 || !spec.attributes.some((one) => (one.scd_type ?? spec.type) === 2)) {
    context.log.add(
      dimensionDiagnostics.report("nothing-versioned", { origin: within(spec.origin, "type") }, { dimension: dimensionModel(spec.name) }),
    );
    return null;
  }
  return spec.history === null ? contractPlan(spec, table, context) : statedPlan(spec, spec.history, table, context);
}

/** Attributes say it; a dimension that says Type 2 itself is meant to have versions too. */
function hasVersions(spec: DimensionSpec): boolean {
  return spec.type === 2 || spec.attributes.some((one) => one.scd_type === 2);
}

function currentPlan(spec: DimensionSpec, table: SourceTable | null, context: LinkContext): HistoryPlan | null {
  const kind = spec.history?.kind ?? "current_state";
  if (kind === "change_log" || kind === "periodic_extract") {
    context.log.add(
      dimensionDiagnostics.report(
        "history-on-type-1",
        { origin: within(spec.origin, "history") },
        { dimension: dimensionModel(spec.name), kind },
      ),
    );
    return null;
  }
  const remembers = spec.deletes === "tombstone" || (spec.deletes === "ignore" && table?.history.kind !== "append_only");
  if (remembers && (table === null || !context.refused.has(table.name, parts.history))) {
    const what = `deletes: ${spec.deletes} in a dimension without versions`;
    context.log.add(
      rowDiagnostics.report(
        "not-yet",
        { origin: within(spec.origin, "deletes") },
        {
          what,
          instead: "leave it out (a deleted member leaves the dimension), or make an attribute Type 2; it comes with a later release",
        },
      ),
    );
    return null;
  }
  return { kind: "current", reading: "state", stated: null };
}

/** The dimension's own word counts: every row of the source is read as it says, or the current state is watched by a snapshot. */
function statedPlan(spec: DimensionSpec, history: HistorySpec, table: SourceTable | null, context: LinkContext): HistoryPlan | null {
  switch (history.kind) {
    case "current_state":
      return { kind: "snapshot", reading: "state", stated: history };
    case "append_only":
      return unknown(spec, table?.name ?? spec.source ?? "the source", context);
    case "change_log":
      return { kind: "events", reading: "rows", stated: history };
    case "periodic_extract":
      return { kind: "extracts", reading: "rows", stated: history };
  }
}

/** The contract's history is that of one primary key, so it is the member's only where the natural key covers it. */
function contractPlan(spec: DimensionSpec, table: SourceTable | null, context: LinkContext): HistoryPlan | null {
  if (table === null || table.history.kind === "current_state") return { kind: "snapshot", reading: "state", stated: null };
  if (table.history.kind === "append_only") return unknown(spec, table.name, context);
  if (!coversKey(spec.natural_key, [table.primaryKey]) && !context.refused.has(table.name, parts.key)) {
    const parameters = {
      source: table.name,
      primaryKey: table.primaryKey.join(", "),
      key: spec.natural_key.join(", "),
      dimension: dimensionModel(spec.name),
      form: statedForm,
    };
    context.log.add(dimensionDiagnostics.report("history-of-member", { origin: within(spec.origin, "natural_key") }, parameters));
    return null;
  }
  return { kind: table.history.kind === "change_log" ? "events" : "extracts", reading: "rows", stated: null };
}

function unknown(spec: DimensionSpec, source: string, context: LinkContext): null {
  const place = spec.history === null ? spec.origin : within(spec.origin, "history");
  context.log.add(
    dimensionDiagnostics.report(
      "history-unknown",
      { origin: place, pointer: spec.history === null ? "key" : "value" },
      { dimension: dimensionModel(spec.name), source, form: statedForm },
    ),
  );
  return null;
}

const statedForm = "{kind: change_log, effective_at: <time column>, sequence: <column>}";
