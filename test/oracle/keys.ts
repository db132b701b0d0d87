import type { Key, Value } from "./interpreter/types.ts";

/** The place that rows name by this number is none; 5 is in no source. */
export const NO_PLACE = 6;

/** The number of a member in the table whose key is one number; NULL names nobody. */
export function memberNumber(stream: number, member: number): number | null {
  return member === 3 ? null : stream * 8 + member;
}

/** The number of a place; NULL names none. */
export function placeNumber(stream: number, place: number): number | null {
  return place === NO_PLACE ? null : stream * 8 + place;
}

/** The numbers of the place and the member that a share is about: both are kept in one number. */
export function shareParts(stream: number, share: number): readonly [place: number | null, member: number | null] {
  return [placeNumber(stream, Math.floor(share / 8)), memberNumber(stream, share % 8)];
}

/** The key of a member in the table whose key has two parts. */
export function memberParts(stream: number, member: number): Key {
  return [[`${stream}:a|b`, "c"], [`${stream}:a`, "b|c"], [`${stream}:a|`, "bc"], [`${stream}:a`, null], [`${stream}:`, "nobody"], [`${stream}:a`, ""]][member] ?? [null, null];
}

/** The key of a place in the table whose key has two parts; one part of it alone names none. */
export function siteParts(stream: number, place: number): readonly [Value, Value] {
  const parts = ([[`${stream}:a|b`, "c"], [`${stream}:a`, "b|c"], [`${stream}:a|`, "bc"], [`${stream}:`, "a|bc"], [`${stream}:a|bc`, ""], [`${stream}:a|b`, "nowhere"]] as const)[place];
  return parts ?? [`${stream}:a`, null];
}

/** The same of a share of a place whose key has two parts. */
export function stakeParts(stream: number, share: number): Key {
  return [...siteParts(stream, Math.floor(share / 8)), ...memberParts(stream, share % 8)];
}

/** The stream that a row belongs to, from either key; NULL for reserved members and whatever else belongs to none. */
export function streamOf(key: Key): number | null {
  const [first] = key;
  if (first === null || first === undefined) return null;
  return first.includes(":") ? Number(first.split(":")[0]) : Math.floor(Number(first) / 8);
}
