import { beforeAll, describe, expect, it } from "vitest";
import type { Dialect } from "../../generator/dialects/types.ts";
import { supportedDirectives, supportsFormat } from "../../generator/dialects/parse-format.ts";
import { strictCastMacro } from "../../generator/emitters/dbt/staging/strict-casts.ts";
import type { FunctionName } from "../../generator/model/expression.ts";
import type { LogicalType } from "../../generator/model/types.ts";
import { openEngines, type Engine } from "./engines.ts";

let engines: readonly Engine[] = [];
beforeAll(async () => {
  engines = await openEngines();
}, 60_000);

const integer: LogicalType = { kind: "integer" };
const float: LogicalType = { kind: "float" };
const string: LogicalType = { kind: "string" };
const date: LogicalType = { kind: "date" };
const time: LogicalType = { kind: "time" };
const timestamp: LogicalType = { kind: "timestamp" };
const local: LogicalType = { kind: "timestamp_ntz" };
const boolean: LogicalType = { kind: "boolean" };
const uuid: LogicalType = { kind: "uuid" };
const money: LogicalType = { kind: "decimal", precision: 12, scale: 2 };

const typed = (dialect: Dialect, text: string, type: LogicalType): string => `cast('${text}' as ${dialect.typeName(type)})`;

/** The value as canonical text, so that only differences that matter show. */
async function same(expected: string | null, type: LogicalType, sql: (dialect: Dialect) => string): Promise<void> {
  for (const engine of engines) {
    const text = engine.dialect.keyText(`(${sql(engine.dialect)})`, type);
    expect(await engine.value(text), `${engine.dialect.name}: ${sql(engine.dialect)}`).toBe(expected);
  }
}

async function refused(sql: (dialect: Dialect) => string): Promise<void> {
  for (const engine of engines) await expect(engine.value(sql(engine.dialect)), `${engine.dialect.name}: ${sql(engine.dialect)}`).rejects.toThrow();
}

const taken: readonly (readonly [string, LogicalType, string])[] = [
  ["12", integer, "12"], ["-7", integer, "-7"], ["+7", integer, "7"], ["007", integer, "7"], ["12.0", integer, "12"], ["-3.000", integer, "-3"],
  ["12.5", money, "12.50"], [".5", money, "0.50"], ["5.", money, "5.00"], ["2.675", money, "2.68"], ["-2.675", money, "-2.68"], ["1e-1", money, "0.10"],
  ["1.5", float, "1.5"], ["1e3", float, "1000"],
  ["true", boolean, "true"], ["NO", boolean, "false"], ["1", boolean, "true"], ["t", boolean, "true"],
  ["2022-01-07", date, "2022-01-07"], ["2024-02-29", date, "2024-02-29"],
  ["2022-01-07 00:00:00", date, "2022-01-07"], ["2022-01-07T00:00:00.000Z", date, "2022-01-07"], ["2022-01-07 00:00", date, "2022-01-07"],
  ["10:00", time, "10:00:00"], ["10:00:01.5", time, "10:00:01.5"],
  ["2022-01-07 10:00:00", timestamp, "2022-01-07 10:00:00.000000"], ["2022-01-07T10:00", timestamp, "2022-01-07 10:00:00.000000"],
  ["2022-01-07", timestamp, "2022-01-07 00:00:00.000000"], ["2022-01-07T10:00:00.25Z", timestamp, "2022-01-07 10:00:00.250000"],
  ["2022-01-07 10:00:00+02:00", timestamp, "2022-01-07 08:00:00.000000"], ["2022-01-07T10:00:00-0230", timestamp, "2022-01-07 12:30:00.000000"],
  ["1885-06-01 12:17:30+00:17:30", timestamp, "1885-06-01 12:00:00.000000"],
  ["2022-01-07 10:00:00+02", timestamp, "2022-01-07 08:00:00.000000"],
  ["2022-01-07T10:00:00", local, "2022-01-07 10:00:00.000000"],
  ["A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
];

const notTaken: readonly (readonly [string, LogicalType])[] = [
  ...["12x", "1e3", "", " 12 ", "12.7", "12.", "0.05", "0x1A", "1_000", "99999999999", "99999999999.0", "12\n"].map((text) => [text, integer] as const),
  ...["", " 1", "1,5", "NaN", "12345678901.00", "infinity"].map((text) => [text, money] as const),
  ...["nan", "1,5"].map((text) => [text, float] as const),
  ...["on", "2", "", "tru"].map((text) => [text, boolean] as const),
  ...["2022-01-07x", "31/13/2020", "2022-02-31", "", "infinity", "2022-1-7", "2022-01-07 10:00", "2022-01-07 00:00:01", "2022-01-07T00:00:00+02:00", "2022-02-31 00:00:00", "today"].map((text) => [text, date] as const),
  ...["2022-01-07 10:00:60", "2022-01-07 25:00:00", "2022-01-07 10:00:00 Europe/Oslo", "2022-01-07 10:00:00 +02:00", "now", "2022-02-30 10:00"].map((text) => [text, timestamp] as const),
  ["2022-01-07T10:00:00Z", local],
  ["25:00", time],
  ["{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", uuid],
];

/** A text that no optimiser can fold, as a column's value would be. */
const literal = (dialect: Dialect, text: string): string => `case when random() < 2 then ${dialect.stringLiteral(text)} end`;

describe("a strict cast", () => {
  it.each(taken)("takes '%s' as %o", async (text, type, expected) => {
    await same(expected, type, (dialect) => dialect.strictCast(literal(dialect, text), type));
    await same(expected, type, (dialect) => dialect.tryCast(literal(dialect, text), type));
  });

  it.each(notTaken)("refuses '%s' as %o", async (text, type) => {
    await refused((dialect) => dialect.strictCast(literal(dialect, text), type));
    await same(null, type, (dialect) => dialect.tryCast(literal(dialect, text), type));
  });

  it.each([integer, money, float, boolean, date, time, timestamp, local, uuid])("keeps NULL of %o", async (type) => {
    await same(null, type, (dialect) => dialect.strictCast(`cast(null as ${dialect.types.string})`, type));
  });

  it("reads an instant without an offset in the zone that is named", async () => {
    const zone = "'Europe/Oslo'";
    for (const [text, expected] of [["2022-07-07 10:00", "2022-07-07 08:00:00.000000"], ["2022-01-07", "2022-01-06 23:00:00.000000"], ["2022-07-07T10:00:00Z", "2022-07-07 10:00:00.000000"]] as const) {
      await same(expected, timestamp, (dialect) => dialect.strictCast(literal(dialect, text), timestamp, zone));
      await same(expected, timestamp, (dialect) => dialect.tryCast(literal(dialect, text), timestamp, zone));
    }
    await same("2022-07-07 08:00:00.000000", timestamp, (dialect) => dialect.parse(literal(dialect, "07.07.2022 10:00"), "%d.%m.%Y %H:%M", timestamp, zone));
    await same("2022-07-07 09:00:00.000000", timestamp, (dialect) => dialect.parse(literal(dialect, "2022-07-07 10:00+01:00"), "%Y-%m-%d %H:%M%z", timestamp, zone));
    await refused((dialect) => dialect.strictCast(literal(dialect, "2022-02-30 10:00"), timestamp, zone));
  });

  it("takes what is typed already", async () => {
    await same("12", integer, (dialect) => dialect.strictCast(typed(dialect, "12", integer), integer));
    await same("12.50", money, (dialect) => dialect.strictCast(typed(dialect, "12.5", money), money));
    await same("true", boolean, (dialect) => dialect.strictCast("true", boolean));
    await same("2022-01-07 10:00:00.500000", timestamp, (dialect) => dialect.strictCast(typed(dialect, "2022-01-07 10:00:00.5", timestamp), timestamp));
  });
});

const parsed: readonly (readonly [string, string, LogicalType, string])[] = [
  ["31/12/2020", "%d/%m/%Y", date, "2020-12-31"], ["1/2/2020", "%d/%m/%Y", date, "2020-02-01"], ["20200229", "%Y%m%d", date, "2020-02-29"],
  ["01-Feb-69", "%d-%b-%y", date, "1969-02-01"], ["01-feb-68", "%d-%b-%y", date, "2068-02-01"], ["March 5 2021", "%B %d %Y", date, "2021-03-05"],
  ["[3].^\\4'2021", "[%d].^\\%m'%Y", date, "2021-04-03"], ["100% 1.2.2020", "100%% %d.%m.%Y", date, "2020-02-01"],
  ["2020-01-02 03:04 PM", "%Y-%m-%d %I:%M %p", timestamp, "2020-01-02 15:04:00.000000"], ["2020-01-02 12:04 am", "%Y-%m-%d %I:%M %p", timestamp, "2020-01-02 00:04:00.000000"],
  ["2020-01-02T03:04:05.25", "%Y-%m-%dT%H:%M:%S.%f", timestamp, "2020-01-02 03:04:05.250000"], ["02.01.2020 03:04", "%d.%m.%Y %H:%M", local, "2020-01-02 03:04:00.000000"],
  ["2020-01-02 03:04:05 +0230", "%Y-%m-%d %H:%M:%S %z", timestamp, "2020-01-02 00:34:05.000000"], ["2020-01-02 03:04:05-08:00", "%Y-%m-%d %H:%M:%S%z", timestamp, "2020-01-02 11:04:05.000000"],
];

const notParsed: readonly (readonly [string, string, LogicalType])[] = [
  ["31/13/2020", "%d/%m/%Y", date], ["31/02/2020", "%d/%m/%Y", date], ["31/12/2020x", "%d/%m/%Y", date], [" 31/12/2020", "%d/%m/%Y", date], ["", "%d/%m/%Y", date],
  ["2020-12-31", "%d/%m/%Y", date], ["31/12/20", "%d/%m/%Y", date], ["01-Foo-20", "%d-%b-%y", date], ["2020-01-02 13:04 PM", "%Y-%m-%d %I:%M %p", timestamp],
];

describe("the macro of a strict cast", () => {
  it("takes a typed instant to the second, however odd the session's offset was at the time", async () => {
    for (const zoned of [false, true]) {
      const cast = (dialect: Dialect): string => strictCastMacro({ type: timestamp, strictness: "strict", zoned }, dialect).sql.replaceAll("{{ value }}", "timestamptz '1880-06-01 23:00:00+00'").replaceAll("{{ zone }}", "Europe/Oslo");
      await same("1880-06-01 23:00:00.000000", timestamp, cast);
    }
  });
});

describe("a parse", () => {
  it.each(parsed)("reads '%s' by %s", async (text, format, type, expected) => {
    await same(expected, type, (dialect) => dialect.parse(literal(dialect, text), format, type));
    await same(expected, type, (dialect) => dialect.tryParse(literal(dialect, text), format, type));
  });

  it.each(notParsed)("refuses '%s' by %s", async (text, format, type) => {
    await refused((dialect) => dialect.parse(literal(dialect, text), format, type));
    await same(null, type, (dialect) => dialect.tryParse(literal(dialect, text), format, type));
  });

  it("keeps NULL", async () => {
    await same(null, date, (dialect) => dialect.parse(`cast(null as ${dialect.types.string})`, "%d-%b-%y", date));
  });

  it.each(["%d/%m", "%Y-%m-%d %j", "%Y %Y %m %d", "%Y-%m-%d %I:%M", "%Y-%m-%d %M", "%q", "%", ""])("is not offered for '%s'", (format) => {
    expect(supportsFormat(format)).toBe(false);
  });

  it("names what it offers", () => {
    expect(supportedDirectives.join(" ")).toBe("%Y %y %m %d %b %B %H %I %M %S %f %p %z");
  });
});

const bigint: LogicalType = { kind: "bigint" };
const exact: LogicalType = { kind: "decimal", precision: 12, scale: 3 };
const day = (text: string): readonly [string, LogicalType] => [text, date];
const at = (text: string): readonly [string, LogicalType] => [text, timestamp];
const words = (text: string): readonly [string, LogicalType] => [text, string];
const number = (text: string): readonly [string, LogicalType] => [text, integer];
const real = (text: string): readonly [string, LogicalType] => [text, float];
const amount = (text: string): readonly [string, LogicalType] => [text, exact];
const unit = (name: string): readonly [string, LogicalType] => [`'${name}`, string];

/** Function, arguments (a leading quote marks a literal), type of the result, its canonical text. */
const calls: readonly (readonly [FunctionName, readonly (readonly [string, LogicalType])[], LogicalType, string | null])[] = [
  ["coalesce", [words("a"), words("b")], string, "a"], ["nullif", [words("a"), words("a")], string, null],
  ["lower", [words("ØST")], string, "øst"], ["upper", [words("øst")], string, "ØST"],
  ["trim", [words("  a b ")], string, "a b"], ["trim", [words("00a0"), words("0")], string, "a"], ["ltrim", [words("xyøxy"), words("yx")], string, "øxy"], ["rtrim", [words("aøø"), words("ø")], string, "a"], ["ltrim", [words("  a ")], string, "a "], ["rtrim", [words(" a  ")], string, " a"],
  ["length", [words("blåbær")], integer, "6"], ["substring", [words("abcdef"), number("2"), number("3")], string, "bcd"],
  ["replace", [words("a-b-c"), words("-"), words("+")], string, "a+b+c"], ["concat", [words("a"), words("b")], string, "ab"],
  ["concat_ws", [words("-"), words("a"), words(""), words("b")], string, "a--b"],
  ["left", [words("abc"), number("2")], string, "ab"], ["right", [words("abc"), number("2")], string, "bc"], ["split_part", [words("a,b"), words(","), number("2")], string, "b"],
  ["strpos", [words("blåbær@x"), words("@")], integer, "7"], ["strpos", [words("a"), words("b")], integer, "0"], ["lpad", [words("7"), number("3"), words("0")], string, "007"],
  ["lpad", [words("abcdef"), number("3"), words("0")], string, "abc"], ["lpad", [words("å"), number("4"), words("xø")], string, "xøxå"], ["lpad", [words("a"), number("3")], string, "  a"], ["lpad", [words("a"), number("-1"), words("0")], string, ""],
  ["rpad", [words("a"), number("4"), words("xø")], string, "axøx"], ["rpad", [words("abc"), number("2")], string, "ab"], ["rpad", [words("a"), number("3")], string, "a  "],
  ["sign", [amount("-0.5")], integer, "-1"], ["sign", [real("0")], integer, "0"], ["sign", [number("7")], integer, "1"],
  ["trunc", [amount("-1.55")], integer, "-1"], ["trunc", [real("2.9")], float, "2"], ["trunc", [number("-3")], integer, "-3"], ["exp", [number("0")], float, "1"], ["ln", [amount("1")], float, "0"], ["log10", [real("1000")], float, "3"],
  ["abs", [amount("-1.5")], exact, "1.500"], ["floor", [amount("-1.5")], integer, "-2"], ["ceil", [amount("-1.5")], integer, "-1"],
  ["round", [amount("2.345"), number("2")], money, "2.35"], ["round", [amount("-2.345"), number("2")], money, "-2.35"], ["round", [amount("2.5")], integer, "3"],
  ["round", [real("1.005"), number("2")], float, "1.01"], ["round", [real("-2.5")], float, "-3"], ["round", [real("2.5")], float, "3"], ["round", [real("2.675"), number("2")], float, "2.68"],
  ["sqrt", [number("9")], float, "3"], ["power", [number("2"), number("10")], float, "1024"], ["mod", [number("-7"), number("3")], integer, "-1"], ["mod", [real("5.5"), real("2")], float, "1.5"],
  ["greatest", [words("a"), words("B")], string, "a"], ["least", [words("a"), words("B")], string, "B"], ["greatest", [number("1"), number("2")], integer, "2"],
  ["date_trunc", [unit("month"), day("2020-02-29")], date, "2020-02-01"], ["date_trunc", [unit("week"), day("2021-01-03")], date, "2020-12-28"],
  ["date_trunc", [unit("quarter"), at("2020-05-06 07:08:09")], timestamp, "2020-04-01 00:00:00.000000"], ["date_trunc", [unit("hour"), at("2020-05-06 07:08:09")], timestamp, "2020-05-06 07:00:00.000000"],
  ["date_part", [unit("year"), day("2021-01-03")], integer, "2021"], ["date_part", [unit("iso_week"), day("2021-01-03")], integer, "53"], ["date_part", [unit("day_of_week"), day("2021-01-03")], integer, "7"],
  ["date_part", [unit("second"), at("2021-01-03 00:00:59.7")], integer, "59"], ["date_part", [unit("hour"), at("2021-01-03 23:00:59.7")], integer, "23"],
  ["date_add", [unit("day"), number("3"), day("2020-02-27")], date, "2020-03-01"], ["date_add", [unit("month"), number("1"), day("2020-01-31")], date, "2020-02-29"],
  ["date_add", [unit("quarter"), number("-1"), day("2020-05-31")], date, "2020-02-29"], ["date_add", [unit("week"), number("2"), at("2020-05-31 10:00:00")], timestamp, "2020-06-14 10:00:00.000000"],
  ["date_diff", [unit("day"), at("2020-01-01 23:00:00"), at("2020-01-02 01:00:00")], bigint, "1"], ["date_diff", [unit("month"), day("2020-01-31"), day("2020-02-01")], bigint, "1"],
  ["date_diff", [unit("year"), day("2020-12-31"), day("2021-01-01")], bigint, "1"], ["date_diff", [unit("quarter"), day("2020-12-31"), day("2021-01-01")], bigint, "1"],
  ["date_diff", [unit("week"), day("2020-01-05"), day("2020-01-06")], bigint, "1"], ["date_diff", [unit("week"), day("2020-01-06"), day("2020-01-12")], bigint, "0"],
  ["date_diff", [unit("hour"), at("2020-01-01 09:59:00"), at("2020-01-01 10:01:00")], bigint, "1"], ["date_diff", [unit("day"), day("2020-01-03"), day("2020-01-01")], bigint, "-2"],
  ["date_part", [unit("day_of_year"), day("2020-12-31")], integer, "366"],
  ["to_char", [day("0987-03-05"), unit("%Y-%m")], string, "0987-03"], ["to_char", [day("2024-03-05"), unit("%d.%m.%y %H:%M:%S")], string, "05.03.24 00:00:00"], ["to_char", [at("2024-03-05 00:04:05.25"), unit("%I:%M %p, %b %B %f")], string, "12:04 AM, Mar March 250000"],
  ["to_char", [at("2024-12-05 13:04:05"), unit('%%Y"\\DD of %Y-W%mTH%HI')], string, '%Y"\\DD of 2024-W12TH13I'],
  ["to_date", [words("29.02.2020"), unit("%d.%m.%Y")], date, "2020-02-29"],
];

describe("a function", () => {
  it.each(calls)("%s of %j", async (name, args, result, expected) => {
    const types = args.map(([, type]) => type);
    await same(expected, result, (dialect) => {
      const printed = args.map(([text, type]) => (text.startsWith("'") ? dialect.stringLiteral(text.slice(1)) : type.kind === "string" ? literal(dialect, text) : typed(dialect, text, type)));
      return dialect.cast(dialect.call(name, printed.map((one) => (one.startsWith("case") ? `(${one})` : one)), types, result), null, result);
    });
  });

  it("covers all names", async () => {
    const covered = new Set<string>([...calls.map(([name]) => name), "current_date"]);
    for (const { dialect, value } of engines) {
      for (const zone of [[], ["'Pacific/Auckland'"]]) expect(await value(dialect.call("current_date", zone, [], date))).toMatch(/^\d{4}-\d{2}-\d{2}$/);
    }
    expect(covered.size).toBe(39);
  });
});

describe("arithmetic and comparison", () => {
  it("never truncates a division", async () => {
    await same("0.5", float, (dialect) => dialect.divide(typed(dialect, "1", integer), typed(dialect, "2", integer)));
    await same("0.25", float, (dialect) => dialect.divide(typed(dialect, "0.5", exact), typed(dialect, "2", exact)));
  });

  it("raises where it divides by zero, and is NULL by nullif only", async () => {
    const zero = (dialect: Dialect): string => `cast(${literal(dialect, "0")} as integer)`;
    await refused((dialect) => dialect.divide("1", zero(dialect)));
    await refused((dialect) => dialect.call("mod", ["1", zero(dialect)], [integer, integer], integer));
    await same(null, float, (dialect) => dialect.divide("1", `nullif(${zero(dialect)}, 0)`, true));
  });

  it("compares texts byte by byte", async () => {
    await same("true", boolean, (dialect) => `${dialect.bytewise(`(${literal(dialect, "B")})`)} < ${dialect.stringLiteral("a")}`);
  });

  it("takes a backslash in a pattern for itself", async () => {
    await same("false", boolean, (dialect) => dialect.like(`(${literal(dialect, "a_b")})`, "'a\\_b'", false));
    await same("true", boolean, (dialect) => dialect.like(`(${literal(dialect, "a\\xb")})`, "'a\\_b'", false));
    await same("true", boolean, (dialect) => dialect.like(`(${literal(dialect, "abc")})`, "'x%'", true));
  });
});

describe("a cast of the portable subset", () => {
  const cases: readonly (readonly [string, LogicalType, LogicalType, string])[] = [
    ["2.5", float, integer, "3"], ["-2.5", float, integer, "-3"], ["2.5", exact, integer, "3"], ["1.005", float, money, "1.01"], ["0.285", float, money, "0.29"], ["2.345", exact, money, "2.35"],
    ["7", integer, money, "7.00"], ["2020-01-02 03:04:05", timestamp, date, "2020-01-02"], ["2020-01-02", date, timestamp, "2020-01-02 00:00:00.000000"],
    ["1.50", money, string, "1.50"], ["true", boolean, string, "true"], ["2020-01-02", date, string, "2020-01-02"], ["1.5", float, string, "1.5"], ["2", float, string, "2"], ["12", string, integer, "12"], ["x", string, string, "x"],
  ];
  it.each(cases)("of %s from %o to %o", async (text, from, to, expected) => {
    await same(expected, to, (dialect) => dialect.cast(from.kind === "string" ? `(${literal(dialect, text)})` : typed(dialect, text, from), from, to));
  });

  it("refuses a text that is no value", async () => {
    await refused((dialect) => dialect.cast(`(${literal(dialect, "2022-01-07x")})`, string, date));
  });
});

describe("times and hashes", () => {
  it("reads local time in its zone, the second of two equal hours in autumn, and turns it back", async () => {
    for (const [wall, utc] of [["2026-07-01 12:00:00", "2026-07-01 10:00:00.000000"], ["2026-01-01 12:00:00", "2026-01-01 11:00:00.000000"], ["2026-10-25 02:30:00", "2026-10-25 01:30:00.000000"], ["2026-03-29 02:30:00", "2026-03-29 01:30:00.000000"]] as const) {
      await same(utc, timestamp, (dialect) => dialect.toInstant(typed(dialect, wall, local), "'Europe/Oslo'"));
    }
    await same("2026-07-01 12:00:00.000000", local, (dialect) => dialect.toLocal(typed(dialect, "2026-07-01 10:00:00", timestamp), "'Europe/Oslo'"));
  });

  it("hashes alike", async () => {
    await same("c4a10e900dc6ef1c582684e633fce604", string, (dialect) => dialect.md5(`(${literal(dialect, "blåbær")})`));
    const hashes = await Promise.all(engines.map(({ dialect, value }) => value(dialect.sha256(`(${literal(dialect, "blåbær")})`))));
    expect(new Set(hashes).size).toBe(1);
    expect(hashes[0]).toMatch(/^[0-9a-f]{64}$/);
  });

  it("counts days, names their parts and keys", async () => {
    await same("20200229", integer, (dialect) => dialect.dateKey(typed(dialect, "2020-02-29", date)));
    await same("2020-03-01", date, (dialect) => dialect.addDays(typed(dialect, "2020-02-29", date), 1, date));
    await same("2020-03-01 10:00:00.000000", timestamp, (dialect) => dialect.addDays(typed(dialect, "2020-02-29 10:00:00", timestamp), 1, timestamp));
    for (const [part, expected] of [["year", "2021"], ["quarter", "1"], ["month", "1"], ["iso_week", "53"], ["day", "3"], ["day_of_week", "7"]] as const) {
      await same(expected, integer, (dialect) => dialect.datePart(part, typed(dialect, "2021-01-03", date)));
    }
    for (const { dialect, rows } of engines) expect(await rows(dialect.days("2020-02-28", "2020-03-01"))).toEqual([["2020-02-28"], ["2020-02-29"], ["2020-03-01"]]);
  });

  it("squeezes, matches, and reads JSON", async () => {
    await same(" a b ", string, (dialect) => dialect.squeeze(`(${literal(dialect, " \t a\n\r b  ")})`));
    await same("true", boolean, (dialect) => dialect.matches(`(${literal(dialect, "a1b")})`, "[0-9]"));
    await same("x", string, (dialect) => dialect.jsonPath(`(${literal(dialect, '{"a": {"b": "x"}}')})`, "$.a.b"));
    await same("7", string, (dialect) => dialect.jsonPath(`(${literal(dialect, '{"a": [5, 7]}')})`, "$.a[1]"));
    await same(null, string, (dialect) => dialect.jsonPath(`(${literal(dialect, '{"a": null}')})`, "$.a"));
    await same(null, string, (dialect) => dialect.jsonPath(`(${literal(dialect, "{}")})`, "$.a.b"));
    for (const [text, path] of [['[{"a": 5}]', "$.a"], ['{"a": {"b": 5}}', "$.a[0].b"], ['{"a": [{"b": 5}]}', "$.a.b"], ['{"a": {"0": 5}}', "$.a[0]"]] as const) {
      await same(null, string, (dialect) => dialect.jsonPath(`(${literal(dialect, text)})`, path));
    }
  });

  it("writes literals that cannot open a Jinja block, and names that are words of the language", async () => {
    for (const text of ["it's", "{{ x }}", "{% x %}", "{# x #}", "{{{", "a\\b"]) {
      await same(text, string, (dialect) => dialect.stringLiteral(text));
      for (const { dialect } of engines) expect(dialect.stringLiteral(text)).not.toMatch(/\{[{%#]/);
    }
    for (const { dialect, value } of engines) {
      for (const word of [...dialect.reservedWords, 'od"d Name']) expect(await value(`select ${dialect.quote(word)} from (select 1 as ${dialect.quote(word)}) as one`)).toBe("1");
    }
  });

  it("quotes every word of the language that cannot stand alone as a column", async () => {
    for (const { dialect, rows } of engines) {
      const list = dialect.sqlfluff === "duckdb" ? "select keyword_name from duckdb_keywords()" : "select word from pg_get_keywords()";
      const plain = (await rows(list)).flatMap(([word]) => (word === null || word === undefined || dialect.reservedWords.has(word) ? [] : [word]));
      for (const word of plain) expect(await rows(`select cast(${word} as ${dialect.types.string}) from (select 1 as "${word}") as one where ${word} is not null`), word).toEqual([["1"]]);
    }
  });

  it("knows the types by the names the engine reports", async () => {
    for (const { dialect, rows } of engines) {
      for (const type of [integer, bigint, float, string, date, time, timestamp, boolean, uuid, money]) {
        const name = dialect.sqlfluff === "duckdb" ? "typeof" : "pg_typeof";
        const reported = (await rows(`select cast(${name}(cast(null as ${dialect.typeName(type)})) as ${dialect.types.string})`))[0]?.[0] ?? "";
        expect(dialect.typeName(type).toUpperCase().replace(" ", "").startsWith(reported.toUpperCase().replace(/ WITHOUT TIME ZONE|[, ]/g, "").slice(0, 4))).toBe(true);
      }
    }
  });
});
