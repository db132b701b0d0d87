// TPC-H data as a source delivers it: orders and lines day by day, customers, parts and suppliers as logs of their changes. Cached in .cache/tpch.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, renameSync, rmSync } from "node:fs";
import { join } from "node:path";
import { DuckDBInstance } from "@duckdb/node-api";
import { ensurePython, root } from "../../scripts/toolchain.mjs";

const FIRST_LOAD = "timestamp '1998-08-02 23:00'";
const SECOND_LOAD = "timestamp '1998-08-03 23:00'";
const tables = ["customer", "part", "supplier", "orders", "lineitem"];

/** Columns of the logs: key, all columns of TPC-H, and what a change does to a row that it copies. */
const logs = {
  customer: { key: "c_custkey", columns: "c_custkey, c_name, c_address, c_nationkey, c_phone, c_acctbal, c_mktsegment", change: "c_name || ' & Co' as c_name, reverse(c_address) as c_address, cast(c_acctbal + 10 as decimal(15, 2)) as c_acctbal" },
  part: { key: "p_partkey", columns: "p_partkey, p_name, p_mfgr, p_brand, p_type, p_size, p_container, p_retailprice", change: "p_name || ' new' as p_name, reverse(p_container) as p_container, cast(p_retailprice + 1 as decimal(15, 2)) as p_retailprice" },
  supplier: { key: "s_suppkey", columns: "s_suppkey, s_name, s_address, s_nationkey, s_phone, s_acctbal", change: "s_name || ' Ltd' as s_name, reverse(s_address) as s_address, cast(s_acctbal + 10 as decimal(15, 2)) as s_acctbal" },
};

/**
 * A DuckDB file with the raw schema of the first day; made once for each scale factor and version of this file's SQL.
 * @param {number} scale
 */
export async function rawWarehouse(scale) {
  const statements = [...firstDay(parquetFolder(scale))];
  const folder = join(root, ".cache", "tpch");
  const file = join(folder, `raw-${scale}-${createHash("sha256").update(statements.join()).digest("hex").slice(0, 12)}.duckdb`);
  if (existsSync(file)) return file;
  generate(scale);
  rmSync(`${file}.new`, { force: true });
  await execute(`${file}.new`, statements);
  renameSync(`${file}.new`, file);
  return file;
}

/**
 * The log of customers alone, with so many times the members of the scale factor.
 * @param {string} raw a raw warehouse
 * @param {string} file where it goes
 * @param {number} times
 */
export async function customersAlone(raw, file, times) {
  rmSync(file, { force: true });
  await execute(file, [
    `attach '${raw}' as raw (read_only)`,
    "create schema raw_tpch",
    `create table raw_tpch.customer as
      select log.* replace (log.change_id + copy.number * 1000000000 as change_id, log.c_custkey + copy.number * 10000000 as c_custkey)
      from raw.raw_tpch.customer as log cross join generate_series(0, ${times - 1}) as copy (number)`,
  ]);
}

/**
 * The second day: one in a hundred customers, parts and suppliers changed; one in a hundred orders corrected with its lines, and one in a thousand new.
 * @param {string} file a warehouse that holds the first day
 */
export async function secondDay(file) {
  const corrected = (key) => `${key} % 100 = 7 and ${key} < 100000000`;
  const again = (table, key, change) => [
    `create temporary table again as select * replace (${change}, ${SECOND_LOAD} as loaded_at) from raw_tpch.${table} where ${corrected(key)}`,
    `delete from raw_tpch.${table} where ${corrected(key)}`,
    `insert into raw_tpch.${table} from again`,
    "drop table again",
  ];
  const more = (table, key, change) => `insert into raw_tpch.${table} select * replace (${key} + 100000000 as ${key}, ${change}, ${SECOND_LOAD} as loaded_at) from raw_tpch.${table} where ${key} % 1000 = 3`;
  await execute(file, [
    ...Object.keys(logs).map((table) => changedMembers(table, "% 100 = 1")),
    ...again("orders", "o_orderkey", "o_totalprice + 1 as o_totalprice, 'P' as o_orderstatus"),
    ...again("lineitem", "l_orderkey", "l_quantity + 1 as l_quantity, l_extendedprice * 2 as l_extendedprice"),
    more("orders", "o_orderkey", "date '1998-08-03' as o_orderdate"),
    more("lineitem", "l_orderkey", "date '1998-08-05' as l_shipdate, date '1998-08-06' as l_commitdate, date '1998-08-07' as l_receiptdate"),
  ]);
}

/**
 * The second day of customers alone: so many of them change, however many there are.
 * @param {string} file
 * @param {number} members
 */
export async function changeCustomers(file, members) {
  await execute(file, [changedMembers("customer", `<= ${members}`)]);
}

/**
 * Runs statements on a DuckDB file and closes it.
 * @param {string} file
 * @param {readonly string[]} statements
 */
export async function execute(file, statements) {
  const instance = await DuckDBInstance.create(file);
  const connection = await instance.connect();
  for (const statement of statements) await connection.run(statement);
  connection.closeSync();
  instance.closeSync();
}

/** A later change of some members: the newest row of each, changed. */
function changedMembers(table, which) {
  const { key, change } = logs[table];
  return `insert into raw_tpch.${table}
    select * replace (900000000 + ${key} as change_id, timestamp '1998-08-03 09:00' as changed_at, 'U' as op, ${SECOND_LOAD} as loaded_at, ${change})
    from raw_tpch.${table} where ${key} ${which}
    qualify row_number() over (partition by ${key} order by changed_at desc, change_id desc) = 1`;
}

/** Orders in the order of their days, on whose evenings they were loaded. One row for each member of old; every fifth changed once in seven years, every twenty-fifth twice, every two-hundredth is deleted at their end. */
function* firstDay(parquet) {
  yield "create schema raw_tpch";
  for (const [table, { key, columns, change }] of Object.entries(logs)) {
    const source = `(select ${columns} from '${parquet}/${table}.parquet')`;
    const log = (number, time, op, changed, which) =>
      `select ${key} + ${number} * 100000000 as change_id, ${time} as changed_at, '${op}' as op, ${FIRST_LOAD} as loaded_at, * ${changed === "" ? "" : `replace (${changed})`} from ${source} ${which}`;
    const day = (factor) => `timestamp '1992-01-01' + to_hours(cast(${key} * ${factor} % 57600 as integer))`;
    yield `create table raw_tpch.${table} as
      ${log(0, "timestamp '1991-12-01'", "I", "", "")}
      union all ${log(1, day(7919), "U", change, `where ${key} % 5 = 0`)}
      union all ${log(2, day(104729), "U", change.replaceAll(" + 1", " + 2"), `where ${key} % 25 = 0`)}
      union all ${log(3, "timestamp '1998-07-01'", "D", "", `where ${key} % 200 = 0`)}`;
  }
  const loaded = "o_orderdate + interval '23 hours' as loaded_at";
  yield `create table raw_tpch.orders as select *, ${loaded} from '${parquet}/orders.parquet' order by loaded_at, o_orderkey`;
  yield `create table raw_tpch.lineitem as
    select line.*, ${loaded} from '${parquet}/lineitem.parquet' as line inner join '${parquet}/orders.parquet' on l_orderkey = o_orderkey
    order by loaded_at, l_orderkey, l_linenumber`;
}

function parquetFolder(scale) {
  return join(root, ".cache", "tpch", `sf${scale}`);
}

function generate(scale) {
  const folder = parquetFolder(scale);
  if (tables.every((table) => existsSync(join(folder, `${table}.parquet`)))) return;
  mkdirSync(folder, { recursive: true });
  execFileSync(join(ensurePython("tpch"), "tpchgen-cli"), ["parquet", "--scale-factor", String(scale), "--tables", tables.join(","), "--output-dir", folder], { stdio: ["ignore", "inherit", "inherit"] });
}
