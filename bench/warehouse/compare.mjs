// Compares two warehouses: the same star under keys of their own.
import { DuckDBInstance } from "@duckdb/node-api";

const members = {
  customer: ["customer_name", "address", "nation_id", "phone", "account_balance", "market_segment"],
  part: ["part_name", "manufacturer", "brand", "part_type", "part_size", "container", "retail_price"],
  supplier: ["supplier_name", "address", "nation_id", "phone", "account_balance"],
};
const facts = {
  fct_order_lines: {
    keys: ["customer", "part", "supplier"],
    columns: ["order_date_key", "ship_date_key", "commit_date_key", "receipt_date_key", "order_id", "line_number", "return_flag", "line_status", "ship_mode", "ordered_on", "quantity", "extended_price", "discount_amount", "net_amount", "tax_amount", "source_loaded_at"],
  },
  fct_orders: { keys: ["customer"], columns: ["order_date_key", "order_id", "order_status", "order_priority", "ordered_on", "total_price", "order_count", "source_loaded_at"] },
};

/**
 * Throws where the stars differ; returns the number of rows of each table. Keys are hashes of each side's own recipe, so a key counts as what it points to,
 * and must be unique where it is made.
 * @param {string} ours
 * @param {string} theirs
 */
export async function compareStars(ours, theirs) {
  const instance = await DuckDBInstance.create(":memory:");
  const connection = await instance.connect();
  const ask = async (sql) => (await connection.runAndReadAll(sql)).getRowObjectsJson();
  await connection.run(`attach '${ours}' as ours (read_only); attach '${theirs}' as theirs (read_only)`);
  const rows = {};
  for (const [table, sql] of Object.entries(starQueries())) {
    const count = async (side) => (await ask(`select count(*) as rows, count(distinct key) as keys, cast(sum(hash(content)) as varchar) as fingerprint from (${sql(side)})`))[0];
    const [our, their] = [await count("ours"), await count("theirs")];
    if (JSON.stringify(our) !== JSON.stringify(their) || our.rows !== our.keys) {
      const except = async (one, other) => ask(`select content from (select content from (${sql(one)}) except all select content from (${sql(other)})) limit 3`);
      throw new Error(`${table} differs: ${JSON.stringify({ our, their, onlyOurs: await except("ours", "theirs"), onlyTheirs: await except("theirs", "ours") }, null, 1)}`);
    }
    rows[table] = Number(our.rows);
  }
  connection.closeSync();
  instance.closeSync();
  return rows;
}

/** A query for each table: its key, and all else that a row says, as one struct of texts. */
function starQueries() {
  const struct = (columns) => `row(${columns.map((one) => `cast(${one} as varchar)`).join(", ")}) as content`;
  const dimensions = Object.entries(members).map(([entity, attributes]) => {
    const columns = [`${entity}_id`, ...attributes, "valid_from", "valid_to", "is_current"];
    return [`dim_${entity}`, (side) => `select ${entity}_key as key, ${struct([...columns, `case when ${entity}_key in ('-1', '-2') then ${entity}_key end`])} from ${side}.marts.dim_${entity}`];
  });
  const days = ["date", "year", "quarter", "month", "month_name", "iso_week", "day_of_month", "day_of_week", "day_name", "is_weekend", "fiscal_year", "fiscal_quarter", "fiscal_month"];
  const dated = (side) => `select date_key as key, ${struct(["date_key", ...days])} from ${side}.marts.dim_date`;
  const events = Object.entries(facts).map(([table, { keys, columns }]) => {
    const pointed = keys.flatMap((one) => [`${one}.${one}_id`, `${one}.valid_from`, `case when fact.${one}_key in ('-1', '-2') then fact.${one}_key end`]);
    const joins = (side) => keys.map((one) => `inner join ${side}.marts.dim_${one} as ${one} on fact.${one}_key = ${one}.${one}_key`).join(" ");
    return [table, (side) => `select fact.${table.replace("fct_", "")}_key as key, ${struct([...pointed, ...columns.map((one) => `fact.${one}`)])} from ${side}.marts.${table} as fact ${joins(side)}`];
  });
  return Object.fromEntries([...dimensions, ["dim_date", dated], ...events]);
}
