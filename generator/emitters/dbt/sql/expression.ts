import type { Dialect } from "../../../dialects/types.ts";
import type { BinaryOperator, Expression, Literal } from "../../../model/expression.ts";
import { decimal, digits } from "../../../model/logical-type.ts";
import { castTo } from "./aggregate.ts";
import { factorToWiden } from "./product.ts";

/** Names under which inputs are read, where they differ from their aliases; null leaves the column unqualified. */
export type Aliases = Readonly<Record<string, string | null>>;

/** How tightly an expression binds; PostgreSQL's order, which DuckDB shares for these operators. */
const precedence = { or: 1, and: 2, not: 3, is: 4, comparison: 5, pattern: 6, concat: 7, sum: 8, product: 9, negation: 10, primary: 11 } as const;

type Strength = (typeof precedence)[keyof typeof precedence];

/**
 * SQL of a typed expression, with no more parentheses than it needs; a `case` takes several lines. Columns are qualified by
 * their input's alias, as `aliases` says.
 */
export function printExpression(expression: Expression, dialect: Dialect, aliases: Aliases = {}): string {
  return print(expression, { dialect, aliases });
}

/** The same as an operand: in parentheses unless it binds as tightly as a column or a call does. */
export function printOperand(expression: Expression, dialect: Dialect, aliases: Aliases = {}): string {
  return operand(expression, precedence.primary, { dialect, aliases });
}

/** A condition that stands beside others joined by `and`: an `or` of it is put in parentheses. */
export function printCondition(expression: Expression, dialect: Dialect, aliases: Aliases = {}): string {
  return operand(expression, precedence.and, { dialect, aliases });
}

interface Context {
  readonly dialect: Dialect;
  readonly aliases: Aliases;
}

function print(expression: Expression, context: Context): string {
  const { dialect } = context;
  switch (expression.kind) {
    case "column": return column(expression, context);
    case "literal": return literal(expression, dialect);
    case "binary": return binary(expression, context);
    case "unary": return expression.operator === "not" ? `not ${operand(expression.operand, precedence.not, context)}` : negative(expression.operand, context);
    case "is_null": return `${operand(expression.operand, precedence.pattern, context)} is ${expression.negated ? "not null" : "null"}`;
    case "in": return `${operand(expression.operand, precedence.concat, context)} ${expression.negated ? "not in" : "in"} (${expression.options.map((one) => print(one, context)).join(", ")})`;
    case "between": return between(expression, context);
    case "case": return cases(expression, context);
    case "cast": return dialect.cast(operand(expression.operand, precedence.concat, context), typeOf(expression.operand), expression.type);
    case "call": return dialect.call(expression.function, expression.arguments.map((one) => operand(one, argumentStrength(expression.function), context)), expression.arguments.map(typeOf), expression.type);
    case "in_zone": return inZone(expression, context);
    case "raw": {
      const sql = expression.sql[dialect.name];
      if (sql === undefined) throw new Error(`raw_sql lacks ${dialect.name}, which a rule should have refused`);
      return `(${sql})`;
    }
  }
}

/** Wall-clock time is zoneless, an instant is not: the type says which way it goes. */
function inZone({ operand: inner, zone, type }: Extract<Expression, { kind: "in_zone" }>, context: Context): string {
  const { toInstant, toLocal, stringLiteral } = context.dialect;
  return (type.kind === "timestamp" ? toInstant : toLocal)(operand(inner, precedence.primary, context), stringLiteral(zone));
}

function operand(expression: Expression, needed: Strength, context: Context): string {
  const sql = print(expression, context);
  return strength(expression) >= needed ? sql : `(${sql})`;
}

function strength(expression: Expression): Strength {
  switch (expression.kind) {
    case "binary": return operators[expression.operator];
    case "unary": return expression.operator === "not" ? precedence.not : precedence.negation;
    case "is_null": return precedence.is;
    case "in":
    case "between": return precedence.pattern;
    case "call": return isSum(expression) ? precedence.sum : precedence.primary;
    case "in_zone": return precedence.sum;
    case "literal": return typeof expression.value === "number" && expression.value < 0 ? precedence.negation : precedence.primary;
    default: return precedence.primary;
  }
}

const operators: Readonly<Record<BinaryOperator, Strength>> = {
  or: precedence.or,
  and: precedence.and,
  "is distinct from": precedence.primary,
  "is not distinct from": precedence.primary,
  "=": precedence.comparison,
  "<>": precedence.comparison,
  "<": precedence.comparison,
  "<=": precedence.comparison,
  ">": precedence.comparison,
  ">=": precedence.comparison,
  like: precedence.pattern,
  "not like": precedence.pattern,
  "||": precedence.concat,
  "+": precedence.sum,
  "-": precedence.sum,
  "*": precedence.product,
  "/": precedence.product,
  "%": precedence.primary,
};

/** True for what a dialect may print as `x + n`; months added to a date stand in a cast. */
function isSum({ function: name, arguments: [unit], type }: Extract<Expression, { kind: "call" }>): boolean {
  return name === "date_add" && (type.kind !== "date" || unit?.kind !== "literal" || unit.value === "day");
}

/** Functions whose arguments a dialect puts beside operators of its own. */
const operandCalls: ReadonlySet<string> = new Set(["date_trunc", "date_part", "date_add", "date_diff", "to_date", "mod", "greatest", "least"]);

function argumentStrength(name: string): Strength {
  return operandCalls.has(name) ? precedence.primary : precedence.or;
}

function binary(expression: Extract<Expression, { kind: "binary" }>, context: Context): string {
  const { operator, left, right, type } = expression;
  const { dialect } = context;
  const own = operators[operator];
  const [before, after] = [operand(left, leftStrength(operator), context), operand(right, rightStrength(operator), context)];
  switch (operator) {
    case "*": return product(left, right, context);
    case "/": return dialect.divide(before, after, isNeverZero(right));
    case "%": return dialect.call("mod", [before, after], [typeOf(left), typeOf(right)], type);
    case "like":
    case "not like": return dialect.like(before, after, operator === "not like");
    case "<":
    case "<=":
    case ">":
    case ">=": return `${typeOf(left)?.kind === "string" ? dialect.bytewise(before) : before} ${operator} ${after}`;
    // In a list of columns sqlfluff takes a bare `from` for that of the query.
    case "is distinct from":
    case "is not distinct from": return `(${before} ${operator} ${after})`;
    case "and":
    case "or": return own === precedence.and ? `${before} and ${after}` : `${before} or ${after}`;
    default: return `${before} ${operator} ${after}`;
  }
}

/** A factor is cast where the engine would overflow without: to one digit more than it multiplies in, as wider types cost others their decimals. */
function product(left: Expression, right: Expression, context: Context): string {
  const most = context.dialect.productDigits;
  const wide = factorToWiden(left, right, most);
  const factor = (one: Expression, side: "left" | "right"): string => {
    if (side !== wide || most === null || one.type === null) return operand(one, side === "left" ? leftStrength("*") : rightStrength("*"), context);
    return castTo(print(one, context), context.dialect.typeName(decimal(most + 1, digits(one.type).scale)));
  };
  return `${factor(left, "left")} * ${factor(right, "right")}`;
}

function leftStrength(operator: BinaryOperator): Strength {
  const own = operators[operator];
  if (own === precedence.comparison) return precedence.pattern;
  const isDistinct = operator === "is distinct from" || operator === "is not distinct from";
  return own === precedence.pattern || isDistinct ? precedence.concat : own;
}

/** `and`, `or`, `+`, `*` and `||` associate: their right side needs no parentheses; `-` and `/` do not. */
function rightStrength(operator: BinaryOperator): Strength {
  switch (operator) {
    case "and": return precedence.and;
    case "or": return precedence.or;
    case "+": return precedence.product;
    case "-": return precedence.product;
    case "*":
    case "/": return precedence.negation;
    case "||": return precedence.concat;
    default: return leftStrength(operator);
  }
}

function column(expression: Extract<Expression, { kind: "column" }>, { dialect, aliases }: Context): string {
  const name = identifier(expression.name, dialect);
  if (expression.input === null) return name;
  const alias = Object.hasOwn(aliases, expression.input) ? aliases[expression.input] : expression.input;
  return alias === null || alias === undefined ? name : `${identifier(alias, dialect)}.${name}`;
}

/** A name as it stands in SQL: plain, or quoted where it is a reserved word or odd. */
export function identifier(name: string, dialect: Dialect): string {
  return /^[a-z_][a-z0-9_]*$/.test(name) && !dialect.reservedWords.has(name) ? name : dialect.quote(name);
}

function literal({ type, value }: Literal, dialect: Dialect): string {
  if (value === null) return "null";
  if (typeof value === "boolean") return value ? "true" : "false";
  if (typeof value === "number") return String(value);
  switch (type?.kind) {
    case "date":
    case "time":
    case "timestamp":
    case "timestamp_ntz": return `cast(${dialect.stringLiteral(value)} as ${dialect.typeName(type)})`;
    case "integer":
    case "bigint":
    case "decimal":
    case "float": return value;
    default: return dialect.stringLiteral(value);
  }
}

function negative(expression: Expression, context: Context): string {
  const inner = operand(expression, precedence.negation, context);
  return inner.startsWith("-") ? `-(${inner})` : `-${inner}`;
}

function between(expression: Extract<Expression, { kind: "between" }>, context: Context): string {
  const value = operand(expression.operand, precedence.concat, context);
  const ordered = typeOf(expression.operand)?.kind === "string" ? context.dialect.bytewise(value) : value;
  const [low, high] = [operand(expression.low, precedence.concat, context), operand(expression.high, precedence.concat, context)];
  return `${ordered} ${expression.negated ? "not between" : "between"} ${low} and ${high}`;
}

function cases(expression: Extract<Expression, { kind: "case" }>, context: Context): string {
  const branches = expression.branches.map((one) => branch(one.when, hang(print(one.then, context), 8), context));
  const last = expression.otherwise === null ? [] : [`    else ${hang(print(expression.otherwise, context), 8)}`];
  const oneLine = ["case", ...branches.map((one) => one.trimStart()), ...last.map((one) => one.trimStart()), "end"].join(" ");
  if (branches.length === 1 && oneLine.length <= 60 && !oneLine.includes("\n")) return oneLine;
  return ["case", ...branches, ...last, "end"].join("\n");
}

/** `when … then …`; terms of a condition that is too long for a line have a line each. */
function branch(when: Expression, then: string, context: Context): string {
  const line = `    when ${hang(print(when, context), 8)} then ${then}`;
  if (line.length <= 76 || line.includes("\n") || when.kind !== "binary" || (when.operator !== "and" && when.operator !== "or")) return line;
  const { operator } = when;
  const [first = "", ...others] = termsOf(when, operator).map((one) => operand(one, operators[operator], context));
  return ["    when", `        ${first}`, ...others.map((one) => `        ${operator} ${one}`), `        then ${then}`].join("\n");
}

function termsOf(condition: Expression, operator: BinaryOperator): readonly Expression[] {
  return condition.kind === "binary" && condition.operator === operator ? [...termsOf(condition.left, operator), ...termsOf(condition.right, operator)] : [condition];
}

/** Continuation lines moved right. */
function hang(sql: string, by: number): string {
  return sql.replaceAll("\n", `\n${" ".repeat(by)}`);
}

/** True for literals other than zero and for `nullif(…, 0)`. */
function isNeverZero(expression: Expression): boolean {
  if (expression.kind === "literal") return Number(expression.value) !== 0;
  if (expression.kind === "cast") return isNeverZero(expression.operand);
  return expression.kind === "call" && expression.function === "nullif";
}

function typeOf(expression: Expression): Expression["type"] {
  return expression.type;
}
