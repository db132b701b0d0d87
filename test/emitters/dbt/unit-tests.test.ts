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

function tests(specs: { readonly [file: string]: string }): readonly unknown[] {
  return unitTestArtifacts(designOf(specs, "duckdb")).flatMap((one) => (one.kind === "data" && typeof one.value === "object" && one.value !== null && "unit_tests" in one.value ? [one.value["unit_tests"]].flat() : []));
}

describe("unit tests of the generated project", () => {
  const [staging, fact] = tests({ "contracts.yaml": contracts, "model.yaml": model }) as readonly { readonly name: string; readonly given: readonly { readonly input: string; readonly rows: readonly Record<string, unknown>[] }[]; readonly expect: { readonly rows: readonly Record<string, unknown>[] } }[];

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

it("are none where nothing is cleaned, looked up or computed", () => {
  const plain = contracts.replace(/, clean: \[.*\]\}/g, "}").replace(", physical_type: string", "");
  const simple = model.replace(/ {4}where:.*\n/, "").replace("foreign_keys: [dim_customer, ", "foreign_keys: [").replace(/ {6}- \{name: amount.*\n.*\n/, "      - {name: quantity, aggregation: SUM, type: additive}\n");
  expect(tests({ "contracts.yaml": plain, "model.yaml": simple })).toEqual([]);
});
