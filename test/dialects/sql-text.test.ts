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

it("prints a text of thousands of lines as one literal", () => {
  const sql = singleQuoted("a~'\n".repeat(200));
  expect(sql).toBe(`replace('${"a~''^".repeat(200)}', '^', chr(10))`);
  expect(singleQuoted("{{\r\n".repeat(200))).toBe(`replace(replace(replace('${"||^~".repeat(200)}', '~', chr(10)), '^', chr(13)), '|', '{')`);
  expect(singleQuoted(`~^|$@&${"\n".repeat(200)}`)).toBe(`replace('~^|$@&${"\ue000".repeat(200)}', '\ue000', chr(10))`);
});
