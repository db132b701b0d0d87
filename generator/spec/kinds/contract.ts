import * as z from "zod";

import { hinted, key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { amount, choice, flag, label, labels, list, optional, optionalLabel, optionalName, optionalProse, physicalName, sourceColumn, tableName } from "../shape/scalars.ts";
import { check, onFailure } from "./check.ts";
import { cleanStep, otherSteps } from "./clean.ts";
import { columnHints, contractHints } from "./contract-hints.ts";
import { history } from "./history.ts";

const SEED = "guide, phase 4: data contract";
const OURS = "dps-gen";
const ODCS = "dps-gen; ODCS 3";

const zone = () => z.union([
  label(),
  z.strictObject({ column: key(sourceColumn(), { meaning: "Column that holds the time zone.", source: OURS, example: "tz" }) }),
]);

const column = () => hinted(z.strictObject({
  column: key(sourceColumn(), { meaning: "Name of the column in the source.", source: SEED, example: "Order ID", aliases: ["name"] }),
  from: key(optional(sourceColumn()), {
    meaning: "Column of the source that it is read from, where several columns are taken out of one.",
    source: OURS,
    example: "payload",
    fallback: "the column of its own name",
  }),
  type: key(optionalLabel(), {
    meaning:
      "Type after cleaning: string, integer, bigint, decimal(p,s), float, boolean, date, time, timestamp (an instant), timestamp_ntz, uuid, json, binary; common SQL spellings are read.",
    source: SEED,
    example: '"decimal(18,2)"',
    aliases: ["data_type"],
  }),
  physical_type: key(optionalLabel(), { meaning: "Type before cleaning, where it differs.", source: ODCS, example: "string" }),
  nullable: key(optional(z.boolean()), {
    meaning: "Whether NULL may occur.",
    source: SEED,
    example: "false",
    fallback: "true; false for a primary key",
  }),
  description: key(optionalProse(), { meaning: "What the column holds.", source: SEED, example: "Number of the order." }),
  business_definition: key(optionalProse(), { meaning: "What it means to the business.", source: SEED, example: "Revenue before tax." }),
  pii: key(optional(z.boolean()), { meaning: "Whether it holds personal data.", source: SEED, example: "true", fallback: "false" }),
  checks: key(list(check()), { meaning: "Checks of the column.", source: SEED, example: "[{type: range, params: {min: 0}}]" }),
  primary_key: key(flag(), { meaning: "Whether it belongs to the primary key.", source: ODCS, example: "true" }),
  references: key(optionalLabel(), {
    meaning: "Column of another contract whose values it holds: joins and keys are found by it. A relationship check tests that it does.",
    source: ODCS,
    example: "shop.customers.id",
  }),
  rename: key(optionalName(), {
    meaning: "Name in staging and everywhere after it.",
    source: OURS,
    example: "customer_id",
    fallback: "the source name in snake_case",
  }),
  renamed_from: key(optionalName(), {
    meaning: "Name in staging that the column had before, so that what was stored under it moves along.",
    source: OURS,
    example: "client_id",
  }),
  classification: key(optional(choice(["public", "internal", "confidential", "restricted"])), {
    meaning: "Who may see it.",
    source: "guide, phase 6: access; ODCS 3",
    example: "confidential",
  }),
  protect: key(optional(choice(["none", "hash", "mask", "drop"])), {
    meaning: "How personal data is kept out of the warehouse.",
    source: OURS,
    example: "hash",
  }),
  unit: key(optionalLabel(), { meaning: "Unit of a number.", source: OURS, example: "USD" }),
  deprecated: key(flag(), { meaning: "Whether users should turn to another column.", source: OURS, example: "true" }),
  clean: key(z.array(cleanStep()).max(20).default([]), {
    meaning: "Cleaning steps in order, done in staging. Nothing is cleaned by default.",
    source: "guide, phase 3: clean",
    example: '[trim, {nullif: ["N/A", ""]}]',
    instead: otherSteps,
  }),
  zone: key(optional(zone()), {
    meaning: "Time zone in which a timestamp without offset was written, else settings.timezone; local for wall-clock time.",
    source: "guide: timezone traps",
    example: "Europe/Oslo",
  }),
  on_failure: key(onFailure(), {
    meaning: "What happens to rows whose value the cleaning or the type cannot take.",
    source: OURS,
    example: "quarantine",
    fallback: "fail",
  }),
}), columnHints);

const reference = () => z.strictObject({
  columns: key(z.array(sourceColumn()).min(1), {
    meaning: "Columns of this table.",
    source: OURS,
    example: "[order_id, ds]",
    aliases: ["column"],
  }),
  to: key(label(), { meaning: "The other contract.", source: OURS, example: "shop.orders" }),
  to_columns: key(list(sourceColumn()), {
    meaning: "Its columns.",
    source: OURS,
    example: "[id, ds]",
    aliases: ["to_column"],
    fallback: "its primary key",
  }),
});

const physical = () => z.strictObject({
  database: key(optional(physicalName()), { meaning: "Database of the raw table.", source: OURS, example: "raw" }),
  schema: key(optional(physicalName()), {
    meaning: "Schema of the raw table.",
    source: OURS,
    example: "landing_shop",
    fallback: "raw_<source>",
  }),
  table: key(optional(physicalName()), {
    meaning: "Name of the raw table.",
    source: OURS,
    example: "Orders",
    fallback: "the table's name",
  }),
  tables: key(list(physicalName()), {
    meaning: "Names of the raw tables, where several of one layout hold the rows: one for each year, region or shop. The column _table names the one that a row came from.",
    source: OURS,
    example: "[orders_2025, orders_2026]",
  }),
  closed: key(list(physicalName()), {
    meaning: "Those of the tables that get no more rows, so that none of theirs can be late.",
    source: OURS,
    example: "[orders_2025]",
  }),
});

const sla = () => z.strictObject({
  freshness_hours: key(optional(amount().max(87_600)), {
    meaning: "Hours after which the data is too old.",
    source: SEED,
    example: "24",
    zero: "is empty",
  }),
  availability_percent: key(optional(amount().max(100)), {
    meaning: "Promised availability.",
    source: SEED,
    example: "99.9",
    zero: "is empty",
  }),
  support_hours: key(optionalLabel(), { meaning: "When the owner answers.", source: SEED, example: "business-hours" }),
});

const deduplicate = () => z.strictObject({
  keep: key(choice(["latest", "earliest"], { last: "latest", first: "earliest" }).default("latest"), {
    meaning: "Which of several rows with one primary key stays.",
    source: OURS,
    example: "latest",
  }),
  by: key(z.array(sourceColumn()).min(1), { meaning: "Columns that order them.", source: OURS, example: "[updated_at]" }),
});

/** A data contract: what one source table promises. Columns bear their source names. */
export const contract = once(() => hinted(z.strictObject({
  name: key(optional(tableName()), { meaning: "<source>.<table>; or give source and table.", source: SEED, example: "shop.orders" }),
  source: key(optionalName(), { meaning: "The source system, where name does not hold it.", source: OURS, example: "shop" }),
  table: key(optionalName(), { meaning: "The table, where name does not hold it.", source: OURS, example: "orders" }),
  description: key(optionalProse(), { meaning: "What a row is.", source: ODCS, example: "One row per order." }),
  physical: key(physical().prefault({}), {
    meaning: "Where the raw table stands, if it bears other names.",
    source: OURS,
    example: "{schema: landing, table: Orders}",
  }),
  version: key(optionalLabel(), { meaning: "Version of the contract; quote it if it looks like 1.10.", source: SEED, example: "1.2.0" }),
  owner: key(optionalLabel(), { meaning: "Team that produces the data.", source: SEED, example: "web-shop" }),
  consumers: key(labels(), { meaning: "Teams that use it.", source: SEED, example: "[finance]" }),
  sla: key(sla().prefault({}), { meaning: "Service levels.", source: SEED, example: "{freshness_hours: 24}" }),
  schema: key(list(column()), { meaning: "The columns.", source: SEED, example: "[{column: id, type: integer}]", aliases: ["columns"] }),
  checks: key(list(check()), { meaning: "Checks of the whole table.", source: SEED, example: "[{type: volume, params: {min: 1}}]" }),
  breaking_change_policy: key(optionalLabel(), {
    meaning: "How breaking changes are announced.",
    source: SEED,
    example: "notify-30-days",
  }),
  notification_channel: key(optionalLabel(), { meaning: "Where changes are announced.", source: SEED, example: '"#order-data"' }),
  primary_key: key(list(sourceColumn()), { meaning: "Columns that identify a row.", source: ODCS, example: "[id]" }),
  references: key(list(reference()), {
    meaning: "References of several columns.",
    source: OURS,
    example: "[{columns: [order_id, ds], to: shop.orders, to_columns: [id, ds]}]",
  }),
  loaded_at: key(optional(sourceColumn()), {
    meaning: "Column that says when the row was loaded; freshness is measured on it.",
    source: "dbt",
    example: "_extracted_at",
  }),
  updated_at: key(optional(sourceColumn()), {
    meaning: "Column that says when the row was changed in the source.",
    source: OURS,
    example: "updated_at",
  }),
  deduplicate: key(optional(deduplicate()), {
    meaning: "Which row stays where the primary key occurs several times.",
    source: "guide: idempotency rules",
    example: "{keep: latest, by: [updated_at]}",
  }),
  history: key(optional(history), {
    meaning: "How history can be known.",
    source: OURS,
    example: "append_only",
    fallback: "current_state",
  }),
  renamed_from: key(optional(tableName()), { meaning: "Name that the contract had before.", source: OURS, example: "shop.purchases" }),
}), contractHints));
