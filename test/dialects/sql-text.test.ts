import fc from "fast-check";
import { expect, it } from "vitest";
import { singleQuoted } from "../../generator/dialects/sql-text.ts";

/** The text of a literal as both engines compute it. */
function value(sql: string): string {
  const parts = [...sql.matchAll(/'((?:[^']|'')*)'|chr\(([0-9]+)\)/g)];
  return parts.map(([, text, code]) => (code === undefined ? (text ?? "").replaceAll("''", "'") : String.fromCharCode(Number(code)))).join("");
}

it("prints texts that layout and Jinja leave alone", () => {
  fc.assert(fc.property(fc.array(fc.constantFrom("{", "%", "#", "'", "\\", "\n", "\r", "\r\n", "chr(1)", "x", " ", "||", "--")).map((parts) => parts.join("")), (text) => {
    const sql = singleQuoted(text);
    expect(value(sql)).toBe(text);
    expect(sql).not.toMatch(/[\r\n]|\{[{%#]/);
  }));
});

it("nests long texts no deeper than engines read", () => {
  const text = "a\n".repeat(10_000);
  const sql = singleQuoted(text);
  expect(value(sql)).toBe(text);
  const [open, counts]: [number[], number[]] = [[], []];
  for (const [token] of sql.matchAll(/[()]|\|\|/g)) {
    if (token === "(") open.push(0);
    else if (token === "||") open.push((open.pop() ?? 0) + 1);
    else counts.push(open.pop() ?? 0);
  }
  expect(Math.max(...counts)).toBeLessThan(100);
  expect(counts.length).toBeLessThan(11_000);
});
