import { fail } from "./value.ts";

/**
 * A text in lower or upper case as engines have it: letter by letter, whatever stands around it (`Σ` is `σ` at the end of a word, too). A letter that
 * becomes several (`İ`, `ß`, `ﬁ`) stays one of some kind there, each engine's own.
 */
export function inCase(text: string, wanted: "lower" | "upper"): string {
  if (/^[\u0000-\u007f]*$/.test(text)) return changed(text, wanted);
  return [...text].map((one) => single(changed(one, wanted), one)).join("");
}

function changed(text: string, wanted: "lower" | "upper"): string {
  return wanted === "lower" ? text.toLowerCase() : text.toUpperCase();
}

function single(letters: string, letter: string): string {
  return [...letters].length === 1 ? letters : fail(`engines write the other case of ${letter} differently`);
}
