import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { createLog } from "../../generator/diagnostics/log.ts";
import type { Dialect } from "../../generator/dialects/types.ts";
import { printOperand } from "../../generator/emitters/dbt/sql/expression.ts";
import { castValue, canonicalText } from "../../generator/evaluate/cast.ts";
import { evaluateExpression } from "../../generator/evaluate/expression.ts";
import { toFloat } from "../../generator/evaluate/number.ts";
import type { Value } from "../../generator/evaluate/value.ts";
import type { Expression } from "../../generator/model/expression.ts";
import { parseExpression } from "../../generator/model/link/expressions.ts";
import { columnScope } from "../../generator/model/link/scope.ts";
import { parseType } from "../../generator/model/type-text.ts";
import type { LogicalType } from "../../generator/model/types.ts";
import { openEngines, type Engine } from "../dialects/engines.ts";

const typed = (text: string): LogicalType => parseType(text) ?? { kind: "string" };
const types = { n: "integer", m: "integer", big: "bigint", amount: "decimal(12,2)", rate: "decimal(5,4)", fare: "decimal(18,6)", weight: "float", status: "string", note: "string", day: "date", seen: "timestamp", local: "timestamp_ntz", paid: "boolean" };
const columns = Object.entries(types).map(([name, text]) => ({ name, type: typed(text) }));
const scope = columnScope([{ input: null, qualifiers: [], columns }]);

/** Rows on the edges: NULLs, zeros, halves, ends of months and years, other scripts. */
const rows: readonly (readonly (string | null)[])[] = [
  ["0", "3", "9000000000", "0.00", "0.0000", "1000000.000000", "0", "", "a b", "2024-02-29", "2024-02-29 23:59:59.999999", "2024-03-31 02:30:00", "true"],
  ["-7", "2", "-1", "-1234.55", "1.2345", "-1234567.100000", "1.5", "  open ", "A-b-C", "2023-12-31", "2023-12-31 00:00:00", "2023-10-29 02:30:00", "false"],
  ["41", "0", "41", "2.50", "-0.5000", "2.5", "-2.25", "Ünïcödé", "%_\\", "2021-01-03", "2021-01-03 12:34:56.5", "1999-12-31 23:59:59", "true"],
  [null, "5", null, null, null, null, null, null, "a", null, null, null, null],
  ["2", null, "7", "99.99", "0.0001", "0.000001", "0.125", "open", null, "2024-12-30", "2024-12-30 06:00:00", "2024-07-01 00:00:00", null],
];

const one = fc.constantFrom;
const text = fc.array(one("a", "B", " ", "-", "'", "%", "_", "é", "ß", "Σ", "\\"), { maxLength: 3 }).map((parts) => `'${parts.join("").replaceAll("'", "''")}'`);
const unit = one("year", "quarter", "month", "week", "day");
const trees = fc.letrec<{ number: string; exact: string; whole: string; text: string; condition: string; time: string; day: string }>((tie) => ({
  whole: fc.oneof(
    { maxDepth: 3 },
    one("n", "m", "0", "1", "7", "-3"),
    fc.tuple(tie("whole"), one("+", "-", "*"), one("n", "m", "2", "10")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie("text").map((value) => `length(${value})`),
    fc.tuple(tie("text"), one("'-'", "'a'", "note")).map(([value, search]) => `strpos(${value}, ${search})`),
    fc.oneof(tie("exact"), one("weight", "n")).map((value) => `sign(${value})`),
    fc.tuple(one("year", "quarter", "month", "day", "iso_week", "day_of_week", "day_of_year"), tie("time")).map(([part, value]) => `date_part('${part}', ${value})`),
    fc.tuple(one("hour", "minute", "second"), one("seen", "local")).map(([part, value]) => `date_part('${part}', ${value})`),
    fc.tuple(unit, tie("day"), tie("day")).map(([part, a, b]) => `date_diff('${part}', ${a}, ${b})`),
    fc.tuple(one("hour", "minute", "day", "week", "month"), one("seen", "timestamp '2024-03-01 05:10:00'")).map(([part, value]) => `date_diff('${part}', ${value}, timestamp '2024-03-01 05:10:00')`),
    fc.tuple(tie("whole"), one("m", "3", "-4")).map(([a, b]) => `mod(${a}, ${b})`),
    tie("exact").map((value) => `cast(${value} as integer)`),
    one("cast(weight as integer)", "cast(floor(amount) as integer)", "cast(rate as integer)"),
  ),
  exact: fc.oneof(
    { maxDepth: 3 },
    one("amount", "rate", "fare", "0.5", "2.675", "100"),
    fc.tuple(tie("exact"), one("+", "-"), tie("exact")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(one("amount", "rate", "n", "fare", "(fare + rate)"), one("amount", "rate", "0.25", "fare", "-fare")).map(([a, b]) => `${a} * ${b}`),
    fc.tuple(tie("exact"), one("0", "1", "2", "3")).map(([value, places]) => `round(${value}, ${places})`),
    fc.tuple(one("round", "floor", "ceil", "trunc", "abs"), tie("exact")).map(([name, value]) => `${name}(${value})`),
    fc.tuple(tie("exact"), one("decimal(12,1)", "decimal(10,0)", "decimal(14,3)")).map(([value, type]) => `cast(${value} as ${type})`),
    fc.tuple(one("greatest", "least", "coalesce"), tie("exact"), tie("exact")).map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc.tuple(tie("condition"), tie("exact"), tie("exact")).map(([when, a, b]) => `case when ${when} then ${a} else ${b} end`),
    fc.tuple(tie("exact"), tie("exact")).map(([a, b]) => `nullif(${a}, ${b})`),
  ),
  number: fc.oneof({ maxDepth: 3 }, one("weight", "weight * 2", "abs(weight)", "trunc(weight)", "sqrt(abs(weight))", "power(rate, 2)"), tie("exact"), tie("whole"), fc.tuple(tie("exact"), one("n", "m", "4", "amount", "weight")).map(([a, b]) => `${a} / nullif(${b}, 0)`), fc.tuple(tie("exact"), one("1", "2")).map(([a, b]) => `round(${a} / 8, ${b})`)),
  text: fc.oneof(
    { maxDepth: 3 },
    one("status", "note", "'Open'"),
    text,
    fc.tuple(one("lower", "upper", "trim", "ltrim", "rtrim"), tie("text")).map(([name, value]) => `${name}(${value})`),
    fc.tuple(one("trim", "ltrim", "rtrim"), tie("text"), one("'a-'", "'é '", "note")).map(([name, value, characters]) => `${name}(${value}, ${characters})`),
    fc.tuple(one("lpad", "rpad"), tie("text"), one("0", "2", "7", "n"), one("", ", '0'", ", 'é-'")).map(([name, value, size, fill]) => `${name}(${value}, ${size}${fill})`),
    fc.tuple(tie("time"), one("%Y-%m", "%d.%m.%y", "YYYYMMDD", "%B %d, %Y", "%H:%M:%S.%f", "%I %p of %b")).map(([value, format]) => `to_char(${value}, '${format}')`),
    fc.tuple(tie("text"), tie("text")).map(([a, b]) => `(${a} || ${b})`),
    fc.tuple(tie("text"), tie("text")).map(([a, b]) => `concat(${a}, ${b})`),
    fc.tuple(one("'-'", "''"), tie("text"), tie("text"), tie("text")).map(([separator, a, b, c]) => `concat_ws(${separator}, ${a}, ${b}, ${c})`),
    fc.tuple(tie("text"), fc.nat(3), fc.nat(4)).map(([value, from, size]) => `substring(${value}, ${from + 1}, ${size})`),
    fc.tuple(tie("text"), tie("text"), one("'-'", "'a'")).map(([value, within, search]) => `substring(${value}, 2, strpos(${within}, ${search}) - 1)`),
    fc.tuple(one("left", "right"), tie("text"), one("0", "1", "2", "9", "-1")).map(([name, value, size]) => `${name}(${value}, ${size})`),
    fc.tuple(tie("text"), text, text).map(([value, search, by]) => `replace(${value}, ${search}, ${by})`),
    fc.tuple(tie("text"), one("'-'", "' '", "'a'"), one("1", "2", "3")).map(([value, separator, index]) => `split_part(${value}, ${separator}, ${index})`),
    fc.oneof(tie("whole"), tie("exact"), tie("day"), tie("time"), tie("condition")).map((value) => `cast(${value} as string)`),
    fc.tuple(one("coalesce", "greatest", "least"), tie("text"), tie("text")).map(([name, a, b]) => `${name}(${a}, ${b})`),
    fc.tuple(tie("condition"), tie("text"), tie("text")).map(([when, a, b]) => `case when ${when} then ${a} else ${b} end`),
  ),
  condition: fc.oneof(
    { maxDepth: 3 },
    one("paid", "true", "paid is true", "paid is not false"),
    fc.tuple(tie("condition"), one("and", "or"), tie("condition")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    tie("condition").map((value) => `(not ${value})`),
    fc.tuple(tie("number"), one("=", "<>", "<", "<=", ">", ">="), tie("number")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("text"), one("=", "<>", "<", "<=", ">", ">="), tie("text")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("day"), one("=", "<", ">="), tie("day")).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("text"), one("like", "not like", "ilike", "not ilike"), text).map(([a, operator, b]) => `(${a} ${operator} ${b})`),
    fc.tuple(tie("whole"), one("", "not "), tie("whole"), tie("whole")).map(([a, not, b, c]) => `(${a} ${not}between ${b} and ${c})`),
    fc.tuple(tie("text"), one("", "not "), text, text).map(([a, not, b, c]) => `(${a} ${not}in (${b}, ${c}))`),
    fc.tuple(fc.oneof(tie("text"), tie("day"), tie("number")), one("", "not ")).map(([a, not]) => `(${a} is ${not}null)`),
    fc.oneof(fc.tuple(tie("text"), tie("text")), fc.tuple(tie("number"), tie("number")), fc.tuple(tie("condition"), tie("condition")), fc.tuple(tie("day"), tie("day"))).map(([a, b]) => `(${a} is distinct from ${b})`),
    fc.oneof(fc.tuple(tie("text"), one("note", "null", "''")), fc.tuple(tie("number"), one("n", "null", "weight"))).map(([a, b]) => `(${a} is not distinct from ${b})`),
  ),
  day: fc.oneof(
    { maxDepth: 2 },
    one("day", "date '2024-01-31'", "cast(seen as date)", "to_date('03/01/2024', '%d/%m/%Y')"),
    fc.tuple(unit, tie("day")).map(([part, value]) => `date_trunc('${part}', ${value})`),
    fc.tuple(unit, one("1", "-1", "13", "m"), tie("day")).map(([part, count, value]) => `date_add('${part}', ${count}, ${value})`),
    fc.tuple(tie("day"), one("1", "m")).map(([value, count]) => `(${value} + ${count})`),
  ),
  time: fc.oneof(
    { maxDepth: 2 },
    one("seen", "local", "day"),
    fc.tuple(one("year", "month", "week", "day", "hour", "minute"), one("seen", "local")).map(([part, value]) => `date_trunc('${part}', ${value})`),
    fc.tuple(one("month", "week", "day", "hour", "second"), one("1", "-1", "25"), one("seen", "local")).map(([part, count, value]) => `date_add('${part}', ${count}, ${value})`),
  ),
}));

let engines: readonly Engine[] = [];
beforeAll(async () => {
  engines = await openEngines();
  for (const { run, dialect } of engines) {
    await run(`create table edges (id integer, ${columns.map((column) => `${column.name} ${dialect.typeName(column.type)}`).join(", ")})`);
    const values = rows.map((row, index) => `(${[String(index), ...row.map((cell) => (cell === null ? "null" : dialect.stringLiteral(cell)))].join(", ")})`);
    await run(`insert into edges values ${values.join(", ")}`);
  }
});

it("has on every engine the value that the evaluator computes without SQL", async () => {
  let compared = 0;
  await fc.assert(
    fc.asyncProperty(fc.array(fc.oneof(trees.number, trees.text, trees.condition, trees.day, trees.time, trees.exact), { minLength: 60, maxLength: 60 }), async (sql) => {
      const cases = sql.flatMap((written) => expectedOf(written));
      compared += cases.length;
      for (const engine of engines) await compare(engine, cases);
    }),
    { numRuns: Number(process.env["RUNS"] ?? 8), endOnFailure: true },
  );
  expect(compared).toBeGreaterThan(100);
});

it("is compared so that a wrong value shows", async () => {
  const [one] = expectedOf("round(amount, 1)");
  const wrong = { ...(one ?? { written: "", expression: { kind: "literal", type: null, value: null } as const }), expected: rows.map(() => null) };
  for (const engine of engines) await expect(compare(engine, [wrong])).rejects.toThrow("expected null");
});

interface Case {
  readonly written: string;
  readonly expression: Expression;
  readonly expected: readonly Value[];
}

/** The case of an expression, or none where it is refused, or fails on any row in any part. */
function expectedOf(written: string): readonly Case[] {
  const expression = parseExpression({ kind: "expression", sql: written }, scope, { document: "spec.yaml", path: [] }, createLog());
  if (expression === null || expression.type === null) return [];
  const results = rows.map((row) => valuesOf(expression, row));
  const failed = results.some((all) => all === null);
  return failed ? [] : [{ written, expression, expected: results.map((all) => all?.[0] ?? null) }];
}

/** The values of the expression and all its parts; null where one of them fails: engines are free to compute parts that are not needed. */
function valuesOf(expression: Expression, row: readonly (string | null)[]): readonly Value[] | null {
  const all: Value[] = [];
  for (const part of [expression, ...parts(expression)]) {
    const result = evaluateExpression(part, (column) => castValue(row[columns.findIndex((each) => each.name === column.name)] ?? null, column.type));
    if ("failure" in result) return null;
    all.push(result.value);
  }
  return all;
}

function parts(expression: Expression): readonly Expression[] {
  const children = ((): readonly Expression[] => {
    switch (expression.kind) {
      case "column": case "literal": case "raw": return [];
      case "binary": return [expression.left, expression.right];
      case "unary": case "is_null": case "cast": case "in_zone": return [expression.operand];
      case "in": return [expression.operand, ...expression.options];
      case "between": return [expression.operand, expression.low, expression.high];
      case "case": return [...expression.branches.flatMap((each) => [each.when, each.then]), ...(expression.otherwise === null ? [] : [expression.otherwise])];
      case "call": return expression.arguments.filter((each) => !(each.kind === "literal" && each.type?.kind === "string" && expression.function.startsWith("date_")));
    }
  })();
  return children.flatMap((child) => [child, ...parts(child)]);
}

async function compare(engine: Engine, cases: readonly Case[]): Promise<void> {
  const { rows: ask, dialect } = engine;
  if (cases.length === 0) return;
  const printed = cases.map(({ expression }) => shown(expression, dialect));
  const found = await ask(`select ${printed.join(", ")} from edges order by id`).catch((error: unknown) => String(error));
  if (typeof found === "string") {
    if (cases.length === 1) throw new Error(`${dialect.name}: ${cases[0]?.written} as ${printed[0]}\n${found}`);
    for (const each of cases) await compare(engine, [each]);
    return;
  }
  cases.forEach((each, index) => {
    const values = found.map((row) => row[index] ?? null);
    each.expected.forEach((value, row) => {
      if (!agrees(value, values[row] ?? null)) throw new Error(`${dialect.name}: ${each.written} as ${printed[index]}\nrow ${row} gave ${values[row]}, expected ${value === null ? null : canonicalText(value)}`);
    });
  });
}

function shown(expression: Expression, dialect: Dialect): string {
  const sql = printOperand(expression, dialect);
  return expression.type === null || expression.type.kind === "float" ? `cast(${sql} as ${dialect.types.string})` : dialect.keyText(sql, expression.type);
}

function agrees(expected: Value, found: string | null): boolean {
  if (expected === null || found === null) return expected === found;
  if (typeof expected !== "number") return canonicalText(expected) === found;
  return Math.abs(toFloat(expected) - Number(found)) <= 1e-12 * Math.max(1, Math.abs(expected));
}
