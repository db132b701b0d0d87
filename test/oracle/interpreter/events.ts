import type { Instant, Value, Values } from "./types.ts";

/** Something that happened to a process: of which kind, when, its number among the events of the process, and whatever else it tells. */
export interface Event {
  readonly process: number;
  readonly type: Value;
  readonly at: Instant | null;
  readonly number: number;
  /** Tells events of one number apart. */
  readonly id: number;
  readonly told: Values;
}

/** What all events together say of one process: when it reached which milestone, and what was told last of all else. */
export interface Process {
  readonly process: number;
  readonly reached: ReadonlyMap<string, Instant | null>;
  readonly told: Values;
}

/** Of the events of a kind the one with the highest number counts, even if it tells no time; of all else the last thing that was told. */
export function processesOf(events: readonly Event[]): readonly Process[] {
  const ids = [...new Set(events.map((one) => one.process))];
  return ids.map((process) => {
    const own = events.filter((one) => one.process === process).sort((one, other) => one.number - other.number || one.id - other.id);
    const told = own.flatMap((one) => Object.entries(one.told)).filter(([, value]) => value !== null);
    return { process, reached: new Map(own.map((one) => [one.type ?? "", one.at])), told: Object.fromEntries(told) };
  });
}
