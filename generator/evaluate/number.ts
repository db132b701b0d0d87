import { fail, isExactValue, type Exact, type Value } from "./value.ts";

/** A whole number. */
export function whole(value: bigint | number): Exact {
  return { kind: "exact", digits: BigInt(value), scale: 0 };
}

/** The exact number a text such as `-12.50` or `1.5e3` writes, or null where it writes none. */
export function exactFromText(text: string): Exact | null {
  const parts = /^([+-]?)([0-9]*)[.]?([0-9]*)(?:[eE]([+-]?[0-9]+))?$/.exec(text);
  const [, sign = "", before = "", after = "", exponent = "0"] = parts ?? [];
  if (parts === null || before + after === "") return null;
  const digits = BigInt(`${sign === "-" ? "-" : ""}${before}${after}`);
  const scale = after.length - Number(exponent);
  return scale >= 0 ? { kind: "exact", digits, scale } : { kind: "exact", digits: digits * 10n ** BigInt(-scale), scale: 0 };
}

/** The number with exactly its scale's places: `-12.50`. */
export function exactText({ digits, scale }: Exact): string {
  const text = String(digits < 0n ? -digits : digits).padStart(scale + 1, "0");
  const point = text.length - scale;
  return `${digits < 0n ? "-" : ""}${text.slice(0, point)}${scale > 0 ? `.${text.slice(point)}` : ""}`;
}

/** The number with another scale; places that go are rounded half away from zero. */
export function rescaled(value: Exact, scale: number): Exact {
  if (scale >= value.scale) return { kind: "exact", digits: value.digits * 10n ** BigInt(scale - value.scale), scale };
  const unit = 10n ** BigInt(value.scale - scale);
  const half = value.digits < 0n ? -unit / 2n : unit / 2n;
  return { kind: "exact", digits: (value.digits + half) / unit, scale };
}

/** The next whole number below (`floor`) or above. */
export function toWhole(value: Exact, direction: "floor" | "ceil"): Exact {
  const unit = 10n ** BigInt(value.scale);
  const cut = value.digits / unit;
  const rest = value.digits % unit;
  const step = direction === "floor" ? (rest < 0n ? -1n : 0n) : rest > 0n ? 1n : 0n;
  return whole(cut + step);
}

/** `+ - * %` of exact numbers, without loss; the remainder has the sign of the dividend. */
export function exactArithmetic(operator: "+" | "-" | "*" | "%", left: Exact, right: Exact): Exact {
  if (operator === "*") return { kind: "exact", digits: left.digits * right.digits, scale: left.scale + right.scale };
  const scale = Math.max(left.scale, right.scale);
  const [one, other] = [rescaled(left, scale).digits, rescaled(right, scale).digits];
  if (operator === "%" && other === 0n) fail("division by zero");
  return { kind: "exact", digits: operator === "+" ? one + other : operator === "-" ? one - other : one % other, scale };
}

/** -1, 0 or 1. */
export function compareExact(left: Exact, right: Exact): number {
  const difference = exactArithmetic("-", left, right).digits;
  return difference < 0n ? -1 : difference > 0n ? 1 : 0;
}

/** The nearest float. */
export function toFloat(value: Value): number {
  if (typeof value === "number") return value;
  return isExactValue(value) ? Number(exactText(value)) : fail("not a number");
}

/** A float as the exact number it is written as (1.005 is 1.005). */
export function exactFromFloat(value: number): Exact {
  return exactFromText(String(value)) ?? fail("not a finite number");
}
