import { comparable, isNumeric, isTemporal, typeText } from "../../logical-type.ts";
import type { Check, CheckParameters, SourceColumn } from "../../source.ts";
import type { LogicalType } from "../../types.ts";
import { typedValue } from "../rows/values.ts";
import { foreignConstruct } from "./portable-pattern.ts";

type Kind = Check["kind"];

/** What is wrong with a check, at which of its parameters (null for the check as a whole), and what helps but to write it another way. */
export interface CheckProblem {
  readonly problem: string;
  readonly at: string | null;
  readonly instead?: string;
}

/** Why a check cannot work on the values of a column, or null where it can: a test that fails for its SQL says nothing about the data. */
export function columnProblem(kind: Kind, params: CheckParameters, column: SourceColumn): CheckProblem | null {
  return isHidden(kind, column) ? hidden(kind, column.protect === "hash" ? "hash" : "mask") : typeProblem(kind, params, column.type);
}

/** Why the values of a column cannot be found among those of another, or null where they can. */
export function referenceProblem(column: SourceColumn, to: SourceColumn): CheckProblem | null {
  const fits = comparable(column.type, to.type) && column.protect === to.protect;
  const [here, there] = [wordsOf(column), wordsOf(to)];
  return fits ? null : { problem: `compares ${here} with ${there}`, at: "to" };
}

function hidden(kind: Kind, protect: "hash" | "mask"): CheckProblem {
  const left = protect === "hash" ? "take not_null, unique or relationship, which hashes allow" : "take not_null, which masks allow";
  return { problem: `cannot see the values: checks look at staging, which holds ${protect === "hash" ? "their hashes" : "masks in their place"}`, at: null, instead: `${left}; a ${kind} check needs the values themselves, which protect: none keeps.` };
}

/** Staging holds what `protect` leaves: of a hash only its sameness can be checked, of a mask only that it is there. */
function isHidden(kind: Kind, { protect }: SourceColumn): boolean {
  if (protect === "hash") return kind !== "not_null" && kind !== "unique" && kind !== "relationship";
  return protect === "mask" && kind !== "not_null";
}

function typeProblem(kind: Kind, params: CheckParameters, type: LogicalType): CheckProblem | null {
  switch (kind) {
    case "range":
      if (!isNumeric(type) && !isTemporal(type)) return whole(`compares numbers and times, and the column is ${typeText(type)}`);
      return boundProblem("min", params.min, type) ?? boundProblem("max", params.max, type);
    case "enum": {
      if (["json", "binary", "array", "struct"].includes(type.kind)) return whole(`compares plain values, and the column is ${typeText(type)}`);
      const wrong = isChecked(type) ? params.values?.find((one) => typedValue(one, type) === null) : undefined;
      return wrong === undefined ? null : { problem: `has the value '${wrong}', and the column is ${typeText(type)}`, at: "values" };
    }
    case "regex":
    case "length":
      if (type.kind !== "string") return whole(`is about texts, and the column is ${typeText(type)}`);
      return kind === "length" ? null : patternProblem(params.pattern ?? "");
    default:
      return null;
  }
}

function patternProblem(pattern: string): CheckProblem | null {
  const found = foreignConstruct(pattern);
  return found === null ? null : { problem: `has ${found}, which warehouses read in different ways or not at all`, at: "pattern" };
}

/** A limit may have more digits than the column. */
function boundProblem(name: "min" | "max", value: string | number | undefined, type: LogicalType): CheckProblem | null {
  if (value === undefined) return null;
  const fits = isNumeric(type) ? Number.isFinite(Number(value)) && String(value).trim() !== "" : !isChecked(type) || typedValue(value, type) !== null;
  return fits ? null : { problem: `has the ${name} '${value}', and the column is ${typeText(type)}`, at: name };
}

/** Types whose values are read here; those of the others only the warehouse reads. */
function isChecked(type: LogicalType): boolean {
  return type.kind !== "uuid" && type.kind !== "time";
}

function wordsOf({ type, protect }: SourceColumn): string {
  return protect === "none" ? typeText(type) : `${protect === "hash" ? "hashed" : "masked"} values`;
}

function whole(problem: string): CheckProblem {
  return { problem, at: null };
}
