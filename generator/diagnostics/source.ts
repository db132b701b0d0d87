import type { Diagnostic, Pointer } from "./define.ts";
import type { Origin, Step } from "./origin.ts";

/** A half-open range of UTF-16 offsets into a text. */
export type TextRange = readonly [start: number, end: number];

/** A document that diagnostics point into; `locate` finds the text of a path, or of the nearest thing around it. */
export interface SourceDocument {
  readonly path: string;
  readonly text: string;
  readonly locate: (path: readonly Step[], pointer: Pointer) => TextRange;
}

/** A place for people: lines and columns count from 1; columns count characters, not bytes. The end is exclusive. */
export interface Position {
  readonly line: number;
  readonly column: number;
  readonly endLine: number;
  readonly endColumn: number;
}

/** A place in a document that is known. */
export interface SourcePlace {
  readonly document: SourceDocument;
  readonly range: TextRange;
  readonly position: Position;
}

/** Finds the place of an origin; null where its document is not known. */
export function placeOf(
  documents: ReadonlyMap<string, SourceDocument>,
  origin: Origin | null,
  pointer: Pointer,
  range: Diagnostic["range"] = null,
): SourcePlace | null {
  const document = origin === null ? undefined : documents.get(origin.document);
  if (origin === null || document === undefined) return null;
  const found = range ?? document.locate(origin.path, pointer);
  return { document, range: found, position: positionOf(document.text, found) };
}

/** Line and column of both ends of a range. */
export function positionOf(text: string, [start, end]: TextRange): Position {
  const from = lineAndColumn(text, start);
  const to = lineAndColumn(text, Math.max(start, end));
  return { line: from.line, column: from.column, endLine: to.line, endColumn: to.column };
}

let table: { readonly text: string; readonly starts: readonly number[] } = { text: "", starts: [0] };

/** Offsets at which the lines of a text start. The last answer is kept: diagnostics are printed document by document. */
export function lineStarts(text: string): readonly number[] {
  if (table.text === text) return table.starts;
  const starts = [0];
  for (let at = text.indexOf("\n"); at >= 0; at = text.indexOf("\n", at + 1)) starts.push(at + 1);
  table = { text, starts };
  return starts;
}

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  const starts = lineStarts(text);
  let [low, high] = [0, starts.length - 1];
  while (low < high) {
    const middle = Math.ceil((low + high) / 2);
    if ((starts[middle] ?? 0) <= offset) low = middle;
    else high = middle - 1;
  }
  return { line: low + 1, column: characters(text, starts[low] ?? 0, offset) + 1 };
}

/** How many characters stand between two offsets: a pair of surrogates is one. A line may have a million of them. */
function characters(text: string, from: number, to: number): number {
  let pairs = 0;
  for (let at = from; at < to; at++) {
    const unit = text.charCodeAt(at);
    if (unit >= 0xd800 && unit <= 0xdbff && at + 1 < to) pairs += 1;
  }
  return to - from - pairs;
}
