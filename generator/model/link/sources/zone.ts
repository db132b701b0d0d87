import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within, type Origin } from "../../../diagnostics/origin.ts";
import type { ColumnSpec, ContractSpec } from "../../../spec/types.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { isTemporal, scalar, typeText } from "../../logical-type.ts";
import { validName } from "../../names.ts";
import type { Project } from "../../project.ts";
import type { SourceColumn } from "../../source.ts";
import { timezoneProblem } from "../timezone.ts";
import type { LogicalType } from "../../types.ts";

type Zoned = Pick<SourceColumn, "type" | "zone">;

/**
 * The type a column has once its zone is applied. A zone makes a zoneless timestamp an instant; `settings.timezone`
 * does so for all that say none. `timestamp` is an instant already; a value without an offset was written in `settings.timezone`,
 * but for the load time that our own extraction stamps, in UTC.
 */
export function linkZone(spec: ColumnSpec, type: LogicalType, contract: ContractSpec, origin: Origin, project: Project, log: DiagnosticLog): Zoned {
  const instant = scalar("timestamp");
  const zoneless = type.kind === "timestamp_ntz";
  if (spec.zone === null) {
    if (!project.timezoneDeclared || spec.clean.some((one) => one.kind === "epoch")) return { type, zone: null };
    if (zoneless) return { type: instant, zone: { kind: "fixed", name: project.timezone } };
    const elsewhere = type.kind === "timestamp" && project.timezone !== "UTC" && (spec.from ?? spec.column) !== "_extracted_at";
    return { type, zone: elsewhere ? { kind: "default", name: project.timezone } : null };
  }
  if (!zoneless && type.kind !== "timestamp") {
    log.add(sourceDiagnostics.report("zone-without-timestamp", { origin: within(origin, "zone") }, { column: spec.column, type: typeText(type) }));
    return { type, zone: null };
  }
  if (spec.zone === "local") return { type: scalar("timestamp_ntz"), zone: { kind: "local" } };
  if (typeof spec.zone !== "string") return { type: instant, zone: zoneColumn(spec.zone.column, contract, origin, log) };
  reportTimezone(spec.zone, within(origin, "zone"), log);
  return { type: instant, zone: { kind: "fixed", name: spec.zone } };
}

function zoneColumn(name: string, contract: ContractSpec, origin: Origin, log: DiagnosticLog): SourceColumn["zone"] {
  const column = contract.schema.find((one) => one.column === name);
  if (column !== undefined) return { kind: "column", column: column.rename ?? validName(name) };
  const candidates = contract.schema.map((one) => one.column);
  log.add(expressionDiagnostics.report("unknown-column", { origin: within(origin, "zone", "column") }, { name, suggestion: didYouMean(name, candidates), known: `The columns are ${candidates.join(", ")}.` }));
  return null;
}

/** Reports a text that names no time zone. */
export function reportTimezone(zone: string, origin: Origin, log: DiagnosticLog): void {
  const problem = timezoneProblem(zone);
  if (problem !== null) log.add(sourceDiagnostics.report("invalid-timezone", { origin }, { zone, suggestion: problem.suggestion }));
}

/** Reports a column that is used as a time (`use` says for what) but is none, or is zoneless without a declared zone. True where it serves. */
export function isUsableTime(column: Pick<SourceColumn, "name" | "type" | "zone">, use: string, origin: Origin, log: DiagnosticLog): boolean {
  if (!isTemporal(column.type)) {
    log.add(sourceDiagnostics.report("not-a-time", { origin }, { column: column.name, type: typeText(column.type), use }));
    return false;
  }
  if (column.type.kind !== "timestamp_ntz") return true;
  log.add(sourceDiagnostics.report("undeclared-zone", { origin }, { column: column.name, use }));
  return false;
}
