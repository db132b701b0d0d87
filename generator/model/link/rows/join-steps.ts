import { within, type Origin } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import { comparable, typeText } from "../../logical-type.ts";
import type { JoinSpec } from "../../../spec/types.ts";
import type { LinkContext } from "../context.ts";
import { parts } from "../refusals.ts";
import { columnScope, type ScopeInput } from "../scope.ts";
import { resolveColumn } from "./columns.ts";
import { joinCandidates, joinPaths, type JoinLink } from "./join-candidates.ts";
import { findReadable, type Readable } from "./readable.ts";
import { coversKey } from "./unique-keys.ts";

/** A join that a spec asks for, and where it asks. `subject` is the model object that gets it. */
export interface JoinRequest {
  readonly spec: JoinSpec;
  readonly origin: Origin;
  readonly subject: string;
}

/** One join worked out: columns of one earlier input against columns of the new one. */
export interface JoinStep {
  readonly readable: Readable;
  readonly type: "left" | "inner";
  readonly on: readonly { readonly from: string; readonly here: string; readonly there: string }[];
}

/** Columns that a join holds equal to those of the same name on its other side; a left join that finds nothing keeps the other side. */
export function sharedNames({ on }: JoinStep): ReadonlySet<string> {
  return new Set(on.flatMap((pair) => (pair.here === pair.there ? [pair.there] : [])));
}

/** The joins that reach a table from the base and what was joined to it: one, or a chain; null where it was refused and reported, or may go over a `refused` join. */
export function joinSteps(
  request: JoinRequest,
  base: Readable,
  joined: readonly JoinStep[],
  refused: readonly ScopeInput[],
  taken: ReadonlySet<string>,
  context: LinkContext,
): readonly JoinStep[] | null {
  const { spec, origin } = request;
  const inputs = [base, ...joined.map((one) => one.readable)];
  const table = findReadable(spec.to, false, "state", context, within(origin, "to"));
  const target = table === null || spec.as === null ? table : inRole(table, spec.as);
  if (target === null || !isNamed(request, target, inputs, taken, context)) return null;
  const steps = spec.on === null ? found(request, inputs, target, refused, context) : stated(request, spec.on, scopeInputs(inputs, joined, refused), target, context);
  const lost = steps?.some((one) => refused.some((other) => other.qualifiers.includes(one.readable.id))) === true;
  return steps !== null && !lost && steps.every((one) => comparableColumns(one, [...inputs, ...steps.map((step) => step.readable)], origin, context))
    ? steps
    : null;
}

/** A table under a name of its own. Contracts lead neither to it nor on from it: they do not know what role it plays. */
function inRole(table: Readable, role: string): Readable {
  return { ...table, id: role, qualifiers: [role], words: [role], references: [], isRole: true };
}

/** Whether a table that is joined can be told from all else; reports where it cannot, and where a role does not say its columns. */
function isNamed({ spec, origin }: JoinRequest, target: Readable, inputs: readonly Readable[], taken: ReadonlySet<string>, { log }: LinkContext): boolean {
  const role = spec.as;
  if (role === null) {
    const isNew = inputs.every((one) => one.id !== target.id);
    if (!isNew) log.add(rowDiagnostics.report("joined-twice", { origin: within(origin, "to") }, { table: target.id }));
    return isNew;
  }
  const isTaken = taken.has(role) || inputs.some((one) => one.qualifiers.includes(role) || one.words.includes(role));
  if (isTaken) log.add(rowDiagnostics.report("join-name-taken", { origin: within(origin, "as") }, { name: role }));
  if (spec.on === null) log.add(rowDiagnostics.report("role-without-columns", { origin }, { name: role, key: target.primaryKey.join(", ") || "id" }));
  return !isTaken && spec.on !== null;
}

/** The inputs by their ids: a name that two of them share means the first, if they are joined by it. */
function scopeInputs(inputs: readonly Readable[], joined: readonly JoinStep[], refused: readonly ScopeInput[]): readonly ScopeInput[] {
  const known = inputs.map((one): ScopeInput => {
    const step = joined.find(({ readable }) => readable === one);
    return { input: one.id, qualifiers: one.qualifiers, columns: one.columns, isRole: one.isRole === true, refuses: one.refuses, ...(step === undefined ? {} : { shared: sharedNames(step) }) };
  });
  return [...known, ...refused];
}

function stated(
  request: JoinRequest,
  on: { readonly [here: string]: string },
  inputs: readonly ScopeInput[],
  target: Readable,
  context: LinkContext,
): readonly JoinStep[] | null {
  const here = columnScope(inputs);
  const there = columnScope([{ input: target.id, qualifiers: target.qualifiers, columns: target.columns, refuses: target.refuses }]);
  const pairs = Object.entries(on).map(([left, right]) => {
    const origin = within(request.origin, "on", left);
    const [a, b] = [resolveColumn(left, here, origin, context.log), resolveColumn(right, there, origin, context.log)];
    return a?.kind === "column" && b?.kind === "column" ? { from: a.input ?? "", here: a.name, there: b.name } : null;
  });
  const complete = pairs.flatMap((one) => one ?? []);
  if (complete.length < pairs.length) return null;
  const columns = complete.map((one) => one.there);
  if (!coversKey(columns, target.keys)) return fansOut(request, target, columns, context);
  return [{ readable: target, type: request.spec.type, on: complete }];
}

/** Nothing is guessed: a join follows from the contracts only where exactly one answer fits. */
function found(
  request: JoinRequest,
  inputs: readonly Readable[],
  target: Readable,
  refused: readonly ScopeInput[],
  context: LinkContext,
): readonly JoinStep[] | null {
  const links = joinCandidates(inputs, target);
  if (links.every((one) => one.by === "name") && (refused.length > 0 || isUnclear(inputs, target, context))) return null;
  const safe = links.filter((one) => coversKey(one.there, target.keys));
  const paths = safe.length > 0 ? safe.map((one) => [one]) : links.length > 0 ? [] : joinPaths(inputs, target, context);
  const [only] = paths;
  if (only === undefined) {
    const [unsafe] = links;
    return unsafe === undefined ? unreachable(request, inputs, target, context) : fansOut(request, target, unsafe.there, context);
  }
  if (paths.length > 1) {
    const candidates = paths.map((path) => path.map(linkText).join(", then ")).join("; or ");
    context.log.add(rowDiagnostics.report("ambiguous-join", { origin: request.origin }, { table: target.id, candidates }));
    return null;
  }
  const because = only.some((one) => one.by === "name")
    ? "the key columns have the same names"
    : "the contracts refer to it so, and in one way only";
  context.infer({ topic: "join", subject: request.subject, choice: only.map(linkText).join(", then "), because, origin: request.origin });
  return only.map((one) => ({
    readable: one.to,
    type: request.spec.type,
    on: one.here.map((here, index) => ({ from: one.from.id, here, there: one.there[index] ?? "" })),
  }));
}

/** Where a reference or a key was refused, it may be the way that is looked for. */
function isUnclear(inputs: readonly Readable[], target: Readable, { sources, refused }: LinkContext): boolean {
  const lacksWay = [...sources.keys()].some((one) => refused.has(one, parts.references));
  return lacksWay || [...inputs, target].some((one) => refused.any(one.id));
}

function linkText(link: JoinLink): string {
  return link.here.map((here, index) => `${link.from.id}.${here} = ${link.to.id}.${link.there[index] ?? ""}`).join(" and ");
}

function fansOut(request: JoinRequest, target: Readable, columns: readonly string[], context: LinkContext): null {
  if (target.refuses(parts.key)) return null;
  const keys = target.keys.map((one) => one.join(", ")).join("; or ");
  const help =
    target.keys.length === 0
      ? `give ${target.id} a primary_key in its contract`
      : `join on its key (${keys}), or add a unique check on ${columns.join(", ")} to its contract`;
  context.log.add(
    rowDiagnostics.report("join-fans-out", { origin: request.origin }, { table: target.id, columns: columns.join(", "), help }),
  );
  return null;
}

function unreachable(request: JoinRequest, inputs: readonly Readable[], target: Readable, context: LinkContext): null {
  const key = target.primaryKey[0] ?? "id";
  context.log.add(
    rowDiagnostics.report("no-join", { origin: request.origin }, { table: target.id, inputs: inputs.map((one) => one.id).join(", "), key }),
  );
  return null;
}

function comparableColumns(step: JoinStep, inputs: readonly Readable[], origin: Origin, context: LinkContext): boolean {
  return step.on.every((pair) => {
    const left = inputs.find((one) => one.id === pair.from)?.columns.find((one) => one.name === pair.here);
    const right = step.readable.columns.find((one) => one.name === pair.there);
    if (left === undefined || right === undefined || comparable(left.type, right.type)) return true;
    const parameters = {
      left: `${pair.from}.${pair.here}`,
      leftType: typeText(left.type),
      right: `${step.readable.id}.${pair.there}`,
      rightType: typeText(right.type),
    };
    context.log.add(rowDiagnostics.report("join-types", { origin }, parameters));
    return false;
  });
}
