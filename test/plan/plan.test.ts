import * as fc from "fast-check";
import { readdirSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { postgres } from "../../generator/dialects/postgres.ts";
import { compile, nodeHost } from "../../generator/index.ts";
import { emptyModel, planChanges, type PlannedChange } from "../../generator/plan/plan.ts";
import { edited, line, modelOf, planOf, shop } from "./change.ts";

const fixtures = join(import.meta.dirname, "..", "..", "fixtures");

describe("a plan of specs against themselves", () => {
  it.each(readdirSync(fixtures).filter((name) => name !== "invalid"))("is empty for fixtures/%s", async (name) => {
    const compiled = (): ReturnType<typeof compile> => compile({ host: nodeHost(), root: join(fixtures, name), until: "decide" });
    const [before, after] = [(await compiled()).design, (await compiled()).design];
    if (before === null || after === null) throw new Error(`${name} does not compile`);
    expect(planChanges(before.model, after.model, after.dialect)).toEqual([]);
  });

  it("is empty however they are split into files, and in whatever order these are read", () => {
    const kinds: { readonly [kind: string]: unknown } = parse(shop);
    const parts = Object.entries(kinds).flatMap(([kind, value]) => (Array.isArray(value) ? value.map((one) => ({ [kind]: [one] })) : [{ [kind]: value }]));
    const before = modelOf(shop);
    fc.assert(
      fc.property(fc.shuffledSubarray(parts, { minLength: parts.length }), (shuffled) => {
        const files = Object.fromEntries(shuffled.map((part, index) => [`${String(index).padStart(2, "0")}.yaml`, JSON.stringify(part)]));
        expect(planChanges(before, modelOf(files), duckdb).map(line)).toEqual([]);
      }),
      { numRuns: 8, seed: 5 },
    );
  });

  it("says that everything is new where there were no specs", () => {
    const after = modelOf(shop);
    const found = planChanges(emptyModel(after), after, duckdb);
    expect(new Set(found.map(({ worst }) => worst))).toEqual(new Set(["additive"]));
    expect(found.map(({ subject }) => subject.name)).toContain("mrt_sales_by_city");
  });
});

describe("what a change reaches", () => {
  it("follows a column through dimension, fact and mart to dashboards, DAGs and teams", () => {
    const [change] = planOf(["{column: city, type: string, description: City of the address.}", "{column: city, type: string, description: City of the address., clean: [trim]}"]);
    expect(change?.impact).toEqual({
      models: ["dim_customer", "fct_orders", "int_customer_joined", "mrt_sales_by_city", "snp_customer", "stg_shop__customers"],
      columns: ["dim_customer.*", "fct_orders.customer_key", "int_customer_joined.city", "mrt_sales_by_city.*", "snp_customer.*", "stg_shop__customers.city"],
      dags: ["daily"],
      exposures: ["sales_board"],
      owners: ["bi", "crm"],
      consumers: ["finance", "sales"],
    });
  });

  it("tells another type of a tracked column from other values: versions stay as they are cut", () => {
    const [change] = planOf(["{column: city, type: string, description: City of the address.}", "{column: city, type: integer}"]);
    expect(change?.impact.columns).toEqual(["dim_customer.city", "int_customer_joined.city", "mrt_sales_by_city.*", "snp_customer.city", "stg_shop__customers.city"]);
  });

  it("says what differs where names are the same", () => {
    const [change] = planOf(["type: dashboard, owner: sales}", "type: dashboard, owner: sales, url: \"https://bi.example.com\"}"]);
    expect([change?.message, change?.before, change?.after]).toEqual(["exposures changed", expect.stringContaining("url: null"), expect.stringContaining('url: "https://bi.example.com"')]);
  });

  it("leaves alone what does not read the column", () => {
    const [change] = planOf(["      - {column: phone, type: string}\n", ""]);
    expect(change?.impact.models).toEqual(["stg_shop__customers"]);
    expect(change?.impact.exposures).toEqual([]);
  });

  it("tells of everything for another zone of days", () => {
    const [change] = planOf(["timezone: UTC}", "timezone: Europe/Oslo}"]);
    expect(change?.impact.models).toContain("mrt_sales_by_city");
    expect(change?.impact.dags).toEqual(["daily"]);
  });
});

describe("the policy of a contract", () => {
  const policy = "breaking_change_policy: notify-30-days";
  const gone = ["      - {column: phone, type: string}\n", ""] as const;
  const under = (name: string, ...edits: readonly (readonly [string, string])[]): readonly (string | undefined)[] => {
    const before = shop.replace(policy, `breaking_change_policy: ${name}`);
    const after = edits.reduce((text, [from, to]) => text.replace(from, to), before);
    return planChanges(modelOf(before), modelOf(after), duckdb).flatMap((one) => (one.policy === null ? [] : [one.policy.verdict]));
  };

  it("never-break is violated by every breaking change, and by no other", () => {
    expect(under("never-break", gone)).toEqual(["violated"]);
    expect(under("never-break", ["Number of the customer.", "Number."], ["{column: phone, type: string}", "{column: phone, type: string, checks: [unique]}"])).toEqual([]);
  });

  it("version-bump asks for a new major version", () => {
    expect(under("version-bump", gone)).toEqual(["violated"]);
    expect(under("version-bump", gone, ['version: "1.2.0"', 'version: "1.3.0"'])).toEqual(["violated"]);
    expect(under("version-bump", gone, ['version: "1.2.0"', 'version: "2.0.0"'])).toEqual(["kept"]);
  });

  it("notify-30-days asks for an announcement, which a deprecated column has had", () => {
    expect(planOf(gone)[0]?.policy).toEqual({
      contract: "shop.customers",
      policy: "notify-30-days",
      verdict: "violated",
      message: "Not announced: mark the column 'deprecated: true', tell sales, finance in #customers, and remove it 30 days later.",
      announced: null,
    });
    const announced = edited(["{column: phone, type: string}", "{column: phone, type: string, deprecated: true}"]);
    expect(planChanges(modelOf(announced), modelOf(edited(gone)), duckdb)[0]?.policy?.verdict).toBe("to_do");
  });

  it("is that of the old contract: a change cannot lift what it is held to", () => {
    expect(under("never-break", gone, ["breaking_change_policy: never-break", "breaking_change_policy: notify-1-day"])).toEqual(["violated", "violated"]);
  });
});

describe("what happens to tables", () => {
  it.each([duckdb, postgres])("is told with its risk on $name", (dialect) => {
    const narrowed = edited(["{column: city, type: string, description: City of the address.}", "{column: city, type: integer}"]);
    const [change] = planChanges(modelOf(shop), modelOf(narrowed), dialect);
    const stored = change?.ddl.find(({ action }) => action === "retype_column");
    expect(stored?.relations).toEqual(["history.snp_customer"]);
    expect(stored?.risk).toBe("high");
  });

  it("asks for a full refresh where a dimension that is written member by member loses a column, which its table keeps until then", () => {
    const merged = shop.replace("history: current_state", "history: {kind: change_log, effective_at: changed_at}").replace("      - {column: phone, type: string}\n", "      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}\n      - {column: phone, type: string}\n").replace("    natural_key: customer_id\n", "    natural_key: customer_id\n    load: {strategy: merge}\n");
    const before = merged.replace("{name: city, scd_type: 2}", "{name: city, scd_type: 2}\n      - {name: phone, scd_type: 1}");
    const [change] = planChanges(modelOf(before), modelOf(merged), duckdb);
    expect(change?.ddl.map(({ action, relations }) => [action, relations])).toEqual([["keep_column", ["marts.dim_customer"]]]);
    expect(change?.backfill).toEqual({ tables: ["dim_customer"], from: null, commands: ["dbt build --full-refresh --select dim_customer"] });
  });

  it("asks for a run where numbers of the past change, from the first day of the pipelines on", () => {
    const before = edited(['schedule: "@daily",', 'schedule: "@daily", backfill: {from: 2025-01-01},']);
    const after = before.replace("    source: shop.orders\n", "    source: shop.orders\n    where: status = 'paid'\n");
    const [change] = planChanges(modelOf(before), modelOf(after), duckdb);
    expect(change?.backfill).toEqual({ tables: ["fct_orders", "mrt_sales_by_city"], from: "2025-01-01", commands: ["dbt build --select fct_orders mrt_sales_by_city"] });
  });

  it("makes the views anew that the tables of a backfill read", () => {
    const [change] = planOf(['type: "decimal(10,2)", unit: EUR}', 'type: "decimal(10,2)", unit: EUR, clean: [{replace: {from: ",", to: "."}}]}']);
    expect(change?.backfill?.commands).toEqual(["dbt build --select fct_orders mrt_sales_by_city stg_shop__orders"]);
  });

  it("says that stored versions keep values that the specs now clean otherwise, and that no run changes them", () => {
    const [city] = planOf(["description: City of the address.}", "description: City of the address., clean: [upper]}"]);
    expect([city?.past.extent, city?.past.message, city?.backfill]).toEqual(["from_next_run", expect.stringContaining("Versions stored so far keep the values"), null]);
    const [name] = planOf(["classification: confidential}", "classification: confidential, clean: [upper]}"]);
    expect([name?.past.extent, name?.backfill?.tables]).toEqual(["all", ["dim_customer"]]);
    const twice = edited(["fact_tables:\n", "  - {name: dim_member, source: shop.customers, natural_key: customer_id, attributes: [phone]}\nfact_tables:\n"]);
    const [moved] = planChanges(modelOf(twice), modelOf(twice.replace("    primary_key: [customer_id]\n", "    primary_key: [customer_id]\n    physical: {table: clients}\n")), duckdb);
    expect([moved?.past.extent, moved?.past.message]).toEqual(["all", expect.stringMatching(/^Versions stored so far keep .* All other rows are computed anew/)]);
  });

  it("says that versions are shown no more where their snapshot is given up, and from when on there are some where it begins", () => {
    const single = edited(["type: Type 2", "type: Type 1"], ["scd_type: 2}", "scd_type: 1}"]);
    const type = (from: string, to: string): PlannedChange | undefined => planChanges(modelOf(from), modelOf(to), duckdb).find(({ part }) => part === "type");
    const given = type(shop, single);
    expect(given?.impact.models).toContain("snp_customer");
    expect(given?.ddl.find(({ action }) => action === "leave_table")?.relations).toEqual(["intermediate.int_customer_joined", "history.snp_customer"]);
    expect(given?.backfill?.commands[0]).toContain("create table history.snp_customer_before as");
    expect(given?.past).toEqual({ extent: "all", message: expect.stringContaining("The versions that snp_customer holds are shown no more") });
    expect(type(single, shop)?.past).toEqual({ extent: "from_next_run", message: expect.stringContaining("Versions begin with the next run") });
  });

  it("tells of tables that are renamed only so, and of their columns under the new name", () => {
    const kept = shop.replace("    degenerate", "    load: {strategy: merge}\n    degenerate");
    const renames = [["name: dim_customer", "name: dim_buyer\n    renamed_from: dim_customer"], ["[dim_customer,", "[dim_buyer,"], ["dim_customer.city", "dim_buyer.town"], ["{name: city, scd", "{name: town, source: city, renamed_from: city, scd"],
      ["name: fct_orders", "name: fct_sales\n    renamed_from: fct_orders"], ["    from: fct_orders", "    from: fct_sales"], ["{name: amount,", "{name: revenue, source: amount, renamed_from: amount,"], ["[quantity, amount]", "[quantity, revenue]"], ["decimal(10,2)", "decimal(12,2)"]] as const;
    const after = renames.reduce((text, [from, to]) => text.replace(from, to), kept);
    const told = planChanges(modelOf(kept), modelOf(after), duckdb).flatMap(({ subject, part, ddl }) => ddl.filter(({ risk }) => risk !== "none").map(({ action, relations }) => `${subject.name}.${part ?? ""} ${action} ${relations.join(" ")}`));
    expect(told.toSorted()).toEqual([
      "dim_buyer. leave_table marts.dim_customer intermediate.int_customer_joined",
      "dim_buyer. rename_table history.snp_customer",
      "dim_buyer.town rename_column history.snp_buyer",
      "fct_sales. rename_table marts.fct_orders",
      "fct_sales.buyer_key rename_column marts.fct_sales",
      "fct_sales.revenue rename_column marts.fct_sales",
      "shop.orders.amount widen_column marts.fct_sales",
    ]);
  });

  it("names the run that fills a new column where increments do not come back to stored rows, and makes the facts anew that they restate", () => {
    const told = (load: string, from: string, to: string): unknown => {
      const before = shop.replace("[dim_customer, {", "[{").replace("dim_customer.city]", "status]").replace("    history: append_only\n", "    history: append_only\n    loaded_at: ordered_at\n").replace("    degenerate", `    load: ${load}\n    degenerate`);
      const [change] = planChanges(modelOf(before), modelOf(before.replace(from, to)), duckdb);
      return [change?.worst, change?.backfill?.commands, change?.past.message];
    };
    const added = ["      - {name: amount,", "      - {name: twice, expression: amount * 2, type: additive, aggregation: SUM}\n      - {name: amount,"] as const;
    const empty = "Stored rows hold NULL in the new column, until they are computed anew.";
    expect(told("{strategy: merge}", ...added)).toEqual(["additive", undefined, "No number of the past changes."]);
    for (const load of ["{strategy: append}", "{strategy: merge, lookback: 3}"]) expect(told(load, ...added)).toEqual(["additive", ["dbt build --full-refresh --select fct_orders"], empty]);
    expect(told("{strategy: merge, lookback: 3}", "{name: amount,", "{name: amount, expression: amount * 3,")).toEqual(["restating", ["dbt build --full-refresh --select fct_orders mrt_sales_by_city"], expect.stringContaining("computed anew")]);
  });
});
