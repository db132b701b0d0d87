import type { Instant, Key, Version } from "./types.ts";

/** What a fact row points to: a version, or a reserved member. */
export type Pointer = Version | "unknown" | "not applicable";

/** How a foreign key looks its version up. */
export interface Lookup {
  /** `first_version`: a fact older than the first version takes that. */
  readonly early: "unknown" | "first_version";
  /** The end of a day is the last moment before the next one, its start the first moment; members without versions have no time. */
  readonly moment: "instant" | "end_of_day" | "start_of_day" | "any";
}

/**
 * The version that holds at a moment. With `end_of_day` the moment is the start of the next day, looked at from before it.
 * A reference that is NULL in any part names nobody; one that names somebody who was not there then is unknown.
 */
export function pointed(versions: readonly Version[], key: Key, at: Instant | null, lookup: Lookup): Pointer {
  if (key.includes(null)) return "not applicable";
  const own = versions.filter((one) => JSON.stringify(one.key) === JSON.stringify(key)).sort((one, other) => (one.from < other.from ? -1 : 1));
  if (lookup.moment === "any") return own[0] ?? "unknown";
  if (at === null) return "unknown";
  const found = own.find((one) => holds(one, at, lookup.moment));
  if (found !== undefined) return found;
  const [first] = own;
  const isBefore = first !== undefined && (lookup.moment === "end_of_day" ? at <= first.from : at < first.from);
  return isBefore && lookup.early === "first_version" ? first : "unknown";
}

/** Whether a span of time has a moment in it; the end of a day belongs to what ends there. */
export function holds({ from, to }: Pick<Version, "from" | "to">, at: Instant, moment: Lookup["moment"]): boolean {
  return moment === "end_of_day" ? from < at && at <= to : from <= at && at < to;
}
