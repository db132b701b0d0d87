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
export function placeOf(documents: ReadonlyMap<string, SourceDocument>, origin: Origin | null, pointer: Pointer, range: Diagnostic["range"] = null): SourcePlace | null {
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

function lineAndColumn(text: string, offset: number): { readonly line: number; readonly column: number } {
  let line = 1;
  let start = 0;
  for (let at = text.indexOf("\n"); at >= 0 && at < offset; at = text.indexOf("\n", at + 1)) {
    line += 1;
    start = at + 1;
  }
  return { line, column: [...text.slice(start, offset)].length + 1 };
}
