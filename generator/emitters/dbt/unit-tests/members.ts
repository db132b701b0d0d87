import { dimensionsByName } from "../../../model/named.ts";
import { sameValue } from "../../../evaluate/compare.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import { evaluate, type Row } from "../../../evaluate/expression.ts";
import { instantFromText, instantOf } from "../../../evaluate/time.ts";
import { fail, isDay } from "../../../evaluate/value.ts";
import { instantIn } from "../../../evaluate/zone.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import { PERIODS, type AsOf, type Fact, type ForeignKey } from "../../../model/fact.ts";
import type { Project } from "../../../model/project.ts";
import type { Design } from "../../../rules/types.ts";
import { memberValue, valueOf, versionInstants, type Lookup } from "./fact-rows.ts";
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

/** The members of all dimensions that a fact looks up. For use within an `attempt`, which ends where one is looked up in a way that a test does not cover. */
export function membersOf(fact: Fact, { model }: Pick<Design, "model">): readonly GivenMember[] {
  const found: GivenMember[] = [];
  for (const foreignKey of fact.foreignKeys) {
    const { lookup } = foreignKey;
    if (lookup.kind === "inherited") continue;
    if (lookup.kind !== "lookup") {
      if (attributesRead(fact, foreignKey).length > 0) return fail("attributes of a key that is computed");
      continue;
    }
    const dimension = dimensionsByName(model).get(lookup.through ?? foreignKey.dimension);
    if (dimension?.kind !== "table" || !isPlain(foreignKey, fact)) return fail("a lookup by more than columns");
    found.push(given({ ...foreignKey, lookup }, dimension, attributesOf(fact, dimension.name), model.project));
  }
  return found;
}

/** The version that a row points to, with its key: by reference and time; reserved members have no attributes. For use within an `attempt`. */
export function versionAt({ foreignKey: { lookup }, dimension, versions }: GivenMember, row: Row, timezone: string): { readonly key: string; readonly attributes: ReadonlyMap<string, string> } {
  const unknown = { key: "-1", attributes: new Map<string, string>() };
  const references = lookup.on.map(({ value }) => ({ is: evaluate(value, row), member: valueOf(memberValue(value.type ?? fail("no type"), 0) ?? null, value.type ?? fail("no type")) }));
  if (references.some((one) => one.is === null)) return { ...unknown, key: "-2" };
  if (!references.every((one) => sameValue(one.is, one.member))) return unknown;
  if (lookup.asOf === null || dimension.scdType === 1) return versions.at(-1) ?? unknown;
  const at = momentOf(lookup.asOf, row, timezone);
  if (at === null) return unknown;
  return versions.filter((one) => one.from <= at).at(-1) ?? (isOpened(lookup, dimension) ? versions[0] : undefined) ?? unknown;
}

/** Whether what is older than the first version of a member finds that one. */
function isOpened({ earlyArriving }: Lookup["lookup"], { firstVersionFrom }: EntityDimension): boolean {
  return earlyArriving === "first_version" && firstVersionFrom === "first_seen";
}

/** The moment, in microseconds; the end of a day is the last one before the next. */
function momentOf({ value, precision, dates }: AsOf, row: Row, timezone: string): bigint | null {
  const time = evaluate(value, row);
  if (time === null || precision === "instant") return time === null ? null : instantOf(time).micros;
  const { day } = isDay(time) ? time : fail("no day");
  return dates === "end_of_day" ? instantIn({ kind: "day", day: day + 1 }, timezone).micros - 1n : instantIn({ kind: "day", day }, timezone).micros;
}

function given(foreignKey: Lookup, dimension: EntityDimension, read: readonly string[], project: Project): GivenMember {
  const starts = versionInstants(project).slice(0, dimension.scdType).map((one) => one.replace(/\.0+$/, ""));
  const versions: Version[] = [];
  const rows: UnitRow[] = [];
  for (const [index, from] of starts.entries()) {
    const natural = dimension.naturalKey.map((one) => [one.name, memberValue(one.type, 0)] as const);
    const attributes = dimension.attributes.filter((one) => read.includes(one.name)).map((one) => ({ one, text: edgesOf(one.type)[index] }));
    if (natural.some(([, text]) => text === undefined) || attributes.some(({ text }) => text === undefined)) return fail("a type without edges");
    const keys = [dimension.columns.key, ...(dimension.profile === null ? [] : [dimension.profile.key])].map((name) => [name, `${name.replace(/_key$/, "")}_${index + 1}`] as const);
    const key = new Map(keys).get(foreignKey.lookup.through === undefined ? dimension.columns.key : dimension.profile?.key ?? "") ?? fail("no such key");
    versions.push({ key, attributes: new Map(attributes.map(({ one, text }) => [one.name, text ?? ""])), from: instantFromText(from)?.micros ?? fail("no instant") });
    const span = dimension.scdType === 1 ? {} : { valid_from: from, valid_to: starts[index + 1] ?? project.openEnd, is_current: index === starts.length - 1 };
    const shown = [...dimension.naturalKey.map((one): [string, UnitRow[string]] => [one.name, shownValue(valueOf(memberValue(one.type, 0) ?? null, one.type))]), ...attributes.map(({ one, text }): [string, UnitRow[string]] => [one.name, shownValue(valueOf(text ?? null, one.type))])];
    rows.push({ ...Object.fromEntries(keys), ...Object.fromEntries(shown), ...span });
  }
  return { foreignKey, dimension, versions, rows };
}

/** Only plain columns are looked up by and as of: of the tables of a fact, its periods, and members behind keys that it takes over. */
function isPlain({ lookup }: ForeignKey, { rows, periodic, foreignKeys, sourceKeys }: Fact): boolean {
  if (lookup.kind !== "lookup") return false;
  const held = [...sourceKeys, ...foreignKeys].filter((one) => one.lookup.kind === "inherited").map((one) => one.alias);
  const aliases = [...(periodic === null ? [rows.base, ...rows.joins.map((one) => one.input)].map((one) => one.alias) : [PERIODS]), ...held];
  const terms = [...lookup.on.map((one) => one.value), ...(lookup.asOf === null ? [] : [lookup.asOf.value])];
  return terms.every((one) => one.kind === "column" && one.input !== null && aliases.includes(one.input));
}

function attributesRead(fact: Fact, { alias }: ForeignKey): readonly string[] {
  const values = fact.measures.flatMap((one) => (one.ratio === null ? [one.value.expression] : []));
  return [...values, ...(fact.rows.where === null ? [] : [fact.rows.where])].flatMap(columnsOf).flatMap((one) => (one.input === alias ? [one.name] : []));
}

/** Attributes of a dimension that the fact reads, in whatever role. */
function attributesOf(fact: Fact, dimension: string): readonly string[] {
  return fact.foreignKeys.filter((one) => one.dimension === dimension).flatMap((one) => attributesRead(fact, one));
}
