import { shownDirectives, shownParts, supportedDirectives, supportsFormat } from "../../../dialects/parse-format.ts";
import type { Expression, FunctionName } from "../../expression.ts";

/** What a function takes in some place, and what was given there. */
export interface Misfit {
  readonly expected: string;
  readonly given: string;
}

/** What engines would read each in its own way though the types fit, or null. Of a value in a column nothing is known here. */
export function unportable(name: FunctionName, values: readonly Expression[]): Misfit | null {
  const [, second, third] = values;
  switch (name) {
    case "concat":
    case "concat_ws": return values.length <= 100 ? null : { expected: "at most 100 arguments (texts are also joined by ||)", given: String(values.length) };
    case "to_date": return formatMisfit(second, (format) => supportsFormat(format), `a format of a whole date that every warehouse reads alike, with the directives ${supportedDirectives.join(" ")}`);
    case "to_char": return formatMisfit(second, (format) => shownParts(format) !== null, `a format that every warehouse writes alike, with the directives ${shownDirectives.join(" ")} (a quarter is date_part('quarter', x), a week date_part('week', x))`);
    case "strpos": return emptyMisfit(second, "a text to look for that is not empty");
    case "trim":
    case "ltrim":
    case "rtrim": return emptyMisfit(second, "characters to take away");
    case "lpad":
    case "rpad": return misfit(wholeNumber(second), `a length between 0 and ${MOST}`, (one) => one >= 0 && isSmall(one)) ?? emptyMisfit(third, "a text to fill with that is not empty");
    case "substring": return misfit(wholeNumber(second), `a start between 1 and ${MOST} (the last characters are right(x, 3))`, (one) => one >= 1 && isSmall(one)) ?? misfit(wholeNumber(third), `a length between 0 and ${MOST}`, (one) => one >= 0 && isSmall(one));
    case "split_part":
      return emptyMisfit(second, "a separator that is not empty") ?? misfit(wholeNumber(third), "the number of a part, counted from 1 or, from the end, from -1", (one) => one !== 0 && isSmall(one));
    case "left":
    case "right": return misfit(wholeNumber(second), `a length of at most ${MOST}`, isSmall);
    case "date_add": return misfit(wholeNumber(second), `a number of units of at most ${MOST}`, isSmall);
    case "round": return placesMisfit(second);
    default: return null;
  }
}

/** Engines keep such numbers in 32 bits. */
const MOST = 2_147_483_647;

function isSmall(value: number): boolean {
  return Math.abs(value) <= MOST;
}

function formatMisfit(format: Expression | undefined, isSupported: (format: string) => boolean, expected: string): Misfit | null {
  if (format?.kind !== "literal" || typeof format.value !== "string") return { expected: "a format that is written there as a text", given: "a value that differs from row to row" };
  // Line breaks are printed as calls of chr().
  return isSupported(format.value) && !/[\r\n]/.test(format.value) ? null : { expected, given: `'${format.value}'` };
}

function emptyMisfit(value: Expression | undefined, expected: string): Misfit | null {
  return value?.kind === "literal" && value.value === "" ? { expected, given: "''" } : null;
}

function misfit(value: number | null, expected: string, fits: (value: number) => boolean): Misfit | null {
  return value === null || fits(value) ? null : { expected, given: String(value) };
}

/** How many digits stay decides on the type, so it cannot differ from row to row. */
function placesMisfit(places: Expression | undefined): Misfit | null {
  const count = wholeNumber(places);
  if (places !== undefined && count === null) return { expected: "a number of places that is written there", given: "a value that differs from row to row" };
  return misfit(count, "places between -38 and 38", (one) => Math.abs(one) <= 38);
}

/** The number that a literal or its negative states, else null. */
function wholeNumber(value: Expression | undefined): number | null {
  if (value?.kind === "unary" && value.operator === "-") {
    const inner = wholeNumber(value.operand);
    return inner === null ? null : -inner;
  }
  return value?.kind === "literal" && typeof value.value === "number" ? value.value : null;
}
