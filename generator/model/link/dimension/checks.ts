import type { Place } from "../../../diagnostics/define.ts";
import { within } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import type { LinkContext } from "../context.ts";
import { checkNames, isKeyType, type NamedColumn } from "../rows/names.ts";

/** Reports columns of one name, names that generated tables use themselves, keys of a type without one text, and labels of no attribute. */
export function checkColumns(dimension: EntityDimension, spec: DimensionSpec, context: LinkContext): void {
  const { key, durableKey } = dimension.columns;
  const keyOrigin = spec.surrogate_key === null ? within(spec.origin, "name") : within(spec.origin, "surrogate_key");
  const columns: readonly NamedColumn[] = [
    { name: key, what: "the surrogate key", origin: keyOrigin },
    ...(durableKey === null ? [] : [{ name: durableKey, what: "the durable key", origin: keyOrigin }]),
    ...dimension.naturalKey.map((one) => ({ name: one.name, what: "a natural key", origin: one.origin })),
    ...dimension.attributes.map((one) => ({ name: one.name, what: "an attribute", origin: one.origin })),
  ];
  checkNames(dimension.name, columns, context);
  for (const one of dimension.naturalKey) isKeyType(one.name, one.type, one.origin, context);
  const labelled = dimension.attributes.map((one) => one.name);
  for (const name of Object.keys(spec.unknown_member)) {
    attributeExists(dimension, name, labelled, { origin: within(spec.origin, "unknown_member", name), pointer: "key" }, context);
  }
}

/** Reports levels of the hierarchy that are no attributes. */
export function checkHierarchy(dimension: EntityDimension, context: LinkContext): void {
  const known = [...dimension.naturalKey, ...dimension.attributes].map((one) => one.name);
  dimension.hierarchy.forEach((name, index) =>
    attributeExists(dimension, name, known, { origin: within(dimension.origin, "hierarchy", index) }, context),
  );
}

function attributeExists(dimension: EntityDimension, name: string, known: readonly string[], place: Place, context: LinkContext): void {
  if (known.includes(name) || context.refused.has(dimension.name, name)) return;
  const parameters = { dimension: dimension.name, name, suggestion: didYouMean(name, known), known: known.join(", ") || "none" };
  context.log.add(dimensionDiagnostics.report("unknown-attribute", place, parameters));
}
