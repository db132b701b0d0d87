import type { LogicalType, ScalarKind } from "./types.ts";

/** The text of a type as specs spell it: `decimal(12,2)`, `array<string>`. */
export function typeText(type: LogicalType): string {
  switch (type.kind) {
    case "decimal": return `decimal(${type.precision},${type.scale})`;
    case "array": return `array<${typeText(type.of)}>`;
    case "struct": return `struct<${type.fields.map((one) => `${one.name}: ${typeText(one.type)}`).join(", ")}>`;
    default: return type.kind;
  }
}

/** A scalar type by its kind. */
export function scalar(kind: ScalarKind): LogicalType {
  return { kind };
}

/** True where both are the same type with the same parameters. */
export function sameType(a: LogicalType, b: LogicalType): boolean {
  return typeText(a) === typeText(b);
}

/** integer, bigint, decimal or float. */
export function isNumeric(type: LogicalType): boolean {
  return isExact(type) || type.kind === "float";
}

/** A number without rounding: integer, bigint or decimal. */
export function isExact(type: LogicalType): type is Extract<LogicalType, { kind: "decimal" }> | { readonly kind: "integer" | "bigint" } {
  return type.kind === "integer" || type.kind === "bigint" || type.kind === "decimal";
}

/** integer or bigint. */
export function isInteger(type: LogicalType): boolean {
  return type.kind === "integer" || type.kind === "bigint";
}

/** date, timestamp or timestamp_ntz. */
export function isTemporal(type: LogicalType): boolean {
  return type.kind === "date" || type.kind === "timestamp" || type.kind === "timestamp_ntz";
}

/**
 * The type that holds both without loss, or null where there is none: numbers widen (anything with float is float);
 * a date is no timestamp and a text is no number, so those never mix by accident.
 */
export function commonType(a: LogicalType, b: LogicalType): LogicalType | null {
  if (sameType(a, b)) return a;
  if (!isNumeric(a) || !isNumeric(b)) return null;
  if (!isExact(a) || !isExact(b)) return scalar("float");
  if (isInteger(a) && isInteger(b)) return scalar("bigint");
  const [left, right] = [digits(a), digits(b)];
  const scale = Math.max(left.scale, right.scale);
  return decimal(Math.max(left.precision - left.scale, right.precision - right.scale) + scale, scale);
}

/** True where `=` and `<` between the two mean something: equal types, or numbers. */
export function comparable(a: LogicalType, b: LogicalType): boolean {
  return commonType(a, b) !== null;
}

/** decimal(precision, scale), both cut to what every warehouse takes (38 digits). */
export function decimal(precision: number, scale: number): LogicalType {
  const capped = Math.min(38, Math.max(1, precision));
  return { kind: "decimal", precision: capped, scale: Math.min(scale, capped) };
}

/** Precision and scale of an exact number; integer counts as 10 digits, bigint as 19. */
export function digits(type: LogicalType): { readonly precision: number; readonly scale: number } {
  if (type.kind === "decimal") return { precision: type.precision, scale: type.scale };
  return { precision: type.kind === "integer" ? 10 : 19, scale: 0 };
}
