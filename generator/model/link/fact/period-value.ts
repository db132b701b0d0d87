import { within, type Origin } from "../../../diagnostics/origin.ts";
import { aggregateType } from "../../aggregation.ts";
import { snapshotDiagnostics } from "../../diagnostics/snapshots.ts";
import type { FactSpec, MeasureSpec } from "../../../spec/types.ts";
import type { Additivity, Aggregation, PeriodValue } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import type { SourceTable } from "../../source.ts";
import { hasReadings } from "./fact-rows.ts";
import { measureValue, type MeasureValue, type ValueContext } from "./measure-value.ts";

/**
 * The value that a measure has in a period: an additive or non-additive one is aggregated over the rows of the period, a balance is the
 * sum of all movements or the last reading. Null where it was refused (reported).
 */
export function periodValue(spec: MeasureSpec, origin: Origin, aggregation: Aggregation, additivity: Additivity, values: ValueContext): MeasureValue | null {
  const how = howOf(spec, origin, additivity, values);
  if (how === null) return null;
  const absent = absentOf(spec, origin, how, aggregation, values);
  // Attributes of dimensions are those of the period's end, which rows do not know yet.
  const own = { ...values, foreignKeys: [] };
  const row = measureValue(spec, origin, how === "readings" ? "max" : how === "movements" ? "sum" : aggregation, own);
  if (row === null || absent === null) return null;
  const from = row.type ?? scalar("float");
  const applied = how === "readings" ? "max" : how === "movements" || aggregation === "count" ? "sum" : aggregation;
  return { value: { kind: "period", how, aggregation: applied, absent, expression: row.value.expression }, type: aggregateType(applied, from) };
}

function howOf(spec: MeasureSpec, origin: Origin, additivity: Additivity, { draft }: ValueContext): PeriodValue["how"] | null {
  const { log } = draft.context;
  const { table } = draft.linked.base.readable;
  if (additivity === "semi_additive" && spec.balance === null) {
    log.add(snapshotDiagnostics.report("balance-unstated", { origin: within(origin, "name") }, { name: spec.name }));
    return null;
  }
  if (additivity === "additive" && spec.balance !== null) {
    log.add(snapshotDiagnostics.report("balance-additive", { origin: within(origin, "balance") }, { name: spec.name }));
    return null;
  }
  const how = spec.balance ?? "activity";
  const code = how === "readings" ? null : summedTwice(table, draft.spec);
  if (code === null || table === null) return how;
  log.add(snapshotDiagnostics.report(code, { origin: within(origin, "name") }, { name: spec.name, source: table.name }));
  return null;
}

/** Why what is summed would count several times: extracts repeat their rows, and beside readings all changes of a log are taken. */
function summedTwice(table: SourceTable | null, spec: FactSpec): "extract-summed" | "log-summed" | null {
  if (table?.history.kind === "periodic_extract") return "extract-summed";
  return table?.history.kind === "change_log" && hasReadings(spec) ? "log-summed" : null;
}

function absentOf(spec: MeasureSpec, origin: Origin, how: PeriodValue["how"], aggregation: Aggregation, { draft }: ValueContext): PeriodValue["absent"] | null {
  const { log } = draft.context;
  if (how !== "readings") {
    if (spec.absent !== null) log.add(snapshotDiagnostics.report("absent-unused", { origin: within(origin, "absent"), pointer: "key" }, { name: spec.name }));
    if (how === "movements") return "carry_forward";
    return aggregation === "sum" || aggregation === "count" ? "zero" : "null";
  }
  const absent = spec.absent ?? draft.spec.absent;
  if (absent === null) log.add(snapshotDiagnostics.report("absent-unstated", { origin: within(origin, "name") }, { name: spec.name }));
  return absent;
}
