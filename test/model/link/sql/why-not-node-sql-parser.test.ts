import { createRequire } from "node:module";
import { describe, expect, it } from "vitest";
import { parseSyntax } from "../../../../generator/model/link/sql/parse.ts";

const { Parser } = createRequire(import.meta.url)("node-sql-parser/build/postgresql.js");
const theirs = (sql: string): unknown => new Parser().astify(`select ${sql} as x`, { database: "Postgresql" });
const text = (value: unknown): string => JSON.stringify(value);

describe("node-sql-parser 5.4, whose place our own parser takes", () => {
  it("reads 'a and b or c' as 'a and (b or c)'", () => {
    expect(text(theirs("a and b or c"))).toContain('"operator":"AND","left":{"type":"column_ref"');
    expect(parseSyntax("a and b or c")).toMatchObject({ operator: "or", left: { operator: "and" } });
  });

  it("reads \"a like 'x' || 'y'\" as \"(a like 'x') || 'y'\"", () => {
    expect(text(theirs("a like 'x' || 'y'"))).toContain('"operator":"||","left":{"type":"binary_expr","operator":"LIKE"');
    expect(parseSyntax("a like 'x' || 'y'")).toMatchObject({ operator: "like", right: { operator: "||" } });
  });

  it("changes the digits of a long decimal", () => {
    expect(text(theirs("123456789012345.678901"))).not.toContain("123456789012345.678901");
    expect(parseSyntax("123456789012345.678901")).toEqual({ kind: "number", text: "123456789012345.678901" });
  });

  it("does not know the spec's own types", () => {
    expect(() => theirs("cast(a as string)")).toThrow();
    expect(parseSyntax("cast(a as string)")).toMatchObject({ kind: "cast", type: "string" });
  });
});
