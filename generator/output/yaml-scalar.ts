const WIDTH = 80;

/** A printed scalar: what stands after the key or dash, and the lines below it (of a block scalar). */
export interface YamlScalar {
  readonly first: string;
  readonly rest: readonly string[];
}

/**
 * A string as the first style that keeps it: plain, literal block (several lines), folded block (prose too long for the
 * line), double-quoted. `column` is where it starts, `indent` where lines below it start.
 */
export function yamlText(text: string, column: number, indent: number): YamlScalar {
  const fits = column + text.length <= WIDTH;
  if (fits && isPlain(text)) return { first: text, rest: [] };
  if (text.includes("\n")) return isLiteral(text) ? literal(text, indent) : { first: quoted(text), rest: [] };
  if (!fits && isFoldable(text)) return { first: ">-", rest: folded(text, indent) };
  return { first: isPlain(text) ? text : quoted(text), rest: [] };
}

/** A mapping's key. */
export function yamlKey(key: string): string {
  return isPlain(key) || /^\+[a-z_]+$/.test(key) ? key : quoted(key);
}

/**
 * A finite number as both YAML versions read it: YAML 1.1 wants a point before an exponent.
 * @throws on NaN and the infinities
 */
export function yamlNumber(value: number): string {
  if (!Number.isFinite(value)) throw new Error(`${value} has no portable YAML form`);
  const text = String(value);
  return text.includes("e") && !text.includes(".") ? text.replace("e", ".0e") : text;
}

/** What YAML 1.1 or 1.2 reads as a boolean or null; everything else that is no string begins with a digit, sign, point, `=` or `<`. */
const WORDS = new Set(["y", "n", "yes", "no", "true", "false", "on", "off", "null", "nan", "inf"]);

/** Begins like a word, holds nothing that YAML, Jinja or a flow context could take for syntax, and ends in no blank. */
function isPlain(text: string): boolean {
  return /^[\p{L}_/](?:[\p{L}\p{M}\p{N}_ .,()'%+=@<>*;?!&|~^$/:#-]*[\p{L}\p{M}\p{N}_.,()'%+=@<>*;?!&|~^$/-])?$/u.test(text)
    && !/: | #/.test(text) && !WORDS.has(text.toLowerCase());
}

/** Text whose line breaks may move: printable, single blanks only, none at the ends. */
function isFoldable(text: string): boolean {
  return isPrintable(text) && !/\t|^ | $| {2}/.test(text);
}

/** Lines that a literal block keeps: printable, the first one neither blank nor indented, at most one break at the end. */
function isLiteral(text: string): boolean {
  return text.split("\n").every((line) => isPrintable(line) && !/^[ \t]+$/.test(line)) && /^[^ \t\n]/.test(text) && !text.endsWith("\n\n");
}

/** Every character stands for itself in a block scalar of YAML 1.1 and 1.2. */
function isPrintable(text: string): boolean {
  return /^[\t\x20-\x7e\u00a0-\u2027\u202f-\u205f\u2070-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u.test(text);
}

function literal(text: string, indent: number): YamlScalar {
  const ends = text.endsWith("\n");
  const blanks = " ".repeat(indent);
  const lines = (ends ? text.slice(0, -1) : text).split("\n");
  return { first: ends ? "|" : "|-", rest: lines.map((line) => (line === "" ? "" : `${blanks}${line}`)) };
}

function folded(text: string, indent: number): readonly string[] {
  const blanks = " ".repeat(indent);
  const lines: string[] = [];
  let line = "";
  for (const word of text.split(" ")) {
    if (line !== "" && indent + line.length + 1 + word.length > WIDTH) {
      lines.push(`${blanks}${line}`);
      line = word;
    } else line = line === "" ? word : `${line} ${word}`;
  }
  return [...lines, `${blanks}${line}`];
}

/** JSON escapes are YAML escapes; what JSON leaves bare but a YAML reader may not keep is escaped as well. */
function quoted(text: string): string {
  return JSON.stringify(text).replace(/[\x7f-\x9f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff\ufffe\uffff]/g, (character, at: number, whole: string) =>
    isPaired(whole, at) ? character : `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`,
  );
}

function isPaired(text: string, at: number): boolean {
  return (text.codePointAt(at) ?? 0) > 0xffff || (at > 0 && (text.codePointAt(at - 1) ?? 0) > 0xffff);
}
