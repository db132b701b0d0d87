import type { LogicalType, ScalarKind } from "../model/types.ts";

/**
 * What a text must look like to be taken as a value of a type: engines agree on these forms and on what they mean. Beyond
 * them they take more in silence (' 12 ', '0x1A', '1_000', 'infinity', seconds of 60), each engine something else.
 * Types that are missing are checked by their own cast alone. A day may be written as its midnight, and a whole number with zeros behind a point,
 * as many exports do: that loses nothing.
 */
const patterns: Readonly<Partial<Record<ScalarKind | "decimal", string>>> = {
  integer: "^[+-]?[0-9]+$",
  bigint: "^[+-]?[0-9]+$",
  decimal: "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,2})?$",
  float: "^[+-]?([0-9]+[.]?[0-9]*|[.][0-9]+)([eE][+-]?[0-9]{1,3})?$",
  boolean: "(?i)^(true|false|t|f|yes|no|y|n|1|0)$",
  date: "^[0-9]{4}-[0-9]{2}-[0-9]{2}([T ]00:00(:00([.]0{1,9})?)?Z?)?$",
  time: "^[0-9]{2}:[0-9]{2}(:[0-5][0-9]([.][0-9]{1,6})?)?$",
  uuid: "^[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12}$",
};

const day = "[0-9]{4}-[0-9]{2}-[0-9]{2}";
const seconds = ":[0-5][0-9]([.][0-9]{1,6})?";

/** A time without a zone, or a day alone (its midnight). */
export const localTimePattern = `^${day}([T ][0-9]{2}:[0-9]{2}(${seconds})?)?$`;

/** A time with its offset from UTC; engines want the seconds of the time here. Offsets of old local times have seconds, too. */
export const offsetTimePattern = `^${day}[T ][0-9]{2}:[0-9]{2}${seconds}(Z|[+-][0-9]{2}(:?[0-9]{2}|:[0-9]{2}:[0-9]{2})?)$`;

/** A whole number that is written with zeros behind a point (44.0), which is cast without them. */
export const pointedWholePattern = "^[+-]?[0-9]+[.]0+$";

/** The pattern of a type's texts, or null where only the engine's own cast decides. Instants have two patterns, see above. */
export function textPattern(type: LogicalType): string | null {
  if (type.kind === "timestamp_ntz") return localTimePattern;
  return type.kind === "array" || type.kind === "struct" ? null : patterns[type.kind] ?? null;
}
