import type { EntityDimension } from "../../model/dimension.ts";
import type { ChoiceOf, Decision, Rule } from "../types.ts";

type Form = ChoiceOf<"history">;

/** What each form needs, said of those that lose. */
const needs: Readonly<Record<Form, string>> = {
  current: "Overwrites: attributes of Type 2 would lose their history.",
  snapshot: "Watches a current state from run to run: changes between two runs are lost, and a version starts when it is seen.",
  events: "Needs rows that say when they became true (history: change_log with effective_at).",
  extracts: "Needs dated extracts of the whole table (history: periodic_extract).",
};

/** Where the versions of each dimension come from (guide, phase 2, SCD Type Decision Guide). */
export const historyForm: Rule = {
  name: "history-form",
  apply: ({ model }) => ({ decisions: model.dimensions.flatMap((one) => (one.kind === "date" ? [] : [decision(one)])) }),
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
      because: choice === "current" && one !== "current" ? "No attribute is Type 2, so no versions are kept." : needs[one],
    })),
    origin: dimension.origin,
  };
}

function reason({ history, attributes, rows }: EntityDimension): string {
  const tracked = attributes.filter((one) => one.scdType === 2).map((one) => one.name);
  const versioned = `${tracked.join(", ")} ${tracked.length === 1 ? "is" : "are"} Type 2`;
  const source = rows.base.reference.id;
  switch (history.kind) {
    case "current":
      return "No attribute is Type 2: only the current values are kept.";
    case "snapshot":
      return `${versioned} and ${source} holds only its current state, so dbt's snapshot keeps what was seen.`;
    case "events":
      return `${versioned} and the rows of ${source} are events with a time of their own, so versions follow, late ones included.`;
    case "extracts":
      return `${versioned} and ${source} holds dated extracts of the whole table, so versions follow from comparing them.`;
  }
}
