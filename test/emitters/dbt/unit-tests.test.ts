import { describe, expect, it } from "vitest";
import { unitTestArtifacts } from "../../../generator/emitters/dbt/unit-tests/unit-tests.ts";
import { designOf } from "./warehouse.ts";

const contracts = `
contracts:
  - name: till.sales
    primary_key: [sale_id]
    schema:
      - {column: sale_id, type: integer}
      - {column: sold_at, type: timestamp, nullable: false}
      - {column: customer_id, type: integer}
      - {column: quantity, type: integer}
      - {column: cents, type: "decimal(10,2)", physical_type: string, rename: price, clean: [trim, {nullif: ["N/A"]}, {scale: 0.01}]}
      - {column: kind, type: string, clean: [{map: {values: {S: sale, R: return}, else: "null"}}]}
  - name: till.customers
    primary_key: [customer_id]
    history: {kind: change_log, effective_at: changed_at}
    schema:
      - {column: customer_id, type: integer}
      - {column: changed_at, type: timestamp, nullable: false}
      - {column: discount, type: "decimal(3,2)"}
`;
const model = `
dimensions:
  - {name: dim_customer, source: till.customers, type: 2, natural_key: customer_id, attributes: [{name: discount, source: discount}]}
fact_tables:
  - name: fact_sales
    grain: sale
    source: till.sales
    event_time: sold_at
    where: kind = 'sale'
    degenerate_dimensions: [sale_id]
    foreign_keys: [dim_customer, {dimension: dim_date, role: sale_date, on: sold_at}]
    measures:
      - {name: amount, expression: "round(quantity * price * (1 - dim_customer.discount), 1)", aggregation: SUM, type: additive}
      - {name: doubled, expression: amount * 2, aggregation: SUM, type: additive}
`;

interface Shown {
  readonly name: string;
  readonly given: readonly { readonly input: string; readonly rows: readonly Record<string, unknown>[] }[];
  readonly expect: { readonly rows: readonly Record<string, unknown>[] };
}

function tests(specs: { readonly [file: string]: string }): readonly Shown[] {
  const found: unknown = unitTestArtifacts(designOf(specs, "duckdb")).flatMap((one) => (one.kind === "data" && typeof one.value === "object" && one.value !== null && "unit_tests" in one.value ? [one.value["unit_tests"]].flat() : []));
  return found as readonly Shown[];
}

describe("unit tests of the generated project", () => {
  const found = tests({ "contracts.yaml": contracts, "model.yaml": model });
  const named = (name: string): Shown | undefined => found.find((one) => one.name === name);
  const [staging, fact] = [named("stg_till__sales_cleans_as_its_contract_says"), named("fct_sales_looks_up_and_computes")];

  it("give every cleaning step a raw value to work on, and expect what the contract says", () => {
    const pairs = staging?.given[0]?.rows.map((row, index) => [row["cents"], staging.expect.rows[index]?.["price"], row["kind"], staging.expect.rows[index]?.["kind"]]);
    expect(pairs).toEqual(expect.arrayContaining([[null, null, null, null]]));
    expect(new Map(pairs?.map(([cents, price]) => [cents, price]))).toEqual(new Map<unknown, unknown>([[null, null], ["N/A", null], ["1250", "12.50"], ["-5", "-0.05"], ["0", "0.00"], ["150", "1.50"], ["250", "2.50"]]));
    expect(new Map(pairs?.map(([, , raw, kind]) => [raw, kind]))).toEqual(new Map<unknown, unknown>([[null, null], ["S", "sale"], ["R", "return"], ["none of them", null]]));
  });

  it("put facts on the edges of versions, and expect keys and measures that follow from the specs", () => {
    expect(fact?.given.map((one) => one.input)).toEqual(["ref('stg_till__sales')", "ref('dim_customer')"]);
    const times = fact?.given[0]?.rows.map((row) => String(row["sold_at"]).slice(5));
    expect(times).toEqual(["01-09 23:59:59.999999", "01-10 00:00:00.000000", "02-09 23:59:59.999999", "02-10 00:00:00.000000", "01-30 12:00:00.000000", "01-30 12:00:00.000000"]);
    expect(fact?.given[0]?.rows.map((row) => row["kind"])).toEqual(["sale", "sale", "sale", "sale", "", null]);
    const expected = fact?.expect.rows.map((row) => [row["sale_id"], row["customer_key"], row["amount"], row["doubled"]]);
    // 3 × 2.50 × (1 − 1.50) is −3.75, rounded half away from zero; −2 × −0.10 × (1 − 2.50) is −0.30.
    expect(expected).toEqual([
      [1, "-1", null, null],
      [2, "customer_1", "-3.8", "-7.6"],
      [3, "customer_1", "0.0", "0.0"],
      [4, "customer_2", "-0.3", "-0.6"],
    ]);
  });
});

describe("unit tests of a dimension", () => {
  const found = tests({ "contracts.yaml": contracts, "model.yaml": model });
  const rows = (name: string): readonly (readonly unknown[])[] => found.find((one) => one.name === name)?.expect.rows.map((row) => [row["customer_id"], row["discount"], row["valid_from"], row["valid_to"]]) ?? [];
  const day = (text: string): string => `2024-${text} 00:00:00.000000`;

  it("expect a version where a value, NULL included, is another than before, and none where it is the same", () => {
    expect(rows("int_customer_versioned_follows_history").filter(([customer]) => customer === 1)).toEqual([
      [1, "1.50", day("02-27"), "2024-02-29 00:00:00.000000"],
      [1, "2.50", "2024-02-29 00:00:00.000000", "2024-02-29 00:00:00.000001"],
      [1, null, "2024-02-29 00:00:00.000001", day("03-02")],
      [1, "0.00", day("03-02"), null],
    ]);
  });

  it("open the first version to the beginning, unless it is older, and end the last one never", () => {
    expect(rows("dim_customer_shows_versions_from_when_to_when")).toEqual([
      [1, "1.50", "1850-01-01 00:00:00.000000", "1970-01-01 00:00:00.000000"],
      [1, "2.50", "1970-01-01 00:00:00.000000", "9999-12-31 00:00:00.000000"],
      [2, "1.50", "1900-01-01 00:00:00.000000", day("01-02")],
      [2, null, day("01-03"), day("01-04")],
      [3, "2.50", "1900-01-01 00:00:00.000000", "9999-12-31 00:00:00.000000"],
      [null, null, "1900-01-01 00:00:00.000000", "9999-12-31 00:00:00.000000"],
      [null, null, "1900-01-01 00:00:00.000000", "9999-12-31 00:00:00.000000"],
    ]);
  });

  it("give a filter rows that pass, and some that do not and so end a member", () => {
    const filtered = model.replace("natural_key: customer_id,", "natural_key: customer_id, where: discount < 2,");
    const given = tests({ "contracts.yaml": contracts, "model.yaml": filtered }).find((one) => one.name === "int_customer_versioned_follows_history")?.given[0]?.rows ?? [];
    expect(new Set(given.map((row) => row["discount"]))).toEqual(new Set(["1.50", "2.00"]));
    expect(given.filter((row) => row["discount"] === "2.00").map((row) => row["customer_id"])).toEqual([2, 3, 3]);
  });

  it("hold no two rows that only their values tell apart where the source promises that there are none", () => {
    const stream = "dimensions: [{name: dim_customer, source: till.sales, type: 2, natural_key: customer_id, history: {kind: change_log, effective_at: sold_at, sequence: sale_id}, attributes: [kind]}]";
    const unique = contracts.replace("primary_key: [sale_id]", "primary_key: [sale_id]\n    history: append_only");
    const test = tests({ "contracts.yaml": unique, "model.yaml": stream }).find((one) => one.name === "int_customer_versioned_follows_history");
    const places = test?.given[0]?.rows.map((row) => `${row["customer_id"]} ${row["sold_at"]} ${row["sale_id"]}`) ?? [];
    expect(places.length).toBeGreaterThan(10);
    expect(new Set(places).size).toBe(places.length);
  });

  it("tell rows that share a key apart by the stated order, then by their values", () => {
    const collapsed = "dimensions: [{name: dim_customer, source: till.sales, natural_key: customer_id, collapse: {keep: earliest, by: [sold_at]}, attributes: [kind]}]";
    const test = tests({ "contracts.yaml": contracts, "model.yaml": collapsed }).find((one) => one.name === "dim_customer_keeps_one_row_per_key");
    expect(test?.given[0]?.rows).toHaveLength(11);
    expect(test?.expect.rows.map((row) => [row["customer_id"], row["kind"]])).toEqual([[1, "a"], [2, ""], [4, ""], [3, ""], [null, "Unknown"], [null, "Not applicable"]]);
  });
});

it("are none of staging and facts where nothing is cleaned, looked up or computed", () => {
  const plain = contracts.replace(/, clean: \[.*\]\}/g, "}").replace(", physical_type: string", "");
  const simple = model.replace(/ {4}where:.*\n/, "").replace("foreign_keys: [dim_customer, ", "foreign_keys: [").replace(/ {6}- \{name: amount.*\n.*\n/, "      - {name: quantity, aggregation: SUM, type: additive}\n");
  expect(tests({ "contracts.yaml": plain, "model.yaml": simple }).filter((one) => !one.name.includes("customer"))).toEqual([]);
});
