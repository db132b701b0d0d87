// Seeded synthetic specs: the same count and seed give the same bytes on every machine.
import { mkdirSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";

/** dbt models that one area gives: four staging, one joined, two dimensions, a line fact, a rolled-up fact, a mart. */
export const MODELS_PER_AREA = 10;

/**
 * Writes a spec folder that compiles to about `models` dbt models (plus the calendar), two files an area.
 * @param {string} folder
 * @param {number} models
 */
export function writeSpecs(folder, models, seed = 1) {
  const random = mulberry32(seed);
  rmSync(folder, { recursive: true, force: true });
  mkdirSync(folder, { recursive: true });
  writeFileSync(join(folder, "settings.yaml"), "settings:\n  project: bench\n  warehouse: duckdb\n  timezone: UTC\n");
  for (let area = 0; area < Math.max(1, Math.round(models / MODELS_PER_AREA)); area++) {
    const name = `a${String(area).padStart(4, "0")}`;
    mkdirSync(join(folder, name));
    writeFileSync(join(folder, name, "contracts.yaml"), contracts(name, random));
    writeFileSync(join(folder, name, "model.yaml"), model(name));
  }
}

/** Changes one description of one spec, as a day's work would. */
export function touchSpec(folder, round) {
  writeFileSync(join(folder, "a0000", "model.yaml"), model("a0000", `Revision ${round}.`));
}

/** Lets the pipelines of all areas wait for that of the first one, so that all specs hang together. */
export function connectAreas(folder) {
  for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
    const file = join(entry.parentPath ?? entry.path, entry.name);
    const text = entry.name === "model.yaml" ? readFileSync(file, "utf8") : "";
    if (text !== "" && !text.includes("name: daily_a0000")) writeFileSync(file, text.replace("  schedule:", "  depends_on: [daily_a0000]\n  schedule:"));
  }
}

function contracts(name, random) {
  return `contracts:
${contract(name, "customers", "current_state", "customer_id", [], random)}
${contract(name, "products", "current_state", "product_id", [], random)}
${contract(name, "orders", "append_only", "order_id", [`{column: customer_id, type: integer, references: ${name}.customers.customer_id, description: Who ordered.}`, "{column: ordered_at, type: timestamp, nullable: false, zone: UTC, description: When it was ordered.}"], random)}
${contract(name, "order_lines", "append_only", "line_id", [`{column: order_id, type: integer, references: ${name}.orders.order_id, description: The order.}`, `{column: product_id, type: integer, references: ${name}.products.product_id, description: What was ordered.}`, "{column: quantity, type: integer, nullable: false, description: How many.}", '{column: price, type: "decimal(10,2)", nullable: false, unit: EUR, description: Price of one.}'], random)}
`;
}

function contract(name, table, history, key, columns, random) {
  const rows = [`{column: ${key}, type: integer, description: Number of the row.}`, ...columns, ...extraColumns(random)];
  return `  - name: ${name}.${table}
    description: The table ${table} of ${name}, as its owner describes it in a sentence of some length.
    owner: team_${name}
    primary_key: [${key}]
    history: ${history}
    loaded_at: loaded_at
    sla: {freshness_hours: 24}
    schema:
${[...rows, "{column: loaded_at, type: timestamp, zone: UTC, description: When the row was loaded.}"].map((row) => `      - ${row}`).join("\n")}
`;
}

const TYPES = ["string", "integer", "bigint", '"decimal(12,2)"', "date", "boolean"];

function extraColumns(random) {
  return ["{column: label, type: string, description: What people call it., clean: [trim]}", ...Array.from({ length: 3 + Math.floor(random() * 9) }, (_, position) => {
    const type = TYPES[Math.floor(random() * TYPES.length)];
    return `{column: field_${position}, type: ${type}, description: Field ${position} of the source table.}`;
  })];
}

function model(name, note = "") {
  return `dimensions:
  - name: customer_${name}
    description: Customers of ${name}. ${note}
    domain: ${name}
    source: ${name}.customers
    type: 2
    natural_key: customer_id
    attributes:
      - {name: label, scd_type: 2}
      - {name: field_0, scd_type: 1}
      - {name: field_1, scd_type: 1}
  - name: product_${name}
    description: Products of ${name}.
    domain: ${name}
    source: ${name}.products
    type: 1
    natural_key: product_id
    attributes: [label, field_0, field_2]

fact_tables:
  - name: order_lines_${name}
    description: Order lines of ${name}.
    domain: ${name}
    grain: order line
    grain_statement: One row per order line
    source: ${name}.order_lines
    joins: [${name}.orders]
    event_time: ordered_at
    foreign_keys:
      - customer_${name}
      - product_${name}
      - {dimension: dim_date, role: order_date, on: ordered_at}
    degenerate_dimensions: [{name: order_id, expression: "${name}.order_lines.order_id"}]
    measures:
      - {name: quantity, type: additive, aggregation: SUM, business_definition: How many.}
      - {name: amount, expression: quantity * price, type: additive, aggregation: SUM, unit: EUR, business_definition: Price of all.}
  - name: orders_${name}
    description: Orders of ${name}.
    domain: ${name}
    grain: order
    grain_key: [order_id]
    grain_statement: One row per order
    source: fct_order_lines_${name}
    foreign_keys: [customer_${name}, order_date]
    measures:
      - {name: quantity, type: additive, aggregation: SUM, business_definition: How many.}
      - {name: amount, type: additive, aggregation: SUM, unit: EUR, business_definition: Price of all.}

marts:
  - name: monthly_${name}
    description: Sales of ${name} by month.
    domain: ${name}
    from: fct_order_lines_${name}
    by: [order_date.year, order_date.month, customer_${name}.label]
    measures: [quantity, amount]

pipeline:
  name: daily_${name}
  description: Builds the star of ${name}.
  owner: team_${name}
  schedule: "@daily"
  extract:
    source_system: ${name}
    connection: files:data/${name}/{table}.csv
    strategy: full
`;
}

function mulberry32(seed) {
  let state = seed >>> 0;
  return () => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
}
