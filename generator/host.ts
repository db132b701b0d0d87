/** A file or folder below a root. `kind` follows no links: a link is "link". */
export interface HostEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "other";
}

/**
 * The only door to the file system and the process. Paths are native absolute paths; all calls are synchronous
 * (asynchronous ones gain nothing here) and throw Node's errors with a `code`.
 */
export interface Host {
  readonly cwd: () => string;
  readonly resolve: (...parts: readonly string[]) => string;
  /** Entries in code-point order; throws ENOENT where there is no such folder. */
  readonly list: (folder: string) => readonly HostEntry[];
  /** Kind of what stands at a path without following links, or null where nothing does. */
  readonly kind: (path: string) => HostEntry["kind"] | null;
  /** Resolves links; throws where the path does not exist. */
  readonly realpath: (path: string) => string;
  readonly read: (path: string) => Uint8Array;
  /** Writes a new file with its folders, atomically (temporary file beside it, then rename). */
  readonly write: (path: string, bytes: Uint8Array | string) => void;
  readonly remove: (path: string) => void;
  /** Removes a folder if it is empty; false where it is not. */
  readonly removeEmptyFolder: (path: string) => boolean;
}
