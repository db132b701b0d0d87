import { within, type Origin } from "../../../diagnostics/origin.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { Additivity, Aggregation, Measure } from "../../fact.ts";
import { isNumeric, typeText } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";
import type { FactDraft } from "./draft.ts";

/** True where a measure's aggregation fits its additivity and its type; reports it otherwise. A ratio is checked by its parts. */
export function isConsistent(measure: Measure, { context }: FactDraft): boolean {
  if (measure.ratio !== null)
    return measure.additivity === "non_additive" || mismatch(measure, "write type: non-additive, or leave it out.", context);
  const { additivity, aggregation } = measure;
  if (additivity === "non_additive" && (aggregation === "sum" || aggregation === "count")) {
    return mismatch(measure, "use AVG, MIN or MAX, or state ratio: with the numerator and denominator to sum.", context);
  }
  if (additivity !== "non_additive" && NEVER_ADDED.includes(aggregation) && measure.value.kind !== "rollup") {
    return mismatch(measure, "write type: non-additive, or aggregation: SUM.", context);
  }
  const type = measure.value.kind === "rollup" ? measure.value.expression.type : measure.type;
  return takes(aggregation, type ?? measure.type, measure.name, within(measure.origin, "name"), context);
}

/** What says of a measure that its values are not summed. */
const NEVER_ADDED: readonly Aggregation[] = ["avg", "median", "count_distinct"];

/** True where an aggregation can take values of a type; reports it otherwise. */
export function takes(aggregation: Aggregation, type: LogicalType, name: string, origin: Origin, context: LinkContext): boolean {
  const unordered = ["json", "binary", "array", "struct", "boolean"].includes(type.kind);
  const fits =
    aggregation === "count" ||
    aggregation === "count_distinct" ||
    (aggregation === "sum" || aggregation === "avg" || aggregation === "median" ? isNumeric(type) : !unordered);
  if (fits) return true;
  const instead =
    type.kind === "string"
      ? "use COUNT or COUNT DISTINCT, or keep it as a degenerate dimension."
      : "use COUNT, or compute a number from it with expression:.";
  context.log.add(
    measureDiagnostics.report(
      "measure-type",
      { origin },
      { name, type: typeText(type), aggregation: aggregationText(aggregation), instead },
    ),
  );
  return false;
}

/** An aggregation as specs spell it. */
export function aggregationText(aggregation: Aggregation): string {
  return aggregation.replace("_", " ").toUpperCase();
}

/** An additivity as specs spell it. */
export function additivityText(additivity: Additivity): string {
  return additivity.replace("_", "-");
}

function mismatch(measure: Measure, instead: string, context: LinkContext): false {
  const parameters = {
    name: measure.name,
    additivity: additivityText(measure.additivity),
    aggregation: aggregationText(measure.aggregation),
    instead,
  };
  context.log.add(measureDiagnostics.report("additivity-mismatch", { origin: within(measure.origin, "additivity") }, parameters));
  return false;
}
