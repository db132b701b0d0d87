/** One element of a strptime format: a directive (`%Y`) or literal text. */
export type FormatPart = { readonly kind: "directive"; readonly letter: Directive } | { readonly kind: "text"; readonly text: string };

/** Directives that every dialect reads alike. `%y` is 1969 to 2068, as POSIX has it; names of months are English. */
export type Directive = keyof typeof directives;

const directives = {
  Y: "[0-9]{4}",
  y: "[0-9]{2}",
  m: "0?[1-9]|1[0-2]",
  d: "0?[1-9]|[12][0-9]|3[01]",
  b: "jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec",
  B: "january|february|march|april|may|june|july|august|september|october|november|december",
  H: "[01]?[0-9]|2[0-3]",
  I: "0?[1-9]|1[0-2]",
  M: "[0-5]?[0-9]",
  S: "[0-5]?[0-9]",
  f: "[0-9]{1,6}",
  p: "am|pm",
  z: "[+-][0-9]{2}:?[0-9]{2}",
} as const;

/** The directives, for messages: `%Y %y %m …`. */
export const supportedDirectives: readonly string[] = Object.keys(directives).map((letter) => `%${letter}`);

/**
 * The elements of a format, or null where it names a directive that not all engines read alike, names one twice, or does not
 * hold a whole date (year, month and day) or a time without its hour.
 */
export function formatParts(format: string): readonly FormatPart[] | null {
  const parts = elements(format);
  return parts !== null && isWhole(parts) ? parts : null;
}

function elements(format: string): readonly FormatPart[] | null {
  const parts: FormatPart[] = [];
  const characters = [...format];
  for (let at = 0; at < characters.length; at++) {
    const character = characters[at] ?? "";
    if (character !== "%") {
      parts.push({ kind: "text", text: character });
      continue;
    }
    const letter = characters[++at] ?? "";
    if (letter === "%") parts.push({ kind: "text", text: "%" });
    else if (isDirective(letter)) parts.push({ kind: "directive", letter });
    else return null;
  }
  return parts;
}

/** The directives by which every dialect writes a date or time alike, for messages. */
export const shownDirectives: readonly string[] = supportedDirectives.filter((one) => one !== "%z");

/** The elements of a format in which a date or time is written, or null where it names a directive that not all engines write alike, or none. */
export function shownParts(format: string): readonly FormatPart[] | null {
  const parts = elements(format);
  const letters = parts?.flatMap((part) => (part.kind === "directive" ? [part.letter] : [])) ?? [];
  return letters.length === 0 || letters.includes("z") ? null : parts;
}

/** True where every dialect can parse the format (ask before a model is built: `parse` throws on others). */
export function supportsFormat(format: string): boolean {
  return formatParts(format) !== null;
}

/** True where the format holds an offset, so that what it parses is an instant. */
export function hasOffset(format: string): boolean {
  return formatParts(format)?.some((part) => part.kind === "directive" && part.letter === "z") ?? false;
}

/**
 * A regular expression (RE2 and PostgreSQL alike) of the texts of a format, in which each directive is a group. `pin` replaces a
 * directive's own pattern.
 */
export function formatPattern(parts: readonly FormatPart[], pin: Readonly<Partial<Record<Directive, string>>> = {}): string {
  const inner = parts.map((part) => (part.kind === "text" ? literalPattern(part.text) : `(${pin[part.letter] ?? directives[part.letter]})`));
  const words = parts.some((part) => part.kind === "directive" && "bBp".includes(part.letter));
  return `${words ? "(?i)" : ""}^${inner.join("")}$`;
}

function literalPattern(character: string): string {
  if (/[A-Za-z0-9 ]/.test(character)) return character;
  return /[\^\\\]]/.test(character) ? `\\${character}` : `[${character}]`;
}

function isDirective(letter: string): letter is Directive {
  return Object.hasOwn(directives, letter);
}

function isWhole(parts: readonly FormatPart[]): boolean {
  const letters = parts.flatMap((part) => (part.kind === "directive" ? [part.letter] : []));
  const one = (...choices: readonly Directive[]): boolean => letters.filter((letter) => choices.includes(letter)).length === 1;
  const has = (letter: Directive): boolean => letters.includes(letter);
  if (new Set(letters).size < letters.length || !one("Y", "y") || !one("m", "b", "B") || !one("d")) return false;
  if (has("H") && has("I")) return false;
  const hour = has("H") || has("I");
  return has("I") === has("p") && (hour || !(has("M") || has("S") || has("z"))) && (has("M") || !has("S")) && (has("S") || !has("f")) && (!hour || has("M"));
}
