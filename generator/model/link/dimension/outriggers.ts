import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec, OutriggerSpec } from "../../../spec/types.ts";
import type { DimensionColumn, EntityDimension, Outrigger } from "../../dimension.ts";
import { comparable } from "../../logical-type.ts";
import { dimensionModel, entityOf, foreignKeyColumn } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { reportCycles } from "../cycles.ts";
import { kinds } from "../refusals.ts";

/** The dimensions with their keys to each other; refused ones (reported) are left out, and so are all where they lead in a circle. */
export function withOutriggers(
  specs: readonly DimensionSpec[],
  dimensions: readonly EntityDimension[],
  context: LinkContext,
): readonly EntityDimension[] {
  const nodes = specs.map((one) => ({
    name: dimensionModel(one.name),
    to: one.outriggers.map((each) => dimensionModel(each.dimension)),
    origin: within(one.origin, "outriggers"),
  }));
  const circular = reportCycles("dimensions", nodes, context.log);
  const known = new Map(dimensions.map((one) => [one.name, one]));
  return dimensions.map((dimension) => {
    const spec = specs.find((one) => dimensionModel(one.name) === dimension.name);
    if (spec === undefined || circular.has(dimension.name)) return dimension;
    const linked = spec.outriggers.flatMap((one, index) => outrigger(one, within(spec.origin, "outriggers", index), dimension, known, context) ?? []);
    reportClashes(dimension, linked, context);
    return { ...dimension, outriggers: linked };
  });
}

function outrigger(
  spec: OutriggerSpec,
  origin: Origin,
  dimension: EntityDimension,
  known: ReadonlyMap<string, EntityDimension>,
  context: LinkContext,
): Outrigger | null {
  const name = dimensionModel(spec.dimension);
  const found = known.get(name);
  if (found === undefined) {
    if (context.refused.has(kinds.dimension, name)) return null;
    const parameters = { dimension: dimension.name, name: spec.dimension, suggestion: didYouMean(name, [...known.keys()]), known: [...known.keys()].join(", ") };
    context.log.add(dimensionDiagnostics.report("unknown-outrigger", { origin: within(origin, "dimension") }, parameters));
    return null;
  }
  const columns = [...dimension.naturalKey, ...dimension.attributes];
  const pairs = found.naturalKey.map((member, index): { readonly attribute: DimensionColumn | undefined; readonly member: DimensionColumn } => ({
    member,
    attribute: columns.find((one) => one.name === (spec.on.length === 0 ? member.name : spec.on[index])),
  }));
  const on = pairs.flatMap(({ attribute, member }) => (attribute !== undefined && comparable(attribute.type, member.type) ? [{ attribute: attribute.name, member: member.name }] : []));
  const fits = found.scdType === 1 && on.length > 0 && on.length === found.naturalKey.length && (spec.on.length === 0 || spec.on.length === on.length);
  if (!fits) {
    const why = found.scdType === 2 ? "it has several versions of a member, and which one is meant is not said" : `its natural key is ${found.naturalKey.map((one) => one.name).join(", ") || "none"}`;
    context.log.add(dimensionDiagnostics.report("outrigger-key", { origin }, { dimension: dimension.name, other: found.name, why }));
    return null;
  }
  const former = found.renamedFrom === null ? null : foreignKeyColumn(entityOf(found.renamedFrom), spec.role);
  return { name: foreignKeyColumn(found.entity, spec.role, found.columns.key), renamedFrom: spec.renamed_from ?? former, origin, dimension: name, entity: found.entity, key: found.columns.key, on };
}

function reportClashes(dimension: EntityDimension, outriggers: readonly Outrigger[], context: LinkContext): void {
  const taken = new Set([dimension.columns.key, dimension.columns.durableKey, ...[...dimension.naturalKey, ...dimension.attributes].map((one) => one.name)]);
  for (const { name, origin } of outriggers) {
    if (taken.has(name)) {
      const parameters = { subject: dimension.name, name, first: "a column of the dimension", second: "the key of an outrigger" };
      context.log.add(rowDiagnostics.report("column-clash", { origin }, parameters));
    }
    taken.add(name);
  }
}
