import type { Host } from "../host.ts";

/** Reads a file of the output folder by its path there; "other" is anything that is no file in real folders. */
export type DiskReader = (path: string) => { readonly kind: "missing" } | { readonly kind: "other" } | { readonly kind: "file"; readonly bytes: Uint8Array };

/** A reader of the files below `out` that never follows a link. It remembers folders: one reader serves one look at the disk. */
export function diskReader(host: Host, out: string): DiskReader {
  const folders = new Map<string, "missing" | "folder" | "other">();
  /** What stands at a folder's path, or the first thing above it that is none. */
  const folderKind = (path: string): "missing" | "folder" | "other" => {
    const known = folders.get(path);
    if (known !== undefined) return known;
    const end = path.lastIndexOf("/");
    const above = end < 0 ? "folder" : folderKind(path.slice(0, end));
    const kind = above === "folder" ? host.kind(host.resolve(out, path)) : above;
    const found = kind === null || kind === "missing" ? "missing" : kind === "folder" ? "folder" : "other";
    folders.set(path, found);
    return found;
  };
  return (path) => {
    const end = path.lastIndexOf("/");
    const above = end < 0 ? "folder" : folderKind(path.slice(0, end));
    if (above !== "folder") return { kind: above };
    const full = host.resolve(out, path);
    const kind = host.kind(full);
    if (kind === null) return { kind: "missing" };
    return kind === "file" ? { kind: "file", bytes: host.read(full) } : { kind: "other" };
  };
}

/** All folders above a path, the outermost first: `a/b/c` has `a` and `a/b`. */
export function foldersAbove(path: string): readonly string[] {
  const parts = path.split("/").slice(0, -1);
  return parts.map((_, position) => parts.slice(0, position + 1).join("/"));
}
