import type { Fact } from "../model/fact.ts";
import { keepsDeleted, keepsEntries, loadColumns } from "../model/fact-record.ts";
import { addedColumn, removedColumn } from "./columns.ts";
import { matched } from "./fields.ts";
import type { Finding } from "./types.ts";

/**
 * What another load changes in a fact. Most loads hold what a rebuild would hold; one that keeps what the source took back holds more,
 * which is lost with it, and columns that tell it.
 */
export function loadChanges(before: Fact, after: Fact): readonly Finding[] {
  const place = { part: "load", origin: after.origin, originBefore: before.origin };
  const { added, removed } = matched(loadColumns(before), loadColumns(after));
  const [was, is] = [kept(before), kept(after)];
  return [
    ...(was === null || was === is ? [] : [{ ...place, rule: "HS901", message: `${was} are kept no more`, also: ["restating"] } as const]),
    ...(!keepsEntries(before) && keepsEntries(after) ? [{ ...place, rule: "GR601", message: "rows are entries now" } as const] : []),
    ...added.map((one) => addedColumn({ ...one, origin: after.origin })),
    ...removed.map((one) => removedColumn({ ...one, origin: before.origin })),
  ];
}

function kept(fact: Fact): string | null {
  if (keepsDeleted(fact)) return "deleted rows";
  return keepsEntries(fact) ? "entries of what was corrected" : null;
}
