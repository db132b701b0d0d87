import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import type { Fact } from "../../fact.ts";
import { keepsEntries } from "../../fact-record.ts";
import { inexact } from "../../increment.ts";
import { partitionColumn, partitionColumns } from "../../partition.ts";
import type { SourceTable } from "../../source.ts";
import type { LinkContext } from "../context.ts";

/** Refuses loads as stated that could leave the fact different from a rebuild of its rows, or that contradict themselves. */
export function checkIncrement(fact: Fact, base: SourceTable | null, { log }: LinkContext): void {
  const { strategy } = fact.load;
  if (strategy === null) return;
  const entries = keepsEntries(fact);
  const place = { origin: within(fact.origin, "load", entries ? "corrections" : "strategy") };
  if (entries && strategy !== "append") {
    log.add(factDiagnostics.report("reversal-strategy", place, { name: fact.name, strategy: strategy.replaceAll("_", "-") }));
    return;
  }
  if (strategy === "partition_swap") checkPartition(fact, log);
  checkWindow(fact, log);
  const reason = inexact(fact, strategy, base);
  if (reason === null) return;
  log.add(factDiagnostics.report("increment-not-exact", place, { name: fact.name, strategy: entries ? "reversal rows" : strategy.replaceAll("_", "-"), ...reason }));
}

/** partition_swap replaces whole partitions, so the fact says by which of its columns. */
function checkPartition(fact: Fact, log: LinkContext["log"]): void {
  if (partitionColumn(fact) !== null) return;
  const { partitionBy } = fact.load;
  const known = partitionColumns(fact).map((one) => one.name);
  const what = partitionBy === null ? "does not say by which column" : `cannot be divided by '${partitionBy}'`;
  const place = partitionBy === null ? { origin: within(fact.origin, "load", "strategy") } : { origin: within(fact.origin, "load", "partition_by") };
  log.add(factDiagnostics.report("partition-column", place, { name: fact.name, what, suggestion: partitionBy === null ? "" : didYouMean(partitionBy, known), known: known.join(", ") || "none" }));
}

/** The tests of a window find rows of the fact by what the source's own rows hold. */
function checkWindow(fact: Fact, log: LinkContext["log"]): void {
  const joined = fact.grain.find(({ value }) => value.kind !== "column" || value.input !== fact.rows.base.alias);
  if (fact.load.lookback === null || joined === undefined) return;
  const place = { origin: within(fact.origin, "load", "lookback") };
  log.add(factDiagnostics.report("lookback", place, { name: fact.name, reason: `its grain needs '${joined.name}' of a joined table`, instead: "leave it out of grain_key, or remove lookback" }));
}
