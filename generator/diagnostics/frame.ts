import { lineStarts, type SourcePlace } from "./source.ts";

const TAB = "    ";
const WINDOW = 160;
const WIDE =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;
const ZERO = /[\p{Mn}\p{Me}\u200d\ufe0e\ufe0f]/u;
const CONTROL = /[\u0000-\u0008\u000b-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/**
 * The lines of source a place spans (three at most), numbered, with carets under what is meant; a range that goes on
 * is marked to the end of the third line. Tabs, wide and invisible characters do not shift the carets.
 */
export function codeFrame({ document, range, position }: SourcePlace): readonly string[] {
  const starts = lineStarts(document.text);
  const last = Math.min(position.endLine, position.line + 2);
  const width = String(last).length;
  const frame: string[] = [];
  for (let number = position.line; number <= last; number++) {
    const begin = starts[number - 1] ?? 0;
    const text = withoutBreak(document.text.slice(begin, starts[number]));
    const [from, to] = marked(text, range[0] - begin, range[1] - begin);
    if (number > position.line && to <= from) continue;
    frame.push(...numberedLine(String(number).padStart(width), text, from, to));
  }
  return frame;
}

/** Not by a regular expression, which would walk along a line of a million characters for each of a thousand problems on it. */
function withoutBreak(line: string): string {
  return line.endsWith("\r\n") ? line.slice(0, -2) : line.endsWith("\n") ? line.slice(0, -1) : line;
}

/** Text for a terminal: without characters that could move the cursor or turn the direction of writing. */
export function printable(text: string): string {
  return text.replace(CONTROL, "\ufffd");
}

/** Which part of a line, in UTF-16 units, lies in a range relative to it; at least one character on its first line. */
function marked(line: string, start: number, end: number): readonly [number, number] {
  const to = Math.min(end, line.trimEnd().length);
  return start < 0 ? [line.length - line.trimStart().length, to] : [start, Math.max(to, start + 1)];
}

function numberedLine(number: string, text: string, from: number, to: number): readonly string[] {
  const start = from > WINDOW - 40 ? from - 40 : 0;
  const cut = text.slice(start, start + WINDOW);
  const shown = `${start > 0 ? "…" : ""}${cut}${start + WINDOW < text.length ? "…" : ""}`;
  const before = `${start > 0 ? "…" : ""}${text.slice(start, from)}`;
  const under = text.slice(from, Math.min(to, start + WINDOW));
  const carets = "^".repeat(Math.max(1, columns(under)));
  return [`  ${number} | ${expand(shown)}`, `  ${" ".repeat(number.length)} | ${" ".repeat(columns(before))}${carets}`];
}

function expand(text: string): string {
  return printable(text.replaceAll("\t", TAB));
}

/** How many columns a terminal gives to a text. */
function columns(text: string): number {
  let total = 0;
  for (const character of expand(text)) total += ZERO.test(character) ? 0 : WIDE.test(character) ? 2 : 1;
  return total;
}
