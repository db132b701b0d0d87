import { within } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { PipelineSpec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { sourceDiagnostics } from "../diagnostics/sources.ts";
import type { ModelObjects } from "../graph.ts";
import { isName, validName } from "../names.ts";
import type { Pipeline } from "../pipeline.ts";
import { buildableNames, calendarsOfFacts, linkBuilds } from "./builds.ts";
import { linkConnection } from "./connection.ts";
import { reportCycles } from "./cycles.ts";
import type { Loadings } from "./loading.ts";
import { scheduleProblem } from "./schedule.ts";
import type { SourceSetting } from "./sources/draft.ts";
import { reportTimezone } from "./sources/zone.ts";
import { linkTasks } from "./tasks.ts";
import { isIsoDate } from "./typing/literals.ts";

/** What the parts of the pipeline linker share. */
export interface PipelineLinking extends SourceSetting {
  readonly objects: ModelObjects;
  readonly loadings: Loadings;
  readonly names: readonly string[];
  /** Names of all that a pipeline may build. */
  readonly buildable: ReadonlySet<string>;
  /** The calendars of each fact. */
  readonly calendars: ReadonlyMap<string, readonly string[]>;
}

/** The pipelines in code-point order of their names, what they build resolved. */
export function linkPipelines(specs: readonly PipelineSpec[], objects: ModelObjects, loadings: Loadings, setting: SourceSetting): readonly Pipeline[] {
  const { log } = setting;
  const known = new Map<string, PipelineSpec>();
  for (const spec of specs) {
    const before = known.get(spec.name);
    if (before === undefined) known.set(spec.name, spec);
    else log.add(pipelineDiagnostics.report("duplicate-pipeline", { origin: within(spec.origin, "name"), related: [{ origin: within(before.origin, "name"), message: "the first of the two" }] }, { name: spec.name }));
  }
  reportCycles("pipelines", specs.map((one) => ({ name: one.name, to: one.depends_on, origin: within(one.origin, "depends_on") })), log);
  const names = [...known.keys()].sort();
  const linking = { ...setting, objects, loadings, names, buildable: buildableNames(objects), calendars: calendarsOfFacts(objects) };
  return names.flatMap((name) => known.get(name) ?? []).map((spec) => linkPipeline(spec, linking));
}

function linkPipeline(spec: PipelineSpec, linking: PipelineLinking): Pipeline {
  const { extract, load, error_handling: errors } = spec;
  reportProblems(spec, linking);
  return {
    name: spec.name,
    origin: spec.origin,
    description: spec.description ?? "",
    owner: spec.owner,
    schedule: spec.schedule,
    timezone: spec.timezone ?? linking.project.timezone,
    slaMinutes: spec.sla_minutes,
    tier: spec.tier,
    extract: {
      sourceSystem: extract.source_system,
      connection: linkConnection(spec, linking.loadings, linking.objects, linking.log),
      strategy: extract.strategy,
      incrementalKey: extract.incremental_key,
      watermarkStorage: extract.watermark_storage,
      tables: linking.loadings.tables(spec.name),
    },
    load: { targetSystem: load.target_system, strategy: load.strategy, mergeKeys: load.merge_keys, partitionKey: load.partition_key, clusteringKeys: load.clustering_keys },
    builds: linkBuilds(spec, linking),
    qualityGates: { preLoad: spec.quality_gates.pre_load, postLoad: spec.quality_gates.post_load },
    errorHandling: { strategy: errors.strategy, maxRetries: errors.max_retries ?? 2, retryDelaySeconds: errors.retry_delay_seconds ?? 300, alertChannels: errors.alert_channels },
    dependsOn: [...new Set(spec.depends_on)].sort(),
    backfillFrom: spec.backfill?.from ?? null,
    tasks: linkTasks(spec, linking.log),
    renamedFrom: spec.renamed_from,
  };
}

function reportProblems(spec: PipelineSpec, { names, log }: PipelineLinking): void {
  const { origin, schedule, timezone } = spec;
  if (!isName(spec.name)) log.add(sourceDiagnostics.report("invalid-name", { origin: within(origin, "name") }, { name: spec.name, what: "pipeline", valid: validName(spec.name) || "daily" }));
  const problem = schedule === null ? null : scheduleProblem(schedule);
  if (problem !== null) log.add(pipelineDiagnostics.report("invalid-schedule", { origin: within(origin, "schedule") }, { schedule: schedule ?? "", problem }));
  if (timezone !== null) reportTimezone(timezone, within(origin, "timezone"), log);
  const from = spec.backfill?.from ?? null;
  if (from !== null && !isIsoDate(from)) log.add(pipelineDiagnostics.report("invalid-dates", { origin: within(origin, "backfill", "from") }, { value: from, what: "the first day of a backfill", instead: "write an ISO date such as 2026-01-31." }));
  for (const [index, name] of spec.depends_on.entries()) {
    if (names.includes(name)) continue;
    log.add(pipelineDiagnostics.report("unknown-object", { origin: within(origin, "depends_on", index) }, { what: "pipeline", name, suggestion: didYouMean(name, names), known: `The pipelines are ${names.join(", ")}.` }));
  }
}
