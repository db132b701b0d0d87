import type { Origin } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { SqlSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { RowJoin, RowSource } from "../../rows.ts";
import { typeText } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import type { Scope, ScopeInput } from "../scope.ts";
import { inputScope, nameInputs, rowInput, type NamedInput } from "./inputs.ts";
import { joinSteps, sharedNames, type JoinRequest, type JoinStep } from "./join-steps.ts";
import { readableTable, type Readable } from "./readable.ts";

/** Joined rows and what may be said about them. `complete` is false where a join was refused. */
export interface LinkedRows {
  readonly complete: boolean;
  readonly rows: RowSource;
  readonly base: NamedInput;
  readonly inputs: readonly NamedInput[];
  readonly scope: Scope;
}

/** Joins tables to a base; what a refused join (reported) would have brought is passed over. `taken` are words that are no aliases of inputs. */
export function linkRows(
  base: Readable,
  joins: readonly JoinRequest[],
  taken: ReadonlySet<string>,
  context: LinkContext,
): LinkedRows {
  const steps: JoinStep[] = [];
  const refused: ScopeInput[] = [];
  for (const one of joins) {
    const next = joinSteps(one, base, steps, refused, taken, context);
    if (next === null) refused.push(refusedInput(one, context));
    else steps.push(...next);
  }
  const inputs = nameInputs([base, ...steps.map((one) => one.readable)], taken);
  const shared = new Map(steps.map((one) => [one.readable, sharedNames(one)]));
  const named = inputs[0];
  if (named === undefined) throw new Error("rows without a base");
  return {
    rows: { base: rowInput(named), joins: steps.map((one) => join(one, inputs)), where: null },
    base: named,
    inputs,
    scope: inputScope(inputs, refused, (readable) => shared.get(readable)),
    complete: refused.length === 0,
  };
}

/** The columns that a refused join would have brought: those of its table, or any where that is not known. */
function refusedInput({ spec }: JoinRequest, context: LinkContext): ScopeInput {
  const table = context.sources.get(spec.to);
  const own = spec.as === null ? null : [spec.as];
  if (table === undefined) return { input: null, qualifiers: own ?? [spec.to, spec.to.slice(spec.to.lastIndexOf(".") + 1)], isRole: own !== null, columns: [], refuses: () => true };
  const { qualifiers, columns, refuses } = readableTable(table, "state", context.refused);
  const names = new Set(columns.map((one) => one.name));
  return { input: null, qualifiers: own ?? qualifiers, isRole: own !== null, columns: [], refuses: (name) => names.has(name) || refuses(name) };
}

/** A filter as the spec writes it, for people; null where there is none. */
export function filterText(where: SqlSpec | null): string | null {
  if (where === null) return null;
  return where.kind === "raw" ? "raw SQL" : where.sql.replace(/\s+/g, " ").trim();
}

/** A filter, checked to be a condition; null where there is none or it was refused. */
export function linkCondition(sql: SqlSpec | null, scope: Scope, origin: Origin, context: LinkContext): Expression | null {
  if (sql === null) return null;
  const condition = context.parse(sql, scope, origin, { kind: "boolean" });
  if (condition === null || condition.type?.kind === "boolean") return condition;
  context.log.add(
    rowDiagnostics.report("not-a-condition", { origin }, { type: condition.type === null ? "NULL" : typeText(condition.type) }),
  );
  return null;
}

function join(step: JoinStep, inputs: readonly NamedInput[]): RowJoin {
  const input = inputs.find((one) => one.readable === step.readable);
  if (input === undefined) throw new Error(`${step.readable.id} has no alias`);
  return {
    input: rowInput(input),
    type: step.type,
    on: step.on.map((pair) => ({
      left: column(
        inputs.find((one) => one.readable.id === pair.from),
        pair.here,
      ),
      right: column(input, pair.there),
    })),
  };
}

function column(input: NamedInput | undefined, name: string): Expression {
  const found = input?.readable.columns.find((one) => one.name === name);
  if (input === undefined || found === undefined) throw new Error(`no input has the join column ${name}`);
  return { kind: "column", input: input.alias, name, type: found.type };
}
