import { isPortablePath } from "../artifact.ts";
import { FORMAT, type Manifest, type ManifestEntry } from "./manifest.ts";

/** A file of the manifest as its line says, where the line ends, and whether another follows. */
export interface ManifestLine {
  readonly path: string;
  readonly entry: ManifestEntry;
  readonly end: number;
  readonly more: boolean;
}

/** The objects are one run of characters: a repeated group takes room for each, of which millions are more than there is. */
const LINE = /    "([^"\\\n]+)": \{(?:"blob":"([0-9a-f]{40})",)?"from":\[(?:"([^\\\]\0-\x1f]*)")?\],"hash":"([0-9a-f]{64})","mode":"([a-z]+)"\}(,?)\n/y;
const COMMA = 44;

/** The manifest's text: one file a line, rivals on lines of their own, in code-point order, so that merges of two branches stay clean. */
export function printManifest(manifest: Manifest, generator: string | null = null): string {
  const lines = [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .flatMap(([path, { rivals = [], ...entry }]) => [entry, ...rivals].map((one) => lineOf(path, one)));
  const by = generator === null ? "" : `  "generator": ${JSON.stringify(generator)},\n`;
  return `{\n  "format": ${FORMAT},\n${by}  "files": {${lines.length > 0 ? `\n${lines.join(",\n")}\n  ` : ""}}\n}\n`;
}

/** The line of a file, without what parts it from the next one. */
function lineOf(path: string, { blob, from, hash, mode }: ManifestEntry): string {
  return `${lineStart(path)}${JSON.stringify(blob === null ? { from, hash, mode } : { blob, from, hash, mode })}`;
}

/** Reads a line that is, to the letter, one that we print, as most are; null for any other. No other way is as quick. */
export function readLine(text: string, at: number): ManifestLine | null {
  LINE.lastIndex = at;
  const [line, path = "", blob = null, objects, hash = "", mode, comma] = LINE.exec(text) ?? [];
  const from = objects?.split('","') ?? [];
  if (line === undefined || !isMode(mode) || !isPortablePath(path) || from.some((one) => one.includes('"'))) return null;
  return { path, entry: { hash, mode, from, blob }, end: at + line.length, more: comma === "," };
}

/** Whether a value is a mode that a manifest may state. */
export function isMode(mode: unknown): mode is ManifestEntry["mode"] {
  return mode === "generated" || mode === "scaffold" || mode === "ejected" || mode === "shared";
}

/** The bytes of a manifest of ours in which some of its files have other entries: it has megabytes, of which few change. */
export function withEntries(bytes: Uint8Array, changed: Manifest): Uint8Array {
  const text = asBuffer(bytes);
  const lines = [...changed].map(([path, entry]) => {
    const start = startOf(text, path);
    if (start < 0) throw new Error(`no ${path} in the manifest`);
    const end = text.indexOf("\n", start);
    return { start, end, line: `${lineOf(path, entry)}${text[end - 1] === COMMA ? "," : ""}` };
  });
  lines.sort((a, b) => a.start - b.start);
  const parts = lines.flatMap(({ start, line }, index) => [text.subarray(lines[index - 1]?.end ?? 0, start), Buffer.from(line)]);
  return Buffer.concat([...parts, text.subarray(lines.at(-1)?.end ?? 0)]);
}

/** What a manifest of ours says of a file; undefined where it does not name it. */
export function entryIn(bytes: Uint8Array, path: string): ManifestEntry | undefined {
  const text = asBuffer(bytes);
  const start = startOf(text, path);
  return start < 0 ? undefined : readLine(text.toString("utf8", start, text.indexOf("\n", start) + 1), 0)?.entry;
}

/** Some megabytes of a manifest of ours by parts of whole lines: how many parts there are, and the text of one. */
export function partsOfLines(bytes: Uint8Array): { readonly count: number; readonly at: (part: number) => string } {
  const text = asBuffer(bytes);
  const first = firstLine(text);
  const start = (part: number): number => (part === 0 ? first : Math.max(first, text.indexOf("\n", Math.min(part * PART, text.length) - 1) + 1 || text.length));
  return { count: Math.ceil(text.length / PART), at: (part) => text.toString("utf8", start(part), start(part + 1)) };
}

const PART = 1 << 13;

/** Where the line of a file begins, or -1. Lines are in order, which is why halving finds it. */
function startOf(text: Buffer, path: string): number {
  const key = Buffer.from(lineStart(path));
  let [low, high] = [firstLine(text), text.length];
  while (low < high) {
    const middle = (low + high) >> 1;
    const start = text.lastIndexOf("\n", middle - 1) + 1;
    const order = key.compare(text, start, Math.min(start + key.length, text.length));
    if (order === 0) return start;
    if (order > 0) low = text.indexOf("\n", middle) + 1;
    else high = start;
  }
  return -1;
}

function firstLine(text: Buffer): number {
  return text.indexOf("\n    ") + 1;
}

function lineStart(path: string): string {
  return `    ${JSON.stringify(path)}: `;
}

function asBuffer(bytes: Uint8Array): Buffer {
  return Buffer.from(bytes.buffer, bytes.byteOffset, bytes.length);
}
