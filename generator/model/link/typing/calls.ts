import { didYouMean } from "../../../diagnostics/suggest.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import type { Expression, FunctionName } from "../../expression.ts";
import { decimal, digits, isExact, isInteger, isNumeric, isTemporal, scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";
import { longForm } from "../sql/long-form.ts";
import type { Syntax } from "../sql/syntax.ts";
import { portableFormat } from "./date-formats.ts";
import { localCall } from "./days.ts";
import { refused, typeOf, typeWord, type Environment } from "./environment.ts";
import { functionNamed, functionShapes, functionSynonyms, partFunctions, unitNamed, type FunctionShape, type ParameterKind } from "./functions.ts";
import { asText, fitted, unified } from "./literals.ts";
import { isDivisor } from "./operators.ts";
import { insteadOf } from "./other-functions.ts";
import { unportable } from "./portable.ts";

type Check = (syntax: Syntax) => Expression | null;

/** The typed form of a call; null where function or arguments do not fit (reported). */
export function checkCall(name: string, syntax: readonly Syntax[], check: Check, environment: Environment): Expression | null {
  if (partFunctions.has(name) && syntax.length === 1) return checkCall("date_part", [{ kind: "string", text: name }, ...syntax], check, environment);
  const long = longForm(name, syntax);
  if (long !== null) return check(long);
  const found = functionNamed(name);
  if (found === null) return unknownFunction(name, environment);
  const shape = functionShapes[found];
  const most = shape.rest ? Infinity : shape.parameters.length;
  if (syntax.length < shape.parameters.length - shape.optional || syntax.length > most) {
    return wrong(name, countText(shape), `${syntax.length} argument${syntax.length === 1 ? "" : "s"}`, shape, environment);
  }
  const kinds = syntax.map((_, index): ParameterKind => shape.parameters[index] ?? shape.parameters.at(-1) ?? "same");
  const values: Expression[] = [];
  for (const [index, one] of syntax.entries()) {
    const kind = kinds[index] ?? "same";
    const value = kind === "unit" ? unitOf(one) : check(one);
    if (value === null) return null;
    const taken = taking(found, kind, value, environment.zone);
    if (taken === null) return misfitting(name, kind, value, shape, environment);
    values.push(taken);
  }
  return finished(found, shape, kinds, values, name, environment);
}

function misfitting(name: string, kind: ParameterKind, value: Expression, shape: FunctionShape, environment: Environment): null {
  const unit = kind === "unit" && value.kind === "literal" ? String(value.value) : null;
  const instead = unit === null ? null : insteadOf(unit.toLowerCase());
  if (instead !== null) return refused(`the part ${unit} of a date`, instead, environment);
  const isCast = kind === "string" || kind === "text" || shape === functionShapes.to_char;
  const usage = isCast ? `${shape.usage}, and the text of another type as cast(x as string)` : shape.usage;
  return wrong(name, parameterText(kind), unit === null ? typeWord(value) : `'${unit}'`, { ...shape, usage }, environment);
}

function finished(found: FunctionName, shape: FunctionShape, kinds: readonly ParameterKind[], values: readonly Expression[], name: string, environment: Environment): Expression | null {
  const together = kinds.includes("same") || shape.result === "same" ? unified(values, environment.zone) : null;
  if (together === null && (kinds.includes("same") || shape.result === "same")) {
    return wrong(name, "values of one type", [...new Set(values.map(typeWord))].join(" and "), shape, environment);
  }
  const args = together?.expressions ?? values;
  if (found === "mod" && args[1] !== undefined && !isDivisor(args[1], name, environment)) return null;
  const misfit = unportable(found, args);
  if (misfit !== null) return wrong(name, misfit.expected, misfit.given, shape, environment);
  return localCall(found, found === "substring" ? args.map((one, index) => (index === 2 ? notNegative(one) : one)) : args, resultType(shape, args, together?.type ?? null), environment);
}

/** A unit may be written bare (`dateadd(day, 1, x)`) or as a text. */
function unitOf(syntax: Syntax): Expression {
  const text = syntax.kind === "string" ? syntax.text : syntax.kind === "name" && syntax.parts.length === 1 ? (syntax.parts[0] ?? "") : "?";
  return { kind: "literal", type: scalar("string"), value: text };
}

/** The value as an argument of this kind, or null where it does not fit. */
function taking(name: FunctionName, kind: ParameterKind, value: Expression, zone: string): Expression | null {
  const type = value.type;
  switch (kind) {
    case "unit": {
      const unit = value.kind === "literal" ? unitNamed(name, String(value.value)) : null;
      return unit === null ? null : { kind: "literal", type: scalar("string"), value: unit };
    }
    case "string": return fitted(value, scalar("string"));
    case "text": return asText(value);
    case "format": return portableFormat(value);
    case "integer": return type === null ? fitted(value, scalar("integer")) : isInteger(type) ? value : null;
    case "number": return type === null ? fitted(value, scalar("integer")) : isNumeric(type) ? value : null;
    case "temporal": return isNothing(value) ? { kind: "cast", operand: value, type: scalar("date") } : type !== null && isTemporal(type) ? value : (fitted(value, scalar("date")) ?? fitted(value, scalar("timestamp"), zone));
    case "same": return value;
  }
}

/** A length that is worked out (`strpos(x, '@') - 1`), 0 where it is below: some engines raise there, others read backwards. */
function notNegative(length: Expression): Expression {
  const zero: Expression = { kind: "literal", type: scalar("integer"), value: 0 };
  const isNegative: Expression = { kind: "binary", operator: "<", left: length, right: zero, type: scalar("boolean") };
  const isCount = length.kind === "call" && (length.function === "length" || length.function === "strpos");
  return length.kind === "literal" || isCount ? length : { kind: "case", branches: [{ when: isNegative, then: zero }], otherwise: length, type: length.type ?? scalar("integer") };
}

/** A bare NULL is of no type that engines could choose a function by. */
function isNothing(value: Expression): boolean {
  return value.kind === "literal" && value.value === null;
}

function resultType(shape: FunctionShape, values: readonly Expression[], together: LogicalType | null): LogicalType {
  const [first, second] = values;
  switch (shape.result) {
    case "same": return together ?? scalar("string");
    case "first": return first === undefined ? scalar("string") : typeOf(first);
    case "last": return values.at(-1)?.type ?? scalar("date");
    case "truncated": return second?.type ?? scalar("date");
    case "rounded": return roundedType(first, second);
    case "whole": return wholeType(first?.type ?? scalar("float"));
    case "string":
    case "integer":
    case "float":
    case "boolean":
    case "date":
      return scalar(shape.result);
  }
}

/** `round(x, n)` of an exact number has n places and one digit more in front; a float stays float. */
function roundedType(value: Expression | undefined, places: Expression | undefined): LogicalType {
  const type = value?.type ?? scalar("float");
  if (!isExact(type) || isInteger(type)) return type;
  const scale = places === undefined ? 0 : places.kind === "literal" ? Math.max(0, Number(places.value)) : digits(type).scale;
  return decimal(digits(type).precision - digits(type).scale + 1 + scale, scale);
}

function wholeType(type: LogicalType): LogicalType {
  return type.kind === "decimal" ? decimal(type.precision - type.scale + 1, 0) : type;
}

function unknownFunction(name: string, environment: Environment): null {
  const instead = insteadOf(name);
  if (instead !== null) return refused(`${name}()`, instead, environment);
  const functions = Object.keys(functionShapes).sort();
  const suggestion = didYouMean(name, [...functions, ...functionSynonyms.keys()]);
  environment.log.add(expressionDiagnostics.report("unknown-function", { origin: environment.origin }, { name, suggestion, functions: functions.join(", ") }));
  return null;
}

function wrong(name: string, expected: string, given: string, shape: FunctionShape, environment: Environment): null {
  environment.log.add(expressionDiagnostics.report("wrong-arguments", { origin: environment.origin }, { name, expected, given, usage: shape.usage }));
  return null;
}

function countText(shape: FunctionShape): string {
  const [most, least] = [shape.parameters.length, shape.parameters.length - shape.optional];
  return `${least}${shape.rest ? " or more" : most > least ? ` to ${most}` : ""} argument${most === 1 && !shape.rest ? "" : "s"}`;
}

function parameterText(kind: ParameterKind): string {
  const texts: Readonly<Record<ParameterKind, string>> = {
    string: "a text there", text: "a text there", format: "a format as a text there", number: "a number there", integer: "a whole number there", temporal: "a date or timestamp there", unit: "a unit such as 'day' there", same: "values of one type",
  };
  return texts[kind];
}
