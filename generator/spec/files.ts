import type { Host } from "../host.ts";

/** Whether a path is a folder, or a link to one: the user may name a link, links inside it are not followed. */
export function isSpecFolder(host: Host, root: string): boolean {
  try {
    return host.kind(host.realpath(host.resolve(root))) === "folder";
  } catch {
    return false;
  }
}

/**
 * Paths of all `*.yaml` and `*.yml` files below a spec folder, in code-point order; hidden files and folders, links and
 * node_modules are skipped. `refused` is told of a folder that cannot be read ("" is the spec folder itself) and of a spec file that is a link.
 */
export function specFiles(host: Host, root: string, refused: (folder: string, error: unknown) => void): readonly string[] {
  return [...filesBelow(host, host.realpath(host.resolve(root)), "", refused)].sort(byCodePoint);
}

/** Whether a path below a spec folder is one that is read as specs: YAML, neither hidden nor in a hidden folder or node_modules. */
export function isSpecPath(path: string): boolean {
  return /\.ya?ml$/.test(path) && path.split("/").every((name) => !name.startsWith(".") && name !== "node_modules");
}

function* filesBelow(host: Host, root: string, folder: string, refused: (folder: string, error: unknown) => void): Iterable<string> {
  for (const entry of entriesOf(host, root, folder, refused)) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.kind === "folder") {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") yield* filesBelow(host, root, path, refused);
    } else if (/\.ya?ml$/.test(entry.name) && !entry.name.startsWith(".")) {
      if (entry.kind === "file") yield path;
      else refused(path, entry.kind === "link" ? "it is a symbolic link" : "it is not a regular file");
    }
  }
}

function entriesOf(host: Host, root: string, folder: string, refused: (folder: string, error: unknown) => void): ReturnType<Host["list"]> {
  try {
    return host.list(host.resolve(root, folder));
  } catch (error) {
    refused(folder, error);
    return [];
  }
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
