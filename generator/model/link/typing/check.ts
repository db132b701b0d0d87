import { didYouMean } from "../../../diagnostics/suggest.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import type { Expression } from "../../expression.ts";
import { isNumeric, isTemporal, scalar } from "../../logical-type.ts";
import { readType } from "../types.ts";
import type { Lookup } from "../scope.ts";
import type { Syntax } from "../sql/syntax.ts";
import { checkCall } from "./calls.ts";
import { wallClock } from "./days.ts";
import { mismatch, refused, typeWord, type Environment } from "./environment.ts";
import { nonZero } from "./guards.ts";
import { fitted, numberLiteral, unified, zonedLiteral } from "./literals.ts";
import { checkBinary, comparedTogether } from "./operators.ts";
import { insteadOf, isClockWord } from "./other-functions.ts";
import { MOST_PARTS, sizeOf } from "./size.ts";

const SPLIT = "work it out in steps: a column of a hand-written model, or a measure of a fact that a roll-up or mart reads.";

/** The typed form of a tree: every name looked up, every type checked. Null where something was refused (reported). */
export function checkSyntax(syntax: Syntax, environment: Environment): Expression | null {
  if (!hasRoom(1, environment)) return null;
  const check = (one: Syntax): Expression | null => checkSyntax(one, environment);
  switch (syntax.kind) {
    case "name": return checkName(syntax.parts, syntax.quoted, environment);
    case "number": return checkNumber(syntax.text, environment);
    case "string": return { kind: "literal", type: scalar("string"), value: syntax.text };
    case "temporal": return zonedLiteral(syntax.type, syntax.text, environment.zone) ?? mismatch(environment, `'${syntax.text}' is no ${syntax.type}`, "write date '2024-01-31' or timestamp '2024-01-31 12:00:00', with a Z at its end for UTC.");
    case "interval": return mismatch(environment, "an interval stands alone", "add it to a date or timestamp, as in ordered_at + interval '3 days'.");
    case "boolean": return { kind: "literal", type: scalar("boolean"), value: syntax.value };
    case "null": return { kind: "literal", type: null, value: null };
    case "binary": return checkOperands(syntax, check, environment);
    case "unary": return checkUnary(syntax.operator, check(syntax.operand), environment);
    case "is": return checkIs(syntax, check(syntax.operand), environment);
    case "in": return checkIn(syntax, check, environment);
    case "between": return checkBetween(syntax, check, environment);
    case "case": return checkCase(syntax, environment);
    case "cast": return checkCast(syntax, check(syntax.operand), environment);
    case "call": return checkCall(syntax.name, syntax.arguments, check, environment);
  }
}

/** Takes room for so many parts; where there is none left, that is reported once. A name, and what a short form is long for, can double at every level. */
function hasRoom(parts: number, environment: Environment): boolean {
  const { room } = environment;
  if (room.left < 0) return false;
  room.left -= parts;
  if (room.left < 0) tooLarge(environment);
  return room.left >= 0;
}

/** The expression, or null where its SQL would be too long on some warehouse (reported). */
export function withinSize(expression: Expression | null, environment: Environment): Expression | null {
  return expression !== null && sizeOf(expression) > MOST_PARTS ? tooLarge(environment) : expression;
}

function tooLarge(environment: Environment): null {
  return refused("more than 10,000 parts, those of the names in it included", SPLIT, environment);
}

/** A literal with more digits than any type has would be rounded or refused by the warehouse. */
function checkNumber(text: string, environment: Environment): Expression | null {
  const literal = numberLiteral(text);
  const fits = typeof literal.value === "number" ? Number.isFinite(literal.value) : String(literal.value).replace(/^0?[.]|[.]/, "").length <= MOST_DIGITS;
  return fits ? literal : mismatch(environment, "a number has more digits than any warehouse keeps", `write one of at most ${MOST_DIGITS} digits, those after the point included.`);
}

const MOST_DIGITS = 38;

function checkName(parts: readonly string[], quoted: boolean, environment: Environment): Expression | null {
  const name = parts.at(-1) ?? "";
  const qualifier = parts.length > 1 ? parts.slice(0, -1).join(".") : null;
  const exact = environment.scope.lookup(name, qualifier);
  const found = exact.kind === "unknown" && !quoted && name !== name.toLowerCase() ? environment.scope.lookup(name.toLowerCase(), qualifier) : exact;
  const instead = found.kind === "unknown" && !quoted && isClockWord(name.toLowerCase()) ? insteadOf(name.toLowerCase()) : null;
  if (instead !== null) return refused(name, instead, environment);
  if (found.kind === "found" && !hasRoom(sizeOf(found.expression), environment)) return null;
  return reportLookup(parts.join("."), found, environment, quoted);
}

/** The expression a lookup found, or null after reporting why there is none. */
export function reportLookup(name: string, found: Lookup, environment: Pick<Environment, "log" | "origin">, quoted = false): Expression | null {
  const place = { origin: environment.origin };
  const bare = name.slice(name.lastIndexOf(".") + 1);
  switch (found.kind) {
    case "found":
      return found.expression;
    case "unknown":
      environment.log.add(expressionDiagnostics.report("unknown-column", place, { name, suggestion: `${didYouMean(name, found.candidates) || didYouMean(bare, found.candidates)}${quoted ? `a text stands in single quotes: '${name}'. ` : ""}`, known: `${found.instead ?? ""}${known(found.candidates)}` }));
      return null;
    case "ambiguous":
      environment.log.add(expressionDiagnostics.report("ambiguous-column", place, { name, candidates: found.candidates.join(" or ") }));
      return null;
    case "refused":
      return null;
    case "other_name_space":
      environment.log.add(expressionDiagnostics.report("other-name-space", place, { name, correct: found.correct }));
      return null;
  }
}

function known(candidates: readonly string[]): string {
  if (candidates.length === 0) return "There are no columns here.";
  const shown = candidates.slice(0, 12).join(", ");
  return `The columns are ${shown}${candidates.length > 12 ? " and more" : ""}.`;
}

function checkOperands(syntax: Extract<Syntax, { kind: "binary" }>, check: (one: Syntax) => Expression | null, environment: Environment): Expression | null {
  const { operator, right } = syntax;
  if (right.kind === "interval" && (operator === "+" || operator === "-")) {
    const count: Syntax = { kind: "number", text: String(Math.abs(right.count)) };
    const signed: Syntax = (operator === "-") === (right.count < 0) ? count : { kind: "unary", operator: "-", operand: count };
    return check({ kind: "call", name: "date_add", arguments: [{ kind: "string", text: right.unit }, signed, syntax.left] });
  }
  const [one, other] = [check(syntax.left), check(right)];
  return one === null || other === null ? null : checkBinary(operator, one, other, environment);
}

function checkUnary(operator: "not" | "-", operand: Expression | null, environment: Environment): Expression | null {
  if (operand === null) return null;
  if (operator === "not") {
    const condition = fitted(operand, scalar("boolean"));
    return condition === null ? mismatch(environment, `'not' takes a condition, not ${typeWord(operand)}`, "compare the value with something, as in not x = 1.") : { kind: "unary", operator, operand: condition, type: scalar("boolean") };
  }
  if (operand.type === null || !isNumeric(operand.type)) return mismatch(environment, `'-' takes a number, not ${typeWord(operand)}`, "write cast(x as decimal(12,2)) where a number is meant.");
  return { kind: "unary", operator, operand, type: operand.type };
}

/** `x is true` becomes `coalesce(x, false)`, which means the same on every warehouse. */
function checkIs(syntax: Extract<Syntax, { kind: "is" }>, operand: Expression | null, environment: Environment): Expression | null {
  if (operand === null) return null;
  const boolean = scalar("boolean");
  if (syntax.what === "null") return { kind: "is_null", operand, negated: syntax.negated, type: boolean };
  const condition = fitted(operand, boolean);
  if (condition === null) return mismatch(environment, `'is ${syntax.what}' takes a condition, not ${typeWord(operand)}`, "compare the value, as in x = 1.");
  const otherwise: Expression = { kind: "literal", type: boolean, value: syntax.what === "false" };
  const holds: Expression = { kind: "call", function: "coalesce", arguments: [condition, otherwise], type: boolean };
  return (syntax.what === "true") === syntax.negated ? { kind: "unary", operator: "not", operand: holds, type: boolean } : holds;
}

function checkIn(syntax: Extract<Syntax, { kind: "in" }>, check: (one: Syntax) => Expression | null, environment: Environment): Expression | null {
  const all = allOf([syntax.operand, ...syntax.options], check);
  if (all === null) return null;
  if (all.some((one) => one.type === null)) return mismatch(environment, "NULL in a list never matches", "write x in (…) or x is null.");
  const [operand, ...options] = comparedTogether(all, environment) ?? [];
  return operand === undefined ? null : { kind: "in", operand, options, negated: syntax.negated, type: scalar("boolean") };
}

function checkBetween(syntax: Extract<Syntax, { kind: "between" }>, check: (one: Syntax) => Expression | null, environment: Environment): Expression | null {
  const all = allOf([syntax.operand, syntax.low, syntax.high], check);
  const [operand, low, high] = all === null ? [] : (comparedTogether(all, environment) ?? []);
  if (operand === undefined || low === undefined || high === undefined) return null;
  return { kind: "between", operand, low, high, negated: syntax.negated, type: scalar("boolean") };
}

/** `case x when 1 …` is read as `case when x = 1 …`. */
function checkCase(syntax: Extract<Syntax, { kind: "case" }>, environment: Environment): Expression | null {
  const { operand } = syntax;
  let known = environment;
  const conditions: (Expression | null)[] = [];
  const results: (Expression | null)[] = [];
  for (const { when, then } of syntax.branches) {
    const condition = checkSyntax(operand === null ? when : { kind: "binary", operator: "=", left: operand, right: when }, known);
    conditions.push(condition);
    results.push(checkSyntax(then, whereNonZero(known, condition, true)));
    known = whereNonZero(known, condition, false);
  }
  if (syntax.otherwise !== null) results.push(checkSyntax(syntax.otherwise, known));
  return typedCase(syntax, allFound(conditions), allFound(results), environment);
}

function whereNonZero(environment: Environment, condition: Expression | null, holds: boolean): Environment {
  return condition === null ? environment : { ...environment, nonZero: [...(environment.nonZero ?? []), ...nonZero(condition, holds)] };
}

function typedCase(syntax: Extract<Syntax, { kind: "case" }>, conditions: readonly Expression[] | null, results: readonly Expression[] | null, environment: Environment): Expression | null {
  if (conditions === null || results === null) return null;
  const wrong = conditions.find((one) => fitted(one, scalar("boolean")) === null);
  if (wrong !== undefined) return mismatch(environment, `'when' takes a condition, not ${typeWord(wrong)}`, "write case when x = 1 then …, or case x when 1 then ….");
  const found = unified(results, environment.zone);
  if (found === null) return mismatch(environment, `the results of case are ${[...new Set(results.map(typeWord))].join(" and ")}`, "let all branches have one type; cast(x as type) converts.");
  const branches = conditions.flatMap((when, index) => {
    const then = found.expressions[index];
    return then === undefined ? [] : [{ when, then }];
  });
  return { kind: "case", branches, otherwise: syntax.otherwise === null ? null : (found.expressions.at(-1) ?? null), type: found.type };
}

function checkCast(syntax: Extract<Syntax, { kind: "cast" }>, operand: Expression | null, environment: Environment): Expression | null {
  const type = readType(syntax.type, environment.log, environment.origin);
  if (operand === null || type === null) return null;
  if (type.kind === "date" && operand.type?.kind === "date") return operand;
  if (operand.kind === "literal" && (operand.type === null || isTemporal(type))) {
    const literal = fitted(operand, type, environment.zone);
    if (literal !== null && literal.type?.kind === type.kind) return literal;
  }
  return { kind: "cast", operand: wallClockTypes.has(type.kind) ? wallClock(operand, environment) : operand, type };
}

/** Types that say what a clock or calendar on the wall shows. */
const wallClockTypes: ReadonlySet<string> = new Set(["date", "time", "timestamp_ntz"]);

/** All checked, so that each problem is reported; null where any was refused. */
function allOf(syntax: readonly Syntax[], check: (one: Syntax) => Expression | null): readonly Expression[] | null {
  return allFound(syntax.map(check));
}

function allFound(all: readonly (Expression | null)[]): readonly Expression[] | null {
  const found = all.filter((one) => one !== null);
  return found.length === all.length ? found : null;
}
