import { within, type Origin } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import type { PipelineSpec } from "../../spec/types.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";
import { downstream, type ModelObjects } from "../graph.ts";
import { bridgeModel, dimensionModel, factModel, martModel } from "../names.ts";
import type { PipelineLinking } from "./pipelines.ts";
import { kinds } from "./refusals.ts";
import { namingStages } from "./stages.ts";

/** Names of the hand-written models, dimensions, bridges, facts and marts that a pipeline builds: those it lists, else all downstream of its tables. */
export function linkBuilds(spec: PipelineSpec, linking: PipelineLinking): readonly string[] {
  const { objects, loadings, log, buildable: known } = linking;
  const read = (text: string, origin: Origin): readonly string[] => resolve(text, known, origin, linking);
  const listed = spec.builds.flatMap((text, index) => read(text, within(spec.origin, "builds", index)));
  const staged = spec.transform.stages.flatMap((stage, at) => {
    if (!namingStages.has(stage.name)) return [];
    return stage.operations.flatMap((text, index) => read(text, within(spec.origin, "transform", "stages", at, "operations", index)));
  });
  const implied = spec.builds.length > 0 ? [] : downstream(objects, ...loadings.tables(spec.name).map((id) => `source:${id}`)).filter((one) => known.has(one));
  const older = objects.marts.filter(({ version }) => version !== null && !version.latest && [...listed, ...staged].includes(version.of)).map((one) => one.name);
  const builds = [...new Set([...listed, ...older, ...staged, ...implied, ...implied.flatMap((one) => linking.calendars.get(one) ?? [])])].sort();
  const names = [...spec.builds, ...spec.transform.stages.flatMap((one) => (namingStages.has(one.name) ? one.operations : []))];
  if (builds.length === 0 && names.length === 0 && spec.extract.source_system === null && spec.extract.connection?.startsWith("files:") !== true) log.add(pipelineDiagnostics.report("builds-nothing", { origin: within(spec.origin, "name") }, { name: spec.name }));
  return builds;
}

/** Names of all that a pipeline may build. */
export function buildableNames({ handWritten, dimensions, bridges, facts, marts }: ModelObjects): ReadonlySet<string> {
  return new Set([...handWritten, ...dimensions, ...bridges, ...facts, ...marts].map((one) => one.name));
}

/** The calendars that each fact refers to: a calendar flows from no source, and is built with its facts. */
export function calendarsOfFacts({ dimensions, facts }: ModelObjects): ReadonlyMap<string, readonly string[]> {
  const calendars = new Set(dimensions.flatMap((one) => (one.kind === "table" ? [] : [one.name])));
  return new Map(facts.map((one) => [one.name, one.foreignKeys.flatMap(({ dimension }) => (calendars.has(dimension) ? [dimension] : []))]));
}

/** An object by its name, with or without its prefix. Nothing where it is unknown or several fit (reported). */
function resolve(text: string, known: ReadonlySet<string>, origin: Origin, { log, refused }: PipelineLinking): readonly string[] {
  const written = text.replace(/^ref\./, "");
  if (known.has(written)) return [written];
  const [dimension, bridge, fact, mart] = [dimensionModel(text), bridgeModel(text), factModel(text), martModel(text)];
  const fits = [...new Set([dimension, bridge, fact, mart])].filter((one) => known.has(one));
  if (fits.length === 1) return fits;
  if (refused.has(kinds.dimension, dimension) || refused.has(kinds.bridge, bridge) || refused.has(kinds.fact, fact) || refused.has(kinds.mart, mart)) return [];
  const names = [...known].sort();
  const listing = fits.length > 1 ? fits : names;
  const lead = fits.length > 1 ? "Write one of" : "The specs describe";
  log.add(pipelineDiagnostics.report("unknown-object", { origin }, {
    what: "dimension, bridge, fact or mart", name: text, suggestion: fits.length > 1 ? "" : didYouMean(text, names), known: listing.length === 0 ? "The specs describe none." : `${lead} ${listing.join(", ")}.`,
  }));
  return [];
}
