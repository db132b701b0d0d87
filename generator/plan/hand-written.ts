import type { HandWrittenColumn, HandWrittenModel } from "../model/hand-written.ts";
import { same } from "./canonical.ts";
import { addedColumn, removedColumn, typeChange } from "./columns.ts";
import { fieldChanges, matched, type FieldTable } from "./fields.ts";
import { shown } from "./shown.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<HandWrittenModel> = {
  name: "own", columns: "own", primaryKey: "own", contractEnforced: "own",
  description: "CC101", owner: "CC101", domain: "CC101", reads: "CC102",
};

const COLUMN_FIELDS: FieldTable<HandWrittenColumn> = {
  name: "own", type: "own", nullable: "own", pii: "own", description: "CC101", unit: "GR801",
};

/** What changed in the promises of a hand-written model; its SQL is not looked at. */
export function handWrittenChanges(before: HandWrittenModel, after: HandWrittenModel): readonly Finding[] {
  const { both, added, removed } = matched(before.columns, after.columns);
  const place = { origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [...fieldChanges(FIELDS, before, after)];
  if (!same(before.primaryKey, after.primaryKey)) found.push({ ...place, rule: "GR601", part: "primaryKey", message: "primary key changed", before: shown(before.primaryKey), after: shown(after.primaryKey) });
  if (before.contractEnforced !== after.contractEnforced) {
    const message = after.contractEnforced ? "columns and types are enforced now" : "columns and types are no longer enforced";
    found.push({ ...place, rule: after.contractEnforced ? "CC401" : "SC304", part: "contract", message, column: null });
  }
  return [...found, ...both.flatMap(([was, is]) => columnChanges(was, is)), ...removed.map(removedColumn), ...added.map(addedColumn)];
}

function columnChanges(before: HandWrittenColumn, after: HandWrittenColumn): readonly Finding[] {
  const place = { part: after.name, column: after.name, origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [...fieldChanges(COLUMN_FIELDS, before, after, after.name), ...typeChange(before, after)];
  if (before.nullable !== after.nullable) {
    const words = ["nullable", "not null"] as const;
    const [was, is] = before.nullable ? words : words.toReversed();
    found.push({ ...place, rule: after.nullable ? "SC304" : "CC401", message: after.nullable ? "may be empty now" : "required now", before: was ?? "", after: is ?? "" });
  }
  if (before.pii !== after.pii) found.push({ ...place, rule: before.pii ? "CC951" : "CC101", message: before.pii ? "no longer marked as personal data" : "marked as personal data", before: String(before.pii), after: String(after.pii) });
  return found;
}
