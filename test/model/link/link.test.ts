import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { Model } from "../../../generator/model/types.ts";
import { linked } from "../../support/spec.ts";

const fixtures = join(import.meta.dirname, "..", "..", "..", "fixtures");
const filesOf = (fixture: string): { readonly [name: string]: string } =>
  Object.fromEntries(readdirSync(join(fixtures, fixture)).filter((one) => one.endsWith(".yaml")).map((one) => [one, readFileSync(join(fixtures, fixture, one), "utf8")]));

function notFrozen(value: unknown, path = "model"): readonly string[] {
  if (typeof value !== "object" || value === null) return [];
  return [...(Object.isFrozen(value) ? [] : [path]), ...Object.entries(value).flatMap(([key, part]) => notFrozen(part, `${path}.${key}`))];
}

describe.each(["superstore", "minimal", "jaffle-shop", "kimball-golden", "kimball-golden-date-only"])("the model of fixtures/%s", (fixture) => {
  const { model, codes } = linked(filesOf(fixture));

  it("is linked without a complaint", () => {
    expect(codes).toEqual([]);
    expect(model).not.toBeNull();
  });

  it("is frozen plain data that survives JSON", () => {
    expect(notFrozen(model)).toEqual([]);
    expect(JSON.parse(JSON.stringify(model))).toEqual(model);
  });

  it("lists everything in code-point order", () => {
    const lists = ["sources", "dimensions", "facts", "marts", "pipelines", "owners"] as const;
    for (const list of lists) {
      const names = (model?.[list] ?? []).map((one: { readonly name: string }) => one.name);
      expect(names).toEqual([...names].sort());
    }
  });
});

describe("linking", () => {
  it("gives the same model whatever the order of files", () => {
    const entries = Object.entries(filesOf("superstore"));
    const without = (model: Model | null): string => JSON.stringify(model);
    const expected = without(linked(Object.fromEntries(entries)).model);
    fc.assert(fc.property(fc.shuffledSubarray(entries, { minLength: entries.length }), (shuffled) => {
      expect(without(linked(Object.fromEntries(shuffled)).model)).toBe(expected);
    }), { numRuns: 5 });
  });

  it("generates a current-state model only where something reads it", () => {
    const { model } = linked(filesOf("kimball-golden"));
    expect(model?.sources.map((one) => one.models.current)).toEqual([null, null, null, null, "int_store__products_current"]);
  });

  it("builds the calendar only where something refers to it", () => {
    const contract = "contract:\n  name: shop.orders\n  schema: [{column: id, type: integer, primary_key: true}]\n";
    expect(linked(contract).model?.dimensions).toEqual([]);
    expect(linked(filesOf("minimal")).model?.dimensions.map((one) => one.kind)).toEqual(["table", "date"]);
  });

  it("gathers the teams, with their addresses", () => {
    const { model } = linked("contracts:\n  - {name: shop.a, owner: \"Shop team <shop@example.com>\", schema: [{column: id, type: integer}]}\n  - {name: shop.b, owner: data@example.com, schema: [{column: id, type: integer}]}\n  - {name: shop.c, owner: web, schema: [{column: id, type: integer}]}\n");
    expect(model?.owners).toEqual([{ name: "Shop team <shop@example.com>", email: "shop@example.com" }, { name: "data@example.com", email: "data@example.com" }, { name: "web", email: null }]);
  });

  it("refuses facts that are rolled up from each other", () => {
    const fact = (name: string, source: string): string => `  - {name: ${name}, source: ${source}, grain_key: [id], grain_statement: One row per id, fact_type: factless}\n`;
    const { codes } = linked(`fact_tables:\n${fact("a", "fct_b")}${fact("b", "fct_a")}contract:\n  name: shop.orders\n  schema: [{column: id, type: integer, primary_key: true}]\n`);
    expect(codes).toEqual(["cycle fact_tables.0.source"]);
  });
});
