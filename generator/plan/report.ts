import type { Diagnostic, Pointer } from "../diagnostics/define.ts";
import type { Origin } from "../diagnostics/origin.ts";
import { placeOf, type SourceDocument } from "../diagnostics/source.ts";
import type { DdlAction } from "../dialects/types.ts";
import type { ApprovalState } from "./approvals.ts";
import type { Past } from "./effects.ts";
import type { Impact } from "./impact.ts";
import { countClasses, type PlannedChange } from "./plan.ts";
import type { PolicyFinding } from "./policy.ts";
import { changeRules, type ChangeClass, type RuleId } from "./rules.ts";
import type { ObjectKind } from "./types.ts";

/** A place in a spec file for people: lines and columns count from 1, columns count characters. */
export interface ReportedPlace {
  readonly file: string;
  readonly line: number;
  readonly column: number;
  readonly end_line: number;
  readonly end_column: number;
  /** `new`: the specs in the work tree; `old`: those compared with, for what is gone. */
  readonly side: "new" | "old";
}

/** A change as it is reported. */
export interface ReportedChange {
  readonly rule: RuleId;
  readonly title: string;
  readonly class: ChangeClass;
  readonly classes: readonly ChangeClass[];
  readonly kind: ObjectKind;
  readonly object: string;
  readonly part: string | null;
  readonly message: string;
  readonly before: string | null;
  readonly after: string | null;
  readonly place: ReportedPlace | null;
  readonly affected: Impact;
  readonly consequences: readonly string[];
  readonly policy: Omit<PolicyFinding, "announced"> | null;
  readonly approval: ApprovalState | null;
  readonly ddl: readonly { readonly action: DdlAction; readonly relations: readonly string[]; readonly risk: "none" | "low" | "high"; readonly note: string }[];
  readonly backfill: { readonly tables: readonly string[]; readonly from: string | null; readonly commands: readonly string[] } | null;
  readonly past: Past;
}

/** Everything that a plan says, as plain data: the JSON format, and what the other formats print. */
export interface PlanReport {
  readonly format_version: 1;
  readonly command: "plan";
  readonly exit_code: number;
  readonly summary: string;
  readonly against: { readonly ref: string; readonly commit: string } | null;
  readonly counts: { readonly [name: string]: number };
  readonly changes: readonly ReportedChange[];
  readonly files: readonly { readonly path: string; readonly action: string }[];
  /** A hash of what generate would do to the files, for `generate --plan`; null where nothing was planned. */
  readonly fingerprint: string | null;
  readonly diagnostics: readonly unknown[];
}

/** What is known when a plan is done. */
export interface PlanFacts {
  readonly against: PlanReport["against"];
  readonly planned: readonly PlannedChange[];
  readonly changes: PlanReport["files"];
  readonly fingerprint: string | null;
  readonly documents: readonly SourceDocument[];
  readonly earlier: readonly SourceDocument[];
  readonly diagnostics: readonly Diagnostic[];
}

/** Whether a policy is violated, and nobody has agreed to it: a plan then fails whatever was asked for. */
export function violations(planned: readonly PlannedChange[]): readonly PlannedChange[] {
  return planned.filter(({ policy, approval }) => policy?.verdict === "violated" && approval?.state !== "approved");
}

/** Whether generate would write, move or delete a file: some stay as they are, and some stop it. */
export function isWritten({ action }: PlanReport["files"][number]): boolean {
  return action !== "keep" && action !== "conflict";
}

/** Whether somebody must still agree to one of the changes. */
export function anyNeedsApproval(planned: readonly PlannedChange[]): boolean {
  return planned.some(({ approval }) => approval !== null && approval.state !== "approved");
}

/** The report of a plan. `folder` stands before the documents' paths; `printed` are the diagnostics as data. */
export function reportOf(facts: PlanFacts, outcome: { readonly folder: string; readonly exitCode: number; readonly printed: readonly unknown[] }): PlanReport {
  const placeIn = placer(facts, outcome.folder);
  return {
    format_version: 1,
    command: "plan",
    exit_code: outcome.exitCode,
    summary: summaryOf(facts),
    against: facts.against,
    counts: Object.fromEntries(countClasses(facts.planned).map(({ name, count }) => [name, count])),
    changes: facts.planned.map((one) => reported(one, placeIn)),
    files: facts.changes.map(({ path, action }) => ({ path, action })),
    fingerprint: facts.fingerprint,
    diagnostics: outcome.printed,
  };
}

function reported(one: PlannedChange, placeIn: (change: PlannedChange) => ReportedPlace | null): ReportedChange {
  return {
    rule: one.rule,
    title: changeRules[one.rule].title,
    class: one.worst,
    classes: one.classes,
    kind: one.subject.kind,
    object: one.subject.name,
    part: one.part,
    message: one.message,
    before: one.before,
    after: one.after,
    place: placeIn(one),
    affected: one.impact,
    consequences: one.consequences,
    policy: one.policy === null ? null : { contract: one.policy.contract, policy: one.policy.policy, verdict: one.policy.verdict, message: one.policy.message },
    approval: one.approval,
    ddl: one.ddl.map(({ action, relations, risk, note }) => ({ action, relations, risk, note })),
    backfill: one.backfill,
    past: one.past,
  };
}

/** What happened in a change, without what it reaches. */
export function reportedLine({ subject, part, message, before, after }: PlannedChange): Pick<ReportedChange, "object" | "part" | "message" | "before" | "after"> {
  return { object: subject.name, part, message, before, after };
}

function placer({ documents, earlier }: PlanFacts, folder: string): (change: PlannedChange) => ReportedPlace | null {
  const [now, old] = [documents, earlier].map((all) => new Map(all.map((one) => [one.path, one])));
  const base = folder.replace(/\/+$/, "");
  const found = (origin: Origin | null, known: ReadonlyMap<string, SourceDocument> | undefined, side: ReportedPlace["side"]): ReportedPlace | null => {
    const pointer: Pointer = "key";
    const place = known === undefined ? null : placeOf(known, origin, pointer);
    if (place === null) return null;
    const { line, column, endLine, endColumn } = place.position;
    return { file: base === "" || base === "." ? place.document.path : `${base}/${place.document.path}`, line, column, end_line: endLine, end_column: endColumn, side };
  };
  return ({ origin, originBefore }) => found(origin, now, "new") ?? found(originBefore, old, "old");
}

function summaryOf({ against, planned, changes }: PlanFacts): string {
  const [files, conflicts] = [changes.filter(isWritten).length, changes.filter(({ action }) => action === "conflict").length];
  const stops = conflicts === 0 ? "" : `generate would stop at ${conflicts} ${conflicts === 1 ? "file" : "files"} and write nothing.`;
  const told = stops !== "" ? stops : files === 0 ? "The output is up to date." : `generate would change ${files} ${files === 1 ? "file" : "files"}.`;
  if (against === null) return `Not compared with an earlier state. ${told}`;
  const counts = countClasses(planned).map(({ name, count }) => `${count} ${name.replace("_", "-")}`);
  const base = `${against.ref} (${against.commit.slice(0, 10)})`;
  const meaning = planned.length === 0 ? `Nothing changed against ${base}.` : `${planned.length} ${planned.length === 1 ? "change" : "changes"} against ${base}: ${counts.join(", ")}.`;
  const violated = violations(planned).length;
  return `${meaning} ${violated === 0 ? "" : `${violated} against a contract's policy. `}${told}`;
}
