import { withAnnouncements } from "./announcements.ts";
import { compile, type Compilation } from "./compile.ts";
import { hasErrors, type Diagnostic } from "./diagnostics/define.ts";
import { within } from "./diagnostics/origin.ts";
import { generateWithCaches, type GenerateOptions, type Generation } from "./generate.ts";
import { gitDiagnostics } from "./git/diagnostics.ts";
import { missedSpecCommits } from "./git/log.ts";
import { findRevision, hasHead, type Revision, type RunGit } from "./git/revision.ts";
import { comparedPart, type KnownSpecs, type Side } from "./partial-plan.ts";
import { unusedApprovals } from "./plan/approvals.ts";
import { planDiagnostics } from "./plan/diagnostics.ts";
import { emptyModel, planChanges, type PlannedChange } from "./plan/plan.ts";

/** What to plan: what `generate` would do with these options, and what it means against an earlier state of the specs. */
export interface PlanOptions extends Omit<GenerateOptions, "check"> {
  readonly git: RunGit;
  /** Name of a commit; null compares with HEAD where there is one, else with nothing. */
  readonly against: string | null;
  /** ISO date of today, by which approvals expire; without one they never do. */
  readonly today?: string;
}

/** What generate would do to the files, and what changed in the meaning of the specs. */
export interface Planning extends Generation {
  /** What was compared with, or null where nothing was. */
  readonly against: { readonly ref: string; readonly commit: string } | null;
  readonly planned: readonly PlannedChange[];
  /** The documents of the earlier state, for places of what is gone. */
  readonly earlier: Compilation["documents"];
}

/** Plans; reads only, in the work tree as in git's store. */
export async function plan(options: PlanOptions): Promise<Planning> {
  const { found, caches } = await comparedWithOutput(options);
  if (found.design === null && hasErrors(found.diagnostics)) return found;
  const ref = options.against ?? (hasHead(options.git, options.root) ? "HEAD" : null);
  const revision = ref === null ? null : findRevision(options.git, options.root, ref);
  if (revision === null || "severity" in revision) {
    const whole = await wholly(found, options, caches);
    return revision === null ? whole : { ...whole, diagnostics: [...found.diagnostics, revision] };
  }
  const part = caches === null || found.design !== null ? null : await comparedPart(options, revision, caches);
  if (part !== null) return judged({ ...found, ...part.is }, part.was, revision, options);
  const earlier = revision.read();
  const planning = await wholly(found, options, caches);
  return "severity" in earlier ? { ...planning, diagnostics: [...found.diagnostics, earlier] } : compared(planning, earlier, options, caches);
}

/**
 * What generate would do, and what the caches know of the specs. All else is let go, such as texts, decisions, and what is known of the
 * output: nobody asks for it, and two models take its room.
 */
async function comparedWithOutput(options: PlanOptions): Promise<{ readonly found: Planning; readonly caches: KnownSpecs | null }> {
  const { generation, caches } = await generateWithCaches({ ...options, check: true });
  const { design } = generation;
  const meaning = design === null ? null : { ...design, decisions: [], choice: () => undefined };
  const known = caches === null ? null : { last: { specs: caches.last.specs, before: caches.last.before }, files: caches.files };
  return { found: { ...generation, design: meaning, files: [], against: null, planned: [], earlier: [] }, caches: known };
}

/** What the specs mean, all of them, where caches spared their compilation so far: an earlier run found nothing to refuse. */
async function wholly(planning: Planning, options: PlanOptions, caches: KnownSpecs | null): Promise<Planning> {
  if (planning.design !== null || caches === null) return planning;
  const { design, documents } = await compile({ ...options, until: "link", known: caches.files });
  return { ...planning, design, documents };
}

async function compared(planning: Planning, { ref, commit, specs }: Revision, options: PlanOptions, caches: KnownSpecs | null): Promise<Planning> {
  const { design } = planning;
  if (design === null) return planning;
  const { model, dialect } = design;
  if (specs === null) return { ...planning, against: { ref, commit }, planned: planChanges(emptyModel(model), model, dialect) };
  // Most files are those of today. What the others said is not worth keeping.
  const known = caches === null ? {} : { known: { ...caches.files, keep: () => undefined } };
  const earlier = await compile({ ...specs, ...known, warehouse: options.warehouse ?? null, until: "decide" });
  const errors = earlier.diagnostics.filter(({ severity }) => severity === "error");
  if (earlier.design === null || errors.length > 0) return { ...planning, diagnostics: [...planning.diagnostics, baseInvalid(ref, errors, earlier.hidden)] };
  return judged(planning, { design: earlier.design, documents: earlier.documents }, { ref, commit }, options);
}

/** What changed between two states, with all that follows from it. */
async function judged(planning: Planning, was: Side, { ref, commit }: Pick<Revision, "ref" | "commit">, { git, root, today, against }: PlanOptions): Promise<Planning> {
  if (planning.design === null) return planning;
  const { model, dialect } = planning.design;
  const before = was.design.model;
  const planned = await withAnnouncements(planChanges(before, model, dialect, today ?? null), { git, root, commit });
  const count = against === null ? 0 : missedSpecCommits(git, root, commit);
  const ahead = count === 0 ? [] : [gitDiagnostics.report("ahead", { origin: null }, { ref, count })];
  const diagnostics = [...planning.diagnostics, ...ahead, ...unusedApprovals(planned, before, model).map(unused)];
  return { ...planning, diagnostics, against: { ref, commit }, planned, earlier: was.documents };
}

function unused({ approval: { origin, rule, object, hash }, spent }: ReturnType<typeof unusedApprovals>[number]): Diagnostic {
  const place = { origin: within(origin, "hash") };
  return spent ? planDiagnostics.report("spent-approval", place, { object }) : planDiagnostics.report("unused-approval", place, { rule, object, hash });
}

function baseInvalid(ref: string, errors: readonly Diagnostic[], hidden: number): Diagnostic {
  const [first] = errors;
  const told = first === undefined ? "without a reason" : `${first.origin === null ? "" : `${first.origin.document}: `}${first.code}`;
  return gitDiagnostics.report("base-invalid", { origin: null }, { ref, count: errors.length + hidden, first: told });
}
