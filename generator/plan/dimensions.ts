import { isTracked } from "../model/attributes.ts";
import { calendarColumns } from "../model/calendar.ts";
import type { Attribute, DateDimension, Dimension, DimensionColumn, EntityDimension, Outrigger, TimeDimension } from "../model/dimension.ts";
import { canonical, same } from "./canonical.ts";
import { ownColumnChanges, orderChange } from "./dimension-columns.ts";
import { addedColumn, removedColumn, typeChange } from "./columns.ts";
import { fieldChanges, matched, type FieldTable } from "./fields.ts";
import { rowChanges } from "./rows.ts";
import { expressionText, shown } from "./shown.ts";
import type { ChangeClass } from "./rules.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<EntityDimension> = {
  kind: "own", name: "own", renamedFrom: "own", entity: "derived", models: "derived", references: "own", ties: "derived",
  domain: "CC101", owner: "CC101", description: "CC101", conformed: "CC101", hierarchy: "CC101",
  columns: "own", collapse: "GR801", infers: "GR801",
  scdType: "own", history: "own", deletes: "HS701", firstVersionFrom: "HS701", historyOf: "HS701", profile: "HS701", profileOf: "HS701",
  repeatedLevels: "CC101", deleteGuard: "CC102", isMerged: "CC102", junk: "GR601",
  naturalKey: "own", attributes: "own", rows: "own", joinedHistories: "own", outriggers: "own",
};

const COLUMN_FIELDS: FieldTable<DimensionColumn> = { name: "own", renamedFrom: "own", type: "own", value: "own", description: "CC101", unit: "GR801", pii: "own" };

const ATTRIBUTE_FIELDS: FieldTable<Attribute> = { ...COLUMN_FIELDS, scdType: "own", companion: "derived", since: "HS701", unknownLabel: "own", notApplicableLabel: "own" };

/** Labels stand in the reserved rows alone. */
const LABEL_FIELDS: FieldTable<Pick<Attribute, "origin" | "unknownLabel" | "notApplicableLabel">> = { unknownLabel: "GR801", notApplicableLabel: "GR801" };

const OUTRIGGER_FIELDS: FieldTable<Outrigger> = { name: "own", renamedFrom: "own", entity: "derived", key: "derived", dimension: "GR801", on: "GR801" };

const CLOCK_FIELDS: FieldTable<TimeDimension> = { kind: "own", name: "own", entity: "derived", domain: "CC101", grain: "GR601" };

const CALENDAR_FIELDS: FieldTable<DateDimension> = { kind: "own", name: "own", entity: "derived", domain: "CC101", fiscalYearStart: "own", from: "own", to: "own" };

const FISCAL = calendarColumns.map(({ name }) => name).filter((name) => name.startsWith("fiscal_"));

/** What changed in a dimension. */
export function dimensionChanges(before: Dimension, after: Dimension): readonly Finding[] {
  if (before.kind === "date" && after.kind === "date") return [...fieldChanges(CALENDAR_FIELDS, before, after), ...fiscalChange(before, after), ...rangeChanges(before, after)];
  if (before.kind === "time" && after.kind === "time") return fieldChanges(CLOCK_FIELDS, before, after);
  if (before.kind !== "table" || after.kind !== "table") return [{ rule: "GR601", message: "became another kind of dimension", origin: after.origin, originBefore: before.origin }];
  const found = [
    ...fieldChanges(FIELDS, before, after),
    ...ownColumnChanges(before, after),
    ...keyChanges(before, after),
    ...orderChange(before, after),
    ...historyChanges(before, after),
    ...rowChanges(before, after),
    ...referenceChanges(before, after),
    ...attributeChanges(before, after),
    ...outriggerChanges(before, after),
  ];
  return found.map((one) => (isCutAnew(one, before, after) ? { ...one, shownOnly: true } : one));
}

/**
 * Whether the table alone is cut anew. A snapshot sees changes of all attributes, whatever is made of them: only what it has not looked
 * at so far, and deletions that it did or did not note, are known from the next run on.
 */
function isCutAnew({ rule, part, message }: Finding, before: EntityDimension, after: EntityDimension): boolean {
  if (rule !== "HS701" || !isStored(before) || !isStored(after) || message === "tracked column added") return false;
  return part !== "deletes" || (before.deletes !== "ignore" && after.deletes !== "ignore");
}

/** Whether a dimension holds what cannot be computed again: versions that a snapshot saw. */
export function isStored(one: Dimension): boolean {
  return snapshotOf(one) !== null;
}

/** The snapshot that holds what cannot be computed again of a dimension, or null. */
export function snapshotOf(one: Dimension): string | null {
  return one.kind === "table" && one.history.kind === "snapshot" ? one.history.snapshot : null;
}

function fiscalChange(before: DateDimension, after: DateDimension): readonly Finding[] {
  if (before.fiscalYearStart === after.fiscalYearStart) return [];
  return [{ rule: "GR801", part: "fiscalYearStart", message: "fiscal year start changed", before: shown(before.fiscalYearStart), after: shown(after.fiscalYearStart), column: FISCAL, origin: after.origin, originBefore: before.origin }];
}

/** Days that leave the calendar make facts of theirs point to the unknown member; rows of days that it gains, if there are any, leave it. */
function rangeChanges(before: DateDimension, after: DateDimension): readonly Finding[] {
  if (before.from === after.from && before.to === after.to) return [];
  const shorter = after.from > before.from || after.to < before.to;
  const message = shorter ? "calendar shortened" : "calendar extended";
  const texts = { before: `${before.from} to ${before.to}`, after: `${after.from} to ${after.to}` };
  return [{ rule: shorter ? "GR801" : "SC201", also: ["data_dependent"], part: "dates", message, ...texts, origin: after.origin, originBefore: before.origin }];
}

function keyChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const { both, added, removed } = matched(before.naturalKey, after.naturalKey);
  const columns = both.flatMap(([was, is]) => [...fieldChanges(COLUMN_FIELDS, was, is, is.name), ...typeChange(was, is), ...privacy(was, is)]);
  const moved = both.some(([was, is]) => !same(was.value, is.value));
  const reordered = !same(before.naturalKey.map(({ name }) => name), after.naturalKey.map(({ name }) => name));
  if (!moved && !reordered && added.length + removed.length === 0) return columns;
  const also = isStored(before) ? (["destructive"] as const) : [];
  const names = (one: EntityDimension): string => one.naturalKey.map(({ name, value }) => (moved ? `${name}: ${expressionText(value)}` : name)).join(", ");
  return [...columns, { rule: "GR601", part: "natural_key", message: "natural key changed", before: names(before), after: names(after), also, origin: after.origin, originBefore: before.origin }];
}

function historyChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const place = { origin: after.origin, originBefore: before.origin };
  // A snapshot's table stays where it is, and nothing reads it any more.
  const left = isStored(before) && !isStored(after);
  const also: readonly ChangeClass[] = left ? ["destructive"] : [];
  const found: Finding[] = [];
  if (before.scdType !== after.scdType) found.push({ ...place, rule: "HS701", part: "type", message: "SCD type changed", before: `Type ${before.scdType}`, after: `Type ${after.scdType}`, also });
  if (!same(before.history, after.history) && !sameSnapshot(before, after)) found.push({ ...place, rule: "HS701", part: "history", message: "history is known in another way", before: shown(before.history), after: shown(after.history), also });
  const [joined, now] = [joinedHistories(before), joinedHistories(after)];
  if (!same(joined, now)) found.push({ ...place, rule: "HS701", part: "joins", message: "other joined tables count with their history", before: shown(joined), after: shown(now) });
  return found;
}

/** Members that only facts name come and go with the rows that name them. */
function referenceChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  if (!before.infers || !after.infers) return [];
  const place = { part: "references", origin: after.origin, originBefore: before.origin };
  const [old, now] = [before, after].map(({ references }) => new Map(references.map((one) => [canonical(one), one.fact])));
  const gone = [...(old ?? [])].filter(([one]) => now?.has(one) === false).map(([, fact]) => fact);
  const fresh = [...(now ?? [])].filter(([one]) => old?.has(one) === false).map(([, fact]) => fact);
  if (gone.length > 0) return [{ ...place, rule: "GR801", message: "members are inferred from other rows", before: shown([...new Set(gone)]), after: shown([...new Set(fresh)]) }];
  return fresh.length === 0 ? [] : [{ ...place, rule: "SC201", message: "members are inferred from more rows", after: shown([...new Set(fresh)]) }];
}

function outriggerChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const { both, added, removed } = matched(before.outriggers, after.outriggers);
  return [...both.flatMap(([was, is]) => fieldChanges(OUTRIGGER_FIELDS, was, is, is.name)), ...added.map(({ name, origin }) => addedColumn({ name, origin })), ...removed.map(({ name, origin }) => removedColumn({ name, origin }))];
}

/** The tables whose own history counts in a dimension, and how it is known. */
function joinedHistories({ joinedHistories: joined }: EntityDimension): readonly unknown[] {
  return joined.map(({ versions }) => ({ table: versions.rows.base.reference.id, history: versions.history }));
}

/** The name of a snapshot follows from that of the dimension, whose change is told as such. */
function sameSnapshot(before: EntityDimension, after: EntityDimension): boolean {
  return isStored(before) && isStored(after);
}

function attributeChanges(before: EntityDimension, after: EntityDimension): readonly Finding[] {
  const { both, added, removed } = matched(before.attributes, after.attributes);
  return [
    ...both.flatMap(([was, is]) => [...fieldChanges(ATTRIBUTE_FIELDS, was, is, is.name), ...typeChange(was, is), ...labelChanges(was, is), ...privacy(was, is), ...valueChange(was, is), ...scdChange(was, is)]),
    ...added.map((one): Finding => (isTracked(one) ? { ...addedColumn(one), rule: "HS701", message: "tracked column added", column: "*" } : { ...addedColumn(one), shownOnly: one.companion !== null })),
    ...removed.map((one): Finding => (isTracked(one) ? { ...removedColumn(one), message: "tracked column removed", also: ["restating"], column: "*" } : { ...removedColumn(one), shownOnly: one.companion !== null })),
  ];
}

function labelChanges(before: Attribute, after: Attribute): readonly Finding[] {
  const labels = ({ origin, unknownLabel, notApplicableLabel }: Attribute) => ({ origin, unknownLabel, notApplicableLabel });
  return fieldChanges(LABEL_FIELDS, labels(before), labels(after), after.name).map((one) => ({ ...one, shownOnly: true }));
}

function valueChange(before: DimensionColumn, after: DimensionColumn): readonly Finding[] {
  if (same(before.value, after.value)) return [];
  return [{ rule: "GR801", part: after.name, column: after.name, message: "value changed", before: expressionText(before.value), after: expressionText(after.value), origin: after.origin, originBefore: before.origin }];
}

function scdChange(before: Attribute, after: Attribute): readonly Finding[] {
  if (before.scdType === after.scdType) return [];
  return [{ rule: "HS701", part: after.name, column: "*", message: "SCD type of the attribute changed", before: `Type ${before.scdType}`, after: `Type ${after.scdType}`, origin: after.origin, originBefore: before.origin }];
}

function privacy(before: DimensionColumn, after: DimensionColumn): readonly Finding[] {
  if (before.pii === after.pii) return [];
  const message = before.pii ? "no longer marked as personal data" : "marked as personal data";
  return [{ rule: before.pii ? "CC951" : "CC101", part: after.name, column: after.name, message, origin: after.origin, originBefore: before.origin }];
}
