import { describe, expect, it } from "vitest";
import { downstream, lineage, upstream } from "../../generator/model/graph.ts";
import { layersOf, pipelinesOf, reachOf } from "../../generator/model/reach.ts";
import type { Model } from "../../generator/model/types.ts";
import { linked } from "../support/spec.ts";

const specs = `contracts:
  - {name: shop.customers, primary_key: [id], schema: [{column: id, type: integer}, {column: city, type: string}]}
  - name: shop.products
    primary_key: [id]
    history: {kind: change_log, effective_at: changed_at}
    schema: [{column: id, type: integer}, {column: label, type: string}, {column: changed_at, type: timestamp}]
  - name: web.visits
    primary_key: [id]
    history: append_only
    schema: [{column: id, type: integer}, {column: seen_at, type: timestamp}, {column: customer_id, type: integer, references: shop.customers.id}, {column: product_id, type: integer, references: shop.products.id}]
dimensions:
  - {name: customer, type: 2, source: shop.customers, natural_key: id, attributes: [{name: city}]}
  - {name: product, type: 1, source: shop.products, natural_key: id, attributes: [{name: label}]}
fact_tables:
  - {name: visits, grain_statement: One row per visit, source: web.visits, fact_type: factless, event_time: seen_at, foreign_keys: [dim_customer, dim_product]}
marts:
  - {name: visits_by_city, from: fct_visits, by: [dim_customer.city], measures: [{name: visit_count, source: visits_key, aggregation: COUNT}]}
pipelines:
  - {name: crm, extract: {source_system: shop}, builds: [dim_customer, dim_product]}
  - {name: site, extract: {source_system: web}, depends_on: [crm]}
  - {name: solo, builds: [mrt_visits_by_city]}
`;

function modelOf(text: string): Model {
  const { model, codes } = linked(text);
  if (model === null) throw new Error(codes.join("\n"));
  return model;
}

describe("lineage", () => {
  const model = modelOf(specs);
  it("follows the data from sources to marts", () => {
    expect(lineage(model).map((one) => `${one.from} → ${one.to}`)).toEqual([
      "dim_customer → fct_visits", "dim_customer → mrt_visits_by_city", "dim_product → fct_visits", "fct_visits → mrt_visits_by_city",
      "int_customer_joined → snp_customer", "int_shop__products_current → dim_product", "snp_customer → dim_customer",
      "source:shop.customers → stg_shop__customers", "source:shop.products → stg_shop__products", "source:web.visits → stg_web__visits",
      "stg_shop__customers → int_customer_joined", "stg_shop__products → int_shop__products_current", "stg_web__visits → fct_visits",
    ]);
  });
  it("can be asked both ways", () => {
    expect(upstream(model, "dim_product")).toEqual(["int_shop__products_current", "source:shop.products", "stg_shop__products"]);
    expect(downstream(model, "source:web.visits")).toEqual(["fct_visits", "mrt_visits_by_city", "stg_web__visits"]);
    expect(upstream(model, "nothing")).toEqual([]);
  });
  it("puts every generated model into one layer", () => {
    expect(Object.fromEntries(layersOf(model))).toEqual({
      stg_shop__customers: "staging", stg_shop__products: "staging", stg_web__visits: "staging", int_shop__products_current: "intermediate", int_customer_joined: "intermediate",
      snp_customer: "snapshots", dim_customer: "marts", dim_product: "marts", fct_visits: "marts", mrt_visits_by_city: "reports",
    });
  });
});

describe("what a pipeline builds", () => {
  const model = modelOf(specs);
  it("is what it lists and all that goes into it", () => {
    expect(reachOf(model, "crm")).toEqual({ staging: ["stg_shop__customers", "stg_shop__products"], intermediate: ["int_customer_joined", "int_shop__products_current"], snapshots: ["snp_customer"], marts: ["dim_customer", "dim_product"], reports: [] });
  });
  it("leaves out what the pipelines before it have built", () => {
    expect(reachOf(model, "site")).toEqual({ staging: ["stg_web__visits"], intermediate: [], snapshots: [], marts: ["fct_visits"], reports: ["mrt_visits_by_city"] });
  });
  it("is everything upstream where it waits for none", () => {
    expect(Object.values(reachOf(model, "solo")).flat()).toHaveLength(10);
  });
  it("tells for each model which pipelines build it", () => {
    expect(pipelinesOf(model).get("dim_customer")).toEqual(["crm", "solo"]);
    expect(pipelinesOf(model).get("fct_visits")).toEqual(["site", "solo"]);
    expect(pipelinesOf(model).get("stg_web__visits")).toEqual(["site", "solo"]);
  });
});

describe("a hand-written model", () => {
  const written = modelOf(`contract: {name: shop.customers, primary_key: [id], schema: [{column: id, type: integer}, {column: city, type: string}]}
models:
  - {name: int_cities, reads: [ref.int_places], primary_key: [city], columns: [{name: city, type: string}]}
  - {name: int_places, reads: [shop.customers], columns: [{name: city, type: string}]}
dimension: {name: city, source: ref.int_cities, natural_key: city}
pipelines:
  - {name: crm, extract: {source_system: shop}}
  - {name: solo, builds: [ref.int_places]}
`);
  it("stands between what it reads and what is made of it, in lineage, layers and pipelines", () => {
    expect(lineage(written).map((one) => `${one.from} → ${one.to}`)).toEqual(["int_cities → dim_city", "int_places → int_cities", "source:shop.customers → stg_shop__customers", "stg_shop__customers → int_places"]);
    expect(layersOf(written).get("int_places")).toBe("intermediate");
    expect(reachOf(written, "crm")).toEqual({ staging: ["stg_shop__customers"], intermediate: ["int_cities", "int_places"], snapshots: [], marts: ["dim_city"], reports: [] });
    expect(pipelinesOf(written).get("int_places")).toEqual(["crm", "solo"]);
    expect(pipelinesOf(written).get("int_cities")).toEqual(["crm"]);
  });

  it("has a name of its own, and is not made of itself", () => {
    const contract = "contract: {name: shop.customers, primary_key: [id], schema: [{column: id, type: integer}]}\nmodels:\n";
    const model = (name: string, more = ""): string => `  - {name: ${name}, columns: [{name: id, type: integer}]${more}}\n`;
    expect(linked(`${contract}${model("stg_shop__customers")}`).codes).toEqual(["duplicate-model models.0"]);
    expect(linked(`${contract}${model("one")}${model("one")}`).codes).toEqual(["duplicate-model models.1"]);
    expect(linked(`${contract}${model("one", ", reads: [ref.two]")}${model("two", ", reads: [ref.one]")}`).codes).toEqual(["cycle models.0.reads"]);
  });
});
