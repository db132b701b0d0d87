import type { Diagnostic } from "../diagnostics/define.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Host } from "../host.ts";
import { memoryHost } from "../memory-host.ts";
import { gitDiagnostics } from "./diagnostics.ts";

/** Runs git; null where there is no git. Nothing it runs may change a file, ask a question or use a network. */
export type RunGit = (args: readonly string[], input?: string) => { readonly status: number; readonly stdout: Uint8Array; readonly stderr: string } | null;

/** A spec folder as it was in a commit. */
export interface Revision {
  readonly ref: string;
  /** The full hash. */
  readonly commit: string;
  /** The folder's files, in memory; null where the commit has no such folder. */
  readonly specs: { readonly host: Host; readonly root: string } | null;
}

/** A commit of which no file was read yet. */
export interface FoundRevision extends Pick<Revision, "ref" | "commit"> {
  /** Git's names of the contents of all YAML files below the folder, by path. */
  readonly contents: ReadonlyMap<string, string>;
  /** Reads the files of the folder, or only those named. Reports `git/*`. */
  readonly read: (paths?: ReadonlySet<string>) => Revision | Diagnostic;
}

const ROOT = "/specs";
const decoder = new TextDecoder();

/**
 * Reads the spec files of a commit from git's store; the work tree is neither read nor touched. `folder` is the spec folder
 * in the work tree. Reports `git/*`.
 */
export function readRevision(run: RunGit, folder: string, ref: string): Revision | Diagnostic {
  const found = findRevision(run, folder, ref);
  return "severity" in found ? found : found.read();
}

/** Finds the commit that `readRevision` would read. Reports `git/*`. */
export function findRevision(run: RunGit, folder: string, ref: string): FoundRevision | Diagnostic {
  const git = (args: readonly string[], input?: string): ReturnType<RunGit> => run(["-C", folder, ...args], input);
  const place = git(["rev-parse", "--show-prefix"]);
  if (place === null) return gitDiagnostics.report("not-installed", NOWHERE, { ref });
  if (place.status !== 0) return placeProblem(place.stderr, folder, ref);
  const found = git(["rev-parse", "--verify", "--quiet", "--end-of-options", `${ref}^{commit}`]);
  if (found === null || found.status !== 0) return refProblem(run, folder, ref);
  const commit = text(found.stdout);
  const prefix = text(place.stdout);
  const listed = git(["ls-tree", "-r", "-z", "--full-tree", commit, ...(prefix === "" ? [] : ["--", prefix])]);
  if (listed === null || listed.status !== 0) return failed(listed?.stderr ?? "", ref);
  const entries = decoder.decode(listed.stdout).split("\0").flatMap((line) => specEntry(line, prefix));
  return {
    ref,
    commit,
    contents: new Map(entries.map(({ path, id }) => [path, id])),
    read: (paths) => (entries.length === 0 ? { ref, commit, specs: null } : withContents(git, { ref, commit }, paths === undefined ? entries : entries.filter(({ path }) => paths.has(path)))),
  };
}

/** Whether the folder lies in a repository with a commit to compare with. */
export function hasHead(run: RunGit, folder: string): boolean {
  return run(["-C", folder, "rev-parse", "--verify", "--quiet", "HEAD^{commit}"])?.status === 0;
}

/** Whether this clone holds the last commits only: what its first one holds was there before, as far as anybody knows. */
export function isShallow(run: RunGit, folder: string): boolean {
  const shallow = run(["-C", folder, "rev-parse", "--is-shallow-repository"]);
  return shallow !== null && shallow.status === 0 && text(shallow.stdout) === "true";
}

const NOWHERE = { origin: null } as const;

/** A spec file of a tree: its path below the spec folder and the name of its content; a link is `link`. */
interface Entry {
  readonly path: string;
  readonly id: string;
  readonly link: boolean;
}

function specEntry(line: string, prefix: string): readonly Entry[] {
  const found = /^([0-7]{6}) blob ([0-9a-f]+)\t([\s\S]*)$/.exec(line);
  const [, mode = "", id = "", path = ""] = found ?? [];
  if (!path.startsWith(prefix) || !/\.ya?ml$/.test(path)) return [];
  return [{ path: path.slice(prefix.length), id, link: mode === "120000" }];
}

function withContents(git: (args: readonly string[], input?: string) => ReturnType<RunGit>, named: Pick<Revision, "ref" | "commit">, entries: readonly Entry[]): Revision | Diagnostic {
  const files = entries.filter(({ link }) => !link);
  const read = git(["cat-file", "--batch"], files.map(({ id }) => `${id}\n`).join(""));
  if (read === null || read.status !== 0) return failed(read?.stderr ?? "", named.ref);
  const host = memoryHost({}, { links: entries.filter(({ link }) => link).map(({ path }) => `${ROOT}/${path}`) });
  let at = 0;
  for (const { path } of files) {
    const end = read.stdout.indexOf(10, at);
    const size = /^[0-9a-f]+ blob ([0-9]+)$/.exec(decoder.decode(read.stdout.subarray(at, end)))?.[1];
    if (end < 0 || size === undefined) return gitDiagnostics.report("missing-object", NOWHERE, { path, ref: named.ref });
    host.write(`${ROOT}/${path}`, read.stdout.slice(end + 1, end + 1 + Number(size)));
    at = end + 1 + Number(size) + 1;
  }
  return { ...named, specs: { host, root: ROOT } };
}

function placeProblem(said: string, folder: string, ref: string): Diagnostic {
  return /not a git repository/.test(said) ? gitDiagnostics.report("no-repository", NOWHERE, { folder, ref }) : failed(said, ref);
}

function refProblem(run: RunGit, folder: string, ref: string): Diagnostic {
  const names = run(["-C", folder, "for-each-ref", "--format=%(refname:short)"]);
  const known = names === null ? [] : text(names.stdout).split("\n");
  const near = didYouMean(ref, known);
  if (isShallow(run, folder)) return gitDiagnostics.report("shallow", NOWHERE, { ref });
  return gitDiagnostics.report("unknown-ref", NOWHERE, { ref, near });
}

function failed(said: string, ref: string): Diagnostic {
  const reason = said.trim().split("\n")[0] ?? "";
  return gitDiagnostics.report("failed", NOWHERE, { ref, reason: reason === "" ? "it ended with an error." : reason });
}

function text(bytes: Uint8Array): string {
  return decoder.decode(bytes).replace(/\n$/, "");
}
