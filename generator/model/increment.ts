import { isBuiltIn } from "./names.ts";
import type { Fact } from "./fact.ts";
import { keepsEntries } from "./fact-record.ts";
import type { SourceTable } from "./source.ts";

/** Why a fact cannot be loaded so, and what to write instead. */
export interface Reason {
  readonly reason: string;
  readonly instead: string;
}

const rebuild = "leave load out: the fact is then rebuilt as a whole";

/**
 * Why loading a fact by a strategy could leave it different from what a rebuild holds of its source; null where it could not. `base` is the table that
 * its rows come from, null for a fact or a model written by hand.
 */
export function inexact(fact: Fact, strategy: string, base: SourceTable | null): Reason | null {
  if (keepsEntries(fact)) return noEntries(fact);
  switch (strategy) {
    case "append":
      return losesRows(fact, base) ?? changesRows(fact, base);
    case "merge":
    case "delete_insert":
      return losesRows(fact, base);
    case "soft_delete":
      return cannotMark(fact);
    default:
      return null;
  }
}

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

/** Facts whose rows are no rows of a source: one that is gone says nothing about what happened. */
function cannotMark({ periodic, rollup }: Fact): Reason | null {
  if (periodic !== null) return { reason: "a late row changes every later period", instead: rebuild };
  return rollup ? { reason: "a group of a roll-up is no row that its source lost", instead: `load the fact that it is rolled up from by soft_delete, and ${rebuild}` } : null;
}

/** Facts whose rows cannot be taken back by a row with the measures negated. */
function noEntries({ kind, rollup, measures }: Fact): Reason | null {
  const instead = "leave corrections out: corrected rows are then overwritten";
  if (kind === "factless") return { reason: "it has no measure that could be negated", instead: "add a measure such as {name: row_count, expression: 1, type: additive, aggregation: SUM}" };
  if (kind !== "transaction") return { reason: "its rows are worked out per period or process, not booked", instead };
  if (rollup) return { reason: "a roll-up has no rows of its own that were booked", instead: `load the fact that it is rolled up from so, and ${instead}` };
  const odd = measures.find((one) => one.ratio === null && (one.additivity !== "additive" || one.aggregation !== "sum"));
  return odd === undefined ? null : { reason: `a row that takes another back would count in '${odd.name}', which is not summed`, instead: `make ${odd.name} an additive measure that is summed, leave it out, or ${instead}` };
}
