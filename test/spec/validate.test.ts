import * as fc from "fast-check";
import { describe, expect, it } from "vitest";

import { specOf } from "./support.ts";

const dimension = (rest: string): string => `dimensions:\n  - name: dim_customer\n    natural_key: id\n    ${rest}\n`;
const measure = (rest: string): string => `fact_table:\n  name: orders\n  measures:\n    - {name: amount, ${rest}}\n`;

describe("the rules of reading", () => {
  it.each(["Type 2", "2", '"2"', "scd2", "SCD 2", "type_2", "Type 2 (history)", "TYPE-2"])("reads the SCD type %s as 2", (type) => {
    expect(specOf(dimension(`type: ${type}`)).spec?.dimensions[0]?.type).toBe(2);
  });

  it.each([
    ["COUNT DISTINCT", "count_distinct"],
    ["SUM", "sum"],
    ["Average", "avg"],
  ])("reads the aggregation %s", (written, canonical) => {
    expect(specOf(measure(`aggregation: ${written}`)).spec?.facts[0]?.measures[0]?.aggregation).toBe(canonical);
  });

  it("reads every canonical word in any case and with any separator", () => {
    fc.assert(
      fc.property(
        fc.constantFrom("semi_additive", "non_additive", "additive"),
        fc.constantFrom(" ", "-", "_", " - "),
        fc.boolean(),
        (word, separator, upper) => {
          const written = word.replaceAll("_", separator);
          const { spec } = specOf(measure(`type: ${upper ? written.toUpperCase() : written}`));
          expect(spec?.facts[0]?.measures[0]?.additivity).toBe(word);
        },
      ),
    );
  });

  it.each(['""', "[]", "{}", "null", "~", ""])("takes %j as not filled in", (empty) => {
    const { spec, codes } = specOf(dimension(`type: ${empty}\n    hierarchy: ${empty}\n    joins: ${empty}\n    unknown_member: ${empty}`));
    expect(codes).toEqual([]);
    expect(spec?.dimensions[0]).toMatchObject({ type: null, hierarchy: [], joins: [], unknown_member: {} });
  });

  it("takes 0 as not filled in only where it has no meaning", () => {
    const { spec } = specOf("pipeline: {name: p, sla_minutes: 0, error_handling: {max_retries: 0}}\n");
    expect(spec?.pipelines[0]).toMatchObject({ sla_minutes: null, error_handling: { max_retries: 0 } });
  });

  it("refuses a window of more periods than an engine counts", () => {
    const rolling = (periods: string): readonly string[] => specOf(`marts: [{name: mrt_x, from: fct_x, by: [day], rolling: {over: day, periods: ${periods}, unit: day}}]`).codes;
    expect([rolling("10000"), rolling("99999999999")]).toEqual([[], ["spec/out-of-range"]]);
  });

  it.each(["natural_key: id", "natural_keys: [id]", "business_key: id"])("reads %s", (key) => {
    expect(specOf(`dimensions: [{name: dim_x, ${key}}]`).spec?.dimensions[0]?.natural_key).toEqual(["id"]);
  });

  it.each([
    ["{map: {A: active, B: gone, else: keep}}", { kind: "map", values: { A: "active", B: "gone" }, else: "keep" }],
    ["{map: {A: active}, else: keep}", { kind: "map", values: { A: "active" }, else: "keep" }],
    ["{map: {values: {A: active}}, else: null}", { kind: "map", values: { A: "active" }, else: "null" }],
    ["{map: {else: other}, else: keep}", { kind: "map", values: { else: "other" }, else: "keep" }],
    ["{map: {values: {values: x}}}", { kind: "map", values: { values: "x" }, else: "fail" }],
    ["{map: {values: x}}", { kind: "map", values: { values: "x" }, else: "fail" }],
  ])("reads the cleaning step %s", (written, step) => {
    const { spec, codes } = specOf(`contract: {name: shop.x, schema: [{column: a, clean: [${written}]}]}`);
    expect(codes).toEqual([]);
    expect(spec?.contracts[0]?.schema[0]?.clean).toEqual([step]);
  });

  it.each([
    ["{nullif: [x], foo: 1}", "'foo' is not a key of an entry of 'clean'."],
    ["{trim: true, foo: 1}", "'foo' is not a key of an entry of 'clean'."],
    ["{foo: 1, bar: 2}", "'foo' is not a value of 'clean'."],
    ["0123", "0123 without quotes is read differently by different YAML readers; 'clean' takes one of the steps trim, squeeze, lower, upper, nullif, map, replace, parse, epoch, scale, json, default."],
  ])("names what is wrong with the cleaning step %s", (written, message) => {
    expect(specOf(`contract: {name: shop.x, schema: [{column: a, clean: [${written}]}]}`).messages).toEqual([message]);
  });

  it.each(["12345678901234567890", "no", "1.10"])("asks for quotes around the expression %s", (written) => {
    const { codes, help } = specOf(`fact_table: {name: f, source: shop.x, measures: [{name: n, expression: ${written}}]}`);
    expect(codes).toEqual(["spec/ambiguous-scalar"]);
    expect(help).toEqual([`quote it: "${written}".`]);
  });

  it.each(["{range: {min: 1}}", "{type: range, params: {min: 1}}"])("reads the check %s", (written) => {
    const { spec } = specOf(`contract: {name: shop.x, schema: [{column: a, checks: [${written}]}]}`);
    expect(spec?.contracts[0]?.schema[0]?.checks[0]).toMatchObject({ type: "range", params: { min: 1 } });
  });

  it.each([
    ["{enum: [a, b]}", { type: "enum", params: { values: ["a", "b"] } }],
    ['{regex: "^a"}', { type: "regex", params: { pattern: "^a" } }],
    ["{custom: a > 0}", { type: "custom", params: { expression: "a > 0" } }],
    ["{type: In Set, params: {values: [a]}}", { type: "enum", params: { values: ["a"] } }],
    ["{type: foreign-key, params: {table: shop.y, field: id}}", { type: "relationship" }],
    ["NOT NULL", { type: "not_null" }],
  ])("reads a check as %s, too", (written, meant) => {
    expect(specOf(`contract: {name: shop.x, schema: [{column: a, checks: [${written}]}]}`).spec?.contracts[0]?.schema[0]?.checks[0]).toMatchObject(meant);
  });

  it("says where the parameters of a check stand", () => {
    const { help } = specOf("contract: {name: shop.x, schema: [{column: a, checks: [{type: range, min: 1}]}]}");
    expect(help).toEqual([expect.stringMatching(/^parameters stand under params: params: \{min: 1\}\. /)]);
  });

  it.each([
    ["contract: {name: shop.x, schema: [{column: a, type: decimal(12,2), unit: NOK}]}", "decimal(12", '"decimal(12, 2)"'],
    ["dimensions: [{name: x, attributes: [{name: a, expression: coalesce(a, b) || c, scd_type: 1}]}]", "coalesce(a", '"coalesce(a, b) || c"'],
  ])("tells once what a comma cut off in %s", (text, cut, quoted) => {
    const { codes, help, places } = specOf(text);
    expect([codes, places]).toEqual([["spec/cut-text"], [cut]]);
    expect(help[0]).toContain(quoted);
  });

  it("refuses two spellings of one key at the second one", () => {
    const { codes, places } = specOf(dimension("business_key: no2"));
    expect([codes, places]).toEqual([["spec/same-key-twice"], ["business_key"]]);
  });

  it("reads short forms as the mapping they stand for", () => {
    const { spec } = specOf(
      "fact_table: {name: orders, foreign_keys: [dim_customer, {dimension: dim_date, on: order_date, as_of: ordered_at}], degenerate_dimensions: [order_no], joins: [shop.addresses], event_time: ordered_at}",
    );
    expect(spec?.facts[0]).toMatchObject({
      foreign_keys: [
        { dimension: "dim_customer", on: [] },
        { dimension: "dim_date", on: [{ here: "order_date", member: null }], as_of: { column: "ordered_at" } },
      ],
      degenerate_dimensions: [{ name: "order_no" }],
      joins: [{ to: "shop.addresses", on: null, type: "left" }],
      event_time: { kind: "expression", sql: "ordered_at" },
    });
  });

  it("keeps the texts of cleaning steps", () => {
    const { spec, codes } = specOf(
      'contract: {name: shop.x, schema: [{column: a, clean: [trim, {nullif: ["N/A", "", 0]}, {scale: 0.010}, {map: {values: {1: active}, else: null}}, {default: ""}, {replace: {search: ",", by: ""}}]}]}',
    );
    expect(codes).toEqual([]);
    expect(spec?.contracts[0]?.schema[0]?.clean).toEqual([
      { kind: "trim" },
      { kind: "nullif", values: ["N/A", "", "0"] },
      { kind: "scale", factor: "0.010" },
      { kind: "map", values: { "1": "active" }, else: "null" },
      { kind: "default", value: "" },
      { kind: "replace", search: ",", by: "" },
    ]);
  });

  it("tells an open end of NULL from one that is not stated", () => {
    expect(specOf("settings: {project: x, open_end: null}").spec?.settings?.open_end).toBeNull();
    expect(specOf("settings: {project: x}").spec?.settings?.open_end).toBeUndefined();
    expect(specOf("settings: {project: x, open_end: 9999-12-31}").spec?.settings?.open_end).toBe("9999-12-31");
  });

  it("reads raw SQL per warehouse", () => {
    expect(specOf(measure("raw_sql: {duckdb: x, postgres: y}")).spec?.facts[0]?.measures[0]?.expression).toEqual({
      kind: "raw",
      sql: { duckdb: "x", postgres: "y" },
    });
    expect(specOf(dimension("where: {raw_sql: {duckdb: x}}")).spec?.dimensions[0]?.where).toEqual({ kind: "raw", sql: { duckdb: "x" } });
  });

  it("takes type as the additivity of a measure, and as its type where the additivity is given", () => {
    expect(specOf(measure("additivity: additive, type: integer")).spec?.facts[0]?.measures[0]).toMatchObject({
      additivity: "additive",
      type: "integer",
    });
    expect(specOf(measure("type: additive, data_type: integer")).spec?.facts[0]?.measures[0]).toMatchObject({
      additivity: "additive",
      type: "integer",
    });
  });

  it("keeps indices in step with the source", () => {
    expect(
      specOf("dimensions: [{name: a, natural_key: x}, {name: b, natural_key: y}]").spec?.dimensions.map((one) => one.origin.path),
    ).toEqual([
      ["dimensions", 0],
      ["dimensions", 1],
    ]);
  });
});

describe("what validation refuses", () => {
  it.each([
    [dimension("attribtes: [a]"), "spec/unknown-key", "attribtes"],
    [measure("agg: SUMM"), "spec/invalid-value", "SUMM"],
    [dimension("domain: Sales Team"), "spec/invalid-name", "Sales Team"],
    [dimension("owner: '{{ x }}'"), "spec/invalid-text", "'{{ x }}'"],
    [dimension("conformed: [true]"), "spec/wrong-type", "[true]"],
    [dimension("owner: 1.10"), "spec/ambiguous-scalar", "1.10"],
    [dimension("owner: no"), "spec/ambiguous-scalar", "no"],
    [dimension("description: 2026-01-01"), "spec/ambiguous-scalar", "2026-01-01"],
    ["fact_tables:\n  - grain: order\n", "spec/missing-key", "grain"],
    ["settings: {dates: {from: 2026-02-30}}", "spec/invalid-text", "2026-02-30"],
    ["feature_store: {}\n", "spec/not-yet", "feature_store"],
    ["toString: {}\n", "spec/unknown-kind", "toString"],
    ["dimensions: [{name: dim_x, natural_key: y, toString: z}]", "spec/unknown-key", "toString"],
    ["kind: DataContract\n", "spec/foreign-format", "kind"],
  ])("%j → %s at %s", (text, code, place) => {
    const { spec, codes, places } = specOf(text);
    expect(spec).toBeNull();
    expect(codes).toEqual([code]);
    expect(places).toEqual([place]);
  });

  it.each([
    ["columns: [{name: a, required: true}]", "nullable: false"],
    ["columns: [{name: a, isPrimaryKey: true}]", "primary_key: true"],
    ["columns: [{name: a, allowedValues: [x]}]", "checks: [{enum: {values: [new, paid]}}]"],
    ["fields: [{name: a}]", "columns"],
  ])("says what to write for a key of another format of contracts: %s", (text, instead) => {
    expect(specOf(`contract: {name: shop.orders, ${text}}`).help).toEqual([expect.stringContaining(`write ${instead}. Known keys`)]);
  });

  it("keeps the table of a name in three parts", () => {
    expect(specOf("contract: {name: RAW.PUBLIC.ORDERS}").help).toEqual([expect.stringContaining("did you mean 'public.orders', with physical: {database: RAW, schema: PUBLIC, table: ORDERS}?")]);
  });

  it.each([
    ["strip", "write trim."], ["{coalesce: 0}", "write default: 0."], ['{to_date: "%d/%m/%Y"}', "write parse:"], ["initcap", "write it as expression:"], ["lowercase", "did you mean 'lower'?"],
  ])("says what to write for a cleaning step of another tool: %s", (step, help) => {
    expect(specOf(`contract: {name: shop.orders, schema: [{column: a, type: string, clean: [${step}]}]}`).help).toEqual([expect.stringContaining(help)]);
  });

  it.each([
    ["Type 7", "Type 7 is two foreign keys in the fact"], ["scd 5", "Type 5 is a dimension with mini_dimensions:"], ["Type 8", "One of 0, 1, 2, 3, 4, 6."], ["typ2", "did you mean 'type2'?"], ["tpye 2", "did you mean 'type2'?"],
  ])("takes another number for no slip of the pen: the SCD type %s", (type, help) => {
    for (const text of [dimension(`type: ${type}`), dimension(`attributes: [{name: a, scd_type: ${type}}]`)]) expect(specOf(text).help).toEqual([expect.stringMatching(new RegExp(`^${help.replaceAll("?", "[?]")}`))]);
  });

  it("reports everything in one go", () => {
    expect(specOf("settings: {projct: x}\nmarts: [{name: X, from: f}]\npipelines: [{}, {name: p, tier: 7}]\n").codes.toSorted()).toEqual([
      "spec/invalid-name",
      "spec/invalid-value",
      "spec/missing-key",
      "spec/unknown-key",
    ]);
  });

  it("accepts a name exactly if it follows the rule, and never throws", () => {
    fc.assert(
      fc.property(fc.oneof(fc.stringMatching(/^[a-z][a-z0-9_]{0,20}$/), fc.string({ maxLength: 12 })), (name) => {
        const { spec } = specOf(`marts: [{name: ${JSON.stringify(name)}, from: fct_x}]`);
        expect(spec !== null).toBe(/^[a-z][a-z0-9_]*$/.test(name));
      }),
    );
  });

  it("takes any YAML without throwing", () => {
    const key = fc.constantFrom(
      "name",
      "schema",
      "column",
      "checks",
      "clean",
      "history",
      "kind",
      "measures",
      "on",
      "type",
      "zone",
      "where",
      "x",
      "params",
      "collapse",
    );
    const { value } = fc.letrec((tie) => ({
      value: fc.oneof(
        { depthSize: "small" },
        fc.constantFrom("trim", "no", 1, 0, true, null, "change_log", "1.10", [], {}),
        fc.array(tie("value"), { maxLength: 3 }),
        fc.dictionary(key, tie("value"), { maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(
        fc.constantFrom("contract", "dimensions", "fact_table", "marts", "pipeline", "settings", "data_consumers"),
        value,
        (kind, body) => {
          const { codes, places } = specOf(`${kind}: ${JSON.stringify(body)}\n`);
          expect(places.every((place, index) => place.length > 0 || codes[index] === "spec/nothing-to-compile")).toBe(true);
        },
      ),
      { numRuns: 500 },
    );
  });
});
