import type { Value } from "../document.ts";
import { quickFlow, quickScalar, type Cursor } from "./quick-line.ts";

/** A line that says something: where its content starts, ends, and how far it is indented. */
interface Line {
  readonly indent: number;
  readonly start: number;
  readonly end: number;
}

interface Lines {
  readonly text: string;
  readonly lines: readonly Line[];
  next: number;
}

const KEY = /([A-Za-z_][A-Za-z0-9_-]*):(?: +|(?=[\r\n])|$)/y;
const MAX_DEPTH = 60;

/**
 * Reads the plain YAML that most specs consist of: mappings and lists by indentation, scalars and brackets that end on
 * their line, comments. It answers undefined for anything else, and for anything it would have to judge: the caller then
 * asks the real parser, which takes twenty times as long. A test holds the two to the same answers.
 */
export function quickYaml(text: string): Value | undefined {
  if (text.includes("\t")) return undefined;
  const lines = linesOf(text);
  if (lines === undefined || lines[0]?.indent !== 0) return undefined;
  const reader = { text, lines, next: 0 };
  const value = readMapping(reader, 0, 0);
  return reader.next === lines.length ? value : undefined;
}

/** The lines with content, or undefined where a document marker or directive stands. */
function linesOf(text: string): readonly Line[] | undefined {
  const lines: Line[] = [];
  for (let begin = 0; begin < text.length;) {
    const feed = text.indexOf("\n", begin);
    const stop = feed < 0 ? text.length : feed;
    let start = begin;
    while (start < stop && text.charCodeAt(start) === 32) start += 1;
    let end = stop;
    while (end > start && (text.charCodeAt(end - 1) === 32 || text.charCodeAt(end - 1) === 13)) end -= 1;
    if (end > start && text[start] !== "#") {
      if (start === begin && /^(?:---|\.\.\.|%)/.test(text.slice(start, start + 3))) return undefined;
      lines.push({ indent: start - begin, start, end });
    }
    begin = stop + 1;
  }
  return lines;
}

/** Reads a mapping whose keys stand at a column; the first one may follow a dash, at `from` of its line. */
function readMapping(reader: Lines, indent: number, depth: number, from?: number): Value | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const result: { [key: string]: Value } = {};
  let start = from;
  for (let line = reader.lines[reader.next]; line !== undefined; line = reader.lines[reader.next]) {
    if (start === undefined && line.indent < indent) break;
    if (start === undefined && line.indent > indent) return undefined;
    KEY.lastIndex = start ?? line.start;
    start = undefined;
    const key = KEY.exec(reader.text)?.[1];
    if (key === undefined || key in result) return undefined;
    reader.next += 1;
    const value = readValue(reader, { text: reader.text, at: Math.min(KEY.lastIndex, line.end), end: line.end }, indent, depth);
    if (value === undefined) return undefined;
    result[key] = value;
  }
  return result;
}

/** What stands behind a key: a value on the same line, or a block on the next ones. */
function readValue(reader: Lines, cursor: Cursor, indent: number, depth: number): Value | undefined {
  if (cursor.at < cursor.end && reader.text[cursor.at] !== "#") return readInline(reader, cursor, indent);
  const below = reader.lines[reader.next];
  if (below === undefined || below.indent < indent) return "";
  if (isItem(reader.text, below)) return readList(reader, below.indent, depth + 1);
  return below.indent > indent ? readMapping(reader, below.indent, depth + 1) : "";
}

/** A value that must end on its line: a deeper line after it would continue it. */
function readInline(reader: Lines, cursor: Cursor, indent: number): Value | undefined {
  const below = reader.lines[reader.next];
  if (below !== undefined && below.indent > indent) return undefined;
  const first = reader.text[cursor.at];
  return first === "[" || first === "{" ? quickFlow(cursor) : quickScalar(cursor);
}

function readList(reader: Lines, indent: number, depth: number): Value | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const items: Value[] = [];
  for (let line = reader.lines[reader.next]; line !== undefined; line = reader.lines[reader.next]) {
    if (line.indent < indent || (line.indent === indent && !isItem(reader.text, line))) break;
    if (line.indent > indent) return undefined;
    const value = readItem(reader, line, depth);
    if (value === undefined) return undefined;
    items.push(value);
  }
  return items;
}

function readItem(reader: Lines, line: Line, depth: number): Value | undefined {
  let at = line.start + 1;
  while (at < line.end && reader.text[at] === " ") at += 1;
  if (at >= line.end || reader.text[at] === "#" || reader.text[at] === "-") return dashValue(reader, line, at);
  KEY.lastIndex = at;
  if (KEY.test(reader.text)) return readMapping(reader, line.indent + at - line.start, depth + 1, at);
  reader.next += 1;
  return readInline(reader, { text: reader.text, at, end: line.end }, line.indent);
}

/** A dash with nothing behind it, or a negative number; a list in a list is left to the real parser. */
function dashValue(reader: Lines, line: Line, at: number): Value | undefined {
  if (reader.text[at] !== "-" || reader.text[at + 1] === " " || at + 1 >= line.end) return undefined;
  reader.next += 1;
  return readInline(reader, { text: reader.text, at, end: line.end }, line.indent);
}

function isItem(text: string, line: Line): boolean {
  return text[line.start] === "-" && (line.end === line.start + 1 || text[line.start + 1] === " ");
}
