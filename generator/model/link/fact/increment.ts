import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { Fact } from "../../fact.ts";
import { keepsEntries } from "../../fact-record.ts";
import { inexact } from "../../increment.ts";
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
  const reason = inexact(fact, strategy, base);
  if (reason === null) return;
  log.add(factDiagnostics.report("increment-not-exact", place, { name: fact.name, strategy: entries ? "reversal rows" : strategy.replaceAll("_", "-"), ...reason }));
}
