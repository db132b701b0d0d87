import { within, type Origin } from "../../../diagnostics/origin.ts";
import type { CheckSpec } from "../../../spec/types.ts";
import { checkDiagnostics } from "../../diagnostics/checks.ts";
import type { Check, CheckParameters, SourceColumn } from "../../source.ts";
import { parseExpression } from "../expressions.ts";
import { parts } from "../refusals.ts";
import { readParameters, refuseCheck, type Parameters } from "./check-parameters.ts";
import { columnProblem, referenceProblem, type CheckProblem } from "./check-values.ts";
import { stagingNames, columnOf, type SourceDraft, type SourceLinking } from "./draft.ts";
import { linkPairs, linkTarget } from "./references.ts";

/** The data tests of a contract, those of columns first. `freshness` checks are not among them: see `linkFreshness`. */
export function linkChecks(draft: SourceDraft, linking: SourceLinking): readonly Check[] {
  const ofColumns = draft.spec.schema.flatMap((column, index) =>
    column.checks.flatMap((check, at) => linkCheck(check, column.column, within(draft.spec.origin, "schema", index, "checks", at), draft, linking) ?? []),
  );
  return [...ofColumns, ...draft.spec.checks.flatMap((check, at) => linkCheck(check, null, within(draft.spec.origin, "checks", at), draft, linking) ?? [])];
}

function linkCheck(check: CheckSpec, column: string | null, origin: Origin, draft: SourceDraft, linking: SourceLinking): Check | null {
  const linked = linkedCheck(check, column, origin, draft, linking);
  if (linked === null && check.type === "unique") linking.refused.add(draft.id, parts.key);
  return linked;
}

function linkedCheck(check: CheckSpec, column: string | null, origin: Origin, draft: SourceDraft, linking: SourceLinking): Check | null {
  if (refusedYet(check, origin, linking)) return null;
  const params = readParameters(check, column === null, origin, linking.log);
  if (params === null || check.type === "freshness" || check.type === "distribution" || check.type === "reconciliation") return null;
  const named = column ?? nameIn(params);
  const found = named === null ? null : columnOf(draft, named, column === null ? within(origin, "params", "column") : origin, linking.log);
  if (named !== null && found === null) return null;
  const parameters = checkParameters(check, params, origin, draft, linking);
  if (parameters === null) return null;
  const wrong = found === null ? null : problemOf(check.type, parameters, found, linking);
  if (wrong !== null) return refuseCheck(check.type, wrong.problem, { origin: wrong.at === null ? origin : within(origin, "params", wrong.at) }, linking.log, wrong.instead);
  return { kind: check.type, column: found?.name ?? null, params: textual(parameters, found), severity: severityOf(check), description: "" };
}

/** The one column that a check at the table names. */
function nameIn({ column, columns, to }: Parameters): string | null {
  if (typeof column === "string") return column;
  return to !== undefined && Array.isArray(columns) && columns.length === 1 ? String(columns[0]) : null;
}

function problemOf(kind: Check["kind"], params: CheckParameters, column: SourceColumn, { drafts }: SourceLinking): CheckProblem | null {
  const to = drafts.get(params.to?.table ?? "")?.columns.find((one) => one.name === params.to?.columns[0]);
  return columnProblem(kind, params, column) ?? (to === undefined ? null : referenceProblem(column, to));
}

/** Numbers in a list of texts are meant as texts. */
function textual(params: CheckParameters, column: SourceColumn | null): CheckParameters {
  return column?.type.kind === "string" && params.values !== undefined ? { ...params, values: params.values.map(String) } : params;
}

/** How a check is taken: P0 and P1 stop the run, P2 and P3 report; `on_failure: warn` reports too. */
export function severityOf(check: CheckSpec): "error" | "warn" {
  if (check.on_failure !== null) return check.on_failure === "warn" ? "warn" : "error";
  return check.severity === "P2" || check.severity === "P3" || check.severity === "warn" ? "warn" : "error";
}

function refusedYet(check: CheckSpec, origin: Origin, { log }: SourceLinking): boolean {
  if (check.on_failure === "quarantine") {
    log.add(checkDiagnostics.report("check-not-yet", { origin: within(origin, "on_failure") }, { what: "Quarantine of rejected rows", instead: "take on_failure: fail or warn until then." }));
    return true;
  }
  if (check.type !== "distribution" && check.type !== "reconciliation") return false;
  const instead = check.type === "distribution" ? "take range, enum or volume until then." : "take volume, or a custom check, until then.";
  log.add(checkDiagnostics.report("check-not-yet", { origin: within(origin, "type") }, { what: `A ${check.type} check`, instead }));
  return true;
}

function checkParameters(check: CheckSpec, params: Parameters, origin: Origin, draft: SourceDraft, linking: SourceLinking): CheckParameters | null {
  const place = (name: string): Origin => within(origin, "params", name);
  const { columns, to, expression, pattern, values } = params;
  switch (check.type) {
    case "not_null":
      return {};
    case "unique": {
      if (!Array.isArray(columns)) return {};
      const names = stagingNames(draft, columns.map(String), (index) => within(place("columns"), index), linking.log);
      return names.length === columns.length ? { columns: names } : null;
    }
    case "range":
    case "length":
    case "volume":
      return { ...bound("min", params["min"]), ...bound("max", params["max"]) };
    case "enum":
      return { values: Array.isArray(values) ? values.filter(isPlain) : [] };
    case "regex":
      return { pattern: String(pattern) };
    case "relationship": {
      if (Array.isArray(columns)) return linkedPairs(columns, params, place("to"), origin, draft, linking);
      const target = linkTarget(String(to), linking, place("to"));
      return target === null ? null : { to: { table: target.table, columns: [target.column] } };
    }
    case "custom": {
      if (params["test"] !== undefined) return { test: { name: String(params["test"]), arguments: plainParts(params["arguments"]) } };
      const found = parseExpression({ kind: "expression", sql: String(expression) }, draft.scope, place("expression"), linking.log, { zone: linking.project.timezone });
      if (found === null || found.type?.kind === "boolean") return found === null ? null : { expression: found };
      linking.log.add(checkDiagnostics.report("invalid-check", { origin: place("expression") }, { check: "custom", problem: "must be a condition, true for every good row", instead: "write expression: \"amount >= 0\"." }));
      return null;
    }
    case "freshness":
    case "distribution":
    case "reconciliation":
      return null;
  }
}

function linkedPairs(columns: readonly unknown[], { to, to_columns }: Parameters, place: Origin, origin: Origin, draft: SourceDraft, linking: SourceLinking): CheckParameters | null {
  if (!/^[^.]+\.[^.]+$/.test(String(to))) return refuseCheck("relationship", "names columns: and must name the other table alone in to:", { origin: place }, linking.log);
  const spec = { columns: columns.map(String), to: String(to), to_columns: Array.isArray(to_columns) ? to_columns.map(String) : [] };
  const found = linkPairs(draft, spec, within(origin, "params"), linking);
  return found === null ? null : { columns: found.columns, to: { table: found.to, columns: found.toColumns } };
}

function bound(name: "min" | "max", value: unknown): CheckParameters {
  return typeof value === "number" || typeof value === "string" ? { [name]: value } : {};
}

function plainParts(value: unknown): { readonly [name: string]: string | number | boolean } {
  const parts = typeof value === "object" && value !== null ? Object.entries(value) : [];
  return Object.fromEntries(parts.flatMap(([name, part]) => (isPlain(part) ? [[name, part] as const] : [])));
}

function isPlain(value: unknown): value is string | number | boolean {
  return typeof value === "string" || typeof value === "number" || typeof value === "boolean";
}
