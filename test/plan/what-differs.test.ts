import { describe, expect, it } from "vitest";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { planChanges, type PlannedChange } from "../../generator/plan/plan.ts";
import { edited, line, modelOf, planOf, shop } from "./change.ts";

type Edit = readonly [from: string, to: string];

/** The changes between two edits of the shop, and the columns that each reaches. */
function told(before: readonly Edit[], after: readonly Edit[]): readonly string[] {
  return between(before, after).map((one) => `${line(one)} [${one.impact.columns.join(" ")}]`);
}

function between(before: readonly Edit[], after: readonly Edit[]): readonly PlannedChange[] {
  return planChanges(modelOf(edited(...before)), modelOf(edited(...after)), duckdb);
}

describe("values that change are told", () => {
  it("the key of a mart is hashed from its groups in their order", () => {
    expect(told([], [["[order_date.year, dim_customer.city]", "[dim_customer.city, order_date.year]"]])).toEqual(["GR801 restating mrt_sales_by_city.by: order of groups changed, of which the key is made [mrt_sales_by_city.sales_by_city_key]"]);
  });

  it("so is that of a junk dimension, and so are the facts that hold it", () => {
    const junk = (flags: string): Edit => ["fact_tables:\n", `  - {name: dim_flags, owner: bi, source: shop.orders, junk: ${flags}}\nfact_tables:\n`];
    const key: Edit = ["[dim_customer, {", "[dim_customer, dim_flags, {"];
    const found = told([junk("[status, quantity]"), key], [junk("[quantity, status]"), key]);
    expect(found.filter((one) => one.startsWith("GR801"))).toEqual([
      "GR801 restating dim_flags.attributes: order of attributes changed, of which the key is made [dim_flags.flags_key]",
      "GR801 restating fct_orders.flags_key: lookup changed [fct_orders.flags_key]",
    ]);
  });

  it("what is hashed of a column that is protected follows its type, though the table holds a text before and after", () => {
    expect(told([], [["{column: customer_name, type: string,", "{column: customer_name, type: integer,"]])[0]).toMatch(/^GR801 restating shop.customers.customer_name: type below the protection changed/);
  });

  it("members that only facts name come and go with the rows that name them", () => {
    const infers: Edit = ["    natural_key: customer_id\n", "    natural_key: customer_id\n    late_arriving: infer\n"];
    const logged: readonly Edit[] = [infers, ["history: current_state", "history: {kind: change_log, effective_at: changed_at}"], ["      - {column: phone, type: string}\n", "      - {column: phone, type: string}\n      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}\n"]];
    const found = between(logged, [...logged, ["    source: shop.orders\n", "    source: shop.orders\n    where: status = 'paid'\n"]]);
    expect(found.map(line)).toContain("GR801 restating dim_customer.references: members are inferred from other rows");
  });

  it("days that the calendar gains take rows out of the unknown day, where there are any", () => {
    expect(told([["timezone: UTC}", "timezone: UTC, dates: {from: 2026-01-01, to: 2026-12-31}}"]], [["timezone: UTC}", "timezone: UTC, dates: {from: 2026-01-01, to: 2027-12-31}}"]])[0]).toMatch(/^SC201 additive\+data_dependent dim_date.dates: calendar extended/);
  });
});

describe("columns that go are told as such, whatever takes them away", () => {
  it("with the SCD type", () => {
    expect(planOf(["type: Type 2", "type: Type 1"], ["scd_type: 2}", "scd_type: 1}"]).map(line)).toContain("SC301 breaking dim_customer.columns: columns removed");
  });

  it("with the tombstones of deleted members, which come without breaking anything", () => {
    const tombstone: Edit = ["type: Type 2\n", "type: Type 2\n    deletes: tombstone\n"];
    expect(between([tombstone], []).map(line)).toContain("SC301 breaking dim_customer.columns: columns removed");
    expect(between([], [tombstone]).map(line)).toEqual(["HS701 restating dim_customer.deletes: deletes changed", "SC201 additive dim_customer.columns: columns added"]);
  });

  it.each([
    ["{strategy: soft_delete}", "deleted rows are kept no more", "is_deleted"],
    ["{corrections: reversal}", "entries of what was corrected are kept no more", "entry_number"],
  ])("with a load %s, and what it kept is lost", (load, message, column) => {
    const kept: Edit = ["    degenerate", `    load: ${load}\n    degenerate`];
    const found = between([kept], []);
    expect(found.map(line)).toContain(`HS901 restating+breaking+destructive fct_orders.load: ${message}`);
    expect(found.map(line)).toContain(`SC301 breaking fct_orders.${column}: column removed`);
    expect(found.find(({ rule }) => rule === "HS901")?.backfill?.commands[0]).toMatch(/^create table marts.fct_orders_before as/);
    expect(between([], [kept]).map(line)).toContain(`SC201 additive fct_orders.${column}: column added`);
  });
});

describe("what cannot differ is not said to", () => {
  it("where a key only bears another name: marts read the same attributes over it", () => {
    expect(told([], [["    natural_key: customer_id\n", "    natural_key: customer_id\n    surrogate_key: client_key\n"]])).toEqual([
      "SC302 breaking dim_customer.columns: key renamed [dim_customer.client_key dim_customer.customer_key]",
      "SC302 breaking fct_orders.client_key: column renamed [fct_orders.client_key fct_orders.customer_key mrt_sales_by_city.*]",
    ]);
  });

  it("nor is it where a fact that keeps its rows keeps the old column beside the new one", () => {
    const merged: Edit = ["    degenerate", "    load: {strategy: soft_delete}\n    degenerate"];
    expect(between([merged], [merged, ["    natural_key: customer_id\n", "    natural_key: customer_id\n    surrogate_key: client_key\n"]]).map(line)).toEqual([
      "SC302 breaking dim_customer.columns: key renamed",
      "SC301 breaking fct_orders.customer_key: column removed",
      "SC201 additive fct_orders.client_key: column added",
    ]);
  });

  it.each<[string, readonly Edit[], readonly Edit[], readonly string[]]>([
    ["the label of members that nobody knows: no version is cut by it", [], [["type: Type 2\n", "type: Type 2\n    unknown_member: {city: Nowhere}\n"]], ["GR801 restating dim_customer.city: unknown label changed [dim_customer.city mrt_sales_by_city.*]"]],
    ["the end of open versions", [], [["timezone: UTC}", "timezone: UTC, open_end: 2999-12-31}"]], ["GR801 restating shop.openEnd: open end changed [dim_customer.valid_to]"]],
    ["the fiscal year", [], [["timezone: UTC}", "timezone: UTC, dates: {fiscal_year_start: 4}}"]], ["GR801 restating dim_date.fiscalYearStart: fiscal year start changed [dim_date.fiscal_month dim_date.fiscal_quarter dim_date.fiscal_year]"]],
  ])("%s", (_, before, after, expected) => {
    expect(told(before, after)).toEqual(expected);
  });

  it("the order of a primary key of which no key of ours is made", () => {
    const spec = (key: string) => modelOf(`contracts:\n  - {name: shop.lines, primary_key: ${key}, schema: [{column: order_id, type: integer}, {column: line, type: integer}]}\nsettings: {project: shop}\n`);
    expect(planChanges(spec("[order_id, line]"), spec("[line, order_id]"), duckdb)).toEqual([]);
  });

  it("dimensions and texts, where days are counted in another zone", () => {
    const [change] = between([], [["timezone: UTC}", "timezone: Europe/Oslo}"]]).filter(({ part }) => part === "timezone");
    expect(change?.impact.columns).toEqual(["fct_orders.order_date_key", "mrt_sales_by_city.*"]);
  });
});

it("a joined table whose history counts reaches the dimension with all by which it cuts versions", () => {
  const log = (name: string, more: string) => `  - {name: shop.${name}, owner: crm, primary_key: [${name}_id], history: {kind: change_log, effective_at: changed_at}, schema: [{column: ${name}_id, type: integer}, {column: changed_at, type: timestamp, nullable: false, zone: UTC}, ${more}]}\n`;
  const spec = (type: string) => `contracts:\n${log("member", "{column: office_id, type: integer, references: shop.office.office_id}")}${log("office", "{column: floor, type: integer}").replace("type: timestamp, nullable: false, zone: UTC", type)}dimensions:\n  - {name: dim_member, source: shop.member, type: Type 2, joins: [shop.office], natural_key: member_id, attributes: [{name: floor, source: shop.office.floor}]}\nsettings: {project: shop}\n`;
  const [change] = planChanges(modelOf(spec("type: timestamp, nullable: false, zone: UTC")), modelOf(spec("type: date, nullable: false")), duckdb);
  expect(change?.impact.columns).toContain("dim_member.*");
});

it("the time of rows reaches every period that they may fall into", () => {
  const spec = (zone: string) => `contracts:\n  - {name: shop.postings, primary_key: [posting_id], history: append_only, schema: [{column: posting_id, type: integer}, {column: item, type: integer, nullable: false}, {column: posted_at, type: timestamp, nullable: false, zone: ${zone}}, {column: amount, type: integer}]}\nfact_tables:\n  - {name: fct_balances, grain: item and week, fact_type: periodic_snapshot, source: shop.postings, period: week, grain_key: [item], event_time: posted_at, foreign_keys: [dim_date], degenerate_dimensions: [item], measures: [{name: amount, type: additive, aggregation: SUM}]}\nsettings: {project: shop}\n`;
  const [change] = planChanges(modelOf(spec("UTC")), modelOf(spec("Asia/Tokyo")), duckdb);
  expect(change?.impact.columns).toContain("fct_balances.*");
});

it("an attribute is that of the version that a row points to, so a measure made of it follows the time by which that is looked up", () => {
  const price: Edit = ["      - {name: quantity, type: additive", "      - {name: city_length, expression: length(dim_customer.city), type: additive, aggregation: SUM}\n      - {name: quantity, type: additive"];
  const [change] = between([price], [price, ["nullable: false, zone: UTC}", "nullable: false, zone: Asia/Tokyo}"]]);
  expect(change?.impact.columns).toEqual(expect.arrayContaining(["fct_orders.city_length", "fct_orders.ordered_at"]));
});

describe("what is asked to be run", () => {
  const stored = (load: string): Edit[] => [["[dim_customer, {", "[{"], ["dim_customer.city]", "status]"], ["    degenerate", `    load: ${load}\n    degenerate`]];

  it("is no full refresh of a fact whose next run comes to all rows", () => {
    const tripled: Edit = ["{name: amount, type: additive, aggregation: SUM, unit: EUR}", "{name: amount, expression: amount * 3, type: additive, aggregation: SUM, unit: EUR}"];
    const commands = (load: string) => between(stored(load), [...stored(load), tripled]).flatMap(({ backfill }) => backfill?.commands ?? []);
    expect(commands("{strategy: merge}")).toEqual(["dbt build --select fct_orders mrt_sales_by_city"]);
    expect(commands("{strategy: append}")).toEqual(["dbt build --full-refresh --select fct_orders mrt_sales_by_city"]);
  });

  it("is no run at all of a fact that keeps its values, though marts aggregate them otherwise", () => {
    const [change] = between(stored("{strategy: append}"), [...stored("{strategy: append}"), ["{name: quantity, type: additive, aggregation: SUM}", "{name: quantity, type: non_additive, aggregation: MAX}"]]).filter(({ subject }) => subject.kind === "fact");
    expect([change?.impact.columns.includes("fct_orders.quantity"), change?.backfill?.commands]).toEqual([true, ["dbt build --select mrt_sales_by_city"]]);
  });

  it("is a full refresh of a dimension that is written member by member and whose key bears another name, without which its next run fails", () => {
    const merged: readonly Edit[] = [["history: current_state", "history: {kind: change_log, effective_at: changed_at}"], ["      - {column: phone, type: string}\n", "      - {column: phone, type: string}\n      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}\n"]];
    const key = (more: string): Edit => ["    natural_key: customer_id\n", `    natural_key: customer_id\n    load: {strategy: merge}\n${more}`];
    const [change] = between([...merged, key("")], [...merged, key("    surrogate_key: client_key\n")]);
    expect([change?.message, change?.ddl.map(({ action }) => action), change?.backfill?.commands]).toEqual(["key renamed", ["keep_column"], ["dbt build --full-refresh --select dim_customer"]]);
  });

  it("is a mark for rows that are stored when a fact begins to mark deleted ones", () => {
    const marks = between(stored("{strategy: merge}"), stored("{strategy: soft_delete}")).find(({ part }) => part === "is_deleted");
    expect(marks?.backfill?.commands).toEqual(["update marts.fct_orders set is_deleted = false where is_deleted is null;  -- SQL, after the next run"]);
  });

  it("is a full refresh of what stored the unknown day for days that the calendar gains", () => {
    const dates = (to: string): Edit => ["timezone: UTC}", `timezone: UTC, dates: {from: 2026-01-01, to: ${to}}}`];
    const commands = (load: string) => between([...stored(load), dates("2026-12-31")], [...stored(load), dates("2027-12-31")]).flatMap(({ backfill }) => backfill?.commands ?? []);
    expect(commands("{strategy: append}")).toEqual(["dbt build --full-refresh --select fct_orders"]);
    for (const load of ["{strategy: merge}", "{corrections: reversal}"]) expect(commands(load)).toEqual([]);
  });
});

it("the shop compared with itself differs in nothing", () => {
  expect(planChanges(modelOf(shop), modelOf(shop), duckdb)).toEqual([]);
});
