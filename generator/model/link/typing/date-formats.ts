import type { Expression } from "../../expression.ts";
import { scalar } from "../../logical-type.ts";
import { fitted } from "./literals.ts";

/** The format of a date function in the letters of strftime: `'YYYY-MM-DD'` is read as `'%Y-%m-%d'`. Anything but a text is null. */
export function portableFormat(value: Expression): Expression | null {
  const text = fitted(value, scalar("string"));
  if (text?.kind !== "literal" || typeof text.value !== "string") return text;
  return { ...text, value: strftimeFormat(text.value) };
}

/** A format in the letters of strftime, whether it is written in those or in to_char's. */
export function strftimeFormat(format: string): string {
  return strftimeOf(format) ?? format;
}

/**
 * A format in the letters of to_char (PostgreSQL, Snowflake, Oracle) in those of strftime, or null where it is none, or one that pads names with
 * blanks (`Month`). Letters that stand for themselves are in double quotes there.
 */
function strftimeOf(format: string): string | null {
  const elements = format.match(/YYYY|YY|MM|DD|HH24|HH12|MI|SS|US|AM|PM|MON|FMMONTH|"[^"]*"|[^A-Z"]/gi) ?? [];
  const written = elements.map((one) => (/^[a-z]/i.test(one) ? (letters.get(one) ?? letters.get(one.toUpperCase()) ?? null) : one.replaceAll('"', "")));
  const isWhole = elements.join("") === format && !written.includes(null) && written.some((one, index) => one !== elements[index]);
  return isWhole && !format.includes("%") ? written.join("") : null;
}

const letters: ReadonlyMap<string, string> = new Map([
  ["YYYY", "%Y"], ["YY", "%y"], ["MM", "%m"], ["DD", "%d"], ["HH24", "%H"], ["HH12", "%I"], ["MI", "%M"], ["SS", "%S"], ["US", "%f"], ["AM", "%p"], ["PM", "%p"],
  ["Mon", "%b"], ["FMMonth", "%B"],
]);
