import { rowAttributes } from "../../model/attributes.ts";
import type { EntityDimension } from "../../model/dimension.ts";
import { historyModel } from "../../model/names.ts";
import type { ChoiceOf, Decision, Rule } from "../types.ts";

type Form = ChoiceOf<"history">;

/** What each form needs, said of those that lose. */
const needs: Readonly<Record<Form, string>> = {
  current: "Overwrites: what was before would be lost.",
  snapshot: "Watches a current state from run to run: changes between two runs are lost, and a version starts when it is seen.",
  events: "Needs rows that say when they became true (history: change_log with effective_at).",
  extracts: "Needs dated extracts of the whole table (history: periodic_extract).",
};

/** Where the versions of each dimension come from (guide, phase 2, SCD Type Decision Guide). */
export const historyForm: Rule = {
  name: "history-form",
  apply: ({ model }) => ({ decisions: model.dimensions.flatMap((one) => (one.kind !== "table" ? [] : [decision(one)])) }),
};

function decision(dimension: EntityDimension): Decision {
  const choice = dimension.history.kind;
  const losers: readonly Form[] = (["current", "snapshot", "events", "extracts"] as const).filter((one) => one !== choice);
  return {
    rule: "history-form",
    subject: dimension.name,
    topic: "history",
    choice,
    because: reason(dimension),
    alternatives: losers.map((one) => ({
      choice: one,
      because: choice === "current" && one !== "current" ? "Nothing of what was before is to be kept." : needs[one],
    })),
    origin: dimension.origin,
  };
}

function reason(dimension: EntityDimension): string {
  const kept = keptText(dimension);
  const source = dimension.rows.base.reference.id;
  switch (dimension.history.kind) {
    case "current":
      return dimension.attributes.some((one) => one.scdType === 4)
        ? `Only the current values are kept here: ${historyModel(dimension.name)} keeps the versions.`
        : "Every attribute is Type 1: only the current values are kept.";
    case "snapshot":
      return `${kept} and ${source} holds only its current state, so dbt's snapshot keeps what was seen.`;
    case "events":
      return `${kept} and the rows of ${source} are events with a time of their own, so what was before follows from them, late ones included.`;
    case "extracts":
      return `${kept} and ${source} holds dated extracts of the whole table, so what was before follows from comparing them.`;
  }
}

/** Why the past counts: `city is Type 2, region is Type 3`. */
function keptText(dimension: EntityDimension): string {
  const remembered = rowAttributes(dimension).filter((one) => one.scdType !== 1 && one.scdType !== 4);
  const types = [...new Set(remembered.map((one) => one.scdType))].sort((a, b) => a - b);
  const phrases = types.map((type) => {
    const names = remembered.filter((one) => one.scdType === type).map((one) => one.name);
    return `${names.join(", ")} ${names.length === 1 ? "is" : "are"} Type ${type}`;
  });
  return phrases.length === 0 ? `deletes: ${dimension.deletes} keeps members that are gone` : phrases.join(", ");
}
