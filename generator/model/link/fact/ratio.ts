import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import { scalar } from "../../logical-type.ts";
import type { MeasureValue, ValueContext } from "./measure-value.ts";

type Ratio = NonNullable<MeasureSpec["ratio"]>;

/** A ratio as the quotient of its parts, additive measures that stand above it; null where a part is not there (reported). */
export function linkRatio(ratio: Ratio, origin: Origin, values: ValueContext): MeasureValue | null {
  const numerator = part(ratio.numerator, within(origin, "ratio", "numerator"), values);
  const denominator = part(ratio.denominator, within(origin, "ratio", "denominator"), values);
  if (numerator === null || denominator === null) return null;
  const type = scalar("float");
  const zero: Expression = { kind: "literal", type: scalar("integer"), value: 0 };
  const divisor: Expression = { kind: "call", function: "nullif", arguments: [denominator, zero], type: denominator.type ?? type };
  return { type, value: { kind: "derived", expression: { kind: "binary", operator: "/", left: numerator, right: divisor, type } } };
}

function part(name: string, origin: Origin, { draft, earlier }: ValueContext): Expression | null {
  const usable = earlier.filter((one) => one.ratio === null && one.additivity === "additive");
  const measure = usable.find((one) => one.name === name);
  if (measure === undefined && draft.context.refused.has(draft.name, name)) return null;
  if (measure !== undefined) return { kind: "column", input: null, name: measure.name, type: measure.type };
  const known = usable.map((one) => one.name);
  const isMeasure = draft.spec.measures.some((one) => one.name === name);
  const suggestion = isMeasure ? "a ratio stands below its parts, which are additive. " : didYouMean(name, known);
  const parameters = { fact: draft.name, name, suggestion, known: known.join(", ") || "none" };
  draft.context.log.add(measureDiagnostics.report("unknown-part", { origin }, parameters));
  return null;
}
