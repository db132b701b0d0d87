import type { Dialect } from "../../dialects/types.ts";
import type { Brief } from "../../model/project.ts";
import type { Model } from "../../model/types.ts";

/** What the decision tables ask about: the brief, and what the other specs say. */
export interface Situation {
  readonly brief: Brief;
  readonly model: Model;
  readonly dialect: Dialect;
}

/** A field of the brief that decides something. */
export type BriefField = keyof typeof briefFields;

/** Where each deciding field stands in a brief, and what to write there. */
export const briefFields = {
  "data_consumers[].latency_requirement": { parent: ["data_consumers"], write: "real-time, near-real-time or batch for each consumer" },
  "data_consumers[].use_case": {
    parent: ["data_consumers"],
    write: "analytics, ML, operational, reporting or reverse-ETL for each consumer",
  },
  "data_consumers[].query_pattern": { parent: ["data_consumers"], write: "ad-hoc, scheduled, API or dashboard for each consumer" },
  "current_state.sources": { parent: ["current_state"], write: "the systems that produce data" },
  "current_state.data_volume.current_gb_per_day": { parent: ["current_state"], write: "the gigabytes that arrive per day" },
  "current_state.data_volume.retention_months": { parent: ["current_state"], write: "the months for which data is kept" },
  "constraints.budget_monthly_usd": { parent: ["constraints"], write: "what the platform may cost per month" },
  "constraints.team_size": { parent: ["constraints"], write: "the number of people who run the platform" },
  "constraints.skill_level": { parent: ["constraints"], write: "junior, mid, senior or mixed" },
  "constraints.cloud_provider": { parent: ["constraints"], write: "AWS, GCP, Azure, multi or on-prem" },
} as const;

/** Whether a condition holds and which fields say so; `holds` is null where a field that would tell is not filled in. */
export type Answer =
  { readonly holds: boolean; readonly because: string } | { readonly holds: null; readonly field: BriefField; readonly because: string };

/** One condition of a decision table. */
export type Condition = (situation: Situation) => Answer;

/** The opposite of a condition; what it says stays the same, for it states what is. */
export function not(condition: Condition): Condition {
  return (situation) => {
    const answer = condition(situation);
    return answer.holds === null ? answer : { ...answer, holds: !answer.holds };
  };
}

/** Holds where one of the conditions does; open where none does but one is open. */
export function anyOf(...conditions: readonly Condition[]): Condition {
  return (situation) => {
    const answers = conditions.map((one) => one(situation));
    const decisive = answers.find((one) => one.holds === true) ?? answers.find((one) => one.holds === null);
    return decisive ?? { holds: false, because: answers.map((one) => one.because).join(" and ") };
  };
}

/** The answer about a field that is not filled in. */
export function open(field: BriefField): Answer {
  return { holds: null, field, because: `${field} is not filled in` };
}
