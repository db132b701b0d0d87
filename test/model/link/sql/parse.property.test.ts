import { DuckDBInstance } from "@duckdb/node-api";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parseSyntax } from "../../../../generator/model/link/sql/parse.ts";
import type { Syntax, SyntaxOperator } from "../../../../generator/model/link/sql/syntax.ts";
import { thorough } from "../../../support/thorough.ts";

/** How tightly each operator binds; a child that binds less tightly than its place needs parentheses. */
const binding: Readonly<Record<SyntaxOperator, number>> = {
  or: 1, and: 2, "=": 4, "<>": 4, "<": 4, "<=": 4, ">": 4, ">=": 4, like: 4, "not like": 4, ilike: 4, "not ilike": 4, "is distinct from": 4, "is not distinct from": 4, "||": 5, "+": 6, "-": 6, "*": 7, "/": 7, "%": 7,
};

function bindingOf(syntax: Syntax): number {
  switch (syntax.kind) {
    case "binary": return binding[syntax.operator];
    case "unary": return syntax.operator === "not" ? 3 : 8;
    case "is": case "in": case "between": return 4;
    default: return 10;
  }
}

/** Prints with as few parentheses as SQL's precedence allows; `all` puts them everywhere. */
function print(syntax: Syntax, all = false): string {
  const child = (one: Syntax, least: number): string => (all || bindingOf(one) < least ? `(${print(one, all)})` : print(one, all));
  switch (syntax.kind) {
    case "name": return syntax.parts.map((one) => (syntax.quoted ? `"${one.replaceAll('"', '""')}"` : one)).join(".");
    case "number": return syntax.text;
    case "string": return `'${syntax.text.replaceAll("'", "''")}'`;
    case "temporal": return `${syntax.type} '${syntax.text}'`;
    case "interval": return `interval '${syntax.count} ${syntax.unit}'`;
    case "boolean": return String(syntax.value);
    case "null": return "null";
    case "binary": {
      const own = binding[syntax.operator];
      const left = own === 4 ? 5 : own;
      return `${child(syntax.left, left)} ${syntax.operator} ${child(syntax.right, own + 1)}`;
    }
    case "unary": return syntax.operator === "not" ? `not ${child(syntax.operand, 3)}` : `- ${child(syntax.operand, 8)}`;
    case "is": return `${child(syntax.operand, 5)} is ${syntax.negated ? "not " : ""}${syntax.what}`;
    case "in": return `${child(syntax.operand, 5)} ${syntax.negated ? "not " : ""}in (${syntax.options.map((one) => print(one, all)).join(", ")})`;
    case "between": return `${child(syntax.operand, 5)} ${syntax.negated ? "not " : ""}between ${child(syntax.low, 5)} and ${child(syntax.high, 5)}`;
    case "case": return `case ${syntax.operand === null ? "" : `${print(syntax.operand, all)} `}${syntax.branches.map((one) => `when ${print(one.when, all)} then ${print(one.then, all)} `).join("")}${syntax.otherwise === null ? "" : `else ${print(syntax.otherwise, all)} `}end`;
    case "cast": return `cast(${print(syntax.operand, all)} as ${syntax.type})`;
    case "call": return `${syntax.name}(${syntax.arguments.map((one) => print(one, all)).join(", ")})`;
  }
}

const word = fc.constantFrom("amount", "status", "id", "ordered_at", "order", "date");
const leaf = fc.oneof(
  fc.tuple(fc.array(word, { maxLength: 2 }), word).map(([before, last]): Syntax => ({ kind: "name", parts: [...before, last], quoted: false })),
  fc.string({ minLength: 1, maxLength: 6 }).filter((one) => !/\{[{%#]/.test(one)).map((one): Syntax => ({ kind: "name", parts: [one], quoted: true })),
  fc.constantFrom("0", "1", "1.50", "123456789012345.678901", "1e5").map((text): Syntax => ({ kind: "number", text })),
  fc.string({ unit: "grapheme", maxLength: 8 }).filter((one) => !/\{[{%#]/.test(one)).map((text): Syntax => ({ kind: "string", text })),
  fc.constantFrom<Syntax>({ kind: "boolean", value: true }, { kind: "null" }, { kind: "temporal", type: "date", text: "2024-01-31" }, { kind: "interval", count: 3, unit: "day" }),
);
const operators = Object.keys(binding).map((one) => one as SyntaxOperator);
const { tree } = fc.letrec<{ tree: Syntax }>((tie) => {
  const part = tie("tree");
  return {
    tree: fc.oneof(
      { maxDepth: 5, depthSize: "medium" },
      leaf,
      fc.record({ kind: fc.constant("binary" as const), operator: fc.constantFrom(...operators), left: part, right: part }),
      fc.record({ kind: fc.constant("unary" as const), operator: fc.constantFrom("not" as const, "-" as const), operand: part }),
      fc.record({ kind: fc.constant("is" as const), operand: part, what: fc.constantFrom("null" as const, "true" as const), negated: fc.boolean() }),
      fc.record({ kind: fc.constant("in" as const), operand: part, options: fc.array(part, { minLength: 1, maxLength: 3 }), negated: fc.boolean() }),
      fc.record({ kind: fc.constant("between" as const), operand: part, low: part, high: part, negated: fc.boolean() }),
      fc.record({ kind: fc.constant("case" as const), operand: fc.option(part), branches: fc.array(fc.record({ when: part, then: part }), { minLength: 1, maxLength: 2 }), otherwise: fc.option(part) }),
      fc.record({ kind: fc.constant("cast" as const), operand: part, type: fc.constantFrom("decimal(12,2)", "double precision", "array<string>") }),
      fc.record({ kind: fc.constant("call" as const), name: fc.constantFrom("coalesce", "lower", "anything"), arguments: fc.array(part, { maxLength: 3 }) }),
    ),
  };
});

/** Conditions and numbers over constants, which DuckDB can compute. */
const { condition } = fc.letrec<{ condition: Syntax; value: Syntax }>((tie) => ({
  value: fc.oneof({ maxDepth: 4 }, fc.nat(9).map((one): Syntax => ({ kind: "number", text: String(one) })), fc.record({ kind: fc.constant("binary" as const), operator: fc.constantFrom<SyntaxOperator>("+", "-", "*"), left: tie("value"), right: tie("value") }), tie("value").map((operand): Syntax => ({ kind: "unary", operator: "-", operand }))),
  condition: fc.oneof(
    { maxDepth: 5 },
    fc.constantFrom<Syntax>({ kind: "boolean", value: true }, { kind: "boolean", value: false }, { kind: "null" }),
    fc.record({ kind: fc.constant("binary" as const), operator: fc.constantFrom<SyntaxOperator>("and", "or"), left: tie("condition"), right: tie("condition") }),
    fc.record({ kind: fc.constant("binary" as const), operator: fc.constantFrom<SyntaxOperator>("=", "<>", "<", ">=", "is distinct from", "is not distinct from"), left: tie("value"), right: tie("value") }),
    fc.record({ kind: fc.constant("between" as const), operand: tie("value"), low: tie("value"), high: tie("value"), negated: fc.boolean() }),
    tie("condition").map((operand): Syntax => ({ kind: "unary", operator: "not", operand })),
  ),
}));

describe("parsing expressions", () => {
  it("gives back the tree that was printed, with as few parentheses as can be and with all of them", () => {
    fc.assert(fc.property(tree, (one) => {
      // Longer ones are refused: a person splits them.
      fc.pre(print(one, true).length < 1_000);
      expect(parseSyntax(print(one))).toEqual(one);
      expect(parseSyntax(print(one, true))).toEqual(one);
    }), { numRuns: thorough ? 500 : 150 });
  });

  it("understands precedence as a warehouse does", async () => {
    const connection = await (await DuckDBInstance.create(":memory:")).connect();
    const texts = fc.sample(condition, { numRuns: 400, seed: 20261121 }).map((one) => print(one));
    const pairs = texts.map((text) => {
      const read = parseSyntax(text);
      if (read.kind === "refused" || read.kind === "syntax") throw new Error(`${text}: refused`);
      return `select (${text}) is not distinct from (${print(read, true)}) as same, '${text}' as text`;
    });
    const rows = (await connection.runAndReadAll(`select text from (${pairs.join(" union all ")}) as pairs where not same`)).getRows();
    expect(rows).toEqual([]);
    connection.closeSync();
  });

  it("never throws, whatever the text", () => {
    fc.assert(fc.property(fc.string({ unit: "binary", maxLength: 40 }), (text) => {
      expect(parseSyntax(text)).toHaveProperty("kind");
    }));
    fc.assert(fc.property(fc.array(fc.constantFrom("case", "when", "(", ")", "a", "1", ",", "+", "not", "in", "between", "and", "::", "cast(", "as", "interval", "'x'", ".", "is", "extract(", "from"), { maxLength: 12 }), (words) => {
      expect(parseSyntax(words.join(" "))).toHaveProperty("kind");
    }), { numRuns: thorough ? 500 : 150 });
  });
});
