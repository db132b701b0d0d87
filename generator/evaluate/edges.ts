import type { CleanStep, SourceColumn } from "../model/source.ts";
import type { LogicalType } from "../model/types.ts";
import { instantText } from "./time.ts";
import { beforeSteps, type Choice } from "./uncleaning.ts";
import { clockChanges, wallClock } from "./zone.ts";

/** Values on the edges of a type, as canonical texts: where expressions go wrong. NULL is one of every type and not listed. */
export function edgesOf(type: LogicalType): readonly string[] {
  switch (type.kind) {
    case "string": return ["a", "", "B b"];
    case "integer":
    case "bigint": return ["1", "3", "0", "-2"];
    case "decimal": return type.scale === 0 ? ["1", "3", "0", "-2"] : ["1.5", "2.5", "0", "-0.1"].filter((one) => type.precision > type.scale || one.startsWith("0"));
    case "float": return ["1.5", "2.5", "0", "-2"];
    case "boolean": return ["true", "false"];
    case "date": return ["2024-02-29", "2023-12-31", "2024-01-01"];
    case "timestamp":
    case "timestamp_ntz": return ["2024-02-29 23:59:59.999999", "2023-12-31 00:00:00.000000", "2024-01-01 12:00:00.000000"];
    case "uuid": return ["00000000-0000-4000-8000-000000000001"];
    case "time":
    case "json":
    case "array":
    case "struct":
    case "binary": return [];
  }
}

/** Raw texts of a contract's column that give each of its cleaning steps something to do, each once; NULL is one of them. */
export function cleaningEdges(column: SourceColumn): readonly (string | null)[] {
  const texts = column.clean.flatMap((step, index) => inputsOf(step, column, column.clean.slice(index + 1)).map((text) => beforeSteps(column.clean.slice(0, index), text, column, plain)));
  const ends = edgesOf(column.type).slice(0, 2).map((text) => beforeSteps(column.clean, text, column, plain));
  return [...new Set<string | null>([null, ...texts, ...ends])];
}

/** Raw texts of what clocks of a zone show in the hours that they leave out and show twice, and right after their first change, and of an instant with its offset where the zone is but the default. */
export function wallClockEdges(column: SourceColumn, zone: string): readonly string[] {
  const shown = clockChanges(2026, zone).flatMap(({ micros }, index) => {
    const [before, after] = [wallClock({ kind: "instant", micros: micros - 1n }, zone).micros + 1n, wallClock({ kind: "instant", micros }, zone).micros];
    const odd = (before < after ? before : after) + HALF_AN_HOUR;
    return (index === 0 ? [odd, after] : [odd]).map((one) => instantText({ kind: "instant", micros: one }));
  });
  const offset = column.zone?.kind === "default" && column.clean.length === 0 ? ["2026-07-01 12:00:00+05:30"] : [];
  return [...shown.flatMap((text) => beforeSteps(column.clean, text, column, plain) ?? []), ...offset];
}

const HALF_AN_HOUR = 1_800_000_000n;

/** Always the undecorated way, and the first of several. */
const plain: Choice = {
  chance: () => false,
  pick(items) {
    const [first] = items;
    if (first === undefined) throw new Error("nothing to pick from");
    return first;
  },
};

function inputsOf(step: CleanStep, column: SourceColumn, later: readonly CleanStep[]): readonly string[] {
  switch (step.kind) {
    case "trim": return column.type.kind === "string" ? ["  padded "] : edgesOf(column.type).slice(0, 1).flatMap((text) => beforeSteps(later, text, column, plain) ?? []).map((text) => `  ${text} `);
    case "squeeze": return ["two  blanks"];
    case "lower":
    case "upper": return ["MiXed"];
    case "nullif": return step.values;
    case "map": return [...step.values.map(({ from }) => from), ...(step.otherwise === "fail" ? [] : ["none of them"])];
    case "replace": return step.search === "" ? [] : [`a${step.search}b`];
    case "scale": return ["1250", "-5", "0"];
    case "parse":
    case "epoch":
    case "json": return edgesOf(column.type).slice(0, 2).flatMap((text) => beforeSteps([step], text, column, plain) ?? []);
    case "default": return [];
  }
}
