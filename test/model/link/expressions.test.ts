import { describe, expect, it } from "vitest";
import { createLog } from "../../../generator/diagnostics/log.ts";
import { typeText } from "../../../generator/model/logical-type.ts";
import type { Expression } from "../../../generator/model/expression.ts";
import { parseExpression } from "../../../generator/model/link/expressions.ts";
import { columnScope } from "../../../generator/model/link/scope.ts";
import { parseType } from "../../../generator/model/type-text.ts";

const columns = (types: { readonly [name: string]: string }, other: { readonly [name: string]: string } = {}) =>
  Object.entries(types).map(([name, text]) => ({ name, type: parseType(text) ?? { kind: "string" as const }, otherName: other[name] ?? null }));
const scope = columnScope([
  { input: "orders", qualifiers: ["orders", "shop.orders"], columns: columns({ id: "integer", amount: "decimal(12,2)", rate: "decimal(5,4)", weight: "float", big: "bigint", status: "string", placed_on: "date", placed_at: "timestamp", local_at: "timestamp_ntz", paid: "boolean", data: "json", order: "integer" }, { placed_on: "Order Date" }) },
  { input: "customers", qualifiers: ["customers", "shop.customers"], columns: columns({ id: "integer", name: "string" }) },
]);

function parse(sql: string, zone = "UTC"): { readonly expression: Expression | null; readonly codes: readonly string[]; readonly text: string } {
  const log = createLog();
  const expression = parseExpression({ kind: "expression", sql }, scope, { document: "spec.yaml", path: ["where"] }, log, { zone });
  return { expression, codes: log.all().map((one) => one.code.replace("model/", "")), text: log.all().map((one) => `${one.message} ${one.help}`).join("\n") };
}

const type = (sql: string): string | null => {
  const { expression } = parse(sql);
  return expression?.type == null ? null : typeText(expression.type);
};

/** The tree in prefix form, types left out. */
function shape(one: Expression | null): string {
  if (one === null) return "refused";
  switch (one.kind) {
    case "column": return one.name;
    case "literal": return JSON.stringify(one.value);
    case "binary": return `(${one.operator} ${shape(one.left)} ${shape(one.right)})`;
    case "unary": return `(${one.operator} ${shape(one.operand)})`;
    case "is_null": return `(${one.negated ? "is not null" : "is null"} ${shape(one.operand)})`;
    case "in": return `(${one.negated ? "not in" : "in"} ${shape(one.operand)} ${one.options.map(shape).join(" ")})`;
    case "between": return `(${one.negated ? "not between" : "between"} ${shape(one.operand)} ${shape(one.low)} ${shape(one.high)})`;
    case "case": return `(case ${one.branches.map((each) => `${shape(each.when)} ${shape(each.then)}`).join(" ")} ${shape(one.otherwise)})`;
    case "in_zone": return `(in_zone ${shape(one.operand)} ${one.zone})`;
    case "cast": return `(cast ${shape(one.operand)} ${typeText(one.type)})`;
    case "call": return `(${one.function} ${one.arguments.map(shape).join(" ")})`;
    case "raw": return "raw";
  }
}

describe("the tree of an expression", () => {
  it.each([
    ["paid and big = 1 or big = 2", "(or (and paid (= big 1)) (= big 2))"],
    ["paid or paid and paid", "(or paid (and paid paid))"],
    ["not paid and paid", "(and (not paid) paid)"],
    ["not big = 1", "(not (= big 1))"],
    ["1 + 2 * 3 - 4", "(- (+ 1 (* 2 3)) 4)"],
    ["-big * 2", "(* (- big) 2)"],
    ["big - -1", "(- big (- 1))"],
    ["status like 'a' || 'b'", `(like status (|| "a" "b"))`],
    ["big between 1 and 2 and paid", "(and (between big 1 2) paid)"],
    ["big not in (1, 2)", "(not in big 1 2)"],
    ["status is not null", "(is not null status)"],
    ["big != 1", "(<> big 1)"],
    ["case big when 1 then 'a' else 'b' end", `(case (= big 1) "a" "b")`],
    ["big::decimal(10,2)", "(cast big decimal(10,2))"],
    ["cast(status as timestamp without time zone)", "(cast status timestamp_ntz)"],
    ["extract(year from placed_on)", `(date_part "year" placed_on)`],
    ["month(placed_at)", `(date_part "month" placed_at)`],
    ["dateadd(days, 1, placed_on)", `(date_add "day" 1 placed_on)`],
    ["placed_on + interval '3 days'", `(date_add "day" 3 placed_on)`],
    ["placed_at - interval '1' hour", `(date_add "hour" (- 1) placed_at)`],
    ["placed_on + 7", `(date_add "day" 7 placed_on)`],
    ["placed_on - date '2024-01-01'", `(date_diff "day" "2024-01-01" placed_on)`],
    ["substring(status from 2 for 3)", "(substring status 2 3)"],
    ["nvl(status, 'x')", `(coalesce status "x")`],
    ["status is distinct from name and paid", "(and (is distinct from status name) paid)"],
    ["big is not distinct from order + 1", "(is not distinct from big (+ order 1))"],
    ["null is distinct from status", "(is not null status)"],
    ["equal_null(status, null)", "(is null status)"],
    ["status ilike '%Open\\_' || name", `(like (lower status) (lower (|| "%Open\\\\_" name)))`],
    ["status not ilike 'A%'", `(not like (lower status) "a%")`],
    ["status ilike 'Å%'", `(like (lower status) (lower "Å%"))`],
    ["date(placed_at)", "(cast placed_at date)"],
    ["to_date(status)", "(cast status date)"],
    ["to_varchar(amount)", "(cast amount string)"],
    ["last_day(placed_on)", `(date_add "day" (- 1) (date_add "month" 1 (date_trunc "month" placed_on)))`],
    ["iff(paid, 1, 0)", "(case paid 1 0)"],
    ["nvl2(status, 1, 0)", "(case (is not null status) 1 0)"],
    ["isnull(status)", "(is null status)"],
    ["isnull(amount, 0)", "(coalesce amount 0)"],
    ["zeroifnull(amount)", "(coalesce amount 0)"],
    ["safe_divide(amount, order)", "(/ amount (nullif order 0))"],
    ["starts_with(status, 'åb')", `(= (left status 2) "åb")`],
    ["endswith(status, name)", "(= (right status (length name)) name)"],
    ["contains(status, 'a')", `(> (strpos status "a") 0)`],
    ["position('@' in lower(status))", `(strpos (lower status) "@")`],
    ["charindex('@', status)", `(strpos status "@")`],
    ["trim(leading '0' from status)", `(ltrim status "0")`],
    ["trim(both from status)", "(trim status)"],
    ["trim(' ' from status || 'x')", `(trim (|| status "x") " ")`],
    ["to_char(placed_on, 'YYYY-MM')", `(to_char placed_on "%Y-%m")`],
    ["to_char(placed_on, 'yyyyMMdd')", `(to_char placed_on "%Y%m%d")`],
    [`to_char(placed_at, 'DD Mon YYYY "at" HH24:MI')`, `(to_char placed_at "%d %b %Y at %H:%M")`],
    ["strftime('%Y-%m', placed_on)", `(to_char placed_on "%Y-%m")`],
    ["format_date('%b %y', placed_on)", `(to_char placed_on "%b %y")`],
    ["parse_date('%Y%m%d', status)", `(to_date status "%Y%m%d")`],
    ["to_date(status, 'DD.MM.YYYY')", `(to_date status "%d.%m.%Y")`],
    ["date_trunc(placed_on, MONTH)", `(date_trunc "month" placed_on)`],
    ["timestamp_trunc(placed_at, isoweek)", `(date_trunc "week" placed_at)`],
    ["date_diff(current_date, placed_on, day)", `(date_diff "day" placed_on (current_date ))`],
    ["date_diff(day, placed_on, current_date)", `(date_diff "day" placed_on (current_date ))`],
    ["extract(doy from placed_on)", `(date_part "day_of_year" placed_on)`],
    ["weekofyear(placed_on)", `(date_part "iso_week" placed_on)`],
    ["date_sub(placed_on, interval 7 day)", `(date_add "day" (- 7) placed_on)`],
    ["placed_on + interval 1 month", `(date_add "month" 1 placed_on)`],
    ["big || '-' || order", `(|| (|| (cast big string) "-") (cast order string))`],
    ["concat('a', placed_on)", `(concat "a" (cast placed_on string))`],
    ["lpad(big, 5, '0')", `(lpad (cast big string) 5 "0")`],
    ["paid is true", "(coalesce paid false)"],
    ["paid is false", "(not (coalesce paid true))"],
    ["paid is not false", "(coalesce paid true)"],
    ["orders.amount", "amount"],
    ["Amount", "amount"],
    ["\"amount\"", "amount"],
    ["order", "order"],
    ["shop.customers.name", "name"],
    ["123456789012345.678901", `"123456789012345.678901"`],
    ["'it''s'", `"it's"`],
    ["current_date", "(current_date )"],
  ])("of %j is %s", (sql, expected) => {
    expect(shape(parse(sql).expression)).toBe(expected);
  });

  it.each([
    ["current_date", `(current_date "Europe/Oslo")`],
    ["placed_at < '2024-01-31'", `(< placed_at (in_zone "2024-01-31 00:00:00" Europe/Oslo))`],
    ["placed_at < timestamp '2024-01-31 12:00'", `(< placed_at (in_zone "2024-01-31 12:00:00" Europe/Oslo))`],
    ["placed_at < timestamp '2024-01-31 12:00Z'", `(< placed_at "2024-01-31 12:00:00")`],
    ["placed_at in ('2024-01-31 12:00:00Z')", `(in placed_at "2024-01-31 12:00:00")`],
    ["placed_on < '2024-01-31'", `(< placed_on "2024-01-31")`],
    ["local_at < '2024-01-31'", `(< local_at "2024-01-31 00:00:00")`],
    ["date_add('month', 1, placed_at)", `(in_zone (date_add "month" 1 (in_zone placed_at Europe/Oslo)) Europe/Oslo)`],
    ["placed_at - interval '1 day'", `(in_zone (date_add "day" (- 1) (in_zone placed_at Europe/Oslo)) Europe/Oslo)`],
    ["date_add('hour', 1, placed_at)", `(date_add "hour" 1 placed_at)`],
    ["to_char(placed_at, '%H:%M')", `(to_char (in_zone placed_at Europe/Oslo) "%H:%M")`],
    ["date(placed_at)", `(cast (in_zone placed_at Europe/Oslo) date)`],
    ["date_add('day', 1, local_at)", `(date_add "day" 1 local_at)`],
    ["coalesce(placed_at, '2024-01-31')", `(coalesce placed_at (in_zone "2024-01-31 00:00:00" Europe/Oslo))`],
  ])("of %j in a project of another zone is %s", (sql, expected) => {
    expect(shape(parse(sql, "Europe/Oslo").expression)).toBe(expected);
  });

  it("reads dates from texts where they meet dates", () => {
    expect(shape(parse("placed_on >= '2024-02-29'").expression)).toBe(`(>= placed_on "2024-02-29")`);
    const compared = parse("placed_at < '2024-01-31'").expression;
    expect(compared?.kind === "binary" ? compared.right : null).toEqual({ kind: "literal", type: { kind: "timestamp" }, value: "2024-01-31 00:00:00" });
    expect(parse("placed_on = '2023-02-29'").codes).toEqual(["type-mismatch"]);
    expect(parse("placed_on in ('2024-01-01', '2024-01-02')").codes).toEqual([]);
  });
});

describe("the type of an expression", () => {
  it.each([
    ["1 + big", "bigint"], ["order + 1", "integer"], ["1 / 2", "float"], ["amount + rate", "decimal(15,4)"], ["amount * rate", "decimal(17,6)"], ["amount * 2", "decimal(13,2)"],
    ["amount * amount * amount * amount", "decimal(38,8)"], ["amount + weight", "float"], ["amount / nullif(order, 0)", "float"], ["round(amount, 1)", "decimal(12,1)"], ["round(amount)", "decimal(11,0)"],
    ["round(weight, 2)", "float"], ["floor(amount)", "decimal(11,0)"], ["length(status)", "integer"], ["date_trunc('month', placed_on)", "date"], ["date_trunc('day', placed_at)", "timestamp"],
    ["coalesce(amount, 0)", "decimal(12,2)"], ["case when paid then 1 else 2.5 end", "decimal(11,1)"], ["case when paid then null else placed_on end", "date"], ["greatest(order, big)", "bigint"], ["paid", "boolean"], ["'a'", "string"], ["1.50", "decimal(3,2)"], ["1e3", "float"], ["3000000000", "bigint"],
    ["nullif(amount, 0)", "decimal(12,2)"], ["12345678901234567890123456789012345678", "decimal(38,0)"], ["split_part(status, '-', -1)", "string"], ["concat_ws(' ', status, status)", "string"], ["strpos(status, 'a')", "integer"], ["sign(amount)", "integer"], ["trunc(amount)", "decimal(11,0)"], ["ln(order)", "float"], ["rpad(status, 3)", "string"], ["to_char(placed_on, '%Y')", "string"], ["paid is distinct from null", "boolean"], ["abs(amount)", "decimal(12,2)"], ["order % 2", "integer"], ["to_date(status, '%d/%m/%Y')", "date"],
  ])("%s is %s", (sql, expected) => {
    expect(type(sql)).toBe(expected);
  });
});

describe("an expression is refused", () => {
  it.each([
    ["amount;", "expression-refused", "semicolon"], ["amount -- x", "expression-refused", "comment"], ["amount /* x */", "expression-refused", "comment"], ["(select 1)", "expression-refused", "subselect"],
    ["order in (select 1)", "expression-refused", "subselect"], ["exists (select 1)", "expression-refused", "subselect"], ["{{ x }}", "expression-refused", "Jinja"], ["status = '{{ x }}'", "expression-refused", "Jinja"],
    ["sum(amount)", "expression-refused", "aggregation"], ["count(*)", "expression-refused", "aggregate"], ["max(amount)", "expression-refused", "greatest()"], ["row_number() over (order by amount)", "expression-refused", "window"],
    ["abs(amount) over (partition by amount)", "expression-refused", "window"], ["try_cast(status as integer)", "expression-refused", "try_cast"], ["safe_cast(status as integer)", "expression-refused", "safe_cast"],
    ["initcap(status)", "expression-refused", "upper(left(x, 1))"], ["date_format(placed_on, 'yyyy')", "expression-refused", "to_char"], ["regexp_replace(status, 'a', '')", "expression-refused", "raw_sql"], ["status !~ 'a'", "expression-refused", "regular expression"],
    ["status not rlike 'a'", "expression-refused", "like or ilike"], ["status like 'a' escape '!'", "expression-refused", "backslash stands for itself"], ["placed_at at time zone 'UTC'", "expression-refused", "settings.timezone"], ["current_timestamp", "expression-refused", "run to run"], ["now()", "expression-refused", "current_date"],
    ["dayofweek(placed_on)", "expression-refused", "'day_of_week'"], ["extract(dow from placed_on)", "expression-refused", "'day_of_week'"], ["date_part('epoch', placed_at)", "expression-refused", "1970-01-01"], ["data->>'a'", "expression-refused", "json: $.path"], ["data:a", "expression-refused", "json: $.path"],
    ["order == 1", "expression-refused", "a = b"], ["order <=> 1", "expression-refused", "not distinct from"], ["order ** 2", "expression-refused", "power"], ["!paid", "expression-refused", "not x"], ["md5(status)", "expression-refused", "natural_key"], ["status = any('a')", "expression-refused", "in ('a', 'b')"],
    ["log(weight)", "expression-refused", "ln(x)"], ["timestamp_trunc(placed_at, week)", "expression-refused", "date_trunc"], ["date_trunc(placed_on, week)", "wrong-arguments", "date_trunc('month', x)"], ["timestamp_diff(placed_at, placed_at, hour)", "expression-refused", "date_diff"], ["split(status, '-')[1]", "expression-refused", "split_part"], ["div(order, 2)", "expression-refused", "trunc"], ["date_sub('day', placed_on, placed_on)", "expression-refused", "date_add"],
    ["lpad(status, -1)", "wrong-arguments", "between 0"], ["lpad(status, 5, '')", "wrong-arguments", "not empty"], ["strpos(status, '')", "wrong-arguments", "not empty"], ["trim(status, '')", "wrong-arguments", "take away"], ["lpad(amount, 5, '0')", "wrong-arguments", "cast(x as string)"], ["substr(status, -4)", "wrong-arguments", "right(x, 3)"],
    ["to_char(placed_on, 'Month')", "wrong-arguments", "%B"], ["to_char(placed_on, 'HH:mm')", "wrong-arguments", "directives"], ["to_char(placed_on, '-')", "wrong-arguments", "directives"], ["to_char(placed_at, '%Y %z')", "wrong-arguments", "directives"], ["to_char(placed_on, status)", "wrong-arguments", "as a text"], ["to_char(amount, '%Y')", "wrong-arguments", "date or timestamp"], ["to_char(amount, '99')", "wrong-arguments", "cast(x as string)"], ["to_char(placed_on, 'YYYY-Q')", "wrong-arguments", "'quarter'"],
    ["concat(status, \"_\")", "unknown-column", "single quotes: '_'"],
    ["paid = 1", "type-mismatch", "not x"], ["amount is distinct from status", "type-mismatch", "compared"], ["order || big", "type-mismatch", "texts"], ["status = 'a", "expression-syntax", "quote"], ["amount +", "expression-syntax", "value is missing"],
    ["(amount", "expression-syntax", "')' is missing"], ["amount amount", "expression-syntax", "not expected"], ["1 < 2 < 3", "expression-syntax", "do not chain"], ["", "expression-syntax", "missing"],
    ["amout > 1", "unknown-column", "did you mean 'amount'"], ["orders.nme", "unknown-column", "columns are"], ["elsewhere.id", "unknown-column", "id"], ["id", "ambiguous-column", "orders.id or customers.id"], ["\"Order Date\"", "other-name-space", "placed_on"], ["status = \"gone\"", "unknown-column", "single quotes: 'gone'"],
    ["ceilng(amount)", "unknown-function", "did you mean 'ceiling'"], ["constructor(amount)", "unknown-function", "One of"], ["replace(status)", "wrong-arguments", "3 arguments"], ["lower(amount)", "wrong-arguments", "text"], ["date_trunc('fortnight', placed_on)", "wrong-arguments", "fortnight"],
    ["to_date(status, '%Q')", "wrong-arguments", "%Y %y %m"], ["to_date(status, 'x')", "wrong-arguments", "whole date"], ["to_date(status, status)", "wrong-arguments", "as a text"], ["to_date(status, null)", "wrong-arguments", "as a text"],
    ["to_date(status, '%Y\n%m\n%d')", "wrong-arguments", "whole date"], ["split_part(status, '-', 0)", "wrong-arguments", "from 1"], ["split_part(status, '', 1)", "wrong-arguments", "separator"], ["substring(status, -5, 3)", "wrong-arguments", "not -5"],
    ["substring(status, 1, -1)", "wrong-arguments", "length"], ["substring(status, 99999999999)", "wrong-arguments", "a start"], ["left(status, 99999999999)", "wrong-arguments", "at most"], ["date_add('day', -99999999999, placed_on)", "wrong-arguments", "at most"],
    ["round(amount, 99999999999)", "wrong-arguments", "places"], ["12345678901234567890123456789012345678901234", "type-mismatch", "38 digits"], [`0.${"0".repeat(46)}1`, "type-mismatch", "38 digits"], ["1e999", "type-mismatch", "digits"],
    ["round(amount, order)", "wrong-arguments", "from row to row"], ["placed_on + interval '1 year 2 months'", "expression-refused", "one after the other"], ["placed_on + interval order day", "expression-refused", "date_add('day', n, x)"],
    [`case ${"(case ".repeat(30)}order${" when 1 then 1 when 2 then 2 end)".repeat(30)} when 1 then 1 end`, "expression-refused", "10,000 parts"],
    [`${"to_date(to_char(".repeat(8)}placed_on${", '%Y-%m-%d'), '%Y-%m-%d')".repeat(8)}`, "expression-refused", "10,000 parts"], [`greatest(status${", status".repeat(30)})`, "expression-refused", "10,000 parts"], [`concat(status${", status".repeat(100)})`, "wrong-arguments", "at most 100"],
    ["mod(order, 0)", "type-mismatch", "by 0"],
    ["1 / 0", "type-mismatch", "by 0"], ["amount % -0.0", "type-mismatch", "by 0"], ["coalesce(status, 0)", "wrong-arguments", "one type"], ["status + 1", "type-mismatch", "||"], ["amount || 'x'", "type-mismatch", "cast"], ["status > 3", "type-mismatch", "compared"], ["placed_on = placed_at", "type-mismatch", "cast(x as date)"], ["placed_at = local_at", "type-mismatch", "compared"],
    ["placed_at - placed_at", "type-mismatch", "date_diff"], ["placed_on + cast(status as time)", "type-mismatch", "as timestamp)"], ["amount and paid", "type-mismatch", "conditions"], ["not amount", "type-mismatch", "condition"], ["amount = null", "type-mismatch", "is null"], ["data = data", "type-mismatch", "compared"], ["case when amount then 1 end", "type-mismatch", "condition"],
    ["case when paid then 1 else 'a' end", "type-mismatch", "one type"], ["cast(amount as decmal(3))", "unknown-type", "did you mean 'decimal'"], ["interval '3 days'", "type-mismatch", "interval"], ["amount[1]", "expression-refused", "array"], [`${"(".repeat(200)}1${")".repeat(200)}`, "expression-refused", "nesting"],
  ])("%j: %s", (sql, code, words) => {
    const { expression, codes, text } = parse(sql);
    expect(expression).toBeNull();
    expect(codes).toEqual([code]);
    expect(text).toContain(words);
  });

  it("for every problem in it, in one go", () => {
    expect(parse("amout > 1 and ceilng(rate) > 2").codes).toEqual(["unknown-column", "unknown-function"]);
  });
});

describe("a division", () => {
  it("is warned of where the divisor may be zero, and only there", () => {
    expect(parse("amount / order").codes).toEqual(["unguarded-division"]);
    expect([parse("amount % order").codes, parse("mod(amount, order)").codes]).toEqual([["unguarded-division"], ["unguarded-division"]]);
    expect([parse("case when order = 0 then 0 else amount / order end").codes, parse("case when order > 0 and paid then amount / order end").codes, parse("case when coalesce(order, 0) = 0 or paid then 0 when paid then 1 else amount / order end").codes, parse("iff(not (order <= 0), amount / order, 0)").codes]).toEqual([[], [], [], []]);
    for (const sql of ["case when order = 0 then amount / order else 0 end", "case when order = 0 and paid then 0 else amount / order end", "case when big = 0 then 0 else amount / order end", "case when order >= 0 then amount / order end", "case when order = 1 then 0 else amount / order end"]) expect(parse(sql).codes).toEqual(["unguarded-division"]);
    expect([parse("amount / 2").codes, parse("amount / nullif(order, 0)").codes, parse("amount / -2.5").codes]).toEqual([[], [], []]);
  });
});

describe("raw SQL", () => {
  const raw = { kind: "raw", sql: { duckdb: "upper(status)" } } as const;
  it("needs a stated type", () => {
    const log = createLog();
    expect(parseExpression(raw, scope, { document: "a", path: [] }, log)).toBeNull();
    expect(log.all().map((one) => one.code)).toEqual(["model/raw-sql-without-type"]);
    expect(parseExpression(raw, scope, { document: "a", path: [] }, log, { stated: { kind: "string" } })).toEqual({ kind: "raw", sql: raw.sql, type: { kind: "string" } });
  });
});
