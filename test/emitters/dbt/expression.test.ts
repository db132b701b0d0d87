import { describe, expect, it } from "vitest";
import { createLog } from "../../../generator/diagnostics/log.ts";
import { duckdb } from "../../../generator/dialects/duckdb.ts";
import { postgres } from "../../../generator/dialects/postgres.ts";
import { printCondition, printExpression } from "../../../generator/emitters/dbt/sql/expression.ts";
import type { BinaryOperator, Expression } from "../../../generator/model/expression.ts";
import { parseExpression } from "../../../generator/model/link/expressions.ts";
import { columnScope } from "../../../generator/model/link/scope.ts";
import { parseType } from "../../../generator/model/type-text.ts";
import type { LogicalType } from "../../../generator/model/types.ts";

const integer: LogicalType = { kind: "integer" };
const boolean: LogicalType = { kind: "boolean" };
const string: LogicalType = { kind: "string" };
const column = (name: string, type: LogicalType = integer, input: string | null = null): Expression => ({ kind: "column", input, name, type });
const literal = (value: string | number | boolean | null, type: LogicalType | null = integer): Expression => ({ kind: "literal", type, value });
const binary = (left: Expression, operator: BinaryOperator, right: Expression, type: LogicalType = integer): Expression => ({ kind: "binary", operator, left, right, type });
const not = (operand: Expression): Expression => ({ kind: "unary", operator: "not", operand, type: boolean });
const minus = (operand: Expression): Expression => ({ kind: "unary", operator: "-", operand, type: integer });
const [a, b, c] = [column("a"), column("b"), column("c")] as const;

const printed: readonly (readonly [Expression, string])[] = [
  [binary(binary(a, "+", b), "*", c), "(a + b) * c"],
  [binary(a, "+", binary(b, "*", c)), "a + b * c"],
  [binary(a, "-", binary(b, "-", c)), "a - (b - c)"],
  [binary(binary(a, "-", b), "-", c), "a - b - c"],
  [binary(a, "and", binary(b, "or", c)), "a and (b or c)"],
  [binary(binary(a, "and", b), "or", c), "a and b or c"],
  [not(binary(a, "=", b, boolean)), "not a = b"],
  [not(binary(a, "and", b, boolean)), "not (a and b)"],
  [minus(minus(a)), "-(-a)"],
  [binary(a, "-", literal(-1)), "a - -1"],
  [minus(literal(-1)), "-(-1)"],
  [{ kind: "is_null", operand: binary(a, "=", b, boolean), negated: true, type: boolean }, "(a = b) is not null"],
  [{ kind: "in", operand: a, options: [literal(1), literal(2)], negated: true, type: boolean }, "a not in (1, 2)"],
  [{ kind: "between", operand: binary(a, "+", b), low: literal(1), high: literal(2), negated: false, type: boolean }, "a + b between 1 and 2"],
  [{ kind: "case", branches: [{ when: binary(a, ">", b, boolean), then: literal(1) }], otherwise: literal(0), type: integer }, "case when a > b then 1 else 0 end"],
  [{ kind: "case", branches: [{ when: a, then: literal(1) }, { when: b, then: literal(2) }], otherwise: null, type: integer }, "case\n    when a then 1\n    when b then 2\nend"],
  [{ kind: "cast", operand: binary(a, "+", b), type: { kind: "decimal", precision: 10, scale: 2 } }, "cast(a + b as decimal(10, 2))"],
  [binary(column("a", string), "||", literal("it's", string), string), "a || 'it''s'"],
  [column("order", integer, "orders"), 'orders."order"'],
  [column("Odd name", integer, "order"), '"order"."Odd name"'],
  [literal("2020-01-02", { kind: "date" }), "cast('2020-01-02' as date)"],
  [literal("1.50", { kind: "decimal", precision: 3, scale: 2 }), "1.50"],
  [literal(null, null), "null"],
  [binary(a, "/", { kind: "call", function: "nullif", arguments: [b, literal(0)], type: integer }), "a / nullif(b, 0)"],
  [binary(a, "/", literal(100)), "a / 100"],
  [
    { kind: "case", branches: [{ when: binary(binary(column("a_long_name_of_a_column"), "and", column("another_long_name_of_a_column")), "and", binary(b, "or", c)), then: literal(1) }], otherwise: literal(0), type: integer },
    "case\n    when\n        a_long_name_of_a_column\n        and another_long_name_of_a_column\n        and (b or c)\n        then 1\n    else 0\nend",
  ],
  [binary(binary(a, "=", b), "is distinct from", not(c)), "((a = b) is distinct from (not c))"],
  [binary(binary(a, "||", b), "is not distinct from", binary(a, "+", b)), "(a || b is not distinct from a + b)"],
  [binary(binary(a, "is distinct from", b), "and", c), "(a is distinct from b) and c"],
  [binary(a, "/", b), "a / case when b = 0 then error('division by zero') else b end"],
  [binary(binary(a, "%", b), "+", literal(1)), "mod(a, case when b = 0 then error('division by zero') else b end) + 1"],
  [{ kind: "raw", sql: { duckdb: "a // 2", postgres: "a / 2" }, type: integer }, "(a // 2)"],
];

describe("an expression", () => {
  it.each(printed)("is printed with no more parentheses than it, or the linter of the project, needs: %j", (expression, sql) => {
    expect(printExpression(expression, duckdb)).toBe(sql);
  });

  it.each([
    ["amount * rate", "cast(amount as decimal(19, 6)) * rate"],
    ["amount * rate * amount", "cast(amount as decimal(19, 6)) * rate * amount"],
    ["(amount + rate) * rate", "cast(amount + rate as decimal(19, 6)) * rate"],
    ["amount * -rate", "cast(amount as decimal(19, 6)) * -rate"],
    ["quantity * amount", "quantity * cast(amount as decimal(19, 6))"],
    ["amount * 0.25", "cast(amount as decimal(19, 6)) * 0.25"],
    ["price * amount", "price * cast(amount as decimal(19, 6))"],
    ["round(amount * rate, 2)", "cast(round(cast(amount as decimal(19, 6)) * rate, 2) as decimal(27, 2))"],
    ["amount * -1", "amount * -1"],
    ["amount * big", "amount * big"],
    ["amount * weight", "amount * weight"],
    ["amount * wide", "amount * wide"],
    ["quantity * price", "quantity * price"],
    ["price * share", "price * share"],
    ["price * share * share", "cast(price * share as decimal(19, 6)) * share"],
    ["quantity * quantity", "quantity * quantity"],
  ])("of %j has a factor as wide as the product where DuckDB would overflow", (sql, expected) => {
    const types = { amount: "decimal(18,6)", rate: "decimal(18,6)", price: "decimal(12,2)", share: "decimal(6,4)", wide: "decimal(20,2)", quantity: "integer", big: "bigint", weight: "float" };
    const scope = columnScope([{ input: null, qualifiers: [], columns: Object.entries(types).map(([name, text]) => ({ name, type: parseType(text) ?? string })) }]);
    const expression = parseExpression({ kind: "expression", sql }, scope, { document: "a", path: [] }, createLog()) ?? a;
    expect(printExpression(expression, duckdb)).toBe(expected);
    expect(printExpression(expression, postgres)).toBe(sql);
  });

  it("names inputs as the select does", () => {
    const expression = binary(column("a", integer, "orders"), "=", column("b", integer, "bill_to"), boolean);
    expect(printExpression(expression, duckdb, { orders: null, bill_to: "customers" })).toBe("a = customers.b");
  });

  it("compares texts byte-wise where the engine would not", () => {
    expect(printExpression(binary(column("a", string), "<", literal("b", string), boolean), postgres)).toBe("a collate \"C\" < 'b'");
    expect(printExpression(binary(column("a", string), "=", literal("b", string), boolean), postgres)).toBe("a = 'b'");
  });

  it("stands beside other conditions", () => {
    expect(printCondition(binary(a, "or", b, boolean), duckdb)).toBe("(a or b)");
    expect(printCondition(binary(a, "and", b, boolean), duckdb)).toBe("a and b");
  });
});
