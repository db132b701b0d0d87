import { compile } from "./compile.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/define.ts";
import { specCommits, type Commit } from "./git/log.ts";
import { isShallow, readRevision, type RunGit } from "./git/revision.ts";
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
  /** Whether earlier commits are missing from this clone: the first one is told as if all began there. */
  readonly shallow: boolean;
  readonly problem: Diagnostic | null;
}

/** Tells what changed about a name, commit by commit along the checked-out branch; reads git's store only. */
export async function timeline({ root, git, name }: TimelineOptions): Promise<Timeline> {
  const commits = specCommits(git, root);
  if ("severity" in commits) return { entries: [], skipped: [], shallow: false, problem: commits };
  const shallow = isShallow(git, root);
  const all: TimelineEntry[] = [];
  const skipped: Commit[] = [];
  let last: Design | null = null;
  for (const commit of commits) {
    // One after the other: each is compared with the last one that compiled.
    const revision = readRevision(git, root, commit.id);
    if ("severity" in revision) return { entries: told(all, name), skipped, shallow, problem: revision };
    if (revision.specs === null) continue;
    const { design, diagnostics } = await compile({ ...revision.specs, until: "decide" });
    if (design === null || hasErrors(diagnostics)) {
      skipped.push(commit);
      continue;
    }
    const before: Design["model"] = last === null ? emptyModel(design.model) : last.model;
    all.push({ commit, changes: planChanges(before, design.model, design.dialect) });
    last = design;
  }
  return { entries: told(all, name), skipped, shallow, problem: null };
}

/** What is about a name, and, before the commit that gave it, about the name that its bearer had then. */
function told(all: readonly TimelineEntry[], name: string): readonly TimelineEntry[] {
  const entries: TimelineEntry[] = [];
  let called = name;
  for (const { commit, changes } of all.toReversed()) {
    const about = changes.filter((change) => isAbout(change, called));
    if (about.length > 0) entries.push({ commit, changes: about });
    called = formerName(called, about);
  }
  return entries.reverse();
}

function formerName(name: string, changes: readonly PlannedChange[]): string {
  const column = changes.find(({ message, subject, after }) => message === "column renamed" && name === `${subject.name}.${after}`);
  const current = column === undefined ? name : `${column.subject.name}.${column.before}`;
  const object = changes.find(({ message, after }) => message === "renamed" && after !== null && (current === after || current.startsWith(`${after}.`)));
  return object === undefined ? current : `${object.before}${current.slice(object.after?.length)}`;
}

/** Whether a change is one of the object, or of the column, including one that follows from it further up, or by which its values are others than before. */
function isAbout({ subject, part, message, before, consequences, classes, impact }: PlannedChange, name: string): boolean {
  const column = part === null ? null : `${subject.name}.${part}`;
  if (subject.name === name || column === name || (message === "renamed" && before === name)) return true;
  if (part === null && name.startsWith(`${subject.name}.`) && !name.slice(subject.name.length + 1).includes(".")) return true;
  if (classes.includes("restating") && impact.columns.some((one) => one === name || one.startsWith(`${name}.`) || (one.endsWith(".*") && name.startsWith(one.slice(0, -1))))) return true;
  return consequences.some((one) => one.startsWith(`${name}: `) || one.startsWith(`${name}.`));
}
