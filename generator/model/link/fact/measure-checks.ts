import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { Additivity, Aggregation, ForeignKey, Measure } from "../../fact.ts";
import { isNumeric, scalar, typeText } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";
import type { FactDraft } from "./draft.ts";
import { matchingKey } from "./inherited-keys.ts";
import type { MeasureValue, ValueContext } from "./measure-value.ts";

/** True where a measure's aggregation fits its additivity and its type; reports it otherwise. A ratio is checked by its parts. */
export function isConsistent(measure: Measure, { context }: FactDraft): boolean {
  if (measure.ratio !== null) return measure.additivity === "non_additive" || mismatch(measure, "write type: non-additive, or leave it out.", context);
  const { additivity, aggregation } = measure;
  if (additivity === "non_additive" && (aggregation === "sum" || aggregation === "count")) {
    return mismatch(measure, "use AVG, MIN or MAX, or state ratio: with the numerator and denominator to sum.", context);
  }
  if (additivity !== "non_additive" && (aggregation === "avg" || aggregation === "count_distinct") && measure.value.kind !== "rollup") {
    return mismatch(measure, "write type: non-additive, or aggregation: SUM.", context);
  }
  const type = measure.value.kind === "rollup" ? measure.value.expression.type : measure.type;
  return takes(aggregation, type ?? measure.type, measure.name, within(measure.origin, "name"), context);
}

/** True where an aggregation can take values of a type; reports it otherwise. */
export function takes(aggregation: Aggregation, type: LogicalType, name: string, origin: Origin, context: LinkContext): boolean {
  const unordered = ["json", "binary", "array", "struct", "boolean"].includes(type.kind);
  const fits = aggregation === "count" || aggregation === "count_distinct" || (aggregation === "sum" || aggregation === "avg" ? isNumeric(type) : !unordered);
  if (fits) return true;
  const instead = type.kind === "string" ? "use COUNT or COUNT DISTINCT, or keep it as a degenerate dimension." : "use COUNT, or compute a number from it with expression:.";
  context.log.add(measureDiagnostics.report("measure-type", { origin }, { name, type: typeText(type), aggregation: aggregationText(aggregation), instead }));
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

/** How a semi-additive measure is closed over time; "refused" where it does not say (reported). */
export function linkOver(spec: MeasureSpec, origin: Origin, additivity: Additivity, foreignKeys: readonly ForeignKey[], draft: FactDraft): Measure["over"] | "refused" {
  const { log } = draft.context;
  const dates = foreignKeys.filter((one) => one.dimension === "dim_date");
  const known = dates.map((one) => one.alias).join(", ") || "none";
  const entries = Object.entries(spec.over);
  const [first] = entries;
  if (additivity !== "semi_additive") {
    if (first !== undefined) log.add(measureDiagnostics.report("over-without-balance", { origin: within(origin, "over"), pointer: "key" }, { name: spec.name, additivity: additivityText(additivity) }));
    return first === undefined ? null : "refused";
  }
  if (first === undefined || entries.length > 1) {
    log.add(measureDiagnostics.report("semi-additive-over", { origin: within(origin, "name") }, { name: spec.name, known, example: dates[0]?.alias ?? "dim_date" }));
    return "refused";
  }
  const [role, how] = first;
  const found = matchingKey(dates, role, null);
  if (found !== null) return { role: found.alias, how };
  const parameters = { fact: draft.name, role, suggestion: didYouMean(role, dates.map((one) => one.alias)), known };
  log.add(measureDiagnostics.report("unknown-over", { origin: within(origin, "over", role), pointer: "key" }, parameters));
  return "refused";
}

/** A ratio as the quotient of its parts, which are no ratios themselves; null where a part is not there (reported). */
export function linkRatio(spec: MeasureSpec, origin: Origin, { draft, earlier }: ValueContext): MeasureValue | null {
  const { ratio } = spec;
  if (ratio === null) return null;
  const usable = earlier.filter((one) => one.ratio === null && one.additivity === "additive");
  const known = usable.map((one) => one.name);
  const part = (key: "numerator" | "denominator"): Expression | null => {
    const measure = usable.find((one) => one.name === ratio[key]);
    if (measure !== undefined) return { kind: "column", input: null, name: measure.name, type: measure.type };
    // A part that was refused itself, or stands further down, is told apart: the first is reported already.
    const later = draft.spec.measures.find((one) => one.name === ratio[key]);
    const suggestion = later === undefined ? didYouMean(ratio[key], known) : "a ratio stands below its parts, which are additive. ";
    draft.context.log.add(measureDiagnostics.report("unknown-part", { origin: within(origin, "ratio", key) }, { fact: draft.name, name: ratio[key], suggestion, known: known.join(", ") || "none" }));
    return null;
  };
  const [numerator, denominator] = [part("numerator"), part("denominator")];
  if (numerator === null || denominator === null) return null;
  const zero: Expression = { kind: "literal", type: scalar("integer"), value: 0 };
  const divisor: Expression = { kind: "call", function: "nullif", arguments: [denominator, zero], type: denominator.type ?? scalar("float") };
  return { type: scalar("float"), value: { kind: "derived", expression: { kind: "binary", operator: "/", left: numerator, right: divisor, type: scalar("float") } } };
}

function mismatch(measure: Measure, instead: string, context: LinkContext): false {
  const parameters = { name: measure.name, additivity: additivityText(measure.additivity), aggregation: aggregationText(measure.aggregation), instead };
  context.log.add(measureDiagnostics.report("additivity-mismatch", { origin: within(measure.origin, "additivity") }, parameters));
  return false;
}
