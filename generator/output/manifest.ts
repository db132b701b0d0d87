import { isPortablePath, type Artifact } from "../artifact.ts";
import type { Diagnostic } from "../diagnostics/define.ts";
import { outputDiagnostics } from "./diagnostics.ts";

/** Where the manifest stands in the output folder. */
export const MANIFEST_PATH = ".dps-gen/manifest.json";

const FORMAT = 1;

/**
 * What is remembered of a file we wrote: sha256 of its LF-normalised bytes, its mode (`ejected`: the user took it over), the
 * spec objects behind it, and git's name of its text (null where nothing may be merged into it).
 */
export interface ManifestEntry {
  readonly hash: string;
  readonly mode: Artifact["mode"] | "ejected";
  readonly from: readonly string[];
  readonly blob: string | null;
}

/** The files of the last run by path. */
export type Manifest = ReadonlyMap<string, ManifestEntry>;

/** The manifest's text: one file a line, in code-point order, so that merges of two branches stay clean. */
export function printManifest(manifest: Manifest): string {
  const lines = [...manifest]
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([path, { blob, from, hash, mode }]) => `    ${JSON.stringify(path)}: ${JSON.stringify(blob === null ? { from, hash, mode } : { blob, from, hash, mode })}`);
  return `{\n  "format": ${FORMAT},\n  "files": {${lines.length > 0 ? `\n${lines.join(",\n")}\n  ` : ""}}\n}\n`;
}

/**
 * Reads a manifest, which is untrusted input: anyone may have edited it.
 * Reports `output/manifest-conflict`, `output/manifest-unreadable`, `output/manifest-newer` or `output/manifest-path`.
 */
export function parseManifest(text: string): { readonly manifest: Manifest; readonly problem: Diagnostic | null } {
  const nothing: Manifest = new Map();
  if (/^(<{7}|={7}|>{7})/m.test(text)) return { manifest: nothing, problem: outputDiagnostics.report("manifest-conflict", { origin: null }, { path: MANIFEST_PATH }) };
  const value = parsed(text);
  if (!isRecord(value) || typeof value["format"] !== "number" || !isRecord(value["files"])) return { manifest: nothing, problem: unreadable() };
  if (value["format"] !== FORMAT) {
    return { manifest: nothing, problem: outputDiagnostics.report("manifest-newer", { origin: null }, { path: MANIFEST_PATH, format: value["format"], known: FORMAT }) };
  }
  const manifest = new Map<string, ManifestEntry>();
  for (const [path, entry] of Object.entries(value["files"])) {
    if (!isPortablePath(path)) return { manifest: nothing, problem: outputDiagnostics.report("manifest-path", { origin: null }, { path: MANIFEST_PATH, entry: JSON.stringify(path) }) };
    const known = manifestEntry(entry);
    if (known === null) return { manifest: nothing, problem: unreadable() };
    manifest.set(path, known);
  }
  return { manifest, problem: null };
}

function manifestEntry(entry: unknown): ManifestEntry | null {
  if (!isRecord(entry)) return null;
  const { hash, mode, from, blob = null } = entry;
  if (typeof hash !== "string" || !/^[0-9a-f]{64}$/.test(hash)) return null;
  if (mode !== "generated" && mode !== "scaffold" && mode !== "ejected") return null;
  if (blob !== null && (typeof blob !== "string" || !/^[0-9a-f]{40}$/.test(blob))) return null;
  if (!Array.isArray(from) || !from.every((one) => typeof one === "string")) return null;
  return { hash, mode, from, blob };
}

function unreadable(): Diagnostic {
  return outputDiagnostics.report("manifest-unreadable", { origin: null }, { path: MANIFEST_PATH });
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function isRecord(value: unknown): value is { readonly [key: string]: unknown } {
  return typeof value === "object" && value !== null && !Array.isArray(value);
}
