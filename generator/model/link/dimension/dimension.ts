import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import { dimensionModel, durableKeyColumn, entityOf, joinedModel, keyColumn, rememberedModel, versionedModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { isKeyType } from "../rows/names.ts";
import { findReadable, type Reading } from "../rows/readable.ts";
import { linkCondition, linkRows, type LinkedRows } from "../rows/row-source.ts";
import { linkAttributes } from "./attributes.ts";
import { checkColumns, checkHierarchy } from "./checks.ts";
import { linkCollapse } from "./collapse.ts";
import { dimensionSource, impliedJoins } from "./dimension-source.ts";
import { withHistories } from "./joined-histories.ts";
import { linkHistory } from "./history.ts";
import { mergesByMember } from "./member-load.ts";
import { planHistory, type HistoryPlan } from "./history-plan.ts";
import { wantsVersions } from "./scd-type.ts";
import { tiesOf } from "./ties.ts";

/**
 * A dimension with its rows, columns and history worked out, without what was refused; null where it has no rows (all of it
 * reported). `historyOf` is given for the history table of that dimension.
 */
export function linkDimension(spec: DimensionSpec, context: LinkContext, historyOf: EntityDimension | null = null): EntityDimension | null {
  if (spec.junk.length > 0) return linkJunk(spec, context);
  if (spec.natural_key.length === 0) {
    context.log.add(
      dimensionDiagnostics.report("dimension-without-key", { origin: spec.origin, pointer: "key" }, { name: dimensionModel(spec.name) }),
    );
    return null;
  }
  reportUnstableKey(spec, context);
  const source = dimensionSource(spec, context);
  const plan = source === null ? null : planHistory(spec, source, context);
  const linked = source === null || plan === null ? null : rowsOf(spec, source, plan.reading, context);
  if (plan === null || linked === null) return null;
  const dimension = assemble(spec, plan, linked, context);
  if (historyOf === null) return dimension;
  // Members are told apart by the key that the current table gives them.
  return { ...dimension, historyOf: historyOf.name, columns: { ...dimension.columns, durableKey: historyOf.columns.durableKey ?? historyOf.columns.key } };
}

/** Flags are attributes of Type 1; what would make members of them is refused. */
function linkJunk(spec: DimensionSpec, context: LinkContext): EntityDimension | null {
  const name = dimensionModel(spec.name);
  const { natural_key, attributes, mini_dimensions, outriggers, collapse, history, deletes, late_arriving, type } = spec;
  const others = { natural_key, attributes, mini_dimensions, outriggers, collapse, history, deletes, late_arriving, type };
  for (const [key, value] of Object.entries(others)) {
    if (value === null || (Array.isArray(value) && value.length === 0)) continue;
    context.log.add(dimensionDiagnostics.report("junk-with-members", { origin: within(spec.origin, key), pointer: "key" }, { dimension: name, key }));
    return null;
  }
  const flags: DimensionSpec = { ...spec, attributes: spec.junk.map((one) => ({ ...one, scd_type: 1 })), collapse: { kind: "distinct" } };
  const source = dimensionSource(flags, context);
  const linked = source === null ? null : rowsOf(flags, source, "state", context);
  if (linked === null) return null;
  const dimension = assemble(flags, { kind: "current", reading: "state", stated: null }, linked, context);
  for (const one of dimension.attributes) isKeyType(one.name, one.type, one.origin, context);
  return dimension;
}

/** An inferred member holds from the beginning, and so must the first version that completes it. */
function reportUnstableKey(spec: DimensionSpec, context: LinkContext): void {
  if (spec.late_arriving !== "infer" || spec.first_version_from !== "first_seen" || !wantsVersions(spec)) return;
  const origin = within(spec.origin, "first_version_from");
  context.log.add(dimensionDiagnostics.report("inferred-first-seen", { origin }, { dimension: dimensionModel(spec.name) }));
}

function rowsOf(spec: DimensionSpec, source: string, reading: Reading, context: LinkContext): LinkedRows | null {
  const base = findReadable(source, false, reading, context, within(spec.origin, "source"));
  if (base === null) return null;
  const subject = dimensionModel(spec.name);
  const stated = spec.joins.map((one, index) => ({ spec: one, origin: within(spec.origin, "joins", index), subject }));
  return linkRows(base, [...stated, ...impliedJoins(spec, base.id, context)], new Set(), context);
}

function assemble(spec: DimensionSpec, plan: HistoryPlan, linked: LinkedRows, context: LinkContext): EntityDimension {
  const columns = linkAttributes(spec, linked, context);
  const where = linkCondition(spec.where, linked.scope, within(spec.origin, "where"), context);
  const collapse = linkCollapse(spec, plan, columns.naturalKey, linked, context);
  const history = linkHistory(spec, plan, columns.attributes, where, linked, context);
  const rebuilt: Omit<EntityDimension, "isMerged"> = {
    kind: "table",
    ...named(spec),
    ...formOf(spec, plan),
    ...columns,
    rows: { ...linked.rows, joins: withHistories(linked.rows.joins, history?.joined ?? []), where: history?.where ?? null },
    joinedHistories: history?.joined ?? [],
    collapse: collapse?.collapse ?? null,
    history: history?.history ?? { kind: "current" },
    ties: history === null ? [] : tiesOf(linked.base, history.history, columns.naturalKey),
    deletes: spec.deletes ?? "close",
    deleteGuard: guardOf(spec, plan, context),
    firstVersionFrom: spec.first_version_from ?? "beginning",
    outriggers: [],
    hierarchy: spec.hierarchy.map((one) => one.level),
    repeatedLevels: spec.hierarchy.flatMap((one) => (one.repeats ? [one.level] : [])),
    infers: spec.late_arriving === "infer",
    references: [],
    junk: spec.junk.length > 0,
    historyOf: null,
    profile: null,
    profileOf: null,
  };
  const dimension = withLoad(rebuilt, mergesByMember(spec, rebuilt, context));
  checkColumns(dimension, spec, context);
  checkHierarchy(dimension, context);
  return dimension;
}

/** What is written member by member works its versions out itself: only so a run can leave the others alone. */
function withLoad(rebuilt: Omit<EntityDimension, "isMerged">, isMerged: boolean): EntityDimension {
  return isMerged ? { ...rebuilt, isMerged, models: { ...rebuilt.models, versioned: null } } : { ...rebuilt, isMerged };
}

function guardOf(spec: DimensionSpec, plan: HistoryPlan, { project, log }: LinkContext): number | null {
  if (plan.kind === "snapshot" && spec.deletes !== "ignore") return spec.delete_guard === false ? null : (spec.delete_guard ?? project.deleteGuard);
  if (spec.delete_guard !== null && spec.delete_guard !== false) {
    const origin = within(spec.origin, "delete_guard");
    log.add(dimensionDiagnostics.report("guard-without-use", { origin, pointer: "key" }, { dimension: dimensionModel(spec.name) }));
  }
  return null;
}

type Named = "name" | "origin" | "entity" | "domain" | "owner" | "description" | "conformed" | "renamedFrom";

function named(spec: DimensionSpec): Pick<EntityDimension, Named> {
  return {
    name: dimensionModel(spec.name),
    origin: spec.origin,
    entity: entityOf(dimensionModel(spec.name)),
    domain: spec.domain ?? "core",
    owner: spec.owner,
    description: spec.description ?? "",
    conformed: spec.conformed,
    renamedFrom: spec.renamed_from === null ? null : dimensionModel(spec.renamed_from),
  };
}

/** Versions need a durable key beside the version key; each form has its own models below the dimension. */
function formOf(spec: DimensionSpec, { kind }: HistoryPlan): Pick<EntityDimension, "scdType" | "columns" | "models"> {
  const entity = entityOf(dimensionModel(spec.name));
  const key = spec.surrogate_key ?? keyColumn(entity);
  const versions = wantsVersions(spec);
  const worked = kind === "events" || kind === "extracts";
  const model = versions ? versionedModel(entity) : rememberedModel(entity);
  return {
    scdType: versions ? 2 : 1,
    columns: { key, durableKey: versions ? durableKeyColumn(entity) : null },
    models: { joined: kind === "snapshot" ? joinedModel(entity) : null, versioned: worked ? model : null, referenced: null },
  };
}
