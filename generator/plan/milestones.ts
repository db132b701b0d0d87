import type { Fact, Milestone } from "../model/fact.ts";
import { same } from "./canonical.ts";
import { addedColumn, removedColumn } from "./columns.ts";
import { fieldChanges, matched, type FieldTable } from "./fields.ts";
import { expressionText } from "./shown.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<Milestone> = { name: "own", column: "SC302", value: "own", description: "CC101" };

/** What changed in the steps of an accumulating snapshot. */
export function milestoneChanges(before: Fact, after: Fact): readonly Finding[] {
  const { both, added, removed } = matched(before.milestones?.steps ?? [], after.milestones?.steps ?? []);
  const [was, is] = [before.milestones?.outOfOrder, after.milestones?.outOfOrder];
  const place = { part: "milestones", column: null, origin: after.origin, originBefore: before.origin };
  const order: readonly Finding[] = was === undefined || is === undefined || was === is ? [] : [{ ...place, rule: is === "fail" ? "CC401" : "SC202", message: "milestones out of order are taken otherwise", before: was, after: is }];
  return [
    ...both.flatMap(([one, other]) => [...fieldChanges(FIELDS, one, other, other.column), ...valueChange(one, other)]),
    ...added.map(({ column, origin }) => addedColumn({ name: column, origin })),
    ...removed.map(({ column, origin }) => removedColumn({ name: column, origin })),
    ...order,
  ];
}

function valueChange(before: Milestone, after: Milestone): readonly Finding[] {
  if (same(before.value, after.value)) return [];
  return [{ rule: "GR801", part: after.column, column: after.column, message: "value changed", before: expressionText(before.value), after: expressionText(after.value), origin: after.origin, originBefore: before.origin }];
}
