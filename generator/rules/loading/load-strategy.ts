import type { Dimension } from "../../model/dimension.ts";
import { keepsEntries, rewritesWindow } from "../../model/fact-record.ts";
import type { Fact } from "../../model/fact.ts";
import { chooseLoad } from "../../model/load-choice.ts";
import type { Model, ModelNode } from "../../model/types.ts";
import type { ChoiceOf, Decision, Rule } from "../types.ts";

/** Why the strategies of the guide's table that are not generated lose (guide, phase 3, Load Strategy Decision). */
const others = [
  { choice: "append", because: "Serves immutable events; a repeated run or a corrected row would be counted twice." },
  { choice: "delete_insert", because: "Serves what merge serves, where a warehouse has no merge or a slow one." },
  {
    choice: "merge",
    because: "Serves large tables that change; it pays where writing takes long, since every row is still read and compared.",
  },
  { choice: "partition_swap", because: "Serves large facts with daily loads; it needs a partition for every late row." },
  { choice: "soft_delete", because: "Keeps deleted rows for audits, and every query must leave them out." },
] as const;

const rebuild = {
  choice: "truncate_reload",
  because: "Would lose the versions seen so far: the source keeps only its current state.",
} as const;
const snapshot = {
  choice: "snapshot",
  because: "The rows can be worked out again from what is staged, so nothing needs to be remembered.",
} as const;

const increments = {
  append: "rows that the fact does not have are added, and no row can come out otherwise later.",
  merge: "rows that are missing or come out otherwise than stored are merged by their key; a rebuild holds the same.",
  soft_delete: "rows that the source lost are kept and marked; marts and roll-ups leave them out. What the source forgot stands nowhere else, so the table is never rebuilt.",
  partition_swap: "partitions in which any row is new, gone or came out otherwise are replaced as a whole, in one transaction; a rebuild holds the same.",
  delete_insert: "rows that are missing or come out otherwise than stored replace those of their key; a rebuild holds the same.",
} as const;

const window = "rows that were loaded within its lookback take the place of those of their key; a rebuild holds the same of them.";
const entries = "corrections: reversal. What the source corrects or deletes is taken back by rows with the measures negated, so no row is ever written again.";

/** How each dimension and fact is written. */
export const loadStrategy: Rule = {
  name: "load-strategy",
  apply: ({ model }) => ({ decisions: [...model.dimensions.map(ofDimension), ...model.facts.map((one) => ofFact(one, model))] }),
};

function ofDimension(dimension: Dimension): Decision {
  if (dimension.kind === "time") return decision(dimension, "truncate_reload", "Computed from settings.time_grain.", []);
  if (dimension.kind === "date") return decision(dimension, "truncate_reload", "Computed from settings.dates.", []);
  if (dimension.history.kind === "snapshot")
    return decision(
      dimension,
      "snapshot",
      "dbt's snapshot remembers each version when it is first seen; the dimension is rebuilt on top of it.",
      [rebuild, ...others],
    );
  const because =
    dimension.history.kind === "current"
      ? "Rebuilt from the current rows: the same result however often it runs."
      : "Rebuilt from the whole staged history: late and repeated rows end up where they belong.";
  return decision(dimension, "truncate_reload", because, [snapshot, ...others]);
}

function ofFact(fact: Fact, model: Model): Decision {
  const { stated, strategy } = fact.load;
  const chosen = stated === null ? chooseLoad(fact, model).because : "";
  if (strategy === "append" || strategy === "merge" || strategy === "delete_insert" || strategy === "soft_delete" || strategy === "partition_swap") {
    const lost = [{ choice: "truncate_reload", because: "Serves any fact, but writes every row in every run." }, ...others];
    const because = stated === null ? `${chosen} ${capital(increments[strategy])}` : `Stated: ${keepsEntries(fact) ? entries : rewritesWindow(fact) ? window : increments[strategy]}`;
    return decision(fact, strategy, because, lost.filter((one) => one.choice !== strategy));
  }
  const because = fact.rollup
    ? `Rebuilt from ${fact.rows.base.reference.id}: always the sum of what it holds.`
    : "Rebuilt from staging: late, corrected and repeated rows count once, and keys are looked up anew.";
  return decision(fact, "truncate_reload", chosen === "" ? because : `${chosen} ${because}`, others);
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function decision(
  { name, origin }: ModelNode,
  choice: ChoiceOf<"load strategy">,
  because: string,
  alternatives: Decision["alternatives"],
): Decision {
  return { rule: "load-strategy", subject: name, topic: "load strategy", choice, because, alternatives, origin };
}
