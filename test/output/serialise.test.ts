import fc from "fast-check";
import { load } from "js-yaml";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import type { Data } from "../../generator/artifact.ts";
import { toJson, toYaml } from "../../generator/output/serialise.ts";
import { thorough } from "../support/thorough.ts";

const HOSTILE = [
  "", " ", "  lead", "trail  ", "\ttab", "tab\t", "a\tb", "no", "No", "NO", "yes", "on", "Off", "y", "N", "true", "False", "null", "~", "=", "<<", "-", "- a", "?", "? a", ":", "a: b", "a:", ":a",
  "#", "a #b", "a# b", "0123", "0o17", "0x1F", "0b11", "12:30", "12:30:45", "1e3", "1.10", "1_000", "+1", "-1", ".5", "5.", ".inf", "-.INF", ".nan", "2026-11-21", "2026-11-21 10:00:00", "2026-11-21T10:00:00Z",
  "{{ x }}", "{% y %}", "{# z #}", "[a, b]", "{a: b}", "&anchor", "*alias", "!tag", "!!str x", "|", ">", ">-", "%TAG", "@daily", "`tick`", "'single'", "\"double\"", "back\\slash", "line\nbreak", "line\n", "two\n\n",
  "\nlead", "a\n b", "a\n\n b\n", " a\nb", "a \nb", "a\r\nb", "a\rb", "\u0085", "a\u0085b", "\u2028", "a\u2029b", "\ufeff", "a\ufeffb", "\u00a0", "\u200b", "\u0000", "\u001b[31m", "\u007f", "\u202e", "é", "😀", "日本語", "e\u0301",
  "---", "--- a", "...", "a\n---\nb", "a\n...\n", "key: |\n  x", "O'Brien", "a, b", "x]", "x}", "# c", "0 6 * * *", "__proto__", "constructor", "ref('dim_orders')", "NaN", "Infinity", "1,000", "0.1.2",
  "a very long text that goes on beyond eighty columns, with a colon: here, and a # there, and 'quotes', so it is folded",
  "a very long text that goes on beyond eighty columns,  with two blanks somewhere in it, so that it may not be folded", `${"x".repeat(100)} y`, `- ${"word ".repeat(30)}end`, `${"# word ".repeat(30)}end`, `${"é ".repeat(60)}é`,
];

const readers: readonly (readonly [string, (text: string) => unknown])[] = [
  ["YAML 1.2", (text) => parse(text, { version: "1.2", strict: true })],
  ["YAML 1.1", (text) => parse(text, { version: "1.1", strict: true })],
  ["js-yaml", (text) => load(text)],
];

describe.each(readers)("what is printed as YAML, read as %s", (_, read) => {
  it.each(HOSTILE)("keeps the string %j as value, key and item, at any depth", (text) => {
    const key = text === "__proto__" ? "proto" : text;
    const value: Data = { [key]: text, list: [text, [text], { [key]: text, deep: { deeper: text } }], last: text };
    expect(read(toYaml(value))).toEqual(value);
  });

  it("keeps any data", () => {
    fc.assert(fc.property(data(), (value) => {
      expect(read(toYaml(value))).toEqual(value);
    }), { numRuns: thorough ? 500 : 100 });
  });
});

describe("YAML for people", () => {
  it("looks like what dbt's style guide asks for", () => {
    expect(toYaml({
      version: 2,
      models: [
        { name: "dim_customer", description: "Customers, one row per version, with a description that is too long for one line.", config: { tags: ["daily"], meta: {}, contract: { enforced: true } }, columns: [{ name: "customer_key", data_tests: ["not_null", "unique"] }, { name: "city" }] },
        { name: "dim_date", data_tests: [{ unique: { arguments: { field: "ref('x')" } } }], columns: [] },
      ],
    }, "Made by dps-gen.\n")).toBe(`# Made by dps-gen.
version: 2

models:
  - name: dim_customer
    description: >-
      Customers, one row per version, with a description that is too long for
      one line.
    config:
      tags:
        - daily
      meta: {}
      contract:
        enforced: true
    columns:
      - name: customer_key
        data_tests:
          - not_null
          - unique

      - name: city

  - name: dim_date
    data_tests:
      - unique:
          arguments:
            field: ref('x')
    columns: []
`);
  });

  it("parts sections of a project file, and keeps dbt's plus signs bare", () => {
    expect(toYaml({ name: "shop", "config-version": 2, "model-paths": ["models"], models: { shop: { "+materialized": "view" } }, flags: {} })).toBe(`name: shop
config-version: 2

model-paths:
  - models

models:
  shop:
    +materialized: view

flags: {}
`);
  });

  it("stays within 80 columns wherever a text has a blank to break at", () => {
    const prose = fc.array(fc.stringMatching(/^[a-z:#'"{}]{1,12}$/), { minLength: 20, maxLength: 40 }).map((words) => words.join(" "));
    fc.assert(fc.property(prose, (text) => {
      expect(toYaml({ a: { b: [{ c: text }] } }).split("\n").every((line) => line.length <= 80)).toBe(true);
    }));
  });
});

describe("numbers", () => {
  it("are read back as the same number by every reader", () => {
    fc.assert(fc.property(fc.double({ noNaN: true, noDefaultInfinity: true }).filter((one) => !Object.is(one, -0)), (value) => {
      for (const [, read] of readers) expect(read(toYaml({ value }))).toEqual({ value });
    }));
  });

  it("are refused where YAML readers differ", () => {
    expect(() => toYaml({ value: Number.NaN })).toThrow("NaN");
  });
});

it("prints JSON with two blanks and a line feed at the end", () => {
  expect(toJson({ b: [1], a: null })).toBe('{\n  "b": [\n    1\n  ],\n  "a": null\n}\n');
});

/** Any data, its strings mostly strange. */
function data(): fc.Arbitrary<Data> {
  const text = fc.oneof(fc.constantFrom(...HOSTILE), fc.string({ unit: "grapheme" }), fc.string({ unit: "binary" }).filter((one) => !/\p{Surrogate}/u.test(one)), fc.lorem({ maxCount: 40 }));
  const key = text.filter((one) => one !== "__proto__" && one.length < 500);
  return fc.letrec<{ value: Data; list: Data[]; map: { [key: string]: Data } }>((tie) => ({
    value: fc.oneof({ depthSize: "small", withCrossShrink: true }, text, fc.boolean(), fc.constant(null), fc.integer(), tie("list"), tie("map")),
    list: fc.array(tie("value"), { maxLength: 4 }),
    map: fc.dictionary(key, tie("value"), { maxKeys: 4, noNullPrototype: true }),
  })).value;
}
