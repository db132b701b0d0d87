import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import { isBuiltIn } from "../../names.ts";
import type { Fact } from "../../fact.ts";
import type { SourceTable } from "../../source.ts";
import type { LinkContext } from "../context.ts";

/**
 * Refuses increments that could leave the fact different from a rebuild. A run writes rows that are missing or differ; it takes none away, so no row of the
 * source may go. One that only appends writes nothing twice, so no row may come out otherwise later.
 */
export function checkIncrement(fact: Fact, base: SourceTable | null, { log }: LinkContext): void {
  const { strategy } = fact.load;
  if (strategy !== "append" && strategy !== "merge" && strategy !== "delete_insert") return;
  const reason = losesRows(fact, base) ?? (strategy === "append" ? changesRows(fact, base) : null);
  if (reason === null) return;
  const place = { origin: within(fact.origin, "load", "strategy") };
  log.add(factDiagnostics.report("increment-not-exact", place, { name: fact.name, strategy: strategy.replaceAll("_", "-"), ...reason }));
}

interface Reason {
  readonly reason: string;
  readonly instead: string;
}

const rebuild = "leave load out: the fact is then rebuilt as a whole";

/** How a row that the fact has could leave what it is made of. */
function losesRows({ kind, rollup, rows }: Fact, base: SourceTable | null): Reason | null {
  const because = (reason: string): Reason => ({ reason, instead: rebuild });
  if (kind !== "transaction" && kind !== "factless") return because("its rows are worked out per period or process");
  if (rollup) return because("groups of a roll-up may vanish when rows of its source move");
  if (base === null) return because("nobody knows whether a hand-written model loses rows");
  if (base.history.kind !== "append_only") return { reason: `rows of '${base.name}' may be deleted`, instead: `state history: append_only in the contract if rows never go, or ${rebuild}` };
  if (rows.where !== null) return because("a corrected row may fall out of its filter");
  return rows.joins.some((one) => one.type === "inner") ? because("an inner join may drop a row later") : null;
}

/** How a row that the fact has could come out otherwise in a later run. */
function changesRows({ foreignKeys, rows }: Fact, base: SourceTable | null): Reason | null {
  const instead = "use merge, which writes rows that came out otherwise, too";
  const moving = foreignKeys.find((one) => !isBuiltIn(one.dimension));
  if (moving !== undefined) return { reason: `rows change when a member or version of '${moving.dimension}' arrives late`, instead };
  const [join] = rows.joins;
  if (join !== undefined) return { reason: `rows change with '${join.input.reference.id}'`, instead };
  return base?.deduplicate == null ? null : { reason: `a row of '${base.name}' that comes again may replace the first`, instead };
}
