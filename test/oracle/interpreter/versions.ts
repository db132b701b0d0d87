import { BEGINNING, OPEN_END } from "./types.ts";
import type { Attribute, Dimension, Instant, Key, Timeline, Values, Version } from "./types.ts";

interface Span {
  readonly at: Instant;
  readonly values: Values;
  readonly deleted: boolean;
}

/** All rows that a dimension must hold for these timelines, reserved members aside. */
export function versionsOf(timelines: readonly Timeline[], dimension: Dimension): readonly Version[] {
  return timelines.flatMap((timeline) => (dimension.type === 1 ? memberRow(timeline, dimension) : memberVersions(timeline, dimension)));
}

/** A row for everybody whom facts name and no version knows; it holds for all times until the source brings the member. */
export function stubsOf(versions: readonly Version[], named: readonly Key[], dimension: Dimension): readonly Version[] {
  const { stub } = dimension;
  if (stub === undefined) return [];
  const known = new Set(versions.map((one) => JSON.stringify(one.key)));
  const absent = new Map(named.filter((key) => !key.includes(null) && !known.has(JSON.stringify(key))).map((key) => [JSON.stringify(key), key]));
  return [...absent.values()].map((key) => ({ key, values: stub, opened: BEGINNING, first: true, from: BEGINNING, to: OPEN_END, current: true, deleted: false, inferred: true }));
}

/** A member of a Type 1 dimension: its values of today, while it is there, and beyond where the dimension remembers who was. */
function memberRow(timeline: Timeline, dimension: Dimension): readonly Version[] {
  const gone = timeline.states.at(-1)?.values === null;
  const last = timeline.states.findLast((state) => state.values !== null)?.values ?? null;
  if (last === null || (gone && dimension.deletes === "close")) return [];
  return [{ key: timeline.key, values: shown(last, timeline, dimension), opened: BEGINNING, first: true, from: BEGINNING, to: OPEN_END, current: true, deleted: gone && dimension.deletes === "tombstone", inferred: false }];
}

/** A version lasts until a tracked value differs, or the member goes; a gap, or a tombstone, lasts until it is back. */
function memberVersions(timeline: Timeline, dimension: Dimension): readonly Version[] {
  const spans = spansOf(timeline, dimension);
  return spans.flatMap((span, position) => {
    if (span.deleted && dimension.deletes !== "tombstone") return [];
    const next = spans[position + 1];
    const opensAll = dimension.firstVersionFrom === "beginning" && position === 0;
    return [{
      key: timeline.key,
      values: shown(span.values, timeline, dimension),
      opened: span.at,
      first: position === 0,
      from: opensAll && BEGINNING < span.at ? BEGINNING : span.at,
      to: next?.at ?? OPEN_END,
      current: next === undefined && !span.deleted,
      deleted: span.deleted,
      inferred: false,
    }];
  });
}

function spansOf(timeline: Timeline, dimension: Dimension): readonly Span[] {
  const tracked = dimension.attributes.filter((one) => one.scd === 2 || one.scd === 6);
  const spans: Span[] = [];
  for (const { at, values } of timeline.states) {
    const open = spans.at(-1);
    if (values === null) {
      if (open !== undefined && !open.deleted && dimension.deletes !== "ignore") spans.push({ at, values: open.values, deleted: true });
    } else if (open === undefined || open.deleted || tracked.some((one) => seen(open.values, one) !== seen(values, one))) {
      spans.push({ at, values, deleted: false });
    }
  }
  return spans;
}

/** The attributes of a row: as they were then, or as the whole life of the member says. */
function shown(then: Values, timeline: Timeline, dimension: Dimension): Values {
  const life = timeline.states.flatMap((state) => (state.values === null ? [] : [state.values]));
  const columns = dimension.attributes.flatMap((attribute): readonly (readonly [string, string | null])[] => {
    const { name, scd, beside = "" } = attribute;
    const values = life.map((one) => seen(one, attribute));
    const last = values.at(-1) ?? null;
    switch (scd) {
      case 0:
        return [[name, values[0] ?? null]];
      case 1:
        return [[name, last]];
      case 2:
        return [[name, seen(then, attribute)]];
      case 3:
        return [[name, last], [beside, lastDistinctEarlier(values)]];
      case 6:
        return [[name, seen(then, attribute)], [beside, last]];
      default:
        throw new Error(`unknown type ${String(scd satisfies never)}`);
    }
  });
  return Object.fromEntries(columns);
}

/** The value of an attribute in a row, or the band that it lies in. */
function seen(values: Values, { source, bands }: Attribute): string | null {
  const value = values[source] ?? null;
  if (bands === undefined || value === null) return value;
  return bands.find(([, below]) => below === null || BigInt(value.replace(".", "")) < below)?.[0] ?? null;
}

/** The value before the one that holds now, or NULL where there was none. */
function lastDistinctEarlier(values: readonly (string | null)[]): string | null {
  const last = values.at(-1) ?? null;
  return values.findLast((value) => value !== last) ?? null;
}
