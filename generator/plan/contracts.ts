import { typeText } from "../model/logical-type.ts";
import { rawTables, type SourceColumn, type SourceTable } from "../model/source.ts";
import { same } from "./canonical.ts";
import { checkChanges } from "./checks.ts";
import { addedColumn, removedColumn, typeChange } from "./columns.ts";
import { fieldChanges, matched, type FieldTable } from "./fields.ts";
import { shown } from "./shown.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<SourceTable> = {
  name: "own", source: "derived", table: "derived", dbtSource: "derived", models: "derived",
  description: "CC101", version: "CC101", owner: "CC101", consumers: "CC101", notificationChannel: "CC101",
  sla: "CC102", freshness: "derived", loadedAt: "CC102", loadedAtColumn: "derived", updatedAt: "CC102", loader: "CC102", landing: "CC102",
  physical: "GR801", shards: "own", deduplicate: "GR801", history: "HS701",
  renamedFrom: "own", breakingChangePolicy: "own", columns: "own", primaryKey: "own", references: "own", checks: "own",
};

const COLUMN_FIELDS: FieldTable<SourceColumn> = {
  name: "own", renamedFrom: "own", type: "own", valueType: "own", physicalType: "CC102", physicalName: "GR801", readFrom: "GR801", landedAs: "derived",
  description: "CC101", businessDefinition: "CC101", deprecated: "CC101",
  unit: "GR801", zone: "GR801", clean: "GR801",
  nullable: "own", pii: "own", classification: "own", protect: "own", onFailure: "own",
};

/** What changed in a contract. */
export function contractChanges(before: SourceTable, after: SourceTable): readonly Finding[] {
  const { both, added, removed } = matched(before.columns, after.columns);
  const required = new Set(both.filter(([was, is]) => was.nullable !== is.nullable).map(([, is]) => is.name));
  return [
    ...fieldChanges(FIELDS, before, after),
    ...keyChange(before, after),
    ...shardChanges(before, after),
    ...policyChange(before, after),
    ...referenceChanges(before, after),
    ...both.flatMap(([was, is]) => columnChanges(was, is)),
    ...removed.map((one) => removedColumn(one)),
    ...added.map((one): Finding => (one.nullable ? addedColumn(one) : { ...addedColumn(one), rule: "CC401", message: "required column added" })),
    ...checkChanges(before, after, required),
  ];
}

function keyChange(before: SourceTable, after: SourceTable): readonly Finding[] {
  // Their order says nothing of a row. Where a key of ours is made of them, that key is told to change.
  if (same(before.primaryKey.toSorted(), after.primaryKey.toSorted())) return [];
  return [{ rule: "GR601", part: "primaryKey", message: "primary key changed", before: shown(before.primaryKey), after: shown(after.primaryKey), origin: after.origin, originBefore: before.origin }];
}

/** Of several raw tables, one more brings rows, and one less takes them away. */
function shardChanges(before: SourceTable, after: SourceTable): readonly Finding[] {
  if (before.shards === undefined && after.shards === undefined) return [];
  const { both, added, removed } = matched(rawTables(before), rawTables(after));
  const place = { part: "physical", origin: after.origin, originBefore: before.origin };
  return [
    ...added.map((one): Finding => ({ ...place, rule: "SC201", message: "raw table added", after: one.table, column: null })),
    ...removed.map((one): Finding => ({ ...place, rule: "GR801", message: "raw table removed, with its rows", before: one.table, column: "*" })),
    ...both.filter(([was, is]) => was.isClosed !== is.isClosed).map(([, is]): Finding => ({ ...place, rule: "CC102", message: is.isClosed ? "raw table gets no more rows" : "raw table gets rows again", after: is.table, column: null })),
  ];
}

/** A policy that is taken back lowers what consumers may count on; a new one does not. */
function policyChange(before: SourceTable, after: SourceTable): readonly Finding[] {
  const [was, is] = [before.breakingChangePolicy, after.breakingChangePolicy];
  if (was === is) return [];
  const rule = was === null ? "CC101" : "CC951";
  return [{ rule, part: "breakingChangePolicy", message: "breaking change policy changed", before: shown(was), after: shown(is), origin: after.origin, originBefore: before.origin, column: null }];
}

function referenceChanges(before: SourceTable, after: SourceTable): readonly Finding[] {
  const told = ({ references }: SourceTable): ReadonlyMap<string, string> => new Map(references.map((one) => [`${one.columns.join(", ")} to ${one.to} (${one.toColumns.join(", ")})`, one.columns[0] ?? "*"]));
  const [old, now] = [told(before), told(after)];
  const place = { part: "references", origin: after.origin, originBefore: before.origin };
  return [
    ...[...now].filter(([one]) => !old.has(one)).map(([one, column]): Finding => ({ ...place, rule: "CC401", message: "reference added", after: one, column })),
    ...[...old].filter(([one]) => !now.has(one)).map(([one, column]): Finding => ({ ...place, rule: "SC304", message: "reference removed", before: one, column })),
  ];
}

function columnChanges(before: SourceColumn, after: SourceColumn): readonly Finding[] {
  const place = { part: after.name, column: after.name, origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [...fieldChanges(COLUMN_FIELDS, before, after, after.name), ...typeChange(before, after)];
  // What stands in the table is a text either way; of which value it is made is not.
  if (same(before.type, after.type) && !same(before.valueType, after.valueType)) {
    found.push({ ...place, rule: "GR801", message: "type below the protection changed", before: typeText(before.valueType), after: typeText(after.valueType) });
  }
  if (before.nullable && !after.nullable) found.push({ ...place, rule: "CC401", message: "required now", before: "nullable", after: "not null" });
  if (!before.nullable && after.nullable) found.push({ ...place, rule: "SC304", message: "may be empty now", before: "not null", after: "nullable" });
  if (before.onFailure !== after.onFailure) {
    const stricter = after.onFailure === "fail";
    found.push({ ...place, rule: stricter ? "CC401" : "SC304", message: stricter ? "values that do not fit fail now" : "values that do not fit become NULL now", before: before.onFailure, after: after.onFailure });
  }
  return [...found, ...privacyChanges(before, after, place)];
}

const CLASSES = ["public", "internal", "confidential", "restricted"];
const PROTECTION = ["none", "mask", "hash", "drop"];

function privacyChanges(before: SourceColumn, after: SourceColumn, place: Pick<Finding, "part" | "column" | "origin" | "originBefore">): readonly Finding[] {
  const found: Finding[] = [];
  const lowered = CLASSES.indexOf(after.classification ?? "public") < CLASSES.indexOf(before.classification ?? "public");
  if (before.classification !== after.classification) {
    const rule = lowered ? "CC951" : "CC101";
    found.push({ ...place, rule, message: `classification ${lowered ? "lowered" : "changed"}`, before: shown(before.classification), after: shown(after.classification) });
  }
  if (before.pii !== after.pii) {
    const rule = before.pii ? "CC951" : "CC101";
    found.push({ ...place, rule, message: before.pii ? "no longer marked as personal data" : "marked as personal data", before: String(before.pii), after: String(after.pii) });
  }
  if (before.protect !== after.protect) {
    const less = PROTECTION.indexOf(after.protect) < PROTECTION.indexOf(before.protect);
    found.push({ ...place, rule: less ? "CC951" : "GR801", message: `protection ${less ? "lowered" : "changed"}`, also: less ? ["restating"] : ["breaking"], before: before.protect, after: after.protect });
  }
  return found;
}
