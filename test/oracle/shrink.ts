import type { Stream } from "./streams.ts";

/** Says of many streams at once which of them still fail: a run of dbt takes as long for hundreds of streams as for one. */
export type Judge = (candidates: readonly Stream[]) => Promise<readonly boolean[]>;

/**
 * A plainer stream that still fails. fast-check would try one candidate after the other; here a round judges all streams that are
 * one step plainer, and the next one all that take several of the steps that did no harm.
 */
export async function shrunk(stream: Stream, judge: Judge, rounds = 16): Promise<Stream> {
  let best = stream;
  for (let round = 0; round < rounds; round++) {
    const steps = stepsFrom(best);
    const failed = await judge(steps.map((step) => step(best)));
    const harmless = steps.filter((_, position) => failed[position] === true);
    if (harmless.length === 0) return best;
    const several = windows(harmless).map((taken) => taken.reduce((plainer, step) => step(plainer), best));
    const still = await judge(several);
    const plainer = several.filter((_, position) => still[position] === true).sort((one, other) => size(one) - size(other))[0];
    if (plainer === undefined || size(plainer) >= size(best)) return best;
    best = plainer;
  }
  return best;
}

/** How much there is to a stream: entries first, then how far its numbers are from the plainest. */
export function size(stream: Stream): number {
  const entries = SOURCES.flatMap((source) => stream[source].flat());
  return entries.length * 1000 + stream.odd + entries.flatMap((one) => Object.values(one)).reduce((sum: number, value) => sum + Number(value), 0);
}

type Step = (stream: Stream) => Stream;

/** Runs of neighbours of 1, 2, 4, … and all: what does no harm alone may do harm together. */
function windows<T>(all: readonly T[]): readonly (readonly T[])[] {
  const found: (readonly T[])[] = [all];
  for (let length = 1; length < all.length; length *= 2) {
    for (let start = 0; start < all.length; start += Math.ceil(length / 2)) found.push(all.slice(start, start + length));
  }
  return found;
}

const SOURCES = ["log", "state", "extract", "sales", "places", "orders", "shares", "events", "clicks"] as const;

/** Big steps first: a source, a load, an entry less; then each number set to the plainest. */
function stepsFrom(stream: Stream): readonly Step[] {
  const filled = SOURCES.filter((source) => stream[source].flat().length > 0);
  const sources = filled.map((source): Step => (one) => ({ ...one, [source]: one[source].map(() => []) }));
  const places = filled.flatMap((source) => stream[source].flatMap((entries, load) => entries.map((entry) => ({ source, load, entry }))));
  const loads = filled.flatMap((source) => stream[source].map((_, load): Step => (one) => ({ ...one, [source]: one[source].map((entries, position) => (position === load ? [] : entries)) })));
  const entries = places.map(({ source, load, entry }): Step => (one) => changed(one, source, load, (all) => all.filter((other) => other !== entry)));
  const fields = places.length > 60 ? [] : places.flatMap(({ source, load, entry }) => Object.keys(entry).filter((field) => Number(Object.entries(entry).find(([name]) => name === field)?.[1] ?? 0) !== 0)
    .map((field): Step => (one) => changed(one, source, load, (all) => all.map((other) => (other === entry ? { ...other, [field]: typeof Object.entries(other).find(([name]) => name === field)?.[1] === "boolean" ? false : 0 } : other)))));
  return [...sources, ...loads, ...entries, ...fields, (one) => ({ ...one, odd: 0 })];
}

function changed(stream: Stream, source: (typeof SOURCES)[number], load: number, change: <Entry extends object>(entries: readonly Entry[]) => readonly Entry[]): Stream {
  return { ...stream, [source]: stream[source].map((entries, position) => (position === load ? change<object>(entries) : entries)) };
}
