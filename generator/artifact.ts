import type { Origin } from "./diagnostics/origin.ts";

/** Plain data that a serialiser can write as YAML or JSON; Maps are not needed, key order is the order of insertion. */
export type Data = string | number | boolean | null | readonly Data[] | { readonly [key: string]: Data };

/** What every file to be has: where it goes (relative to the output folder, `/` as separator) and what it comes from. */
interface ArtifactBase {
  readonly path: string;
  /** Spec objects (names or ids of the model) that the file was made from, for the manifest. */
  readonly from: readonly string[];
  readonly origin: Origin | null;
  /** Where the file stood before the object behind it was renamed: edits move along. */
  readonly formerly?: string;
  /** "generated" files are ours; of a "shared" one (YAML) the top-level keys that we write; a "scaffold" is written once and then the user's. */
  readonly mode: "generated" | "shared" | "scaffold";
}

/** A value that the serialiser writes. `header` is a comment of our own text that stands on top (YAML only). */
export interface DataArtifact extends ArtifactBase {
  readonly kind: "data";
  readonly format: "yaml" | "json";
  readonly value: Data;
  readonly header?: string;
}

/** A blueprint (path below `blueprints/`, without `.njk`) and the view it prints. */
export interface TemplateArtifact extends ArtifactBase {
  readonly kind: "template";
  readonly blueprint: string;
  readonly view: { readonly [key: string]: unknown };
}

/** A file to be, as emitters hand it to output. */
export type Artifact = DataArtifact | TemplateArtifact;

/** The spec objects that a file is made from as a manifest names them: each once, in code-point order. */
export function objectsBehind({ from }: Pick<Artifact, "from">): readonly string[] {
  return [...new Set(from)].sort();
}

/** Names parted by `/`, none of them git's own or a device of Windows. */
const PORTABLE = /^(?:(?!(?:\.git|(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.[^/]*)?)(?:\/|$))[a-z0-9_.-]*[a-z0-9_-](?:\/(?!$)|$))+$/i;

/**
 * Whether a path is one that we write: relative, `/` as separator, no step up, not in git's own folder, every name one
 * that all file systems take (no Windows device, no dot at the end), 200 characters at most.
 */
export function isPortablePath(path: string): boolean {
  return path.length <= 200 && PORTABLE.test(path);
}
