import { compile } from "./compile.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/define.ts";
import { specCommits, type Commit } from "./git/log.ts";
import { readRevision, type RunGit } from "./git/revision.ts";
import { emptyModel, planChanges, type PlannedChange } from "./plan/plan.ts";
import type { Design } from "./rules/types.ts";

/** Whose past to tell. */
export interface TimelineOptions {
  readonly root: string;
  readonly git: RunGit;
  /** A contract, dimension, fact, mart or pipeline, or a column of one (`dim_customer.city`). */
  readonly name: string;
}

/** What one commit did to it. */
export interface TimelineEntry {
  readonly commit: Commit;
  readonly changes: readonly PlannedChange[];
}

/** The past of an object or column, the oldest commit first. */
export interface Timeline {
  readonly entries: readonly TimelineEntry[];
  /** Commits whose specs do not compile: their changes are told with those of the next one. */
  readonly skipped: readonly Commit[];
  readonly problem: Diagnostic | null;
}

/** Tells what changed about a name, commit by commit along the checked-out branch; reads git's store only. */
export async function timeline({ root, git, name }: TimelineOptions): Promise<Timeline> {
  const commits = specCommits(git, root);
  if ("severity" in commits) return { entries: [], skipped: [], problem: commits };
  const entries: TimelineEntry[] = [];
  const skipped: Commit[] = [];
  let last: Design | null = null;
  for (const commit of commits) {
    // One after the other: each is compared with the last one that compiled.
    const revision = readRevision(git, root, commit.id);
    if ("severity" in revision) return { entries, skipped, problem: revision };
    if (revision.specs === null) continue;
    const { design, diagnostics } = await compile({ ...revision.specs, until: "decide" });
    if (design === null || hasErrors(diagnostics)) {
      skipped.push(commit);
      continue;
    }
    const before: Design["model"] = last === null ? emptyModel(design.model) : last.model;
    const changes = planChanges(before, design.model, design.dialect).filter((change) => isAbout(change, name));
    if (changes.length > 0) entries.push({ commit, changes });
    last = design;
  }
  return { entries, skipped, problem: null };
}

/** Whether a change is one of the object, or of the column, including one that only follows from it further up. */
function isAbout({ subject, part, message, before, consequences }: PlannedChange, name: string): boolean {
  const column = part === null ? null : `${subject.name}.${part}`;
  if (subject.name === name || column === name || (message === "renamed" && before === name)) return true;
  if (part === null && name.startsWith(`${subject.name}.`) && !name.slice(subject.name.length + 1).includes(".")) return true;
  return consequences.some((one) => one.startsWith(`${name}: `) || one.startsWith(`${name}.`));
}
