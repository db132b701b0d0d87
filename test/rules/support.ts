import { createLog } from "../../generator/diagnostics/log.ts";
import { dialectNamed } from "../../generator/dialects/registry.ts";
import { linkModel } from "../../generator/model/link/link.ts";
import { decide } from "../../generator/rules/decide.ts";
import type { Decision, Design } from "../../generator/rules/types.ts";
import { specOf } from "../support/spec.ts";

/** What was decided about specs given as YAML, and `<code> <path>` of what rules reported. */
export interface Decided {
  readonly design: Design;
  readonly codes: readonly string[];
  readonly help: readonly string[];
}

/** Links and decides YAML; fails the test where the specs do not link. */
export function decided(yaml: string, warehouse = "duckdb"): Decided {
  const linkLog = createLog();
  const model = linkModel(specOf(yaml), { warehouse }, linkLog);
  const dialect = dialectNamed(warehouse);
  if (model === null || dialect === undefined || linkLog.failed())
    throw new Error(
      linkLog
        .all()
        .map((one) => `${one.code}: ${one.message}`)
        .join("\n"),
    );
  const log = createLog();
  const design = decide(model, dialect, log);
  return {
    design,
    codes: log.all().map((one) => `${one.code.replace("rules/", "")} ${(one.origin?.path ?? []).join(".")}`.trim()),
    help: log.all().map((one) => one.help),
  };
}

/** The decision on a topic, about the only subject it was decided about unless one is named. */
export function decisionOn({ design }: Decided, topic: string, subject?: string): Decision {
  const found = design.decisions.filter((one) => one.topic === topic && (subject === undefined || one.subject === subject));
  const [first] = found;
  if (first === undefined || found.length > 1) throw new Error(`${found.length} decisions on ${topic}`);
  return first;
}

/** A brief as YAML; what is not given is that of a small team with one source and one reporting team. */
export function brief(given: BriefParts = {}): string {
  const consumers = given.consumers ?? ["reporting, batch, dashboard"];
  const volume = { current_gb_per_day: 1, retention_months: 24, ...given.volume };
  const constraints = { budget_monthly_usd: 5000, team_size: 4, skill_level: "mid", cloud_provider: "GCP", ...given.constraints };
  return [
    "project_name: acme",
    "data_consumers:",
    ...consumers.map((text, index) =>
      consumer(
        text.split(",").map((part) => part.trim()),
        index,
      ),
    ),
    `current_state: ${JSON.stringify({ sources: given.sources ?? ["till"], storage: given.storage ?? ["CSV files"], data_volume: stated(volume) })}`,
    `constraints: ${JSON.stringify({ ...stated(constraints), compliance: given.compliance ?? [] })}`,
    given.specs ?? "",
  ].join("\n");
}

/** Parts of a brief. A consumer is `use, latency, query`, each of which may be empty; null is not filled in. */
export interface BriefParts {
  readonly consumers?: readonly string[];
  readonly sources?: readonly string[];
  readonly storage?: readonly string[];
  readonly volume?: { readonly [key: string]: number | null };
  readonly constraints?: { readonly [key: string]: string | number | null };
  readonly compliance?: readonly string[];
  /** YAML of contracts, models and pipelines beside the brief. */
  readonly specs?: string;
}

function consumer([use = "", latency = "", query = ""]: readonly string[], index: number): string {
  return `  - {team: Team ${index + 1}, use_case: "${use}", latency_requirement: "${latency}", query_pattern: "${query}"}`;
}

function stated(values: { readonly [key: string]: string | number | null }): { readonly [key: string]: string | number | null } {
  return Object.fromEntries(Object.entries(values).filter(([, value]) => value !== null));
}

/** A contract and a pipeline that loads it from files; extra YAML of the pipeline is indented by two blanks. */
export function pipelineOver(extra = ""): string {
  return `
contract:
  name: till.sales
  primary_key: [id]
  history: append_only
  schema: [{column: id, type: integer}, {column: amount, type: integer}]
pipeline:
  name: daily
  schedule: "@daily"
  extract: {source_system: till, connection: "files:data/*.csv"}
${extra}`;
}
