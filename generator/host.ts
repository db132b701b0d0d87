import * as fs from "node:fs";
import * as os from "node:os";
import * as path from "node:path";
import { Worker } from "node:worker_threads";

/** A file or folder below a root. `kind` follows no links: a link is "link". */
export interface HostEntry {
  readonly name: string;
  readonly kind: "file" | "folder" | "link" | "other";
}

/** A text that is never held whole: its parts in order, made anew at each call. */
export interface Pieces {
  readonly pieces: () => Iterable<string>;
}

/** Whether a content is told in parts. */
export function isPieces(content: Uint8Array | string | Pieces): content is Pieces {
  return typeof content === "object" && "pieces" in content;
}

/** The bytes of a manifest of an output folder, and what all threads know that check its files (`output/intact.ts`). */
export interface FileCheck {
  readonly out: string;
  readonly bytes: Uint8Array;
  readonly tally: Int32Array<SharedArrayBuffer>;
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
  /** Writes a file that is not there yet, with its folders; a crash may leave a part of it. */
  readonly create: (path: string, content: Uint8Array | string | Pieces) => void;
  /** Puts a file in the place of another (or of none) in one step, with that one's mode; makes the folders above. */
  readonly move: (from: string, to: string) => void;
  /** Throws where a file or folder that is there may not be written to. */
  readonly requireWritable: (path: string) => void;
  /** Whether a file has further names (hard links): one written through would change what stands elsewhere. */
  readonly hasOtherNames: (path: string) => boolean;
  readonly remove: (path: string) => void;
  /** Removes a folder if it is empty; false where it is not. */
  readonly removeEmptyFolder: (path: string) => boolean;
  /** Lets a second thread check files of an output folder, too, where the host has one. */
  readonly checkBeside: (check: FileCheck) => void;
  /** Takes a lock file and gives the function that releases it; null while another live process holds it. */
  readonly lock: (path: string) => (() => void) | null;
}

/** The host of a real run: Node's file system and the process's working folder; `bundle` is the folder of the build, which has the code of a second thread. */
export function nodeHost(bundle: string | null = null): Host {
  const made = new Set<string>();
  return {
    cwd: () => process.cwd(),
    resolve: (...parts) => path.resolve(...parts),
    list: (folder) => fs.readdirSync(folder, { withFileTypes: true }).map((entry) => ({ name: entry.name, kind: kindOf(entry) })).sort(byName),
    kind(file) {
      const stat = unlessCode(["ENOTDIR"], () => fs.lstatSync(file, { throwIfNoEntry: false }), undefined);
      return stat === undefined ? null : kindOf(stat);
    },
    realpath: (file) => fs.realpathSync(file),
    read: (file) => fs.readFileSync(file),
    write(file, bytes) {
      makeFolder(path.dirname(file), made);
      writeAtomically(file, bytes);
    },
    create(file, content) {
      makeFolder(path.dirname(file), made);
      if (isPieces(content)) writePieces(file, content);
      else fs.writeFileSync(file, content, { flag: "wx" });
    },
    move(from, to) {
      makeFolder(path.dirname(to), made);
      moveFile(from, to);
    },
    requireWritable: (file) => fs.accessSync(file, fs.constants.W_OK),
    hasOtherNames: (file) => (fs.lstatSync(file, { throwIfNoEntry: false })?.nlink ?? 1) > 1,
    remove: (file) => fs.unlinkSync(file),
    removeEmptyFolder(folder) {
      made.delete(folder);
      return unlessCode(["ENOTEMPTY", "EEXIST", "ENOENT"], () => (fs.rmdirSync(folder), true), false);
    },
    checkBeside: (check) => startThread(bundle, check),
    lock(file) {
      // A run begins: what an earlier one of this process made may be gone by now.
      made.clear();
      return lockFile(file);
    },
  };
}

function kindOf(entry: { isFile: () => boolean; isDirectory: () => boolean; isSymbolicLink: () => boolean }): HostEntry["kind"] {
  if (entry.isSymbolicLink()) return "link";
  return entry.isFile() ? "file" : entry.isDirectory() ? "folder" : "other";
}

/** The order of a folder's entries: by code points. */
export function byName(a: HostEntry, b: HostEntry): number {
  return a.name < b.name ? -1 : a.name > b.name ? 1 : 0;
}

function makeFolder(folder: string, made: Set<string>): void {
  if (made.has(folder)) return;
  if (!fs.existsSync(folder)) {
    makeFolder(path.dirname(folder), made);
    // Not with `recursive`: Node then never ends where the system knows the parent but makes nothing in it, as in /proc.
    unlessCode(["EEXIST"], () => fs.mkdirSync(folder), undefined);
  }
  made.add(folder);
}

function writePieces(file: string, { pieces }: Pieces): void {
  const descriptor = fs.openSync(file, "wx");
  try {
    for (const piece of pieces()) fs.writeFileSync(descriptor, piece);
  } finally {
    fs.closeSync(descriptor);
  }
}

/** A reader never sees half a file; what a crash leaves behind is a temporary name that nothing reads. */
function writeAtomically(file: string, bytes: Uint8Array | string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.rmSync(temporary, { force: true });
  try {
    fs.writeFileSync(temporary, bytes, { flag: "wx" });
    fs.renameSync(temporary, file);
  } catch (error) {
    unlessCode(["ENOENT", "ENOTDIR", "EACCES", "EROFS"], () => fs.unlinkSync(temporary), undefined);
    throw error;
  }
}

/** A system that lets no open file be replaced gets some time; a folder that is a mount of its own gets a copy. */
function moveFile(from: string, to: string): void {
  const replaced = fs.lstatSync(to, { throwIfNoEntry: false });
  if (replaced !== undefined) fs.chmodSync(from, replaced.mode & 0o7777);
  for (let patience = 10; ; patience *= 2) {
    try {
      return fs.renameSync(from, to);
    } catch (error) {
      if (codeOf(error) === "EXDEV") return copyAcross(from, to);
      if (process.platform !== "win32" || patience > 1000 || !["EPERM", "EBUSY", "EACCES"].includes(codeOf(error))) throw error;
      Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, patience);
    }
  }
}

function copyAcross(from: string, to: string): void {
  writeAtomically(to, fs.readFileSync(from));
  fs.chmodSync(to, fs.statSync(from).mode & 0o7777);
  fs.unlinkSync(from);
}

/** Where no thread can be started the first one has more to do, and that is all. */
function startThread(bundle: string | null, check: FileCheck): void {
  if (bundle === null || os.availableParallelism() < 2) return;
  try {
    // Without the options of this process: what they load or measure is about the first thread.
    new Worker(path.join(bundle, "second-thread.cjs"), { workerData: check, execArgv: [], env: {} }).on("error", () => undefined).unref();
  } catch (error) {
    if (!(error instanceof Error && "code" in error)) throw error;
  }
}

/** The lock names its process; one whose process is gone on this machine is taken over. */
function lockFile(file: string): (() => void) | null {
  const mine = JSON.stringify({ pid: process.pid, host: os.hostname(), started: startOf(process.pid) });
  makeFolder(path.dirname(file), new Set());
  const take = (): boolean => unlessCode(["EEXIST"], () => (writeWhole(file, mine), true), false);
  if (!take() && !(takenAway(file) && take())) return null;
  return () => unlessCode(["ENOENT"], () => fs.unlinkSync(file), undefined);
}

/** Writes a file that is not there yet. It appears with all it holds where the file system knows links: half a lock would name nobody. */
function writeWhole(file: string, text: string): void {
  const temporary = `${file}.${process.pid}.tmp`;
  fs.rmSync(temporary, { force: true });
  fs.writeFileSync(temporary, text, { flag: "wx" });
  try {
    fs.linkSync(temporary, file);
  } catch (error) {
    if (codeOf(error) === "EEXIST") throw error;
    fs.writeFileSync(file, text, { flag: "wx" });
  } finally {
    fs.unlinkSync(temporary);
  }
}

/** Removes a stale lock. It is renamed first: of two runs that find it, the one that catches the other's new lock puts it back. */
function takenAway(file: string): boolean {
  const text = unlessCode(["ENOENT"], () => fs.readFileSync(file, "utf8"), null);
  if (text === null) return true;
  if (!isStale(text)) return false;
  const aside = `${file}.${process.pid}.tmp`;
  if (!unlessCode(["ENOENT"], () => (fs.renameSync(file, aside), true), false)) return true;
  const caught = fs.readFileSync(aside, "utf8") === text;
  if (!caught) unlessCode(["EEXIST"], () => fs.linkSync(aside, file), undefined);
  fs.unlinkSync(aside);
  return caught;
}

function isStale(lock: string): boolean {
  const holder = parsed(lock);
  if (typeof holder !== "object" || holder === null || !("pid" in holder) || !("host" in holder)) return false;
  const { pid, host } = holder;
  if (typeof pid !== "number" || !Number.isInteger(pid) || pid <= 0 || host !== os.hostname()) return false;
  if (unlessCode(["ESRCH"], () => !process.kill(pid, 0), true)) return true;
  return "started" in holder && typeof holder.started === "string" && holder.started !== startOf(pid);
}

/** When a process began, as Linux counts it; null elsewhere. Another process may bear the number of one that is gone. */
function startOf(pid: number): string | null {
  const stat = unlessCode(["ENOENT", "EACCES", "ESRCH", "ENOTDIR"], () => fs.readFileSync(`/proc/${pid}/stat`, "utf8"), "");
  return stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19] ?? null;
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text);
  } catch {
    return null;
  }
}

function unlessCode<Value>(codes: readonly string[], act: () => Value, otherwise: Value): Value {
  try {
    return act();
  } catch (error) {
    if (codes.includes(codeOf(error))) return otherwise;
    throw error;
  }
}

function codeOf(error: unknown): string {
  return error instanceof Error && "code" in error && typeof error.code === "string" ? error.code : "";
}
