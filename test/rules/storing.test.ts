import { describe, expect, it } from "vitest";
import { decided, decisionOn } from "./support.ts";

const contract = (history: string): string => `
contract:
  name: shop.customers
  primary_key: [id]
  history: ${history}
  schema:
    - {column: id, type: integer}
    - {column: city, type: string}
    - {column: at, type: timestamp, zone: UTC, nullable: false}
    - {column: day, type: date, nullable: false}
`;
const type2 = "dimension: {name: customer, source: shop.customers, natural_key: id, attributes: [{name: city, scd_type: 2}]}";
const type1 = "dimension: {name: customer, source: shop.customers, natural_key: id, attributes: [{name: city}]}";

describe("the history of a dimension", () => {
  it.each([
    ["current", "truncate_reload", contract("current_state") + type1],
    ["snapshot", "snapshot", contract("current_state") + type2],
    ["events", "truncate_reload", contract("{kind: change_log, effective_at: at}") + type2],
    ["extracts", "truncate_reload", contract("{kind: periodic_extract, extract_date: day}") + type2],
  ])("comes from %s and is written by %s", (form, load, specs) => {
    const found = decided(specs);
    expect(found.design.choice("history", "dim_customer")).toBe(form);
    expect(found.design.choice("load strategy", "dim_customer")).toBe(load);
    expect(decisionOn(found, "history").alternatives).toHaveLength(3);
  });

  it("is told with its deletes and its first version", () => {
    const { design } = decided(
      contract("current_state") + type2.replace("natural_key", "deletes: tombstone, first_version_from: first_seen, natural_key"),
    );
    expect(design.choice("deletes", "dim_customer")).toBe("tombstone");
    expect(design.choice("first version", "dim_customer")).toBe("first_seen");
  });

  it("has no lifecycle without versions", () => {
    expect(decided(contract("current_state") + type1).design.choice("deletes", "dim_customer")).toBeUndefined();
  });
});

describe("the materialisation", () => {
  it("is a view below the star, a table in it, and a snapshot for what must be remembered", () => {
    const { design } = decided(contract("current_state") + type2);
    const stored = design.decisions.filter((one) => one.topic === "materialisation").map((one) => [one.subject, one.choice]);
    expect(Object.fromEntries(stored)).toEqual({
      stg_shop__customers: "view",
      int_customer_joined: "view",
      snp_customer: "snapshot",
      dim_customer: "table",
    });
  });
});

describe("names", () => {
  const long = (name: string): string => `${contract("current_state")}dimension: {name: ${name}, source: shop.customers, natural_key: id}`;

  it("may use all bytes of the warehouse but dbt's suffix", () => {
    expect(decided(long(`dim_${"a".repeat(47)}`), "postgres").codes).toEqual([]);
    expect(decided(long(`dim_${"a".repeat(48)}`), "postgres").codes).toEqual(["name-too-long dimension.name"]);
    expect(decided(long(`dim_${"a".repeat(48)}`), "duckdb").codes).toEqual([]);
  });

  it("may not make columns that the warehouse cuts", () => {
    const specs = contract("current_state").replace("column: city", `column: city, rename: ${"c".repeat(64)}`);
    expect(decided(specs, "postgres").codes.map((one) => one.split(" ")[0])).toEqual(["name-too-long"]);
  });
});

describe("restricted columns", () => {
  const specs = (column: string, model: string): string =>
    contract("current_state").replace("column: city, type: string", `column: city, type: string, ${column}`) + model;

  it.each([
    ["classification: restricted", type1, ["unprotected-restricted"]],
    ["classification: restricted, protect: hash", type1, []],
    ["classification: confidential", type1, []],
    ["classification: restricted", "", []],
  ])("{%s} with %s", (column, model, expected) => {
    expect(decided(specs(column, model)).codes.map((one) => one.split(" ")[0])).toEqual(expected);
  });

  it("are found through joins and expressions", () => {
    const fact =
      'fact_table: {name: visits, source: shop.customers, grain: visit, measures: [{name: named, expression: "length(city)", type: additive, aggregation: sum}]}';
    expect(decided(specs("classification: restricted", fact)).codes.map((one) => one.split(" ")[0])).toEqual(["unprotected-restricted"]);
  });
});

describe("how a fact is written", () => {
  const visits = "\nfact_table: {name: visits, grain: visit, source: shop.customers, load: {strategy: merge}}";

  it("is as its spec states, else by a rebuild", () => {
    const merged = decided(contract("append_only") + visits).design;
    expect([merged.choice("load strategy", "fct_visits"), merged.choice("materialisation", "fct_visits")]).toEqual(["merge", "incremental"]);
    const rebuilt = decided(contract("append_only") + visits.replace(", load: {strategy: merge}", "")).design;
    expect([rebuilt.choice("load strategy", "fct_visits"), rebuilt.choice("materialisation", "fct_visits")]).toEqual(["truncate_reload", "table"]);
    for (const one of merged.decisions) expect(one.alternatives.map(({ choice }) => choice)).not.toContain(one.choice);
  });
});
