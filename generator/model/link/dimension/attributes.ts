import { within, type Origin } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { AttributeSpec, DimensionSpec, SqlSpec } from "../../../spec/types.ts";
import type { Attribute, DimensionColumn } from "../../dimension.ts";
import type { Expression } from "../../expression.ts";
import { columnsOf } from "../../expression-columns.ts";
import { sameType, scalar, typeText } from "../../logical-type.ts";
import { dimensionModel, validName } from "../../names.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";
import { parts } from "../refusals.ts";
import { meantBy, resolveColumn } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import type { LinkedRows } from "../rows/row-source.ts";
import { readType } from "../types.ts";
import { bandOf } from "./bands.ts";
import { companionName, withCompanion } from "./companions.ts";
import { linkLabels } from "./labels.ts";
import { scdTypeOf } from "./scd-type.ts";

/** The columns of a dimension that come from its rows. */
export interface DimensionColumns {
  readonly naturalKey: readonly DimensionColumn[];
  readonly attributes: readonly Attribute[];
}

/** Natural key and attributes; a natural key that is listed as an attribute too describes itself there and is not doubled. What was refused is reported and left out. */
export function linkAttributes(spec: DimensionSpec, linked: LinkedRows, context: LinkContext): DimensionColumns {
  const subject = dimensionModel(spec.name);
  const under = spec.junk.length > 0 ? "junk" : "attributes";
  const keys = spec.natural_key.map((name, index) => {
    const listed = spec.attributes.findIndex((one) => one.name === name);
    const attribute = spec.attributes[listed];
    if (attribute !== undefined) return linkColumn(attribute, within(spec.origin, "attributes", listed), linked, context);
    return linkColumn(bare(name), within(spec.origin, "natural_key", index), linked, context);
  });
  const attributes = spec.attributes.flatMap((one, index) => {
    const origin = within(spec.origin, under, index);
    const twin = spec.attributes.findIndex((other) => other.name === one.name) < index;
    if (twin)
      context.log.add(
        dimensionDiagnostics.report(
          "duplicate-attribute",
          { origin: within(origin, "name") },
          { dimension: dimensionModel(spec.name), name: one.name },
        ),
      );
    if (spec.natural_key.includes(one.name) || twin) return [];
    const attribute = linkAttribute(spec, one, origin, linked, context);
    const added = companionName(one, scdTypeOf(one, spec));
    const names = [one.name, ...(added === null ? [] : [added]), ...(one.source === null ? meantBy(one.name, linked.scope) : [])];
    if (attribute === null) context.refused.add(subject, ...names);
    return attribute ?? [];
  });
  const naturalKey = keys.flatMap((one) => one ?? []);
  if (naturalKey.length < keys.length) {
    context.refused.add(subject, parts.key, ...spec.natural_key.flatMap((one) => [bare(one).name, ...meantBy(one, linked.scope)]));
  }
  return { naturalKey, attributes };
}

function linkAttribute(
  spec: DimensionSpec,
  attribute: AttributeSpec,
  origin: Origin,
  linked: LinkedRows,
  context: LinkContext,
): readonly Attribute[] | null {
  const column = linkColumn(attribute, origin, linked, context);
  if (column === null) return null;
  const scdType = scdTypeOf(attribute, spec);
  const labels = linkLabels(spec, column, context);
  return withCompanion({ ...column, scdType, companion: null, since: attribute.since, ...labels }, attribute, spec, context);
}

function bare(name: string): AttributeSpec {
  const column = validName(name.slice(name.lastIndexOf(".") + 1));
  return { name: column, source: name, expression: null, scd_type: null, bands: [], previous_as: null, current_as: null, description: null, type: null, unit: null, since: null, renamed_from: null };
}

function linkColumn(spec: AttributeSpec, origin: Origin, linked: LinkedRows, context: LinkContext): DimensionColumn | null {
  const stated = spec.type === null ? null : readType(spec.type, context.log, within(origin, "type"));
  if (spec.type !== null && stated === null) return null;
  const found = valueOf(spec, origin, stated, linked, context);
  const banded = found === null || spec.bands.length === 0 ? found : bandOf(found, spec, origin, context);
  const value = banded === null || stated === null ? banded : stateType(spec, banded, stated, origin, context);
  if (value === null) return null;
  const facts = value.kind === "column" ? columnFacts(value, linked.inputs) : null;
  return {
    name: spec.name,
    origin,
    type: value.type ?? stated ?? scalar("string"),
    value,
    description: spec.description ?? facts?.description ?? "",
    unit: spec.unit ?? facts?.unit ?? null,
    pii: columnsOf(value).some((one) => columnFacts(one, linked.inputs)?.pii === true),
    renamedFrom: spec.renamed_from,
  };
}

function valueOf(
  spec: AttributeSpec,
  origin: Origin,
  stated: LogicalType | null,
  linked: LinkedRows,
  context: LinkContext,
): Expression | null {
  const expression: SqlSpec | null = spec.expression;
  if (expression !== null) return context.parse(expression, linked.scope, within(origin, "expression"), stated);
  const name = spec.source ?? spec.name;
  // A natural key written as a string has no mapping to point into.
  const isScalar = origin.path.at(-2) === "natural_key";
  return resolveColumn(name, linked.scope, isScalar ? origin : within(origin, spec.source === null ? "name" : "source"), context.log);
}

/** A stated type must be the type there is; only a literal without one takes it over. */
function stateType(spec: AttributeSpec, value: Expression, stated: LogicalType, origin: Origin, context: LinkContext): Expression | null {
  if (value.type === null) return value.kind === "literal" ? { ...value, type: stated } : value;
  if (sameType(value.type, stated)) return value;
  const parameters = { name: spec.name, found: typeText(value.type), stated: typeText(stated) };
  context.log.add(dimensionDiagnostics.report("attribute-type", { origin: within(origin, "type") }, parameters));
  return null;
}
