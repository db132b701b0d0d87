import { approval } from "./approval.ts";
import { bridge } from "./bridge.ts";
import { brief } from "./brief.ts";
import { contract } from "./contract.ts";
import { dimension } from "./dimension.ts";
import { fact } from "./fact.ts";
import { handWritten } from "./hand-written.ts";
import { mart } from "./mart.ts";
import { pipeline } from "./pipeline.ts";
import { settings } from "./settings.ts";

/** The kinds of spec: the schema of one object, made when it is first asked for, the top-level keys that open it, and what an object is called in messages. */
export const kinds = {
  contract: { schema: contract, keys: ["contract", "contracts"], title: "Data contract", noun: "a contract" },
  model: { schema: handWritten, keys: ["models", "model"], title: "Hand-written model", noun: "a hand-written model" },
  dimension: { schema: dimension, keys: ["dimensions", "dimension"], title: "Dimension", noun: "a dimension" },
  bridge: { schema: bridge, keys: ["bridges", "bridge"], title: "Bridge", noun: "a bridge" },
  fact: { schema: fact, keys: ["fact_table", "fact_tables", "facts", "fact"], title: "Fact table", noun: "a fact table" },
  mart: { schema: mart, keys: ["marts", "mart"], title: "Mart", noun: "a mart" },
  pipeline: { schema: pipeline, keys: ["pipeline", "pipelines"], title: "Pipeline", noun: "a pipeline" },
  settings: { schema: settings, keys: ["settings"], title: "Settings", noun: "the settings" },
  approval: { schema: approval, keys: ["approvals", "approval"], title: "Approval of a change", noun: "an approval" },
  brief: { schema: brief, keys: ["project_name", "business_context", "data_consumers", "current_state", "constraints"], title: "Architecture brief", noun: "the architecture brief" },
} as const;

/** Name of a kind of spec. */
export type KindName = keyof typeof kinds;

/** All names of kinds, in the order in which the reference shows them. */
export const kindNames = ["brief", "contract", "model", "dimension", "bridge", "fact", "mart", "pipeline", "settings", "approval"] as const satisfies readonly KindName[];

/** The kind that a top-level key opens, or null. */
export function kindOf(key: string): KindName | null {
  return kindNames.find((kind) => kinds[kind].keys.some((one) => one === key)) ?? null;
}

/** Top-level keys that belong to the spec language but are not compiled yet, with what to do instead. */
export const laterKeys: { readonly [key: string]: string } = {
  dataset: "Contracts and descriptions already feed the data dictionary.",
  datasets: "Contracts and descriptions already feed the data dictionary.",
  dashboard: "Name dashboards as exposures of a fact or mart.",
  cost_tracking: "The architecture brief holds the budget.",
  feature_store: "A mart can hold the values of features.",
};
