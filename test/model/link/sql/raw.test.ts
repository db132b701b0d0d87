import { expect, it } from "vitest";
import { rawSqlProblem } from "../../../../generator/model/link/sql/raw.ts";

it.each([
  ["1); drop table x; --", "comment"], ["1) or (1 = 1", "parentheses"], ["(1", "parentheses"], ["1; select 2", "semicolon"], ["1 /* x */", "comment"], ["'a", "quote"], ["\"a", "quote"],
  ["{{ env_var('HOME') }}", "Jinja"], ["'{% raw %}'", "Jinja"], ["E'\\' ' ; drop --'", "backslash"], ["$x$ ' $x$", "dollar"],
])("raw SQL may not hold what leaves its place: %s", (sql, construct) => {
  expect(rawSqlProblem(sql)?.construct).toContain(construct);
});

it.each(["initcap(name)", "a || ';' || '--' || \"odd (name\"", "'it''s'", "(a + b) * (c - 1)", "a #>> '{b}'", "regexp_replace(a, '[(]', '')"])("raw SQL may be any one expression: %s", (sql) => {
  expect(rawSqlProblem(sql)).toBeNull();
});
