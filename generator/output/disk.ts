import type { Host } from "../host.ts";

/** Something where a file or a folder should be: `at` is the outermost path that is none of the two, often a folder above the file. */
interface Other {
  readonly kind: "other";
  readonly at: string;
}

/** Reads a file of the output folder by its path there; "other" is anything that is no file in real folders. */
export type DiskReader = (path: string) => { readonly kind: "missing" } | Other | { readonly kind: "file"; readonly bytes: Uint8Array };

/** A reader of the files below `out` that never follows a link. It remembers folders: one reader serves one look at the disk. */
export function diskReader(host: Host, out: string): DiskReader {
  const folders = new Map<string, { readonly kind: "missing" | "folder" } | Other>();
  /** What stands at a folder's path, or the first thing above it that is none. */
  const folderAt = (path: string): { readonly kind: "missing" | "folder" } | Other => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const above = folderAbove(path);
    const kind = above.kind === "folder" ? host.kind(host.resolve(out, path)) : above.kind;
    const found = above.kind === "other" ? above : kind === null || kind === "missing" ? MISSING : kind === "folder" ? FOLDER : ({ kind: "other", at: path } as const);
    folders.set(path, found);
    return found;
  };
  const folderAbove = (path: string): ReturnType<typeof folderAt> => {
    const end = path.lastIndexOf("/");
    return end < 0 ? FOLDER : folderAt(path.slice(0, end));
  };
  return (path) => {
    const above = folderAbove(path);
    if (above.kind === "other") return above;
    const full = host.resolve(out, path);
    const kind = above.kind === "folder" ? host.kind(full) : null;
    if (kind === null) return MISSING;
    return kind === "file" ? { kind: "file", bytes: host.read(full) } : { kind: "other", at: path };
  };
}

const MISSING = { kind: "missing" } as const;
const FOLDER = { kind: "folder" } as const;

/** All folders above a path, the outermost first: `a/b/c` has `a` and `a/b`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, position) => parts.slice(0, position + 1).join("/"));
}
