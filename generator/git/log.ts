import type { Diagnostic } from "../diagnostics/define.ts";
import { gitDiagnostics } from "./diagnostics.ts";
import type { RunGit } from "./revision.ts";

/** A commit that touched the spec folder. */
export interface Commit {
  readonly id: string;
  readonly author: string;
  /** ISO 8601, as the author's clock said. */
  readonly date: string;
  readonly subject: string;
}

const decoder = new TextDecoder();

/** The commits of the checked-out branch that touched a spec folder, the oldest first; merges count by what they brought to the branch. Reports `git/*`. */
export function specCommits(run: RunGit, folder: string): readonly Commit[] | Diagnostic {
  const log = run(["-C", folder, "log", "--first-parent", "-m", "--reverse", "-z", "--format=%H%x1f%an%x1f%aI%x1f%s", "--", "."]);
  if (log === null) return gitDiagnostics.report("not-installed", { origin: null }, { ref: "HEAD" });
  if (log.status !== 0) {
    if (/not a git repository/.test(log.stderr)) return gitDiagnostics.report("no-repository", { origin: null }, { folder, ref: "HEAD" });
    return gitDiagnostics.report("failed", { origin: null }, { ref: "HEAD", reason: log.stderr.trim().split("\n")[0] ?? "" });
  }
  return decoder.decode(log.stdout).split("\0").flatMap((line) => {
    const [id, author, date, subject] = line.trim().split("\u001f");
    return id === undefined || author === undefined || date === undefined || subject === undefined ? [] : [{ id, author, date, subject }];
  });
}

/** How many commits that touched a spec folder a commit has, and the checked-out one has not; 0 where git cannot say. */
export function missedSpecCommits(run: RunGit, folder: string, commit: string): number {
  const list = run(["-C", folder, "rev-list", "--count", `HEAD..${commit}`, "--", "."]);
  return list === null || list.status !== 0 ? 0 : Number(decoder.decode(list.stdout).trim());
}
