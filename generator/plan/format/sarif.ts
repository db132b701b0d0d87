import { changeRules, worstClass } from "../rules.ts";
import type { PlanReport, ReportedChange } from "../report.ts";
import { levelOf, messageOf } from "./github.ts";

const SCHEMA = "https://json.schemastore.org/sarif-2.1.0.json";

/** A plan as SARIF 2.1.0, for code scanning. `version` is that of dps-gen. */
export function planSarif({ changes, exit_code: exitCode }: PlanReport, version: string): object {
  const used = [...new Set(changes.map(({ rule }) => rule))].sort();
  const rules = used.map((id) => {
    const { title, docs, classes } = changeRules[id];
    const worst = worstClass(classes);
    const level = worst === "cosmetic" || worst === "additive" ? "note" : "warning";
    return { id, name: title, shortDescription: { text: title }, fullDescription: { text: docs }, help: { text: docs }, defaultConfiguration: { level } };
  });
  const driver = { name: "dps-gen", semanticVersion: version, rules };
  const invocations = [{ executionSuccessful: !FAILED.has(exitCode), exitCode }];
  const results = withOrdinals(changes).map(([change, ordinal]) => resultOf(change, used.indexOf(change.rule), ordinal));
  return { $schema: SCHEMA, version: "2.1.0", runs: [{ tool: { driver }, columnKind: "unicodeCodePoints", originalUriBaseIds: { SRCROOT: { description: { text: "The folder that dps-gen ran in." } } }, invocations, results }] };
}

/** Exit codes of runs that could not plan. */
const FAILED: ReadonlySet<number> = new Set([1, 2, 6]);

function resultOf(change: ReportedChange, ruleIndex: number, ordinal: number): object {
  const level = { error: "error", warning: "warning", notice: "note" }[levelOf(change)];
  return {
    ruleId: change.rule,
    ruleIndex,
    level,
    message: { text: messageOf(change) },
    ...(change.place === null ? {} : { locations: [locationOf(change.place)] }),
    partialFingerprints: { "change/v1": `${identity(change)}:${ordinal}` },
    properties: { class: change.class, classes: change.classes, models: change.affected.models, dags: change.affected.dags },
  };
}

/** A place of the old specs names the file only: its lines are others now. */
function locationOf({ file, side, line, column, end_line, end_column }: NonNullable<ReportedChange["place"]>): object {
  const artifactLocation = { uri: file.split("/").map(encodeURIComponent).join("/"), uriBaseId: "SRCROOT" };
  const region = { startLine: line, startColumn: column, endLine: end_line, endColumn: end_column };
  return { physicalLocation: side === "new" ? { artifactLocation, region } : { artifactLocation } };
}

function identity({ rule, object, part, message }: ReportedChange): string {
  return `${rule}:${object}:${part ?? ""}:${message}`;
}

/** Changes with how many of the same identity stand before them. */
function withOrdinals(changes: readonly ReportedChange[]): readonly (readonly [ReportedChange, number])[] {
  const seen = new Map<string, number>();
  return changes.map((change) => {
    const ordinal = (seen.get(identity(change)) ?? 0) + 1;
    seen.set(identity(change), ordinal);
    return [change, ordinal] as const;
  });
}
