import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within, type Origin } from "../../../diagnostics/origin.ts";
import type { CleanStepSpec, ColumnSpec } from "../../../spec/types.ts";
import { checkDiagnostics } from "../../diagnostics/checks.ts";
import { isNumeric, isTemporal, typeText } from "../../logical-type.ts";
import type { CleanStep, EpochUnit } from "../../source.ts";
import type { LogicalType } from "../../types.ts";
import { strftimeFormat } from "../typing/date-formats.ts";

/** The cleaning steps of a column, in order, with maps as lists. A step that cannot work on the column's type is reported and left out. */
export function linkClean(spec: ColumnSpec, type: LogicalType, physicalType: LogicalType | null, origin: Origin, log: DiagnosticLog): readonly CleanStep[] {
  if (spec.on_failure === "quarantine") {
    log.add(checkDiagnostics.report("check-not-yet", { origin: within(origin, "on_failure") }, { what: "Quarantine of rejected values", instead: "take on_failure: fail or warn until then." }));
  }
  return spec.clean.flatMap((step, index) => {
    const problem = step.kind === "epoch" ? epochProblem(step.unit, spec, type) : stepProblem(step, type, physicalType);
    if (problem === null) return [cleanStep(step)];
    log.add(checkDiagnostics.report("invalid-clean", { origin: within(origin, "clean", index) }, { step: step.kind, ...problem }));
    return [];
  });
}

function cleanStep(step: CleanStepSpec): CleanStep {
  if (step.kind === "parse") return { ...step, format: strftimeFormat(step.format) };
  if (step.kind !== "map") return step;
  const values = Object.entries(step.values).map(([from, to]) => ({ from, to: String(to) }));
  return { kind: "map", values, otherwise: step.else };
}

interface StepProblem {
  readonly problem: string;
  readonly instead: string;
}

function stepProblem(step: Exclude<CleanStepSpec, { kind: "epoch" }>, type: LogicalType, physicalType: LogicalType | null): StepProblem | null {
  switch (step.kind) {
    case "trim":
    case "squeeze":
    case "lower":
    case "upper":
    case "replace":
    case "nullif":
    case "map":
      return physicalType === null || physicalType.kind === "string" ? contentProblem(step, type) : { problem: `works on texts, and physical_type is ${typeText(physicalType)}`, instead: "take the step or physical_type away." };
    case "parse":
      return parseProblem(strftimeFormat(step.format), type);
    case "scale":
      if (!isNumeric(type)) return { problem: `makes numbers, and the column is ${typeText(type)}`, instead: "state type: decimal(12,2) or another number." };
      return Number.isFinite(Number(step.factor)) && Number(step.factor) !== 0 && /^-?[0-9.]+$/.test(step.factor) ? null : { problem: `takes a number, not '${step.factor}'`, instead: "write scale: 0.01 to make units of cents." };
    case "json":
      return /^\$(\.[A-Za-z_][A-Za-z0-9_]*|\[[0-9]+\])+$/.test(step.path) ? null : { problem: `takes a path, not '${step.path}'`, instead: "write json: $.address.city or $.items[0].sku." };
    case "default":
      return null;
  }
}

function contentProblem(step: CleanStepSpec, type: LogicalType): StepProblem | null {
  const bare = step.kind === "map" && type.kind !== "boolean" ? Object.values(step.values).find((one) => typeof one === "boolean") : undefined;
  if (bare !== undefined) return { problem: `gives the boolean ${bare}, and the column is ${typeText(type)}`, instead: `quote it where the text "${bare}" is meant, or state type: boolean.` };
  if (step.kind === "replace" && step.search === "") return { problem: "replaces nothing", instead: "write replace: {search: \"-\", by: \"\"}." };
  if (step.kind === "map" && Object.keys(step.values).length === 0) return { problem: "maps nothing", instead: "write map: {values: {\"1\": active}, else: fail}." };
  return step.kind === "nullif" && step.values.length === 0 ? { problem: "names no value", instead: "write nullif: [\"N/A\", \"\"]." } : null;
}

/** A count since 1970 is an instant by itself: no zone can be stated beside it. */
function epochProblem(unit: EpochUnit, spec: ColumnSpec, type: LogicalType): StepProblem | null {
  if (spec.zone !== null) return { problem: "counts from 1970-01-01 in UTC, and the column states a zone", instead: "take zone: away." };
  const made = unit === "days" ? "date" : "timestamp";
  return type.kind === made ? null : { problem: `makes a ${made} of ${unit}, and the column is ${typeText(type)}`, instead: `state type: ${made}${unit === "days" ? ", or epoch: seconds" : ""}.` };
}

function parseProblem(format: string, type: LogicalType): StepProblem | null {
  if (!isTemporal(type) && type.kind !== "time") return { problem: `makes dates and times, and the column is ${typeText(type)}`, instead: "state type: date, timestamp or timestamp_ntz." };
  const codes = format.match(/%-?./g) ?? [];
  const wrong = codes.find((code) => !/^%-?[YymdHIMSfpbBzjeT%]$/.test(code));
  if (codes.length > 0 && wrong === undefined) return null;
  if (wrong === "%s") return { problem: "does not know '%s'", instead: "write epoch: seconds (or milliseconds, microseconds, days) for a count since 1970." };
  return { problem: wrong === undefined ? `takes a format, not '${format}'` : `does not know '${wrong}'`, instead: "write a strptime format such as parse: \"%d/%m/%Y\" or \"%Y-%m-%d %H:%M:%S\"." };
}
