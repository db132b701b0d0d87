import { compileDiagnostics } from "./compile-diagnostics.ts";
import type { DiagnosticEntry } from "./diagnostics/define.ts";
import { emitterDiagnostics } from "./emitters/diagnostics.ts";
import { gitDiagnostics } from "./git/diagnostics.ts";
import { bridgeDiagnostics } from "./model/diagnostics/bridges.ts";
import { checkDiagnostics } from "./model/diagnostics/checks.ts";
import { dimensionDiagnostics } from "./model/diagnostics/dimensions.ts";
import { expressionDiagnostics } from "./model/diagnostics/expressions.ts";
import { factDiagnostics } from "./model/diagnostics/facts.ts";
import { handWrittenDiagnostics } from "./model/diagnostics/hand-written.ts";
import { martDiagnostics } from "./model/diagnostics/marts.ts";
import { measureDiagnostics } from "./model/diagnostics/measures.ts";
import { snapshotDiagnostics } from "./model/diagnostics/snapshots.ts";
import { pipelineDiagnostics } from "./model/diagnostics/pipelines.ts";
import { rowDiagnostics } from "./model/diagnostics/rows.ts";
import { sourceDiagnostics } from "./model/diagnostics/sources.ts";
import { outputDiagnostics } from "./output/diagnostics.ts";
import { planDiagnostics } from "./plan/diagnostics.ts";
import { rulesDiagnostics } from "./rules/diagnostics.ts";
import { specDiagnostics } from "./spec/diagnostics.ts";
import { yamlDiagnostics } from "./spec/yaml/diagnostics.ts";

/** Every diagnostic table, one line each. */
const tables = [
  yamlDiagnostics,
  specDiagnostics,
  sourceDiagnostics,
  checkDiagnostics,
  rowDiagnostics,
  handWrittenDiagnostics,
  expressionDiagnostics,
  dimensionDiagnostics,
  bridgeDiagnostics,
  factDiagnostics,
  measureDiagnostics,
  snapshotDiagnostics,
  martDiagnostics,
  pipelineDiagnostics,
  rulesDiagnostics,
  compileDiagnostics,
  emitterDiagnostics,
  outputDiagnostics,
  gitDiagnostics,
  planDiagnostics,
];

/** A diagnostic code with what is said about it. */
export interface CatalogEntry extends DiagnosticEntry {
  /** `<owner>/<code>`. */
  readonly code: string;
  readonly owner: string;
}

/** Every diagnostic code of the compiler, in code-point order. */
export function catalog(): readonly CatalogEntry[] {
  const entries = tables.flatMap(({ owner, entries }) => Object.entries<DiagnosticEntry>(entries).map(([code, entry]) => ({ ...entry, owner, code: `${owner}/${code}` })));
  return entries.sort((a, b) => (a.code < b.code ? -1 : 1));
}
