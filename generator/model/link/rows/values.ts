import type { Expression, Literal } from "../../expression.ts";
import { isExact, isInteger, isNumeric, scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import { temporalLiteral } from "../typing/literals.ts";

/** A value of a spec as a literal of a column's type, or null where it is none of that type. */
export function typedValue(value: string | number | boolean, type: LogicalType): Literal | null {
  const text = String(value);
  if (type.kind === "string") return { kind: "literal", type, value: text };
  if (type.kind === "boolean") return /^(true|false)$/i.test(text) ? { kind: "literal", type, value: text.toLowerCase() === "true" } : null;
  if (type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz") return temporalLiteral(type.kind, text);
  if (!isNumeric(type) || !/^-?[0-9]+(\.[0-9]+)?$/.test(text)) return null;
  if (isInteger(type)) return /^-?[0-9]+$/.test(text) ? { kind: "literal", type, value: text } : null;
  const scale = text.split(".")[1]?.length ?? 0;
  return isExact(type) && type.kind === "decimal" && scale > type.scale ? null : { kind: "literal", type, value: text };
}

/** `operand in (values)`, or null where a value is not of the operand's type. */
export function isOneOf(operand: Expression, values: readonly string[]): Expression | null {
  const type = operand.type;
  const options = type === null ? [] : values.flatMap((one) => typedValue(one, type) ?? []);
  if (options.length < values.length) return null;
  return { kind: "in", operand, options, negated: false, type: scalar("boolean") };
}
