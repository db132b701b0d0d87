import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { amount, choice, labels, list, optional, optionalLabel, optionalProse, prose } from "../shape/scalars.ts";

const SEED = "guide, phase 1: architecture brief";

const consumer = () => z.strictObject({
  team: key(optionalLabel(), { meaning: "The team that uses the data.", source: SEED, example: "Sales management" }),
  use_case: key(optional(choice(["analytics", "ml", "operational", "reporting", "reverse_etl"], { "machine learning": "ml" })), {
    meaning: "What the team does with the data.",
    source: SEED,
    example: "reporting",
  }),
  latency_requirement: key(
    optional(
      choice(["real_time", "near_real_time", "batch"], {
        realtime: "real_time",
        streaming: "real_time",
        "near realtime": "near_real_time",
        hourly: "batch",
        daily: "batch",
      }),
    ),
    {
      meaning:
        "How old the data may be: real-time (under 1 s), near-real-time (under 5 min) or batch (an hour and more). Decides the architecture pattern.",
      source: SEED,
      example: "batch (hourly+)",
    },
  ),
  query_pattern: key(optional(choice(["ad_hoc", "scheduled", "api", "dashboard"], { adhoc: "ad_hoc" })), {
    meaning: "How the team asks.",
    source: SEED,
    example: "dashboard",
  }),
});

const dataVolume = () => z.strictObject({
  current_gb_per_day: key(optional(amount()), {
    meaning: "Gigabytes that arrive per day.",
    source: SEED,
    example: "2.5",
    zero: "is empty",
  }),
  growth_rate_percent: key(optional(z.number()), {
    meaning: "Growth of that volume per year.",
    source: SEED,
    example: "20",
    zero: "is empty",
  }),
  retention_months: key(optional(amount()), { meaning: "Months for which data is kept.", source: SEED, example: "36", zero: "is empty" }),
});

const currentState = () => z.strictObject({
  sources: key(labels(), { meaning: "Every system that produces data.", source: SEED, example: "[web shop, ERP]" }),
  storage: key(labels(), { meaning: "Where data lives today.", source: SEED, example: "[PostgreSQL]" }),
  pain_points: key(list(prose()), {
    meaning: "What is broken, slow or unreliable.",
    source: SEED,
    example: "[Sums differ between reports]",
  }),
  data_volume: key(dataVolume().prefault({}), { meaning: "How much data there is. Decides processing and storage.", source: SEED }),
});

const constraints = () => z.strictObject({
  budget_monthly_usd: key(optional(amount()), {
    meaning: "What the platform may cost per month, in US dollars.",
    source: SEED,
    example: "500",
    zero: "is empty",
  }),
  team_size: key(optional(amount()), { meaning: "People who run the platform.", source: SEED, example: "3", zero: "is empty" }),
  skill_level: key(optional(choice(["junior", "mid", "senior", "mixed"])), { meaning: "Their experience.", source: SEED, example: "mid" }),
  compliance: key(labels(), { meaning: "Rules that apply: GDPR, HIPAA, SOX, PCI, or none.", source: SEED, example: "[GDPR]" }),
  cloud_provider: key(
    optional(choice(["aws", "gcp", "azure", "multi", "on_prem"], { "on premises": "on_prem", onprem: "on_prem", "multi cloud": "multi" })),
    { meaning: "Where the platform runs.", source: SEED, example: "AWS" },
  ),
});

/** The architecture brief: the only kind whose keys stand at the top of a file. */
export const brief = once(() => z.strictObject({
  project_name: key(optionalLabel(), { meaning: "Name of the project, as people call it.", source: SEED, example: "superstore" }),
  business_context: key(optionalProse(), {
    meaning: "What the business is and what it wants to know.",
    source: SEED,
    example: "A retailer wants to know what it earns.",
  }),
  data_consumers: key(list(consumer()), { meaning: "Who uses the data.", source: SEED }),
  current_state: key(currentState().prefault({}), { meaning: "What there is today.", source: SEED }),
  constraints: key(constraints().prefault({}), { meaning: "What limits the choice.", source: SEED }),
}));
