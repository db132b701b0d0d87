import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { Ajv2020 } from "ajv/dist/2020.js";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";

import { kindNames } from "../../generator/spec/kinds/registry.ts";
import { jsonSchemas } from "../../generator/spec/json-schema.ts";

const fixtures = join(import.meta.dirname, "..", "..", "fixtures");
const schemas = jsonSchemas();
const ajv = new Ajv2020({ strict: false, formats: { date: true }, allowUnionTypes: true, code: { optimize: false } });
const validate = ajv.compile(schemas["spec.schema.json"] ?? {});

const files = readdirSync(fixtures)
  .filter((name) => name !== "invalid")
  .flatMap((name) =>
    readdirSync(join(fixtures, name), { recursive: true, encoding: "utf8" })
      .filter((file) => /\.ya?ml$/.test(file))
      .map((file) => join(name, file)),
  );

describe("the JSON Schemas", () => {
  it("cover every kind and are valid themselves", () => {
    expect(Object.keys(schemas).sort()).toEqual([...kindNames.map((kind) => `${kind}.schema.json`), "spec.schema.json"].sort());
    for (const schema of Object.values(schemas)) expect(ajv.validateSchema(schema)).toBe(true);
  });

  it.each(files)("accept fixtures/%s", (file) => {
    const valid = validate(parse(readFileSync(join(fixtures, file), "utf8")));
    expect(validate.errors ?? []).toEqual([]);
    expect(valid).toBe(true);
  });

  it.each(["a: 1", "dimensions: [{name: x, natural_ky: y}]", "fact_table: {name: x, measures: [{name: a, agg: SUMM}]}", "settings: 3"])(
    "refuse %j",
    (text) => {
      expect(validate(parse(text))).toBe(false);
    },
  );

  it("accept other spellings of keys and words", () => {
    expect(
      validate(parse("dimensions: [{name: x, business_key: y, type: Type 2 (history), attributes: [a, {name: b, scd_type: 1}]}]")),
    ).toBe(true);
    expect(
      validate(
        parse("fact_table: {name: x, measures: [{name: a, type: Semi-Additive, agg: COUNT DISTINCT, where: x > 1}], dimensions: [dim_a]}"),
      ),
    ).toBe(true);
    expect(
      validate(
        parse(
          "project_name: ''\ncurrent_state: {sources: [], data_volume: {current_gb_per_day: 0}}\ndata_consumers: [{team: '', latency_requirement: batch (hourly+)}]",
        ),
      ),
    ).toBe(true);
  });
});
