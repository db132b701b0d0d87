import type { Expression } from "../model/expression.ts";
import { typeText } from "../model/logical-type.ts";
import { canonical } from "./canonical.ts";

const LONGEST = 160;

/** A value of the model as a short text for people. */
export function shown(value: unknown): string {
  if (value === null || value === undefined) return "none";
  if (typeof value === "string") return cut(value === "" ? "none" : value);
  if (typeof value !== "object") return String(value);
  if (Array.isArray(value)) return cut(value.length === 0 ? "none" : value.map(shown).join(", "));
  if ("name" in value && typeof value.name === "string") return value.name;
  return whole(canonical(value));
}

/** Two values that differ as short texts: where their names are the same, by what else only one of them says. */
export function shownApart(before: unknown, after: unknown): readonly [before: string, after: string] {
  const [was, is] = [shown(before), shown(after)];
  if (was !== is) return [was, is];
  const [old, now] = [before, after].map((value) => (Array.isArray(value) ? value.map(canonical) : [canonical(value)]));
  const only = (own: readonly string[] = [], other: readonly string[] = []): string => whole(own.filter((one) => !other.includes(one)).join(", "));
  return [only(old, now), only(now, old)];
}

function whole(text: string): string {
  return cut(text.replace(/"([A-Za-z_]+)":/g, "$1: ").replace(/,(?! )/g, ", "));
}

/** An expression as a text close to the spec's. */
export function expressionText(one: Expression | null): string {
  return one === null ? "none" : cut(printed(one));
}

function printed(one: Expression): string {
  switch (one.kind) {
    case "column": return one.input === null ? one.name : `${one.input}.${one.name}`;
    case "literal": return typeof one.value === "string" ? `'${one.value}'` : one.value === null ? "null" : String(one.value);
    case "binary": return `${operand(one.left)} ${one.operator} ${operand(one.right)}`;
    case "unary": return one.operator === "-" ? `-${operand(one.operand)}` : `not ${operand(one.operand)}`;
    case "is_null": return `${operand(one.operand)} is ${one.negated ? "not " : ""}null`;
    case "in": return `${operand(one.operand)} ${one.negated ? "not " : ""}in (${one.options.map(printed).join(", ")})`;
    case "between": return `${operand(one.operand)} ${one.negated ? "not " : ""}between ${operand(one.low)} and ${operand(one.high)}`;
    case "case": {
      const branches = one.branches.map((each) => ` when ${printed(each.when)} then ${printed(each.then)}`).join("");
      return `case${branches}${one.otherwise === null ? "" : ` else ${printed(one.otherwise)}`} end`;
    }
    case "cast": return `cast(${printed(one.operand)} as ${typeText(one.type)})`;
    case "in_zone": return `${operand(one.operand)} at time zone '${one.zone}'`;
    case "call": return `${one.function}(${one.arguments.map(printed).join(", ")})`;
    case "raw": return Object.values(one.sql)[0] ?? "";
  }
}

function operand(one: Expression): string {
  return one.kind === "binary" ? `(${printed(one)})` : printed(one);
}

function cut(text: string): string {
  const line = text.replace(/\s+/g, " ");
  return line.length <= LONGEST ? line : `${line.slice(0, LONGEST - 1)}…`;
}
