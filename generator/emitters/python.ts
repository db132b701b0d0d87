/** A Python value: a literal, or an expression of our own text. */
export type PythonValue =
  | string
  | number
  | boolean
  | null
  | readonly PythonValue[]
  | { readonly kind: "code"; readonly text: string }
  | { readonly kind: "tuple"; readonly items: readonly PythonValue[] }
  | { readonly kind: "dict"; readonly entries: readonly (readonly [key: string, value: PythonValue])[] }
  | { readonly kind: "call"; readonly name: string; readonly args: readonly PythonValue[]; readonly keywords: readonly (readonly [name: string, value: PythonValue])[] };

const WIDTH = 88;

/** Text of which no sign needs an escape or takes two columns. */
const PLAIN = /^[ !#-[\]-~]*$/;

/** Python code of our own, printed as it stands. */
export function code(text: string): PythonValue {
  return { kind: "code", text };
}

/** A call with keyword arguments, and positional ones before them. */
export function call(name: string, keywords: readonly (readonly [name: string, value: PythonValue])[], args: readonly PythonValue[] = []): PythonValue {
  return { kind: "call", name, args, keywords };
}

/** A dict with text keys. */
export function dict(entries: readonly (readonly [key: string, value: PythonValue])[]): PythonValue {
  return { kind: "dict", entries };
}

/**
 * A value as Python source in the layout of `ruff format`: on one line where it fits in 88 columns, else one item a line
 * with a trailing comma. `indent` is the indentation of the line it begins on, `before` the columns taken on that line,
 * `after` those that follow (a comma, a bracket).
 */
export function pythonValue(value: PythonValue, indent = 0, before = indent, after = 0): string {
  const flat = flatValue(value);
  if (flat !== null && before + columnsOf(flat) + after <= WIDTH) return flat;
  if (typeof value === "string") return wrappedString(value, indent);
  if (typeof value !== "object" || value === null) return flatValue(value) ?? "";
  if (isList(value)) return exploded("[", value.map((one) => ["", one]), "]", indent);
  switch (value.kind) {
    case "code": return value.text;
    case "tuple": return exploded("(", value.items.map((one) => ["", one]), ")", indent);
    case "dict": return exploded("{", value.entries.map(([key, one]) => [`${pythonString(key)}: `, one]), "}", indent);
    case "call": return brokenCall(value, indent);
  }
}

/**
 * A text as a Python string literal on one line, with the quotes that need fewer escapes (as `ruff format` chooses them).
 * Control characters, line separators, direction marks and lone surrogates are escaped.
 */
export function pythonString(text: string): string {
  if (PLAIN.test(text)) return `"${text}"`;
  const quote = count(text, '"') > count(text, "'") ? "'" : '"';
  let body = "";
  for (const character of text) body += escaped(character, quote);
  return `${quote}${body}${quote}`;
}

/** Columns that a text takes in a terminal, as ruff counts them: wide characters take two. */
export function columnsOf(text: string): number {
  if (PLAIN.test(text)) return text.length;
  let columns = 0;
  for (const character of text) columns += isWide(character.codePointAt(0) ?? 0) ? 2 : 1;
  return columns;
}

function flatValue(value: PythonValue): string | null {
  if (value === null) return "None";
  switch (typeof value) {
    case "string": return pythonString(value);
    case "boolean": return value ? "True" : "False";
    case "number": return String(value);
    default: return flatCollection(value);
  }
}

function flatCollection(value: Exclude<PythonValue, string | number | boolean | null>): string | null {
  if (isList(value)) return joined("[", value.map((one) => flatValue(one)), "]");
  switch (value.kind) {
    case "code": return value.text.includes("\n") ? null : value.text;
    case "tuple": return value.items.length === 1 ? joined("(", value.items.map((one) => flatValue(one)), ",)") : joined("(", value.items.map((one) => flatValue(one)), ")");
    case "dict": return joined("{", value.entries.map(([key, one]) => prefixed(`${pythonString(key)}: `, flatValue(one))), "}");
    case "call": return joined(`${value.name}(`, [...value.args.map((one) => flatValue(one)), ...value.keywords.map(([name, one]) => prefixed(`${name}=`, flatValue(one)))], ")");
  }
}

function joined(open: string, parts: readonly (string | null)[], close: string): string | null {
  return parts.includes(null) ? null : `${open}${parts.join(", ")}${close}`;
}

function prefixed(prefix: string, text: string | null): string | null {
  return text === null ? null : `${prefix}${text}`;
}

/** A call without a trailing comma is tried on one inner line first, as the formatter does. */
function brokenCall(value: Extract<PythonValue, { readonly kind: "call" }>, indent: number): string {
  const parts = [...value.args.map((one) => ["", one] as const), ...value.keywords.map(([name, one]) => [`${name}=`, one] as const)];
  const inner = joined("", parts.map(([prefix, one]) => prefixed(prefix, flatValue(one))), "");
  const blanks = " ".repeat(indent + 4);
  if (inner !== null && indent + 4 + columnsOf(inner) <= WIDTH) return `${value.name}(\n${blanks}${inner}\n${" ".repeat(indent)})`;
  return exploded(`${value.name}(`, parts, ")", indent);
}

function exploded(open: string, parts: readonly (readonly [prefix: string, value: PythonValue])[], close: string, indent: number): string {
  const inner = indent + 4;
  const lines = parts.map(([prefix, one]) => `${" ".repeat(inner)}${prefix}${pythonValue(one, inner, inner + columnsOf(prefix), 1)},`);
  return `${open}\n${lines.join("\n")}\n${" ".repeat(indent)}${close}`;
}

/** A long text as adjacent literals in brackets, broken after blanks; a word too long for a line stands alone. */
function wrappedString(text: string, indent: number): string {
  const room = WIDTH - indent - 4;
  const lines: string[] = [];
  let line = "";
  for (const word of text.match(/\S*\s|\S+$/g) ?? []) {
    if (line !== "" && columnsOf(pythonString(line + word)) > room) {
      lines.push(line);
      line = "";
    }
    line += word;
  }
  lines.push(line);
  const blanks = " ".repeat(indent + 4);
  return `(\n${lines.map((one) => `${blanks}${pythonString(one)}`).join("\n")}\n${" ".repeat(indent)})`;
}

function escaped(character: string, quote: string): string {
  if (character === "\\" || character === quote) return `\\${character}`;
  if (character === "\n") return "\\n";
  if (character === "\t") return "\\t";
  if (character === "\r") return "\\r";
  return /[\u0000-\u001f\u007f-\u00a0\u00ad\u200b-\u200f\u2028-\u202e\u2060-\u206f\ud800-\udfff\ufeff]/.test(character) && character.length === 1
    ? `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`
    : character;
}

function count(text: string, part: string): number {
  return text.split(part).length - 1;
}

function isWide(point: number): boolean {
  return (point >= 0x1100 && point <= 0x115f) || (point >= 0x2e80 && point <= 0xa4cf) || (point >= 0xac00 && point <= 0xd7a3)
    || (point >= 0xf900 && point <= 0xfaff) || (point >= 0xfe30 && point <= 0xfe6f) || (point >= 0xff00 && point <= 0xff60) || point >= 0x1f300;
}

function isList(value: PythonValue): value is readonly PythonValue[] {
  return Array.isArray(value);
}
