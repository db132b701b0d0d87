import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { AttributeSpec, DimensionSpec } from "../../../spec/types.ts";
import type { Attribute, ScdType } from "../../dimension.ts";
import { currentColumn, previousColumn } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { linkLabels } from "./labels.ts";

/** An attribute and the column that its type puts beside it: the previous value in Type 3, the current one in Type 6. */
export function withCompanion(
  attribute: Attribute,
  spec: AttributeSpec,
  dimension: DimensionSpec,
  context: LinkContext,
): readonly Attribute[] {
  reportUseless(attribute, spec, context);
  const added = companionName(spec, attribute.scdType);
  return added === null ? [attribute] : [attribute, companion(attribute.scdType === 3 ? "previous" : "current", added)];

  function companion(shows: "previous" | "current", name: string): Attribute {
    const words = attribute.name.replaceAll("_", " ");
    const column: Attribute = {
      ...attribute,
      name,
      companion: { of: attribute.name, shows },
      renamedFrom: formerCompanion(spec, attribute),
      description: shows === "previous" ? `The ${words} before it last changed.` : `The ${words} of today.`,
    };
    const labelled = dimension.unknown_member[name] === undefined ? attribute : linkLabels(dimension, column, context);
    return { ...column, unknownLabel: labelled.unknownLabel, notApplicableLabel: labelled.notApplicableLabel };
  }
}

/** Name of the column that a type puts beside an attribute; null where it adds none. */
export function companionName(spec: AttributeSpec, scdType: ScdType): string | null {
  switch (scdType) {
    case 0:
    case 1:
    case 2:
    case 4:
      return null;
    case 3:
      return spec.previous_as ?? previousColumn(spec.name);
    case 6:
      return spec.current_as ?? currentColumn(spec.name);
  }
}

/** A column that is named after its attribute was renamed with it. */
function formerCompanion(spec: AttributeSpec, { scdType, renamedFrom }: Attribute): string | null {
  const stated = scdType === 3 ? spec.previous_as : spec.current_as;
  return stated !== null || renamedFrom === null ? null : companionName({ ...spec, name: renamedFrom }, scdType);
}

/** Names of columns that the attribute's type does not add. */
function reportUseless({ name, scdType, origin }: Attribute, spec: AttributeSpec, context: LinkContext): void {
  for (const [key, type] of [["previous_as", 3], ["current_as", 6]] as const) {
    if (spec[key] === null || scdType === type) continue;
    context.log.add(
      dimensionDiagnostics.report("companion-without-use", { origin: within(origin, key), pointer: "key" }, { key, type, name, found: scdType }),
    );
  }
}
