import type { Diagnostic } from "../diagnostics/define.ts";
import { within } from "../diagnostics/origin.ts";
import { supportsFormat } from "../dialects/parse-format.ts";
import { cleanedValue } from "../evaluate/cleaning.ts";
import { typeText } from "../model/logical-type.ts";
import type { CleanStep, SourceColumn } from "../model/source.ts";
import type { LogicalType } from "../model/types.ts";
import { rulesDiagnostics } from "./diagnostics.ts";
import type { Rule } from "./types.ts";

/** Refuses values of `default` and `map` that can never become the column's type: every row that needs one would fail, or be NULL. */
export const cleanValues: Rule = {
  name: "clean-values",
  apply: ({ model }) => ({ diagnostics: model.sources.flatMap(({ columns }) => columns.flatMap(problemsOf)) }),
};

function problemsOf(column: SourceColumn): readonly Diagnostic[] {
  if (unread.has(column.valueType.kind)) return [];
  return column.clean.flatMap((step, index) => valuesOf(step).flatMap(({ value, path }) => problemOf(column, index, { step: step.kind, value, path }) ?? []));
}

/** Types whose texts only the warehouse reads. */
const unread: ReadonlySet<LogicalType["kind"]> = new Set(["time", "json", "binary", "array", "struct"]);

interface Given {
  readonly value: string;
  readonly path: readonly string[];
}

/** The values that a step puts in, with the way to each of them. */
function valuesOf(step: CleanStep): readonly Given[] {
  switch (step.kind) {
    case "default": return [{ value: String(step.value), path: ["value"] }];
    case "map": return step.values.map(({ from, to }) => ({ value: to, path: ["values", from] }));
    default: return [];
  }
}

function problemOf(column: SourceColumn, index: number, { step, value, path }: Given & { readonly step: string }): Diagnostic | null {
  const behind = column.clean.slice(index + 1);
  if (behind.some((one) => one.kind === "json" || (one.kind === "parse" && !supportsFormat(one.format)) || (isEnginesOwn(one) && !/^[\u0000-\u007f]*$/.test(value)))) return null;
  const outcome = cleanedValue({ ...column, type: column.valueType, physicalType: null, clean: behind }, value);
  if ("value" in outcome) return null;
  const parameters = { step, value, column: column.name, type: typeText(column.valueType), failure: outcome.failure, instead: insteadOf(step, behind, column.valueType) };
  return rulesDiagnostics.report("clean-value", { origin: within(column.origin, "clean", index, ...path) }, parameters);
}

/** Of letters such as `ß` the warehouse alone knows the other case, and which blanks beside the plain one it trims. */
function isEnginesOwn({ kind }: CleanStep): boolean {
  return kind === "lower" || kind === "upper" || kind === "trim";
}

function insteadOf(step: string, behind: readonly CleanStep[], type: LogicalType): string {
  const parse = behind.find((one) => one.kind === "parse");
  if (parse !== undefined) return `write it as parse: "${parse.format}" reads it, or put ${step} behind parse and write ${exampleOf(type)}.`;
  if (behind.some((one) => one.kind === "map")) return `put ${step} behind map, or list the value there.`;
  const example = `write a value such as ${exampleOf(type)}`;
  return step === "map" ? `${example}; a text that means no value goes into nullif: ["…"].` : `${example}, or take the step away: unknown_member of a dimension says how a missing value is labelled.`;
}

function exampleOf(type: LogicalType): string {
  switch (type.kind) {
    case "boolean": return "false";
    case "date": return "1900-01-01";
    case "timestamp":
    case "timestamp_ntz": return "1900-01-01 00:00:00";
    case "decimal": return type.scale === 0 ? "0" : `0.${"0".repeat(Math.min(type.scale, 2))}`;
    case "uuid": return "00000000-0000-0000-0000-000000000000";
    default: return "0";
  }
}
