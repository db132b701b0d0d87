import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { flag, label, labels, list, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";

const OURS = "dps-gen";
const CONTRACT = "dbt model contracts";

const column = () => z.strictObject({
  name: key(name(), { meaning: "Name of the column.", source: CONTRACT, example: "order_id", aliases: ["column"] }),
  type: key(label(), { meaning: "Its type, as in a contract.", source: CONTRACT, example: '"decimal(18,2)"', aliases: ["data_type"] }),
  nullable: key(optional(z.boolean()), { meaning: "Whether NULL may occur.", source: OURS, example: "false", fallback: "true; false for a primary key" }),
  description: key(optionalProse(), { meaning: "What the column holds.", source: "dbt", example: "Number of the order." }),
  unit: key(optionalLabel(), { meaning: "Unit of a number.", source: OURS, example: "USD" }),
  pii: key(flag(), { meaning: "Whether it holds personal data.", source: OURS, example: "true" }),
});

const promise = () => z.strictObject({
  enforced: key(z.boolean().default(true), { meaning: "Whether dbt holds the model to exactly these columns and types.", source: CONTRACT, example: "false" }),
});

/** A dbt model that somebody writes by hand beside the generated ones: what it promises, so that dimensions and facts can be made of it. */
export const handWritten = once(() => z.strictObject({
  name: key(name(), { meaning: "Name of the dbt model, and of its file. Dimensions, facts and joins read it as ref.<name>.", source: OURS, example: "int_order_margins" }),
  columns: key(list(column()), { meaning: "All columns it has.", source: CONTRACT, example: "[{name: order_id, type: integer}]" }),
  primary_key: key(labels(), { meaning: "Columns that identify a row; tested.", source: OURS, example: "[order_id]" }),
  reads: key(labels(), { meaning: "The contracts and hand-written models that it is made of, so that pipelines build them before it.", source: OURS, example: "[shop.orders, ref.int_rates]" }),
  contract: key(promise().prefault({}), { meaning: "How far dbt holds it to its columns.", source: CONTRACT, example: "{enforced: false}" }),
  description: key(optionalProse(), { meaning: "What a row is.", source: "dbt", example: "One row per order, with its margin." }),
  domain: key(optionalName(), { meaning: "Business domain; names the folder, dbt/models/intermediate/<domain>/.", source: OURS, example: "sales", fallback: "core" }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: OURS, example: "finance" }),
}));
