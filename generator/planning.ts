import { withAnnouncements } from "./announcements.ts";
import { compile, type Compilation } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/define.ts";
import { within } from "./diagnostics/origin.ts";
import { generate, type GenerateOptions, type Generation } from "./generate.ts";
import { gitDiagnostics } from "./git/diagnostics.ts";
import { hasHead, readRevision, type Revision, type RunGit } from "./git/revision.ts";
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
  const generation = await generate({ ...options, check: true });
  const nothing: Planning = { ...generation, against: null, planned: [], earlier: [] };
  if (generation.design === null) return nothing;
  const ref = options.against ?? (hasHead(options.git, options.root) ? "HEAD" : null);
  if (ref === null) return nothing;
  const revision = readRevision(options.git, options.root, ref);
  if ("severity" in revision) return { ...nothing, diagnostics: [...generation.diagnostics, revision] };
  return compared(nothing, revision, generation.design, options);
}

async function compared(planning: Planning, { ref, commit, specs }: Revision, { model, dialect }: NonNullable<Generation["design"]>, options: PlanOptions): Promise<Planning> {
  const { warehouse = null, today = null, git, root } = options;
  const against = { ref, commit };
  if (specs === null) return { ...planning, against, planned: planChanges(emptyModel(model), model, dialect) };
  const earlier = await compile({ ...specs, warehouse, until: "decide" });
  const errors = earlier.diagnostics.filter(({ severity }) => severity === "error");
  if (earlier.design === null || errors.length > 0) return { ...planning, diagnostics: [...planning.diagnostics, baseInvalid(ref, errors, earlier.hidden)] };
  const before = earlier.design.model;
  const planned = await withAnnouncements(planChanges(before, model, dialect, today), { git, root, commit });
  const diagnostics = [...planning.diagnostics, ...unusedApprovals(planned, before, model).map(unused)];
  return { ...planning, diagnostics, against, planned, earlier: earlier.documents };
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
