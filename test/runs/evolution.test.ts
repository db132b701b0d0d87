import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { withoutUnitTests } from "../support/build.ts";
import { startEngine, type Engine } from "../support/engines.ts";
import { dbt, dbtKeepGoing, generateProject, type Project } from "../support/project.ts";

const after = readFileSync(join(root, "fixtures", "evolution", "evolution.yaml"), "utf8");

/** The specs as they were: other names and types, a column more here and one less there. */
const before = [
  [/ *renamed_from: \S+\n/g, ""], [/renamed_from: \w+, /g, ""], [/shop\.customers/g, "shop.clients"], [/dim_customer/g, "dim_client"], [/customer_id/g, "client_id"],
  [/full_name/g, "name"], [/points, type: bigint/, "points, type: integer"], [/tier, type: integer/, "tier, type: string"], [/channel, type: integer/, "channel, type: string"],
  [/ *- \{column: email.*\n/, "      - {column: vat, type: string, description: Number for taxes.}\n"], [/name: email,/, "name: vat,"],
  [/fct_orders/g, "fct_sales"], [/name: revenue, source: amount/, "name: amount"], [/decimal\(12,2\)/, "decimal(10,2)"],
  [/ *- \{column: weight.*\n/, "      - {column: discount, type: integer, description: Percents.}\n"], [/name: weight,.*\}\n/, "name: discount, type: additive, aggregation: SUM, business_definition: Percents.}\n"],
  [/    version: 2\n(?:.*\n){6}/, ""], [/ {8}by: \[dim_client/, "    by: [dim_client"], [/ {8}measures: \[\{name: amount, source: revenue\}/, "    measures: [{name: amount, source: amount}"],
  [/pages_seen, type: bigint/, "pages, type: integer"], [/pages_seen/g, "pages"], [/role: visited,/, "role: visit_date,"],
] as const;

const start = [
  "create schema raw_shop",
  "create table raw_shop.clients (client_id integer, name varchar(20), city varchar(20), points integer, tier varchar(5), vat varchar(5))",
  "insert into raw_shop.clients values (1, 'Ann', 'Oslo', 5, '1', 'A1'), (2, 'Bo', 'Bergen', 6, '02', null), (3, 'Cy', null, null, null, null)",
  "create table raw_shop.orders (change_id integer, order_id integer, ordered_on date, client_id integer, channel varchar(5), amount decimal(10, 2), discount integer)",
  "insert into raw_shop.orders values (1, 1, '2026-05-01', 1, '1', 10, 5), (2, 2, '2026-05-02', 2, '2', 20.5, null)",
  "create table raw_shop.visits (visit_id integer, visited_at timestamp, pages integer)",
  "insert into raw_shop.visits values (1, '2026-05-01 10:00', 3), (2, '2026-05-02 10:00', 4)",
];

/** What the source does to its tables between the two versions of the specs; PostgreSQL lets it only where no view reads them. */
const altered = [
  "drop schema staging cascade",
  "alter table raw_shop.clients rename to customers",
  ...["client_id to customer_id", "name to full_name"].map((one) => `alter table raw_shop.customers rename column ${one}`),
  "alter table raw_shop.customers drop column vat",
  "alter table raw_shop.customers add column email varchar(20)",
  "update raw_shop.customers set email = 'ann@example.org' where customer_id = 1",
  "alter table raw_shop.customers alter column tier type integer using cast(tier as integer)",
  "alter table raw_shop.orders rename column client_id to customer_id",
  "alter table raw_shop.orders drop column discount",
  "alter table raw_shop.orders alter column amount type decimal(12, 2)",
  "alter table raw_shop.orders add column weight decimal(8, 3)",
  "update raw_shop.orders set weight = 1.5 where order_id = 1",
  "alter table raw_shop.orders alter column channel type integer using cast(channel as integer)",
  "insert into raw_shop.orders values (3, 3, '2026-05-03', 1, 3, 1234567890.25, 2)",
  "alter table raw_shop.visits rename column pages to pages_seen",
  "insert into raw_shop.visits values (3, '2026-05-03 10:00', 3)",
];

describe.each(["duckdb", "postgres"] as const)("stored tables on %s", (name) => {
  let engine: Engine;
  let project: Project;
  beforeAll(async () => {
    engine = await startEngine(name);
    project = generateProject(specs(before.reduce((text, [from, to]) => text.replace(from, to), after)), name, await engine.environment("evolution"));
  });
  afterAll(() => engine.stop());

  const build = (day: string, ...more: readonly string[]): void => {
    dbt(project, [["build", "--no-partial-parse", "--vars", JSON.stringify({ as_of_run: `${day} 00:00:00` }), ...(day === "2026-05-05" ? [] : withoutUnitTests), ...more]]);
  };
  const ask = async (sql: string): Promise<readonly (readonly (string | null)[])[]> => {
    const warehouse = await engine.open(project);
    try {
      return (await warehouse.query(sql)).map((row) => Object.values(row));
    } finally {
      await warehouse.close();
    }
  };

  it("keep all their rows and values when columns and tables are added, renamed, retyped and removed", async () => {
    await engine.change(project, start);
    build("2026-05-02");
    await engine.change(project, ["update raw_shop.clients set city = 'Voss', points = 7 where client_id = 1", "delete from raw_shop.visits where visit_id = 1", "create view raw_shop.reader as select points, name from history.snp_client"]);
    build("2026-05-03", "--exclude", "fct_visits__rows_of_stg_shop__visits");
    const keys = await ask("select customer_durable_key, customer_key from (select client_durable_key as customer_durable_key, client_key as customer_key from marts.dim_client) as dims order by 1, 2");

    const columns = (table: string) => ask(`select column_name, data_type from information_schema.columns where table_name = '${table}' order by ordinal_position`);
    const published = await columns("mrt_revenue_by_tier");

    await engine.change(project, altered);
    regenerate(project, after, name);
    build("2026-05-04", "--exclude", "fct_visits__rows_of_stg_shop__visits");

    const versions = "select customer_id, full_name, city, points, tier, email, vat, tier_as_text, cast(dbt_valid_from as date), cast(dbt_valid_to as date) from history.snp_customer order by 1, 9";
    const text = name === "duckdb" ? "tier_as_varchar" : "tier_as_text";
    expect(await ask(versions.replace("tier_as_text", text))).toEqual([
      ["1", "Ann", "Oslo", "5", "1", null, "A1", "1", "2026-05-02", "2026-05-03"],
      ["1", "Ann", "Voss", "7", "1", null, "A1", "1", "2026-05-03", "2026-05-04"],
      ["1", "Ann", "Voss", "7", "1", "ann@example.org", null, null, "2026-05-04", null],
      ["2", "Bo", "Bergen", "6", "2", null, null, "02", "2026-05-02", null],
      ["3", "Cy", null, null, null, null, null, null, "2026-05-02", null],
    ]);
    expect(await ask("select customer_durable_key, customer_key from marts.dim_customer order by 1, 2"), "keys of versions stay").toEqual(keys);
    expect(await ask("select order_id, channel, revenue, weight, discount from marts.fct_orders order by 1")).toEqual([["1", "1", "10.00", "1.500", "5"], ["2", "2", "20.50", null, null], ["3", "3", "1234567890.25", "2.000", null]]);
    expect(await ask("select visit_id, visited_date_key, pages_seen from marts.fct_visits order by 1"), "the forgotten visit is still there").toEqual([["1", "20260501", "3"], ["2", "20260502", "4"], ["3", "20260503", "3"]]);
    expect(await columns("mrt_revenue_by_tier_v1"), "the version of before goes on").toEqual(published.map(([column, type]) => [column, column === "tier" ? (name === "duckdb" ? "INTEGER" : "integer") : type]));
    expect((await columns("mrt_revenue_by_tier")).map(([column]) => column), "the latest stands under the plain name").toEqual(["revenue_by_tier_key", "tier", "channel", "revenue"]);
    expect(await ask("select table_name from information_schema.tables where table_name in ('snp_client', 'fct_sales')"), "no table is left behind").toEqual([]);
    const types = await ask("select table_name, column_name, lower(data_type) from information_schema.columns where (table_name = 'snp_customer' and column_name in ('points', 'tier', 'points_as_integer')) or (table_name = 'fct_visits' and column_name = 'pages_seen') order by 1, 2");
    const kept = name === "postgres" ? [["snp_customer", "points_as_integer", "integer"]] : [];
    expect(types).toEqual([["fct_visits", "pages_seen", "bigint"], ["snp_customer", "points", "bigint"], ...kept, ["snp_customer", "tier", "integer"]]);
    if (name === "postgres") expect(await ask("select points, name from raw_shop.reader order by 1, 2"), "a view of somebody else's goes on").toEqual([["5", "Ann"], ["6", "Bo"], ["7", "Ann"], [null, "Ann"], [null, "Cy"]]);
  });

  it("stay as they are when nothing changes, and when a type does not fit", async () => {
    const stored = "select * from history.snp_customer order by customer_id, dbt_valid_from";
    const shape = "select column_name, data_type, ordinal_position from information_schema.columns where table_name in ('snp_customer', 'fct_orders', 'fct_visits') order by 1, 2, 3";
    const was = [await ask(stored), await ask(shape)];
    build("2026-05-05", "--exclude", "fct_visits__rows_of_stg_shop__visits");
    expect([await ask(stored), await ask(shape)]).toEqual(was);
    await engine.change(project, ["drop schema staging cascade", "alter table raw_shop.customers drop column city", "alter table raw_shop.customers add column city integer"]);
    regenerate(project, after.replace("column: city, type: string", "column: city, type: integer"), name);
    const [report] = dbtKeepGoing(project, [["build", "--select", "+snp_customer"]]);
    expect(JSON.stringify(report)).toContain("which 4 stored values are not. Nothing was changed.");
    expect([await ask(stored), await ask(shape)]).toEqual(was);
  });
});

function specs(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-specs-"));
  writeFileSync(join(folder, "evolution.yaml"), text);
  return folder;
}

function regenerate(project: Project, text: string, warehouse: string): void {
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", specs(text), "--out", project.folder, "--warehouse", warehouse], { stdio: ["ignore", "ignore", "inherit"] });
}
