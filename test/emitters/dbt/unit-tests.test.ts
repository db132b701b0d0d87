import { describe, expect, it } from "vitest";
import { shownTests, type ShownTest } from "./unit-test-run.ts";
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

const tests = (specs: { readonly [file: string]: string }): readonly ShownTest[] => shownTests(designOf(specs, "duckdb"));

describe("unit tests of the generated project", () => {
  const found = tests({ "contracts.yaml": contracts, "model.yaml": model });
  const named = (name: string): ShownTest | undefined => found.find((one) => one.name === name);
  const [staging, fact] = [named("stg_till__sales_cleans_as_its_contract_says"), named("fct_sales_looks_up_and_computes")];

  it("give every cleaning step a raw value to work on, and expect what the contract says", () => {
    const pairs = staging?.given[0]?.rows.map((row, index) => [row["cents"], staging.expect.rows[index]?.["price"], row["kind"], staging.expect.rows[index]?.["kind"]]);
    expect(pairs).toEqual(expect.arrayContaining([[null, null, null, null]]));
    expect(new Map(pairs?.map(([cents, price]) => [cents, price]))).toEqual(new Map<unknown, unknown>([[null, null], ["  150 ", "1.50"], ["N/A", null], ["1250", "12.50"], ["-5", "-0.05"], ["0", "0.00"], ["150", "1.50"], ["250", "2.50"]]));
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

describe("unit tests whatever the specs", () => {
  it("give a column no value of an expression that it cannot hold", () => {
    const halves = model.replace("amount * 2", "quantity * 1.5 + 1").replace("where: kind = 'sale'", "where: quantity > 0.5");
    const fact = tests({ "contracts.yaml": contracts, "model.yaml": halves }).find((one) => one.name === "fct_sales_looks_up_and_computes");
    expect(fact?.expect.rows.map((row) => row["doubled"])).toContain("5.5");
  });

  it("are called by names that every warehouse takes for a table", () => {
    const long = "sales_of_all_shops_and_stalls_and_web_sites_of_all";
    const names = tests({ "contracts.yaml": contracts, "model.yaml": model.replaceAll("fact_sales", `fact_${long}`) }).map((one) => one.name);
    expect(names.find((one) => one.includes(long))).toMatch(new RegExp(`^fct_${long}_[0-9a-f]{8}$`));
    expect(Math.max(...names.map((one) => one.length))).toBeLessThanOrEqual(63);
  });
});

describe("unit tests of facts over joined tables", () => {
  const orders = `
contracts:
  - {name: till.lines, primary_key: [order_id, line], history: append_only, schema: [{column: order_id, type: integer}, {column: line, type: integer}, {column: quantity, type: integer}]}
  - {name: till.orders, primary_key: [order_id], history: append_only, schema: [{column: order_id, type: integer}, {column: customer_id, type: integer}, {column: ordered_on, type: date}, {column: paid_at, type: timestamp}]}
  - {name: till.customers, primary_key: [customer_id], history: {kind: change_log, effective_at: changed_at}, schema: [{column: customer_id, type: integer}, {column: changed_at, type: timestamp, nullable: false}, {column: name, type: string}]}
dimensions: [{name: dim_customer, source: till.customers, type: 2, natural_key: customer_id, attributes: [name]}]
fact_tables:
  - name: fact_lines
    grain: line
    source: till.lines
    joins: [till.orders]
    grain_key: [till.lines.order_id, line]
    foreign_keys: [{dimension: dim_customer, as_of: ordered_on}, {dimension: dim_date, role: paid, on: paid_at}]
    degenerate_dimensions: [line]
    measures: [{name: quantity, type: additive, aggregation: SUM}]
settings: {project: till, timezone: America/New_York, dates: {from: 2026-01-01, to: 2026-12-31}}
`;
  const test = tests({ "orders.yaml": orders }).find((one) => one.name === "fct_lines_looks_up_and_computes");

  it("give every line its order, but for one without an order and one whose order is not there", () => {
    expect(test?.given.map((one) => one.input)).toEqual(["ref('stg_till__lines')", "ref('stg_till__orders')", "ref('dim_customer')"]);
    expect(test?.given[0]?.rows.map((row) => [row["order_id"], row["line"]])).toEqual([[1, 1], [2, 2], [3, 3], [4, 4], [5, 5], [6, 6], [7, 7], [8, 8]]);
    expect(test?.given[1]?.rows.map((row) => row["order_id"])).toEqual([1, 2, 3, 4, 5, 6, 7]);
  });

  it("expect days and the ends of days of the zone, those on which clocks are changed, too", () => {
    expect(test?.given[2]?.rows.map((row) => row["valid_from"])).toEqual(["2026-03-09 04:00:00", "2026-11-02 04:59:59.999999"]);
    expect(test?.given[1]?.rows.slice(0, 4).map((row) => [row["ordered_on"], row["paid_at"]])).toEqual([["2026-03-08", "2026-01-01 05:00:00.000000"], ["2026-03-09", "2027-01-01 04:59:59.999999"], ["2026-11-01", "2027-01-01 05:00:00.000000"], ["2026-11-02", "2026-03-09 04:00:00.000000"]]);
    expect(test?.expect.rows.map((row) => [row["customer_key"], row["paid_date_key"]])).toEqual([["-1", 20260101], ["customer_1", 20261231], ["customer_2", -1], ["customer_2", 20260309], ["-1", 20261101], ["-2", -2], ["-1", 20260101], ["-2", -2]]);
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

describe("unit tests of bridges", () => {
  const members = `
contracts:
  - {name: lib.books, primary_key: [book_id], schema: [{column: book_id, type: integer}]}
  - {name: lib.authors, primary_key: [author_id], history: {kind: change_log, effective_at: changed_at}, schema: [{column: author_id, type: integer}, {column: changed_at, type: timestamp}, {column: mentor_id, type: integer}]}
  - {name: lib.authorships, primary_key: [book_id, author_id], schema: [{column: book_id, type: integer}, {column: author_id, type: integer}, {column: share, type: "decimal(5,2)"}]}
dimensions:
  - {name: dim_book, source: lib.books, natural_key: book_id}
  - {name: dim_author, source: lib.authors, type: Type 2, natural_key: author_id, attributes: [mentor_id]}
bridges:
  - {name: book_authors, group: dim_book, member: dim_author, source: lib.authorships, weight: share / 10}
  - {name: mentors, hierarchy: dim_author, parent: mentor_id}
`;
  const found = tests({ "members.yaml": members });
  const rows = (name: string, ...columns: readonly string[]): readonly (readonly unknown[])[] => found.find((one) => one.name === name)?.expect.rows.map((row) => columns.map((column) => row[column])) ?? [];

  it("give members their newest rows, nobody and strangers the unknown one", () => {
    expect(rows("bridge_book_authors_gives_every_group_its_members", "book_key", "author_key", "weighting_factor")).toEqual([
      ["book_1", "author_1_now", "0.15"],
      ["book_1", "author_2_now", "0.25"],
      ["book_2", "author_1_now", "0.25"],
      ["book_2", "-1", "0.15"],
      ["book_3", "-1", "1"],
      ["book_4", "-1", "0.4"],
      ["-1", "-1", "1"],
      ["-2", "-2", "1"],
    ]);
  });

  it("put members below all that lie above them now", () => {
    expect(rows("bridge_mentors_puts_everyone_below_all_above", "descendant_author_durable_key", "ancestor_author_key", "depth", "ancestor_level", "is_top", "is_bottom")).toEqual([
      ["author_1", "author_1_now", 0, 1, true, false],
      ["author_2", "author_2_now", 0, 2, false, false],
      ["author_2", "author_1_now", 1, 1, true, false],
      ["author_3", "author_3_now", 0, 3, false, true],
      ["author_3", "author_2_now", 1, 2, false, true],
      ["author_3", "author_1_now", 2, 1, true, true],
      ["author_4", "author_4_now", 0, 1, true, true],
      ["-1", "-1", 0, 1, true, true],
      ["-2", "-2", 0, 1, true, true],
    ]);
  });
});

describe("unit tests of later runs", () => {
  const contract = "contract: {name: till.fees, primary_key: [fee_id], history: append_only, schema: [{column: fee_id, type: integer}, {column: amount, type: integer}]}";
  const fees = (load: string): ShownTest | undefined => tests({ "fees.yaml": `${contract}\nfact_table: {name: fees, grain: fee, source: till.fees, degenerate_dimensions: [fee_id], measures: [{name: amount, type: additive, aggregation: SUM}], load: ${load}}\n` }).find((one) => one.name === "fct_fees_writes_what_changed");
  const written = (load: string, ...columns: readonly string[]): readonly (readonly unknown[])[] => fees(load)?.expect.rows.map((row) => columns.map((column) => row[column])) ?? [];

  it("give what is stored as a query that says its types, for the table may not exist yet", () => {
    const [base, stored] = fees("{strategy: merge}")?.given ?? [];
    expect(base?.rows.map((row) => row["fee_id"])).toEqual([1, 2, 4]);
    expect([stored?.input, stored?.rows]).toEqual(["this", [
      "select",
      "    cast(fees_key as varchar) as fees_key,",
      "    cast(fee_id as integer) as fee_id,",
      "    cast(amount as integer) as amount",
      "from (",
      "    values",
      // md5 of '1:1', of '1:3' and of '1:4'.
      "        ('d0bd571dc19c083d82f023c9666c5574', '1', '1'),",
      "        ('5f649e24afcd658ccf64513a5ce71950', '3', '0'),",
      "        ('f4201c65224377cf06ffdbf01b8172c1', '4', null)",
      ") as stored (fees_key, fee_id, amount)",
    ].join("\n")]);
  });

  it("expect late and corrected rows of a merge, late ones of an append", () => {
    expect(written("{strategy: merge}", "fee_id", "amount")).toEqual([[2, 3], [4, -2]]);
    expect(written("{strategy: append}", "fee_id", "amount")).toEqual([[2, 3]]);
  });

  it("are of the midnights of the zone in which days are counted, where clocks were just changed", () => {
    const oslo = `settings: {timezone: Europe/Oslo, dates: {from: 2026-01-01, to: 2026-12-31}}\n${contract.replace("{column: amount", "{column: paid_at, type: timestamp}, {column: amount")}\nfact_table: {name: fees, grain: fee, source: till.fees, degenerate_dimensions: [fee_id], foreign_keys: [{dimension: dim_date, on: paid_at}], measures: [{name: amount, type: additive, aggregation: SUM}], load: {strategy: merge}}\n`;
    const test = tests({ "fees.yaml": oslo }).find((one) => one.name === "fct_fees_writes_what_changed");
    expect(test?.given[0]?.rows.map((row) => row["paid_at"])).toEqual(["2025-12-31 23:00:00.000000", "2026-12-31 22:59:59.999999", "2026-03-29 22:00:00.000000", "2026-10-25 22:59:59.999999"]);
    expect(test?.expect.rows.map((row) => [row["fee_id"], row["date_key"]])).toEqual([[2, 20261231], [4, 20260330], [5, 20261025]]);
  });

  it("expect rows that went, marked, and those that are back, not any more", () => {
    expect(written("{strategy: soft_delete}", "fee_id", "is_deleted", "deleted_at")).toEqual([[2, false, null], [4, false, null], [6, false, null], [3, true, "2024-04-01 00:00:00.000000"]]);
  });

  it("expect entries that take back what is gone or came out otherwise, and what follows", () => {
    expect(written("{corrections: reversal}", "fee_id", "entry_number", "entry_type", "amount")).toEqual([
      [3, 2, "reversal", 0],
      [7, 2, "reversal", null],
      [2, 1, "original", 3],
      [5, 3, "correction", 1],
      [7, 3, "correction", 1],
    ]);
  });
});

it("are none of staging and facts where nothing is cleaned, looked up or computed", () => {
  const plain = contracts.replace(/, clean: \[.*\]\}/g, "}").replace(", physical_type: string", "");
  const simple = model.replace(/ {4}where:.*\n/, "").replace("foreign_keys: [dim_customer, ", "foreign_keys: [").replace(/ {6}- \{name: amount.*\n.*\n/, "      - {name: quantity, aggregation: SUM, type: additive}\n");
  expect(tests({ "contracts.yaml": plain, "model.yaml": simple }).filter((one) => !one.name.includes("customer"))).toEqual([]);
});

it.each(["uuid", "date", "timestamp", "string", "bigint"])("of staging give every row a key of its own, of type %s too", (type) => {
  const kinds = Array.from({ length: 40 }, (_, index) => `K${index}: kind ${index}`).join(", ");
  const contract = `contract: {name: till.sales, primary_key: [id], deduplicate: {by: [kind]}, schema: [{column: id, type: ${type}}, {column: kind, type: string, clean: [{map: {${kinds}}}]}]}`;
  const keys = tests({ "contracts.yaml": contract }).find((one) => one.name.includes("cleans"))?.given[0]?.rows.map((row) => row["id"]) ?? [];
  expect(new Set(keys.filter((one) => one !== null)).size).toBe(keys.length);
  expect(keys.length).toBeGreaterThan(40);
  expect(keys.map(String).filter((one) => one.startsWith("2024-") && Number.isNaN(Date.parse(one)))).toEqual([]);
});
