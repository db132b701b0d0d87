import * as z from "zod";

import { isMapping } from "../document.ts";
import { formed, key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { isText, orText, sql } from "../shape/forms.ts";
import { choice, label, labels, list, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";
import { load } from "./load.ts";
import { absent, measure } from "./measure.ts";
import { milestone, milestoneEvents } from "./milestone.ts";
import { exposure, join } from "./rows.ts";

const SEED = "guide, phase 2: dimensional model";
const KIMBALL = "Kimball, chapters 2 and 3";
const OURS = "dps-gen";

const degenerate = () => orText(
  z.strictObject({
    name: key(name(), { meaning: "Name of the column in the fact.", source: SEED, example: "order_number" }),
    source: key(optionalLabel(), {
      meaning: "Column it comes from.",
      source: OURS,
      example: "order_no",
      aliases: ["column"],
      fallback: "the column of the same name",
    }),
    expression: key(optional(sql()), {
      meaning: "SQL over the columns of the row.",
      source: OURS,
      example: "upper(order_no)",
      aliases: ["expr", "raw_sql"],
    }),
    description: key(optionalProse(), {
      meaning: "What it means.",
      source: OURS,
      example: "Number on the invoice.",
      aliases: ["business_definition"],
    }),
    renamed_from: key(optionalName(), { meaning: "Name that the column had before; stored rows keep their values.", source: OURS, example: "order_no" }),
  }),
  "name",
  "a column name, or {name, source}",
);

const keyColumns = () => formed(z.array(z.strictObject({ here: label(), member: optionalLabel() })), {
  canonical: (written) => {
    if (isText(written)) return [{ here: written }];
    if (Array.isArray(written)) return written.map((one: unknown) => (isText(one) ? { here: one } : one));
    return isMapping(written) ? Object.entries(written).map(([here, member]) => ({ here, member })) : written;
  },
  written: [{ type: "string" }, { type: "array", items: { type: "string" } }, { type: "object", additionalProperties: { type: "string" } }],
  expects: "a column, a list of columns, or {here: member}",
});

const asOf = () => orText(
  z.strictObject({
    column: key(optionalLabel(), {
      meaning: "Column whose time picks the version.",
      source: OURS,
      example: "ordered_at",
      fallback: "event_time",
    }),
    dates: key(optional(choice(["end_of_day", "start_of_day"])), {
      meaning: "Which moment of the day a date means.",
      source: OURS,
      example: "start_of_day",
      fallback: "end_of_day",
    }),
  }),
  "column",
  "a column, or {column, dates}",
);

const foreignKey = () => orText(
  z.strictObject({
    dimension: key(label(), { meaning: "The dimension.", source: SEED, example: "dim_customer", aliases: ["name"] }),
    on: key(keyColumns().default([]), {
      meaning: "Columns of the row that hold the member's natural key.",
      source: OURS,
      example: "customer_id",
      fallback: "what the contracts' references or equal names say",
    }),
    role: key(optionalName(), {
      meaning: "Name of the role, where a dimension occurs several times.",
      source: KIMBALL,
      example: "ship_date",
    }),
    as_of: key(optional(asOf()), {
      meaning: "Which version of a Type 2 member the row points to.",
      source: "Kimball, chapter 19",
      example: "{column: order_date, dates: end_of_day}",
      fallback: "the version at event_time",
    }),
    early_arriving: key(optional(choice(["first_version", "unknown"])), {
      meaning: "What a row gets that is older than the first version.",
      source: "guide: late-arriving data",
      example: "first_version",
      fallback: "unknown",
    }),
    renamed_from: key(optionalName(), { meaning: "Key column that it was before another role; stored rows keep their values.", source: OURS, example: "order_date_key" }),
  }),
  "dimension",
  "a dimension, or {dimension, on, role}",
);

const modelContract = () => z.strictObject({
  enforced: key(optional(z.boolean()), {
    meaning: "Whether dbt enforces columns and types.",
    source: "dbt model contracts",
    example: "true",
    fallback: "true",
  }),
  version: key(optional(z.int().positive()), { meaning: "Number of the contract, for those who read the fact: in dbt as meta.contract_version, and in the data dictionary. Versions beside each other are for marts (earlier_versions).", source: "dbt model contracts", example: "1" }),
});

/** A fact table: one business process at one grain. Columns bear their staging names. */
export const fact = once(() => z.strictObject({
  name: key(name(), {
    meaning: "Name of the business process; fact_orders, fct_orders and orders are the same.",
    source: SEED,
    example: "fact_orders",
  }),
  grain: key(optionalProse(), { meaning: "What one row is.", source: SEED, example: "order line" }),
  grain_statement: key(optionalProse(), {
    meaning: "The grain as a sentence.",
    source: SEED,
    example: "One row per line of an order at the time of the order",
  }),
  measures: key(list(measure), {
    meaning: "What is measured.",
    source: SEED,
    example: "[{name: sales_amount, type: additive, aggregation: SUM}]",
  }),
  degenerate_dimensions: key(list(degenerate()), {
    meaning: "Identifiers that are kept in the fact.",
    source: SEED,
    example: "[order_number]",
  }),
  foreign_keys: key(list(foreignKey()), {
    meaning: "The dimensions the fact points to. A roll-up takes keys over from its source, or looks members up by columns of its own rows.",
    source: SEED,
    example: "[dim_customer, {dimension: dim_date, role: order_date}]",
    aliases: ["dimensions"],
  }),
  source: key(optionalLabel(), {
    meaning: "Contract that the rows come from, or another fact to be rolled up. A roll-up may name attributes over the foreign keys of that fact wherever it names columns (dim_item.category).",
    source: OURS,
    example: "shop.orders",
  }),
  joins: key(list(join), {
    meaning: "Further contracts; a join is allowed only where it cannot multiply rows. A roll-up joins by the columns that its source keeps; what belongs to its grain (the freight of an order) is taken once, not once for each row of the source.",
    source: OURS,
    example: "[shop.order_headers]",
  }),
  where: key(optional(sql()), { meaning: "Which rows count.", source: OURS, example: "status <> 'draft'" }),
  grain_key: key(labels(), {
    meaning: "Columns that identify a row.",
    source: OURS,
    example: "[order_id, line_number]",
    fallback: "the source's primary key",
  }),
  fact_type: key(
    optional(
      choice(["transaction", "periodic_snapshot", "accumulating_snapshot", "factless"], {
        accumulating: "accumulating_snapshot",
        periodic: "periodic_snapshot",
      }),
    ),
    { meaning: "Kind of fact table.", source: KIMBALL, example: "transaction", fallback: "transaction; factless without measures" },
  ),
  event_time: key(optional(sql()), {
    meaning: "When it happened: a column or an expression.",
    source: "guide: timezone traps",
    example: "ordered_at",
  }),
  period: key(optional(choice(["day", "week", "month"])), { meaning: "Period of a periodic snapshot.", source: KIMBALL, example: "day" }),
  entity: key(optionalLabel(), { meaning: "Dimension that a periodic snapshot is about.", source: KIMBALL, example: "dim_product" }),
  through: key(optional(choice(["latest_row", "run"])), {
    meaning:
      "What closes the last period of a periodic snapshot: a row of a later period, or the day that the run stands for (settings.as_of_run: logical_date).",
    source: OURS,
    example: "run",
    fallback: "latest_row",
  }),
  absent: key(optional(absent()), {
    meaning: "What readings are in a period without one: the last one, or zero.",
    source: "Kimball, chapter 4",
    example: "carry_forward",
  }),
  milestones: key(list(milestone), {
    meaning: "Steps of an accumulating snapshot in their order; each gets a date key in its role (shipped_date_key) and keeps its time.",
    source: KIMBALL,
    example: "[{name: ordered, source: ordered_at}, {name: shipped, source: shipped_at, lag: days}]",
  }),
  milestone_events: key(optional(milestoneEvents), {
    meaning:
      "Where milestones are rows and not columns: the source has one row for each event, and grain_key says which belong together. Each milestone names its event; its time is <name>_at (or <name>_on, a date).",
    source: "Kimball, chapter 4",
    example: "{type: event_type, time: happened_at, by: [event_number]}",
  }),
  milestone_order: key(optional(choice(["warn", "fail"])), {
    meaning: "What rows do whose milestones are out of order.",
    source: OURS,
    example: "fail",
    fallback: "warn",
  }),
  load: key(optional(load), {
    meaning: "How the table is loaded.",
    source: "guide, phase 3: load strategy decision",
    example: "{strategy: truncate-reload}",
  }),
  description: key(optionalProse(), { meaning: "What the table holds.", source: OURS, example: "Lines of all orders since 2014." }),
  domain: key(optionalName(), { meaning: "Business domain; names the folder.", source: OURS, example: "sales", fallback: "core" }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: OURS, example: "sales-analytics" }),
  exposures: key(list(exposure), {
    meaning: "Dashboards and applications that use it.",
    source: "dbt exposures",
    example: "[{name: sales_overview, type: dashboard}]",
  }),
  contract: key(optional(modelContract()), {
    meaning: "Contract of the dbt model.",
    source: "dbt model contracts",
    example: "{enforced: true}",
  }),
  renamed_from: key(optionalLabel(), { meaning: "Former name.", source: OURS, example: "fct_sales" }),
}));
