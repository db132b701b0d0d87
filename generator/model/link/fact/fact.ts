import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { FactSpec } from "../../../spec/types.ts";
import type { Exposure, Fact } from "../../fact.ts";
import { keepsEntries } from "../../fact-record.ts";
import { aliasesRead } from "../../fact-reads.ts";
import { factKeyColumn, factModel, processOf } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { withoutDeleted } from "../rows/deleted.ts";
import { filterText, linkCondition } from "../rows/row-source.ts";
import { checkFactNames } from "./checks.ts";
import { linkDegenerates } from "./degenerates.ts";
import type { FactDraft } from "./draft.ts";
import { linkEventTime } from "./event-time.ts";
import { factRows } from "./fact-rows.ts";
import { linkForeignKeys, sourceKeys } from "./foreign-keys.ts";
import { linkGrain } from "./grain.ts";
import { checkIncrement } from "./increment.ts";
import { linkLoad } from "./load.ts";
import { lagMeasures } from "./lags.ts";
import { linkMeasures } from "./measures.ts";
import { beginning, linkMilestones, milestoneKeys, milestoneTimes } from "./milestones.ts";
import { linkPeriods, type LinkedPeriods } from "./periodic.ts";
import { reportPeriodParts } from "./period-parts.ts";

/** A fact with its rows, keys and measures worked out, without what was refused; null where it has no rows (all of it reported). */
export function linkFact(spec: FactSpec, declared: ReadonlySet<string>, context: LinkContext): Fact | null {
  const name = factModel(spec.name);
  reportContradictions(spec, name, context);
  reportPeriodParts(spec, context);
  const linked = factRows(spec, context);
  if (linked === null) return null;
  const draft: FactDraft = { spec, name, linked: linked.rows, events: linked.events, source: linked.rows.base.readable.fact, declared, context };
  if (draft.source !== null && keepsEntries(draft.source)) {
    const instead = "make a mart of it, or roll up a fact of the same source without corrections: reversal";
    context.log.add(martDiagnostics.report("entries-counted", { origin: within(spec.origin, "source") }, { what: "A roll-up", fact: draft.source.name, instead }));
    return null;
  }
  const periods = spec.fact_type === "periodic_snapshot" ? linkPeriods(draft) : null;
  if (spec.fact_type === "periodic_snapshot" && periods === null) return null;
  const fact = assemble(draft, periods);
  checkFactNames(fact, context);
  checkIncrement(fact, linked.rows.base.readable.table, context);
  return fact;
}

/** The grain comes first (Kimball, chapter 2); a factless fact has no measures. */
function reportContradictions(spec: FactSpec, name: string, { log }: LinkContext): void {
  const hasGrain = spec.grain !== null || spec.grain_statement !== null || spec.grain_key.length > 0;
  if (!hasGrain) log.add(factDiagnostics.report("fact-without-grain", { origin: spec.origin, pointer: "key" }, { name }));
  if (spec.fact_type !== "factless" || spec.measures.length === 0) return;
  log.add(factDiagnostics.report("factless-with-measures", { origin: within(spec.origin, "measures"), pointer: "key" }, { name }));
}

function assemble(draft: FactDraft, periods: LinkedPeriods | null): Fact {
  const { spec, name, linked } = draft;
  const stated = linkCondition(spec.where, linked.scope, within(spec.origin, "where"), draft.context);
  const where = draft.source === null ? stated : withoutDeleted(draft.source, stated, false, linked.rows.base.alias);
  const keyed = periods?.draft ?? draft;
  const milestones = linkMilestones(draft);
  const eventTime = periods?.eventTime ?? timeOf(draft, milestones);
  const grain = periods?.grain ?? linkGrain(draft);
  const statedKeys = linkForeignKeys(keyed, eventTime);
  const foreignKeys = [...statedKeys, ...milestoneKeys(milestones, statedKeys)];
  const kept = linkDegenerates(keyed);
  const degenerates = [...kept, ...milestoneTimes(milestones, kept)];
  const measures = [...linkMeasures(draft, foreignKeys, grain, degenerates), ...lagMeasures(milestones, draft)];
  const parts = { rows: { ...linked.rows, where }, grain, eventTime, foreignKeys, degenerates, measures };
  return {
    name,
    origin: spec.origin,
    process: processOf(name),
    domain: spec.domain ?? draft.source?.domain ?? "core",
    owner: spec.owner,
    description: spec.description ?? "",
    grainStatement: spec.grain_statement ?? `One row per ${spec.grain ?? grain.map((one) => one.name).join(" and ")}`,
    kind: kindOf(spec, milestones !== null, periods !== null),
    keyColumn: factKeyColumn(processOf(name)),
    ...parts,
    filter: filterText(spec.where),
    rollup: draft.source !== null,
    periodic: periods?.periodic ?? null,
    sourceKeys: sourceKeys(draft, foreignKeys, aliasesRead(parts)),
    milestones,
    events: draft.events,
    load: linkLoad(draft),
    contractEnforced: spec.contract?.enforced ?? true,
    contractVersion: spec.contract?.version ?? null,
    renamedFrom: spec.renamed_from === null ? null : factModel(spec.renamed_from),
    exposures: linkExposures(spec),
  };
}

/** When a row happened: as stated, else at its first milestone. */
function timeOf(draft: FactDraft, milestones: Fact["milestones"]): Fact["eventTime"] {
  const { event_time: stated } = draft.spec;
  if (stated !== null) return linkEventTime(draft, stated);
  return milestones === null ? null : beginning(milestones);
}

function kindOf(spec: FactSpec, accumulating: boolean, periodic: boolean): Fact["kind"] {
  if (accumulating) return "accumulating_snapshot";
  if (periodic) return "periodic_snapshot";
  return spec.fact_type === "factless" || spec.measures.length === 0 ? "factless" : "transaction";
}

/** The exposures of a fact or mart; without a type they are dashboards. */
export function linkExposures(spec: Pick<FactSpec, "exposures" | "origin">): readonly Exposure[] {
  return spec.exposures.map((one, index) => ({
    name: one.name,
    origin: within(spec.origin, "exposures", index),
    type: one.type ?? "dashboard",
    owner: one.owner,
    url: one.url,
    description: one.description ?? "",
  }));
}
