import { instantFromText } from "../../../evaluate/time.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import type { Member, Version } from "../../../evaluate/versions.ts";
import type { Attribute, EntityDimension } from "../../../model/dimension.ts";
import type { Project } from "../../../model/project.ts";
import { all, givenRows, scriptedValues, typed } from "./script.ts";
import { shownValue, type UnitRow, type UnitTest } from "./unit-test.ts";

/** Members as the models below a dimension hold them. */
export function expectedMembers(members: readonly Member[], dimension: EntityDimension): readonly UnitRow[] {
  return members.map((one) => shown([...own(one, dimension), ...deleted(one.isDeleted, dimension)]));
}

/** Versions as the models below a dimension hold them, or are given: `valid_to` is NULL while a version holds. */
export function expectedVersions(versions: readonly Version[], dimension: EntityDimension): readonly UnitRow[] {
  return versions.map((one) => shown([...own(one, dimension), ...deleted(one.isDeleted, dimension), ["valid_from", instant(one.from)], ["valid_to", one.to === null ? null : instant(one.to)]]));
}

/**
 * All rows of a dimension but their keys, which are hashes: members or versions with the spans that are shown, those inferred from facts (see
 * `referencedInput`), and the reserved members.
 */
export function finalRows(rows: readonly (Member | Version)[], dimension: EntityDimension, project: Project): readonly UnitRow[] {
  const real = rows.map((one) => shown([...own(one, dimension), ...flags(one.isDeleted, false, dimension), ...("from" in one ? span(one, rows, dimension, project) : [])]));
  const inferred = dimension.models.referenced === null ? [] : [{ key: absentKey(dimension), label: unknown, isInferred: true }];
  const nobody = dimension.naturalKey.map(() => null);
  const special = [...inferred, { key: nobody, label: unknown, isInferred: false }, { key: nobody, label: (one: Attribute) => one.notApplicableLabel, isInferred: false }];
  const always: readonly Named[] = dimension.scdType === 1 ? [] : [["valid_from", beginning()], ["valid_to", openEnd(project)], ["is_current", true]];
  return [...real, ...special.map(({ key, label, isInferred }) => shown([
    ...dimension.naturalKey.map((one, index): Named => [one.name, key[index] ?? null]),
    ...dimension.attributes.map((one): Named => [one.name, typed(label(one), one.type)]),
    ...flags(false, isInferred, dimension),
    ...always,
  ]))];
}

/** What a dimension that infers members reads beside its rows: two keys that facts name, one of a member and one of nobody known; and the tables it points to, empty. */
export function referencedInput(dimension: EntityDimension): UnitTest["given"] {
  const { referenced } = dimension.models;
  const keys = dimension.naturalKey.map(({ name }, index) => [name, [knownKey(dimension)[index] ?? null, absentKey(dimension)[index] ?? null]] as const);
  const rows = [0, 1].map((position) => new Map(keys.map(([name, values]) => [name, values[position] ?? null])));
  const pointed = [...new Set(dimension.outriggers.map((one) => one.dimension))].map((one) => ({ input: `ref('${one}')`, rows: [] }));
  return [...(referenced === null ? [] : [{ input: `ref('${referenced}')`, rows: givenRows(rows) }]), ...pointed];
}

type Named = readonly [string, Value];

function own({ key, values }: Member, dimension: EntityDimension): readonly Named[] {
  return [...dimension.naturalKey.map((one, index): Named => [one.name, key[index] ?? null]), ...dimension.attributes.map((one): Named => [one.name, values.get(one.name) ?? null])];
}

function deleted(isDeleted: boolean, dimension: EntityDimension): readonly Named[] {
  return dimension.deletes === "tombstone" ? [["is_deleted", isDeleted]] : [];
}

function flags(isDeleted: boolean, isInferred: boolean, dimension: EntityDimension): readonly Named[] {
  return [...deleted(isDeleted, dimension), ...(dimension.infers ? [["is_inferred", isInferred] as const] : [])];
}

/** The first version of a member reaches back to the beginning, unless it is older or the spec wants to know when it was first seen. */
function span(version: Version, all: readonly (Member | Version)[], dimension: EntityDimension, project: Project): readonly Named[] {
  const earlier = all.some((one) => "from" in one && one.key.every((value, index) => sameText(value, version.key[index] ?? null)) && one.from < version.from);
  const { micros } = beginning();
  const from = dimension.firstVersionFrom === "beginning" && !earlier && version.from > micros ? micros : version.from;
  return [["valid_from", instant(from)], ["valid_to", version.to === null ? openEnd(project) : instant(version.to)], ["is_current", version.to === null && !version.isDeleted]];
}

function sameText(one: Value, other: Value): boolean {
  return one !== null && other !== null && shownValue(one) === shownValue(other);
}

function knownKey(dimension: EntityDimension): readonly Value[] {
  return keyOf(dimension, 0);
}

/** Not among the members of any unit test. */
function absentKey(dimension: EntityDimension): readonly Value[] {
  return keyOf(dimension, 6);
}

function keyOf(dimension: EntityDimension, member: number): readonly Value[] {
  const columns = dimension.naturalKey.map(({ name, type }, part) => ({ name, type, role: { kind: "key" as const, part, parts: dimension.naturalKey.length } }));
  const [row] = scriptedValues([{ member, at: null, state: all(null) }], columns);
  return [...(row ?? new Map<string, Value>()).values()];
}

function unknown({ unknownLabel }: Attribute): string | null {
  return unknownLabel;
}

/** Where versions begin that are open to the beginning, as the specs say it. */
export function beginning(): Extract<Value, { kind: "instant" }> {
  return instantFromText("1900-01-01") ?? fail("no instant");
}

function openEnd({ openEnd: text }: Project): Value {
  return text === null ? null : instantFromText(text);
}

function instant(micros: bigint): Value {
  return { kind: "instant", micros };
}

function shown(columns: readonly Named[]): UnitRow {
  return Object.fromEntries(columns.map(([name, value]) => [name, shownValue(value)]));
}
