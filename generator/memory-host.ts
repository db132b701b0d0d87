import * as path from "node:path";
import { byName, isPieces, type Host, type HostEntry, type Pieces } from "./host.ts";

/** A host in memory with `/` paths, for tests: files by absolute path; `links` are reported as links. */
export function memoryHost(files: { readonly [path: string]: string }, options: { readonly cwd?: string; readonly links?: readonly string[] } = {}): MemoryHost {
  const stored = new Map<string, Uint8Array>(Object.entries(files).map(([file, text]) => [file, new TextEncoder().encode(text)]));
  const links = new Set(options.links ?? []);
  const cwd = options.cwd ?? "/";
  const below = (folder: string): readonly string[] => {
    const prefix = folder === "/" ? "/" : `${folder}/`;
    return [...stored.keys(), ...links].filter((file) => file.startsWith(prefix)).map((file) => file.slice(prefix.length));
  };
  const kind = (file: string): HostEntry["kind"] | null => (links.has(file) ? "link" : stored.has(file) ? "file" : file === "/" || below(file).length > 0 ? "folder" : null);
  return {
    files: () => Object.fromEntries([...stored].sort(([a], [b]) => (a < b ? -1 : 1)).map(([file, bytes]) => [file, new TextDecoder().decode(bytes)])),
    cwd: () => cwd,
    resolve: (...parts) => path.posix.resolve(cwd, ...parts),
    list(folder) {
      if (kind(folder) !== "folder") missing(folder);
      const names = new Set(below(folder).map((rest) => rest.split("/")[0] ?? rest));
      return [...names].map((name) => ({ name, kind: kind(path.posix.join(folder, name)) ?? "other" })).sort(byName);
    },
    kind,
    realpath: (file) => (kind(file) === null ? missing(file) : file),
    read: (file) => stored.get(file) ?? missing(file),
    write: (file, bytes) => void stored.set(file, bytesOf(bytes)),
    create: (file, content) => void stored.set(file, bytesOf(content)),
    move: (from, to) => void (stored.set(to, stored.get(from) ?? missing(from)), stored.delete(from)),
    requireWritable: () => undefined,
    hasOtherNames: () => false,
    remove: (file) => void (stored.delete(file) || missing(file)),
    removeEmptyFolder: (folder) => below(folder).length === 0,
    checkBeside: () => undefined,
    lock: () => () => undefined,
  };
}

/** A host in memory, and what its files hold now. */
export interface MemoryHost extends Host {
  readonly files: () => { readonly [path: string]: string };
}

function bytesOf(content: Uint8Array | string | Pieces): Uint8Array {
  if (isPieces(content)) return new TextEncoder().encode([...content.pieces()].join(""));
  return typeof content === "string" ? new TextEncoder().encode(content) : content;
}

function missing(file: string): never {
  throw Object.assign(new Error(`ENOENT: no such file or directory, '${file}'`), { code: "ENOENT" });
}
