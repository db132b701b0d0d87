import type { Value } from "../document.ts";
import { plainScalar } from "./scalar.ts";

/** Where reading stands in a line, and where the line ends (without trailing blanks). */
export interface Cursor {
  readonly text: string;
  at: number;
  readonly end: number;
}

const PLAIN_START = /^(?:[A-Za-z0-9_$/\\+.(<=~;^\u0080-\uffff]|-[A-Za-z0-9.])/;
const FLOW_KEY = /(?:([A-Za-z_][A-Za-z0-9_-]*)|"([^"\\\n]*)"|'([^'\n]*)'): +/y;
const FLOW_PLAIN = /[^,[\]{}#\n\r"'&*!|>%@`?\s](?:[^,[\]{}#\n\r]*[^,[\]{}#\n\r\s])?/y;
const QUOTED = /"([^"\\\n]*)"|'([^'\n]*)'/y;
const MAX_DEPTH = 30;

/** A quoted or plain scalar that fills the rest of the line but for a comment; undefined for what only the real parser can judge. */
export function quickScalar(cursor: Cursor): Value | undefined {
  const quoted = quotedText(cursor);
  if (quoted !== undefined) return restIsComment(cursor) ? quoted : undefined;
  const rest = cursor.text.slice(cursor.at, cursor.end);
  const comment = rest.indexOf(" #");
  const plain = comment < 0 ? rest : rest.slice(0, comment).trimEnd();
  if (!PLAIN_START.test(plain) || plain.includes(": ") || plain.endsWith(":")) return undefined;
  return plainScalar(normal(plain));
}

/** A list in brackets or a mapping in braces that ends on the line. */
export function quickFlow(cursor: Cursor): Value | undefined {
  const value = flowValue(cursor, 0);
  return value !== undefined && restIsComment(cursor) ? value : undefined;
}

function flowValue(cursor: Cursor, depth: number): Value | undefined {
  if (depth > MAX_DEPTH) return undefined;
  const first = cursor.text[cursor.at];
  if (first === "[") return flowList(cursor, depth);
  if (first === "{") return flowMapping(cursor, depth);
  const quoted = quotedText(cursor);
  if (quoted !== undefined) return quoted;
  FLOW_PLAIN.lastIndex = cursor.at;
  const plain = FLOW_PLAIN.exec(cursor.text)?.[0];
  if (plain === undefined || !PLAIN_START.test(plain) || /:(?:\s|$)/.test(plain)) return undefined;
  cursor.at += plain.length;
  return plainScalar(normal(plain));
}

function flowList(cursor: Cursor, depth: number): Value | undefined {
  const items: Value[] = [];
  let place = enter(cursor, "]");
  for (; place === "entry"; place = afterEntry(cursor, "]")) {
    const item = flowValue(cursor, depth + 1);
    if (item === undefined) return undefined;
    items.push(item);
  }
  return place === "closed" ? items : undefined;
}

function flowMapping(cursor: Cursor, depth: number): Value | undefined {
  const result: { [key: string]: Value } = {};
  let place = enter(cursor, "}");
  for (; place === "entry"; place = afterEntry(cursor, "}")) {
    FLOW_KEY.lastIndex = cursor.at;
    const found = FLOW_KEY.exec(cursor.text);
    const key = normal(found?.[1] ?? found?.[2] ?? found?.[3] ?? "");
    if (found === null || key in result || key === "<<") return undefined;
    cursor.at += found[0].length;
    const value = flowValue(cursor, depth + 1);
    if (value === undefined) return undefined;
    result[key] = value;
  }
  return place === "closed" ? result : undefined;
}

/** What stands at the cursor inside brackets: an entry, or nothing more, or something that is left to the real parser. */
type Place = "entry" | "closed" | "unclear";

function enter(cursor: Cursor, close: string): Place {
  cursor.at += 1;
  return entryOrEnd(cursor, close);
}

function afterEntry(cursor: Cursor, close: string): Place {
  const place = entryOrEnd(cursor, close);
  if (place !== "entry") return place;
  if (cursor.text[cursor.at] !== ",") return "unclear";
  cursor.at += 1;
  return entryOrEnd(cursor, close);
}

function entryOrEnd(cursor: Cursor, close: string): Place {
  skipBlanks(cursor);
  if (cursor.at >= cursor.end) return "unclear";
  if (cursor.text[cursor.at] !== close) return "entry";
  cursor.at += 1;
  return "closed";
}

function quotedText(cursor: Cursor): string | undefined {
  QUOTED.lastIndex = cursor.at;
  const found = QUOTED.exec(cursor.text);
  if (found === null) return undefined;
  cursor.at += found[0].length;
  return normal(found[1] ?? found[2] ?? "");
}

function skipBlanks(cursor: Cursor): void {
  while (cursor.at < cursor.end && cursor.text[cursor.at] === " ") cursor.at += 1;
}

function restIsComment(cursor: Cursor): boolean {
  const before = cursor.at;
  skipBlanks(cursor);
  return cursor.at >= cursor.end || (cursor.at > before && cursor.text[cursor.at] === "#");
}

function normal(text: string): string {
  return /[^\u0000-\u007f]/.test(text) ? text.normalize("NFC") : text;
}
