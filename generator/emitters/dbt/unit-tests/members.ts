import { edgesOf } from "../../../evaluate/edges.ts";
import { dayOf, dayText, instantOf } from "../../../evaluate/time.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { AsOf, Fact, ForeignKey } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { Design } from "../../../rules/types.ts";
import { memberValue, valueOf, versionStarts, type Lookup } from "./fact-rows.ts";
import { shownValue, type UnitRow } from "./unit-test.ts";

/** The one member that a unit test gives a dimension, in one row or two versions. */
export interface GivenMember {
  readonly foreignKey: Lookup;
  readonly dimension: EntityDimension;
  readonly versions: readonly Version[];
  readonly rows: readonly UnitRow[];
}

interface Version {
  readonly key: string;
  /** Canonical texts of the attributes that measures read. */
  readonly attributes: ReadonlyMap<string, string>;
  /** Start, in microseconds since 1970; the last has no end. */
  readonly from: bigint;
}

/**
 * The members of all dimensions that a fact looks up; null where one of them is looked up in a way that a test does not cover: as of a day that is counted in
 * another zone only where no row is at the edge of a version (`keepsOff`).
 */
export function membersOf(fact: Fact, { model }: Design, keepsOff = false): readonly GivenMember[] | null {
  const found: GivenMember[] = [];
  for (const foreignKey of fact.foreignKeys) {
    const { lookup } = foreignKey;
    if (lookup.kind === "inherited" || lookup.kind === "time" || lookup.kind === "combination" || (lookup.kind === "lookup" && lookup.through !== undefined)) return null;
    if (lookup.kind === "date") {
      if (attributesRead(fact, foreignKey).length > 0) return null;
      continue;
    }
    const dimension = model.dimensions.find((one) => one.name === foreignKey.dimension);
    if (dimension?.kind !== "table" || lookup.earlyArriving !== "unknown" || !isPlain(foreignKey, fact, keepsOff ? "UTC" : model.project.timezone)) return null;
    const member = given({ ...foreignKey, lookup }, dimension, attributesOf(fact, dimension.name), model.project);
    if (member === null) return null;
    found.push(member);
  }
  return found;
}

/** The version that a row points to, with its key: by reference and time; reserved members have no attributes. */
export function versionAt({ foreignKey: { lookup }, dimension, versions }: GivenMember, textOf: (column: string) => string | null): { readonly key: string; readonly attributes: ReadonlyMap<string, string> } {
  const references = lookup.on.map(({ value }) => (value.kind === "column" ? { text: textOf(value.name), member: memberValue(value.type, 0) } : { text: null, member: undefined }));
  if (references.some(({ text }) => text === null)) return { key: "-2", attributes: new Map() };
  const last = versions.at(-1);
  const known = references.every(({ text, member }) => text === member);
  const version = lookup.asOf === null || dimension.scdType === 1 ? last : versions.filter((one) => one.from <= instantOfAsOf(lookup.asOf, textOf)).at(-1);
  return known && version !== undefined ? version : { key: "-1", attributes: new Map() };
}

/** The moment, in microseconds; the end of a day is the last one before the next. */
function instantOfAsOf(asOf: AsOf | null, textOf: (column: string) => string | null): bigint {
  if (asOf === null || asOf.value.kind !== "column") return 0n;
  const value = valueOf(textOf(asOf.value.name), asOf.value.type);
  if (asOf.precision === "instant") return instantOf(value).micros;
  const { day } = dayOf(value);
  return instantOf({ kind: "day", day: asOf.dates === "end_of_day" ? day + 1 : day }).micros - (asOf.dates === "end_of_day" ? 1n : 0n);
}

function given(foreignKey: Lookup, dimension: EntityDimension, read: readonly string[], project: Project): GivenMember | null {
  const starts = versionStarts(project).slice(0, dimension.scdType).map((day) => `${dayText({ kind: "day", day })} 00:00:00`);
  const versions: Version[] = [];
  const rows: UnitRow[] = [];
  for (const [index, from] of starts.entries()) {
    const natural = dimension.naturalKey.map((one) => [one.name, memberValue(one.type, 0)] as const);
    const attributes = dimension.attributes.filter((one) => read.includes(one.name)).map((one) => ({ one, text: edgesOf(one.type)[index] }));
    if (natural.some(([, text]) => text === undefined) || attributes.some(({ text }) => text === undefined)) return null;
    const key = `${dimension.entity}_${index + 1}`;
    versions.push({ key, attributes: new Map(attributes.map(({ one, text }) => [one.name, text ?? ""])), from: instantOf(valueOf(from, { kind: "timestamp" })).micros });
    const span = dimension.scdType === 1 ? {} : { valid_from: from, valid_to: starts[index + 1] ?? project.openEnd, is_current: index === starts.length - 1 };
    const shown = [...dimension.naturalKey.map((one): [string, UnitRow[string]] => [one.name, shownValue(valueOf(memberValue(one.type, 0) ?? null, one.type))]), ...attributes.map(({ one, text }): [string, UnitRow[string]] => [one.name, shownValue(valueOf(text ?? null, one.type))])];
    rows.push({ [dimension.columns.key]: key, ...Object.fromEntries(shown), ...span });
  }
  return { foreignKey, dimension, versions, rows };
}

/** Only plain columns of the base are looked up by and as of; days only where they are counted in UTC. */
function isPlain({ lookup }: ForeignKey, fact: Fact, timezone: string): boolean {
  if (lookup.kind !== "lookup") return false;
  const terms = [...lookup.on.map((one) => one.value), ...(lookup.asOf === null ? [] : [lookup.asOf.value])];
  const zoned = lookup.asOf?.precision === "date" && timezone !== "UTC";
  return !zoned && terms.every((one) => one.kind === "column" && one.input === fact.rows.base.alias);
}

function attributesRead(fact: Fact, { alias }: ForeignKey): readonly string[] {
  const values = fact.measures.flatMap((one) => (one.ratio === null ? [one.value.expression] : []));
  return [...values, ...(fact.rows.where === null ? [] : [fact.rows.where])].flatMap(columnsOf).flatMap((one) => (one.input === alias ? [one.name] : []));
}

/** Attributes of a dimension that the fact reads, in whatever role. */
function attributesOf(fact: Fact, dimension: string): readonly string[] {
  return fact.foreignKeys.filter((one) => one.dimension === dimension).flatMap((one) => attributesRead(fact, one));
}
