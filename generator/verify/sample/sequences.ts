import type { Model } from "../../model/types.ts";
import type { SampleRow } from "./state.ts";

/** The milestones of accumulating snapshots that a table holds, in their order, by staging name: a data test of the project expects them so. */
export function sequencesOf(table: string, model: Model): readonly (readonly string[])[] {
  return model.facts.flatMap(({ milestones, rows: { base } }) => {
    if (milestones === null || base.reference.id !== table) return [];
    return [milestones.steps.flatMap(({ value }) => (value.kind === "column" && value.input === base.alias ? [value.name] : []))];
  });
}

/** The first column of a row that lies before an earlier step, and that step; null where all are in order. Steps that were not reached do not count. */
export function misplaced(row: SampleRow, sequences: readonly (readonly string[])[]): readonly [string, string] | null {
  for (const sequence of sequences) {
    for (const [index, later] of sequence.entries()) {
      const earlier = sequence.slice(0, index).find((one) => isAfter(row.get(one) ?? null, row.get(later) ?? null));
      if (earlier !== undefined) return [earlier, later];
    }
  }
  return null;
}

/** Canonical texts order as times do; a date and an instant must be a day apart, whatever zone counts the days. */
function isAfter(one: string | null, other: string | null): boolean {
  if (one === null || other === null) return false;
  const day = Math.min(one.length, other.length);
  return one.length === other.length ? one > other : one.slice(0, day) >= other.slice(0, day);
}
