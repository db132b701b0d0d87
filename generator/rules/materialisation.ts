import { modelsBelow } from "../model/dimension-models.ts";
import type { Origin } from "../diagnostics/origin.ts";
import type { Model } from "../model/types.ts";
import type { Fact } from "../model/fact.ts";
import type { ChoiceOf, Decision, Rule } from "./types.ts";

type Materialisation = ChoiceOf<"materialisation">;
type Kind = "increment" | "merged" | "staging" | "current" | "joined" | "versioned" | "referenced" | "snapshot" | "dimension" | "bridge" | "fact" | "mart";

const table: Readonly<Record<Kind, readonly [Materialisation, string]>> = {
  staging: ["view", "Renames, casts and cleans: always as fresh as the source, nothing stored twice."],
  current: ["view", "Picks rows out of staging; the tables that read it are rebuilt in the same run."],
  joined: ["view", "Joins staging rows for the models above it in the same run."],
  versioned: ["view", "Works out versions for one dimension, which stores them."],
  referenced: ["view", "Lists the keys that facts name, for one dimension, which stores what it needs."],
  snapshot: ["snapshot", "Remembers what the source forgets, so it is never rebuilt."],
  dimension: ["table", "Read by every query and every fact: stored once per run."],
  merged: ["incremental", "Read by every query and every fact; a run writes only the members of whom the change log tells something new."],
  bridge: ["table", "Joined by every query that goes through it: stored once per run."],
  fact: ["table", "Read by every query: stored once per run, with its contract enforced."],
  increment: ["incremental", "Read by every query; a run writes only the rows that are new or came out otherwise."],
  mart: ["table", "Aggregated once per run, so that dashboards answer at once."],
};

const against: Readonly<Record<Materialisation, string>> = {
  view: "Would be worked out again by every query.",
  table: "Would store a copy that only one run needs.",
  incremental: "Would write less, and pays for large tables only.",
  snapshot: "Is for what a source forgets; this can be worked out again.",
};

/** How each dbt model is stored. */
export const materialisation: Rule = {
  name: "materialisation",
  apply: ({ model }) => ({ decisions: modelsOf(model).map(([name, kind, origin]) => decision(name, kind, origin)) }),
};

function modelsOf(model: Model): readonly (readonly [string, Kind, Origin])[] {
  const found: (readonly [string, Kind, Origin])[] = [];
  for (const { models, origin } of model.sources) {
    found.push([models.staging, "staging", origin]);
    if (models.current !== null) found.push([models.current, "current", origin]);
  }
  for (const one of model.dimensions) {
    for (const { kind, name } of modelsBelow(one)) found.push([name, kind, one.origin]);
    found.push([one.name, one.kind === "table" && one.isMerged ? "merged" : "dimension", one.origin]);
  }
  for (const one of model.bridges) found.push([one.name, "bridge", one.origin]);
  for (const one of model.facts) found.push([one.name, isIncrement(one) ? "increment" : "fact", one.origin]);
  for (const one of model.marts) found.push([one.name, "mart", one.origin]);
  return found;
}

function isIncrement({ load }: Fact): boolean {
  return load.strategy !== null && load.strategy !== "truncate_reload";
}

function decision(subject: string, kind: Kind, origin: Origin): Decision {
  const [choice, because] = table[kind];
  const losers: readonly Materialisation[] = kind === "snapshot" ? ["view", "table"] : choice === "view" ? ["table"] : choice === "incremental" ? ["view", "table"] : ["view"];
  const lost = (one: Materialisation): string => (kind === "snapshot" ? "Would lose the versions seen so far." : choice === "incremental" && one === "table" ? "Would write every row in every run." : against[one]);
  return {
    rule: "materialisation",
    subject,
    topic: "materialisation",
    choice,
    because,
    alternatives: losers.map((one) => ({ choice: one, because: lost(one) })),
    origin,
  };
}
