import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import { dimensionModel, durableKeyColumn, entityOf, joinedModel, keyColumn, versionedModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { findReadable, type Reading } from "../rows/readable.ts";
import { linkCondition, linkRows, type LinkedRows } from "../rows/row-source.ts";
import { linkAttributes } from "./attributes.ts";
import { checkColumns, checkHierarchy } from "./checks.ts";
import { linkCollapse } from "./collapse.ts";
import { dimensionSource, impliedJoins } from "./dimension-source.ts";
import { linkHistory } from "./history.ts";
import { planHistory, type HistoryPlan } from "./history-plan.ts";
import { refusedParts } from "./refused.ts";

/** A dimension with its rows, columns and history worked out; null where something was refused (all of it reported). */
export function linkDimension(spec: DimensionSpec, context: LinkContext): EntityDimension | null {
  if (spec.natural_key.length === 0) {
    context.log.add(dimensionDiagnostics.report("dimension-without-key", { origin: spec.origin, pointer: "key" }, { name: dimensionModel(spec.name) }));
    return null;
  }
  if (refusedParts(spec, context)) return null;
  const source = dimensionSource(spec, context);
  const plan = source === null ? null : planHistory(spec, source, context);
  const linked = source === null || plan === null ? null : rowsOf(spec, source, plan.reading, context);
  if (plan === null || linked === null) return null;
  return assemble(spec, plan, linked, context);
}

function rowsOf(spec: DimensionSpec, source: string, reading: Reading, context: LinkContext): LinkedRows | null {
  const base = findReadable(source, false, reading, context, within(spec.origin, "source"));
  if (base === null) return null;
  const subject = dimensionModel(spec.name);
  const stated = spec.joins.map((one, index) => ({ spec: one, origin: within(spec.origin, "joins", index), subject }));
  return linkRows(base, [...stated, ...impliedJoins(spec, base.id, context)], new Set(), context);
}

function assemble(spec: DimensionSpec, plan: HistoryPlan, linked: LinkedRows, context: LinkContext): EntityDimension | null {
  const failedBefore = context.log.all().length;
  const entity = entityOf(dimensionModel(spec.name));
  const columns = linkAttributes(spec, linked, context);
  const where = linkCondition(spec.where, linked.scope, within(spec.origin, "where"), context);
  const collapse = columns === null ? null : linkCollapse(spec, plan, columns.naturalKey, linked, context);
  const history = columns === null ? null : linkHistory(spec, plan, columns.attributes, where, linked, context);
  if (columns === null || collapse === null || history === null) return null;
  const versioned = plan.kind !== "current";
  const dimension: EntityDimension = {
    kind: "table",
    name: dimensionModel(spec.name),
    origin: spec.origin,
    entity,
    domain: spec.domain ?? "core",
    owner: spec.owner,
    description: spec.description ?? "",
    conformed: spec.conformed,
    scdType: versioned ? 2 : 1,
    columns: { key: spec.surrogate_key ?? keyColumn(entity), durableKey: versioned ? durableKeyColumn(entity) : null },
    naturalKey: columns.naturalKey,
    attributes: columns.attributes,
    rows: { ...linked.rows, where: history.where },
    collapse: collapse.collapse,
    history: history.history,
    deletes: spec.deletes ?? "close",
    firstVersionFrom: spec.first_version_from ?? "beginning",
    hierarchy: spec.hierarchy,
    renamedFrom: spec.renamed_from === null ? null : dimensionModel(spec.renamed_from),
    models: { joined: plan.kind === "snapshot" ? joinedModel(entity) : null, versioned: plan.kind === "events" || plan.kind === "extracts" ? versionedModel(entity) : null },
  };
  checkColumns(dimension, spec, context);
  checkHierarchy(dimension, context);
  return context.log.all().slice(failedBefore).some((one) => one.severity === "error") ? null : dimension;
}
