import { shownParts, type Directive } from "../dialects/parse-format.ts";
import { monthNames } from "../model/calendar.ts";
import { instantOf, instantText } from "./time.ts";
import { fail, type Value } from "./value.ts";

/** A date or time as a format of strftime writes it; names are English. */
export function shownTime(value: Value, format: string): string {
  const text = instantText(instantOf(value));
  if (text.length !== "2024-01-31 12:00:00.000000".length) return fail("engines write such a year differently");
  const parts = shownParts(format) ?? fail(`${format} is written differently`);
  return parts.map((part) => (part.kind === "text" ? part.text : field(part.letter, text))).join("");
}

/** `text` is in canonical form: `2024-01-31 12:00:00.000000`. */
function field(letter: Directive, text: string): string {
  const month = monthNames[Number(text.slice(5, 7)) - 1] ?? "";
  const hour = Number(text.slice(11, 13));
  switch (letter) {
    case "Y": return text.slice(0, 4);
    case "y": return text.slice(2, 4);
    case "m": return text.slice(5, 7);
    case "d": return text.slice(8, 10);
    case "b": return month.slice(0, 3);
    case "B": return month;
    case "H": return text.slice(11, 13);
    case "I": return String(hour % 12 === 0 ? 12 : hour % 12).padStart(2, "0");
    case "M": return text.slice(14, 16);
    case "S": return text.slice(17, 19);
    case "f": return text.slice(20);
    case "p": return hour < 12 ? "AM" : "PM";
    case "z": return fail("a time has no offset here");
  }
}
