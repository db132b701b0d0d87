import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within } from "../../diagnostics/origin.ts";
import type { FactSpec, Spec } from "../../spec/types.ts";
import type { Bridge } from "../bridge.ts";
import type { Dimension } from "../dimension.ts";
import { chooseLoad } from "../load-choice.ts";
import type { Fact } from "../fact.ts";
import { factModel } from "../names.ts";
import type { Inference, Model } from "../types.ts";
import { linkBridges } from "./bridges.ts";
import { linkBrief } from "./brief.ts";
import { calendar, clock, usedDimensions } from "./calendar.ts";
import { reportTwinModels, settledSources } from "./settle.ts";
import type { LinkContext } from "./context.ts";
import { reportCycles } from "./cycles.ts";
import { linkDimensions } from "./dimensions.ts";
import { createExpressionParser } from "./expressions.ts";
import { linkFacts } from "./facts.ts";
import { linkHandWritten } from "./hand-written.ts";
import { linkLoading } from "./loading.ts";
import { linkMarts } from "./marts.ts";
import { linkOwners } from "./owners.ts";
import { linkPipelines } from "./pipelines.ts";
import { withReferences } from "./references.ts";
import { withFormerPipelines, withRenames } from "./renames.ts";
import { linkProject } from "./project.ts";
import { createRefusals } from "./refusals.ts";
import { linkSources } from "./sources.ts";
import { applyStages } from "./stages.ts";

/** What the command line says over the settings. */
export interface LinkOptions {
  readonly warehouse: string | null;
}

/**
 * What the specs mean: names resolved, types known, defaults applied. Deep-frozen plain data. All problems are
 * reported; null where one of them is an error.
 */
export function linkModel(spec: Spec, { warehouse }: LinkOptions, log: DiagnosticLog): Model | null {
  const project = linkProject(spec, warehouse, log);
  const refused = createRefusals();
  const loadings = linkLoading(spec.pipelines, spec.contracts, log);
  const contracts = applyStages(spec.contracts, spec.pipelines, loadings, log);
  const sources = linkSources(contracts, loadings, { project, log, refused });
  const tables = new Map(sources.map((one) => [one.name, one]));
  const handWritten = linkHandWritten(spec.models, { log, refused, sources: tables });
  const dimensions = new Map<string, Dimension>();
  const bridges = new Map<string, Bridge>();
  const facts = new Map<string, Fact>();
  const inferred: Inference[] = [];
  const context: LinkContext = {
    project, log, refused, dimensions, bridges, facts,
    sources: tables,
    handWritten: new Map(handWritten.map((one) => [one.name, one])),
    parse: createExpressionParser(project.timezone, log),
    infer: (one) => inferred.push(one),
  };
  const date = calendar(project);
  for (const one of [date, clock(project), ...linkDimensions(spec, context)]) dimensions.set(one.name, one);
  for (const one of linkBridges(spec, context)) bridges.set(one.name, one);
  for (const one of linkFacts({ ...spec, facts: straightFacts(spec.facts, log) }, context)) facts.set(one.name, one);
  const marts = linkMarts(spec, context);
  const complete = withReferences(dimensions.values(), facts.values());
  const objects = { handWritten, dimensions: byName(usedDimensions(complete, facts.values(), marts)), bridges: byName(bridges.values()), facts: byName(facts.values()), marts: byName(marts) };
  const settled = withRenames({ sources: settledSources(sources, objects), ...objects }, log);
  const pipelines = withFormerPipelines(linkPipelines(spec.pipelines, settled, loadings, { project, log, refused }), log);
  reportTwinModels(settled, log);
  if (log.failed()) return null;
  const brief = linkBrief(spec.brief);
  const loaded = settled.facts.map((one) => withLoad(one, { sources: settled.sources, pipelines, brief }));
  return frozen({ project, brief, ...settled, facts: loaded, pipelines, owners: linkOwners(spec), approvals: spec.approvals, inferred: inferred.sort(byMeaning) });
}

/** A fact with the load that was decided where it states none. */
function withLoad(fact: Fact, model: Pick<Model, "sources" | "pipelines" | "brief">): Fact {
  if (fact.load.stated !== null) return fact;
  const { strategy, partitionBy } = chooseLoad(fact, model);
  return { ...fact, load: { ...fact.load, strategy, partitionBy: partitionBy ?? fact.load.partitionBy } };
}

/** Facts that are not rolled up from each other in a circle. */
function straightFacts(facts: readonly FactSpec[], log: DiagnosticLog): readonly FactSpec[] {
  const names = new Set(facts.map((one) => factModel(one.name)));
  const nodes = facts.map((one) => {
    const source = one.source === null || one.source.includes(".") ? null : factModel(one.source);
    // A fact that names itself means a table of that name.
    return { name: factModel(one.name), to: source !== null && names.has(source) && source !== factModel(one.name) ? [source] : [], origin: within(one.origin, "source") };
  });
  const circular = reportCycles("facts", nodes, log);
  return facts.filter((one) => !circular.has(factModel(one.name)));
}

function byName<Node extends { readonly name: string }>(nodes: Iterable<Node>): readonly Node[] {
  return [...nodes].sort((a, b) => (a.name < b.name ? -1 : a.name > b.name ? 1 : 0));
}

function byMeaning(a: Inference, b: Inference): number {
  const [one, other] = [JSON.stringify([a.subject, a.topic, a.choice]), JSON.stringify([b.subject, b.topic, b.choice])];
  return one < other ? -1 : one > other ? 1 : 0;
}

function frozen<Value>(value: Value): Value {
  if (typeof value !== "object" || value === null || Object.isFrozen(value)) return value;
  for (const part of Object.values(value)) frozen(part);
  return Object.freeze(value);
}
