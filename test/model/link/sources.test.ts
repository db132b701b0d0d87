import fc from "fast-check";
import { describe, expect, it } from "vitest";
import type { SourceTable } from "../../../generator/model/source.ts";
import { typeText } from "../../../generator/model/logical-type.ts";
import { linked } from "../../support/spec.ts";
import { thorough } from "../../support/thorough.ts";

const id = "{column: id, type: integer, primary_key: true}";

function contract(lines: string, columns: readonly string[] = [id], name = "shop.orders"): string {
  return `contract:\n  name: ${name}\n${lines === "" ? "" : `${lines.trim().split("\n").map((one) => `  ${one}`).join("\n")}\n`}  schema:\n${columns.map((one) => `    - ${one}\n`).join("")}`;
}

function tableOf(files: string | { readonly [name: string]: string }, name = "shop.orders"): SourceTable {
  const { model, codes } = linked(files);
  const table = model?.sources.find((one) => one.name === name);
  if (table === undefined) throw new Error(codes.join("\n"));
  return table;
}

const codesOf = (files: string | { readonly [name: string]: string }): readonly string[] => linked(files).codes;

describe("a source table", () => {
  it("takes its place and names from the contract's name", () => {
    expect(tableOf(contract(""))).toMatchObject({
      name: "shop.orders", source: "shop", table: "orders", dbtSource: "shop", physical: { database: null, schema: "raw_shop", table: "orders" },
      primaryKey: ["id"], landing: "typed", loader: "external", loadedAt: null, history: { kind: "current_state" }, models: { staging: "stg_shop__orders", current: null },
    });
  });

  it("may be named by source and table, and lie elsewhere", () => {
    const table = tableOf("contract:\n  source: shop\n  table: orders\n  physical: {database: legacy, schema: ERP, table: ORD 1}\n  schema: [{column: id, type: int8}]\n");
    expect(table).toMatchObject({ name: "shop.orders", dbtSource: "shop", physical: { database: "legacy", schema: "ERP", table: "ORD 1" } });
  });

  it("becomes one dbt source for each schema that its source's tables lie in", () => {
    const { model } = linked({ "a.yaml": contract(""), "b.yaml": contract("physical: {schema: Old Data}", [id], "shop.archive"), "c.yaml": contract("", [id], "web.orders") });
    expect(model?.sources.map((one) => [one.name, one.dbtSource])).toEqual([["shop.archive", "shop_old_data"], ["shop.orders", "shop"], ["web.orders", "web"]]);
  });

  it("takes the row loaded last where changed rows come beside earlier ones", () => {
    const daily = (strategy: string) => `pipeline:\n  name: daily\n  extract: {source_system: shop, connection: "files:data/*.csv", strategy: ${strategy}}\n`;
    const deduplicated = (lines: string, strategy: string) => tableOf({ "a.yaml": contract(lines), "b.yaml": daily(strategy) }).deduplicate;
    expect(deduplicated("", "incremental")).toEqual({ keep: "latest", by: ["extracted_at"] });
    expect(deduplicated("", "full")).toBeNull();
    expect(deduplicated("history: append_only", "incremental")).toBeNull();
    expect(deduplicated("deduplicate: {keep: earliest, by: [id]}", "incremental")).toEqual({ keep: "earliest", by: ["id"] });
  });

  it("keeps source names and staging names apart", () => {
    const table = tableOf(contract("primary_key: [Order ID]\nupdated_at: Changed\nhistory: {kind: change_log, effective_at: Changed, sequence: [seqNo]}", ["{column: Order ID, type: integer}", "{column: Changed, type: timestamp, rename: changed_at}", "{column: seqNo, type: bigint}"]));
    expect(table.columns.map((one) => [one.physicalName, one.name])).toEqual([["Order ID", "order_id"], ["Changed", "changed_at"], ["seqNo", "seq_no"]]);
    expect(table).toMatchObject({ primaryKey: ["order_id"], updatedAt: "changed_at", history: { kind: "change_log", effectiveAt: "changed_at", sequence: ["seq_no"], operation: null } });
  });

  it("names no two columns alike, and none out of letters that it cannot read, without saying so", () => {
    const word = fc.array(fc.constantFrom("Größe", "grosse", "GroSSe", "Gro\u0308ße", "Grøße", "№", "Цена", "Nº", "no", " ", "_", ".", "-", "2"), { minLength: 1, maxLength: 3 }).map((parts) => parts.join(""));
    fc.assert(fc.property(fc.uniqueArray(word, { minLength: 1, maxLength: 5, selector: (one) => one.normalize("NFC") }), (columns) => {
      const { model, codes: reported } = linked(contract("", columns.map((column) => JSON.stringify({ column, type: "string" }))));
      const found = model?.sources[0]?.columns.map((one) => one.name) ?? [];
      const places = reported.flatMap((one) => /^column-(?:needs-rename|collision) contract\.schema\.(\d+)\.column$/.exec(one)?.[1] ?? []);
      if (model !== null) expect([reported, found.length, new Set(found).size]).toEqual([[], columns.length, columns.length]);
      else expect(places.length).toBeGreaterThan(0);
      expect(reported).toHaveLength(places.length);
    }), { numRuns: thorough ? 300 : 50 });
  });

  it("refuses a load time that it cannot name", () => {
    expect(codesOf(contract("loaded_at: загружено"))).toEqual(["column-needs-rename contract.loaded_at"]);
  });

  it("refuses a staging name inside its contract", () => {
    expect(codesOf(contract("updated_at: changed_at", [id, "{column: Changed, type: timestamp, rename: changed_at}"]))).toEqual(["other-name-space contract.updated_at"]);
    expect(codesOf(contract("loaded_at: arrived", [id, "{column: _loaded, type: timestamp, rename: arrived}"]))).toEqual(["other-name-space contract.loaded_at"]);
  });

  it("may state its key as a list, at the columns, or both where they agree", () => {
    const columns = ["{column: id, type: integer, primary_key: true}", "{column: line, type: integer, primary_key: true}", "{column: total, type: float}"];
    expect(tableOf(contract("", columns)).primaryKey).toEqual(["id", "line"]);
    expect(tableOf(contract("primary_key: [line, id]", columns)).primaryKey).toEqual(["line", "id"]);
    expect(codesOf(contract("primary_key: [id]", columns))).toEqual(["keys-disagree contract.primary_key"]);
  });

  it("has key columns that are never null", () => {
    expect(tableOf(contract("primary_key: [a]", ["{column: a, type: integer}", "{column: b, type: integer}", "{column: c, type: integer, nullable: false}"])).columns.map((one) => one.nullable)).toEqual([false, true, false]);
  });

  it("reads the formats of to_char, and true and false of a map, as texts", () => {
    const table = tableOf(contract("", [id, "{column: day, type: date, clean: [{parse: DD.MM.YYYY}]}", "{column: paid, type: boolean, clean: [{map: {Y: true, \"N\": false}}]}"]));
    expect(table.columns.flatMap((one) => one.clean)).toEqual([{ kind: "parse", format: "%d.%m.%Y" }, { kind: "map", values: [{ from: "Y", to: "true" }, { from: "N", to: "false" }], otherwise: "fail" }]);
    expect(codesOf(contract("", [id, "{column: paid, type: string, clean: [{map: {Y: true}}]}"]))).toEqual(["invalid-clean contract.schema.1.clean.0"]);
  });

  it("reports every problem of every contract in one go", () => {
    expect(codesOf({ "a.yaml": contract("updated_at: nope", [id, "{column: x}"]), "b.yaml": contract("", [id, "{column: dbt_id, type: integer}"], "shop.b") })).toEqual([
      "column-without-type contract.schema.1.column", "reserved-column contract.schema.1.column", "unknown-column contract.updated_at",
    ]);
  });
});

describe("a column's time zone", () => {
  const column = (text: string, settings = ""): { readonly type: string; readonly zone: unknown } => {
    const files = { "a.yaml": contract("", [id, `{column: at, ${text}}`, "{column: tz, type: string}"]), ...(settings === "" ? {} : { "settings.yaml": `settings: {${settings}}\n` }) };
    const found = tableOf(files).columns[1];
    if (found === undefined) throw new Error("no column");
    return { type: typeText(found.type), zone: found.zone };
  };
  it("makes a zoneless timestamp an instant", () => {
    expect(column("type: timestamp_ntz, zone: Europe/Oslo")).toEqual({ type: "timestamp", zone: { kind: "fixed", name: "Europe/Oslo" } });
    expect(column("type: timestamp, zone: UTC")).toEqual({ type: "timestamp", zone: { kind: "fixed", name: "UTC" } });
    expect(column("type: datetime, zone: {column: tz}")).toEqual({ type: "timestamp", zone: { kind: "column", column: "tz" } });
  });
  it("may be local: wall-clock time", () => {
    expect(column("type: timestamp, zone: local")).toEqual({ type: "timestamp_ntz", zone: { kind: "local" } });
  });
  it("is declared for all by settings; an instant then has a zone for values without an offset", () => {
    expect(column("type: timestamp_ntz", "timezone: Europe/Oslo")).toEqual({ type: "timestamp", zone: { kind: "fixed", name: "Europe/Oslo" } });
    expect(column("type: timestamp", "timezone: Europe/Oslo")).toEqual({ type: "timestamp", zone: { kind: "default", name: "Europe/Oslo" } });
    expect(column("type: timestamp", "timezone: UTC")).toEqual({ type: "timestamp", zone: null });
    expect(column("type: timestamp")).toEqual({ type: "timestamp", zone: null });
    expect(column("type: timestamp_ntz")).toEqual({ type: "timestamp_ntz", zone: null });
  });
  it("must be known where the column orders events", () => {
    expect(codesOf(contract("history: {kind: change_log, effective_at: at}", [id, "{column: at, type: timestamp_ntz}"]))).toEqual(["undeclared-zone contract.history.effective_at"]);
    expect(codesOf(contract("history: {kind: change_log, effective_at: at}", [id, "{column: at, type: timestamp, zone: local}"]))).toEqual(["undeclared-zone contract.history.effective_at"]);
    expect(codesOf(contract("history: {kind: change_log, effective_at: at}", [id, "{column: at, type: date}"]))).toEqual([]);
  });
});

describe("protection of personal data", () => {
  it("turns hashed and masked values into texts", () => {
    const table = tableOf(contract("", [id, "{column: ssn, type: bigint, pii: true, protect: hash}", "{column: born, type: date, pii: true, protect: mask}", "{column: name, type: string, pii: true, protect: none}"]));
    expect(table.columns.map((one) => typeText(one.type))).toEqual(["integer", "string", "string", "string"]);
  });
});

describe("references", () => {
  const customers = contract("primary_key: [id, country]", ["{column: id, type: integer, rename: customer_id}", "{column: country, type: string}"], "shop.customers");
  it("are read at a column and at the table", () => {
    const orders = contract("references:\n  - {columns: [customer, land], to: shop.customers, to_columns: [id, country]}", [id, "{column: customer, type: integer, references: shop.customers.id}", "{column: land, type: string}"]);
    expect(tableOf({ "a.yaml": orders, "b.yaml": customers }).references).toEqual([
      { columns: ["customer"], to: "shop.customers", toColumns: ["customer_id"] },
      { columns: ["customer", "land"], to: "shop.customers", toColumns: ["customer_id", "country"] },
    ]);
  });
  it("name the other table's columns as its contract does", () => {
    const orders = contract("", [id, "{column: customer, type: integer, references: shop.customers.customer_id}"]);
    expect(codesOf({ "a.yaml": orders, "b.yaml": customers })).toEqual(["other-name-space contract.schema.1.references"]);
  });
});

describe("history", () => {
  it("of extracts leaves the extract date out of the key", () => {
    const columns = ["{column: id, type: integer}", "{column: day, type: date}"];
    expect(tableOf(contract("primary_key: [id]\nhistory: {kind: periodic_extract, extract_date: day}", columns)).history).toEqual({ kind: "periodic_extract", extractDate: "day" });
    expect(codesOf(contract("primary_key: [id, day]\nhistory: {kind: periodic_extract, extract_date: day}", columns))).toEqual(["extract-date-in-key contract.primary_key"]);
  });
});

describe("loading", () => {
  const pipeline = (extract: string): string => `pipeline:\n  name: daily\n  extract: {${extract}}\n`;
  it("from files lands texts with a load time", () => {
    expect(tableOf({ "a.yaml": contract("sla: {freshness_hours: 24}"), "p.yaml": pipeline('source_system: shop, connection: "files:data/*.csv"') })).toMatchObject({ landing: "text", loader: "dlt", loadedAt: "_extracted_at", loadedAtColumn: "extracted_at", sla: { freshnessHours: 24 } });
  });
  it("by others may name a load time that the contract does not describe", () => {
    expect(tableOf(contract("loaded_at: _airbyte_extracted_at"))).toMatchObject({ landing: "typed", loadedAt: "_airbyte_extracted_at", loadedAtColumn: "airbyte_extracted_at" });
    expect(codesOf(contract("loaded_at: _at", [id, "{column: at, type: timestamp}"]))).toEqual(["column-collision contract.schema.1.column"]);
  });
  it("reads freshness from the SLA or a freshness check", () => {
    expect(tableOf(contract("loaded_at: _at\nchecks: [{type: freshness, params: {max_age_hours: 6}}]")).sla.freshnessHours).toBe(6);
  });
});

it("refuses two schemas of a source whose names give one dbt source", () => {
  const inSchema = (table: string, schema: string): string => `contract: {name: shop.${table}, physical: {schema: ${schema}}, schema: [${id}]}\n`;
  const schemas = (...names: readonly string[]): readonly string[] => codesOf(Object.fromEntries(names.map((schema, at) => [`${at}.yaml`, inSchema(`t${at}`, schema)])));
  expect(schemas("AAA", "Raw-A", "raw_a")).toEqual(["schema-collision contract.physical.schema"]);
  expect(schemas("AAA", "データ", "名前")).toEqual(["schema-collision contract.physical.schema"]);
  expect(schemas("AAA", "raw_a", "raw_b")).toEqual([]);
});
