import { readdirSync, statSync, watch, type FSWatcher } from "node:fs";
import { join } from "node:path";

/** How often a spec folder that is gone is looked for: a checkout may take it away and bring it back. */
const MISSING_MILLISECONDS = 500;

/**
 * Calls `saved` whenever YAML below a folder may have changed, for as long as the process lives. Each folder is watched by itself:
 * Node's recursive watch follows the files on Linux, and loses one for which another is put in its place, as most editors and git do.
 */
export function watchFolders(root: string, saved: () => void): void {
  const watched = new Map<string, { readonly identity: string; readonly watcher: FSWatcher }>();
  const onEvent = (event: string, name: string | null): void => {
    if (event === "rename" && look()) saved();
    else if (name === null || /\.ya?ml$/.test(name)) saved();
  };
  /** Watches what folders there are now; answers whether they are others than before. */
  const look = (): boolean => {
    const found = new Map(foldersBelow(root));
    const gone = [...watched].filter(([path, { identity }]) => found.get(path) !== identity);
    for (const [path, { watcher }] of gone) {
      watcher.close();
      watched.delete(path);
    }
    const fresh = [...found].filter(([path]) => !watched.has(path));
    for (const [path, identity] of fresh) {
      const watcher = watcherOf(path, onEvent);
      if (watcher !== null) watched.set(path, { identity, watcher });
    }
    if (found.size === 0) setTimeout(() => look() && saved(), MISSING_MILLISECONDS);
    return gone.length + fresh.length > 0;
  };
  look();
}

/** Null where the folder is gone by now. */
function watcherOf(folder: string, onEvent: (event: string, name: string | null) => void): FSWatcher | null {
  try {
    return watch(folder, onEvent).on("error", () => undefined);
  } catch (error) {
    if (error instanceof Error && "code" in error && error.code === "ENOENT") return null;
    throw error;
  }
}

/** The folders whose files may be specs, each with what tells it from another one at the same path. */
function* foldersBelow(folder: string): Iterable<readonly [path: string, identity: string]> {
  let entries;
  try {
    const { dev, ino, birthtimeMs } = statSync(folder);
    entries = readdirSync(folder, { withFileTypes: true });
    yield [folder, `${dev}:${ino}:${birthtimeMs}`];
  } catch {
    return;
  }
  for (const entry of entries) {
    if (entry.isDirectory() && !entry.name.startsWith(".") && entry.name !== "node_modules") yield* foldersBelow(join(folder, entry.name));
  }
}
