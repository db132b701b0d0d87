import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { Attribute, DimensionColumn } from "../../dimension.ts";
import { typeText } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import { typedValue } from "../rows/values.ts";

type Labels = Pick<Attribute, "unknownLabel" | "notApplicableLabel">;

/** What the reserved members hold in a column: texts say it, other types are NULL unless `unknown_member` gives a value of the type. */
export function linkLabels(spec: DimensionSpec, column: DimensionColumn, context: LinkContext): Labels {
  const isText = column.type.kind === "string";
  const notApplicableLabel = isText ? "Not applicable" : null;
  const stated = spec.unknown_member[column.name];
  if (stated === undefined) return { unknownLabel: isText ? "Unknown" : null, notApplicableLabel };
  const value = typedValue(stated, column.type);
  if (value !== null) return { unknownLabel: String(value.value), notApplicableLabel };
  const origin = within(spec.origin, "unknown_member", column.name);
  context.log.add(
    dimensionDiagnostics.report("label-type", { origin }, { value: String(stated), type: typeText(column.type), name: column.name }),
  );
  return { unknownLabel: null, notApplicableLabel };
}
