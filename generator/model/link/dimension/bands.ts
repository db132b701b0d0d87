import { within, type Origin } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { AttributeSpec } from "../../../spec/types.ts";
import type { Expression, Literal } from "../../expression.ts";
import { isNumeric, scalar, typeText } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import { typedValue } from "../rows/values.ts";

/** The band that a value lies in, as text; null where the limits are none of its type, or not in order (reported). A missing value has no band. */
export function bandOf(value: Expression, spec: AttributeSpec, origin: Origin, context: LinkContext): Expression | null {
  const { type } = value;
  const ordered = type !== null && (isNumeric(type) || type.kind === "date" || type.kind === "timestamp");
  const limits: Literal[] = [];
  for (const [index, limit] of spec.bands.entries()) {
    const literal = ordered ? typedValue(limit, type) : null;
    const before = spec.bands[index - 1];
    if (literal === null || (before !== undefined && !isLess(before, limit))) {
      const parameters = { value: String(limit), name: spec.name, type: type === null ? "unknown" : typeText(type) };
      context.log.add(dimensionDiagnostics.report("band-limit", { origin: within(origin, "bands", index) }, parameters));
      return null;
    }
    limits.push(literal);
  }
  const branches = [
    ...limits.map((limit, index) => ({ when: compared("<", limit), then: text(nameOf(limits[index - 1], limit)) })),
    ...limits.slice(-1).map((limit) => ({ when: compared(">=", limit), then: text(nameOf(limit, undefined)) })),
  ];
  return { kind: "case", branches, otherwise: null, type: scalar("string") };

  function compared(operator: "<" | ">=", limit: Literal): Expression {
    return { kind: "binary", operator, left: value, right: limit, type: scalar("boolean") };
  }
}

function nameOf(from: Literal | undefined, to: Literal | undefined): string {
  if (from === undefined) return `below ${String(to?.value)}`;
  return to === undefined ? `${String(from.value)} and above` : `${String(from.value)} to below ${String(to.value)}`;
}

/** Dates are ISO texts, which sort like the days they name. */
function isLess(one: string | number, other: string | number): boolean {
  const [low, high] = [Number(one), Number(other)];
  return Number.isNaN(low) || Number.isNaN(high) ? String(one) < String(other) : low < high;
}

function text(value: string): Expression {
  return { kind: "literal", type: scalar("string"), value };
}
