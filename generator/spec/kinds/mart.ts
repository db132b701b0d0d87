import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { orText, sql } from "../shape/forms.ts";
import { choice, day, label, labels, list, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";
import { aggregation } from "./measure.ts";
import { exposure } from "./rows.ts";

const OURS = "dps-gen";
const BRIDGE = "Kimball, chapter 8: multivalued dimension bridge";
const VERSIONS = "dbt model versions";
const NAMING = "guide, phase 2: naming conventions";

const group = () => orText(
  z.strictObject({
    column: key(label(), {
      meaning: "Attribute, natural key, date role and part, or degenerate dimension.",
      source: OURS,
      example: "order_date.month",
      aliases: ["attribute"],
    }),
    as: key(optionalName(), { meaning: "Name of the column in the mart.", source: OURS, example: "month" }),
    renamed_from: key(optionalName(), { meaning: "Name that the column had before.", source: OURS, example: "order_month" }),
  }),
  "column",
  "a column, or {column, as}",
);

const measure = () => orText(
  z.strictObject({
    name: key(name(), { meaning: "Name in the mart.", source: OURS, example: "sales_amount" }),
    source: key(optionalLabel(), {
      meaning: "Measure of the fact.",
      source: OURS,
      example: "fct_orders.sales_amount",
      aliases: ["measure"],
      fallback: "the measure of the same name",
    }),
    expression: key(optional(sql()), {
      meaning: "SQL over other measures of the mart and its groups, after they are aggregated: a difference or quotient of measures, of several facts too. Another expression that it names must stand above.",
      source: "Kimball, chapter 4: drilling across",
      example: "interest_income - interest_expense",
      aliases: ["expr", "raw_sql"],
    }),
    type: key(optionalLabel(), { meaning: "Type of the expression, where it must be stated (raw SQL).", source: OURS, example: '"decimal(18,2)"', aliases: ["data_type"] }),
    aggregation: key(optional(aggregation()), {
      meaning: "How it is aggregated.",
      source: OURS,
      example: "SUM",
      aliases: ["agg"],
      fallback: "as the fact says",
    }),
    where: key(optional(sql()), {
      meaning: "Which rows it counts: a condition on columns of its fact and on what by can name. A balance is closed by the dates of these rows.",
      source: OURS,
      example: "dim_product.category = 'Tea'",
    }),
    weighted: key(optional(z.boolean()), {
      meaning: "Through a bridge: false counts a row in full for every member (an impact figure, which does not add up over them).",
      source: "Kimball, chapter 8: impact report",
      example: "false",
      fallback: "every member counts with its share",
    }),
    description: key(optionalProse(), {
      meaning: "What it means here.",
      source: OURS,
      example: "Revenue of large orders.",
      aliases: ["business_definition"],
    }),
    renamed_from: key(optionalName(), { meaning: "Name that the measure had before.", source: OURS, example: "revenue" }),
  }),
  "name",
  "the name of a measure, or {name, source, where}, or {name, expression}",
);

const through = () => orText(
  z.strictObject({
    bridge: key(name(), { meaning: "Name of the bridge; a fact needs a key to its group, or to its hierarchy.", source: BRIDGE, example: "account_holders" }),
    level: key(optional(z.int().positive()), {
      meaning: "Of a hierarchy: the level to count by, 1 at the top. What lies higher counts for itself, so nothing is lost.",
      source: "Kimball, chapter 7: ragged hierarchy bridge",
      example: "2",
      fallback: "every level: a row counts for each member above it",
    }),
    role: key(optionalName(), { meaning: "Which of the fact's keys leads there, where there are several.", source: "Kimball, chapter 6", example: "sending" }),
  }),
  "bridge",
  "the name of a bridge, or {bridge, level, role}",
);

const rolling = () => z.strictObject({
  over: key(label(), { meaning: "Column of the mart that holds the period.", source: OURS, example: "date" }),
  periods: key(z.int().positive().max(10_000), { meaning: "How many periods a window has, 10000 at most.", source: OURS, example: "7" }),
  unit: key(choice(["day", "week", "month"]), { meaning: "Length of a period.", source: OURS, example: "day" }),
  measures: key(labels(), { meaning: "Measures that are rolled.", source: OURS, example: "[sales_amount]", fallback: "all" }),
});

const top = () => z.strictObject({
  by: key(label(), { meaning: "Measure that ranks.", source: OURS, example: "sales_amount" }),
  n: key(z.int().positive(), { meaning: "How many rows stay.", source: OURS, example: "10" }),
  within: key(labels(), { meaning: "Columns inside whose values it is ranked.", source: OURS, example: "[category]" }),
});

/** What decides the rows and columns of a mart, but for its facts. */
const definition = once(() => ({
  by: key(list(group()), {
    meaning: "What a row is.",
    source: OURS,
    example: "[dim_customer.country, order_date.month]",
    aliases: ["group_by"],
  }),
  through: key(list(through()), {
    meaning: "Bridges by which its facts reach what they have several of: by: may then name attributes of the members, or of those above, under the bridge's name.",
    source: BRIDGE,
    example: "[account_holders]",
  }),
  measures: key(list(measure()), { meaning: "Measures of the facts, and what is worked out from them.", source: OURS, example: "[sales_amount]" }),
  where: key(optional(sql()), {
    meaning:
      "Which rows of the facts count: a condition on their columns and on what by can name (an attribute is that of the version a row points to). It comes before rolling and top; every fact of a drill-across must have what it names. With include, conditions on that dimension alone also decide which members stay; all others are about facts and drop no member.",
    source: OURS,
    example: "dim_customer.country = 'NO' and order_date.year = 2026",
  }),
  rolling: key(optional(rolling()), {
    meaning: "Windows over the last periods.",
    source: "guide, phase 7: window functions",
    example: "{over: date, periods: 7, unit: day, measures: [sales_amount]}",
  }),
  include_deleted: key(optional(z.boolean()), {
    meaning: "Whether rows count that are marked deleted in a fact loaded by soft_delete; is_deleted and deleted_at are columns of such a fact.",
    source: OURS,
    example: "true",
    fallback: "false",
  }),
  include: key(optionalLabel(), {
    meaning: "Dimension whose members stay even without facts, as they are now.",
    source: "Kimball, chapter 3",
    example: "dim_customer",
  }),
  top: key(optional(top()), {
    meaning: "Only the first rows of a ranking.",
    source: OURS,
    example: "{by: sales_amount, n: 10, within: [category]}",
  }),
}));

const earlier = () => z.strictObject({
  version: key(z.int().positive(), { meaning: "Number of the version.", source: VERSIONS, example: "1" }),
  deprecation_date: key(day(), { meaning: "Day from which it may go.", source: VERSIONS, example: "2027-03-31" }),
  from: key(labels(), { meaning: "Its facts.", source: VERSIONS, example: "fct_orders", fallback: "those of the mart" }),
  ...definition(),
});

/** A mart: facts aggregated for a reader. */
export const mart = once(() => z.strictObject({
  name: key(name(), { meaning: "mrt_<domain>_<metric>; the prefix may be left off.", source: NAMING, example: "mrt_sales_daily" }),
  from: key(z.array(label()).min(1), {
    meaning: "The fact, or several with shared dimensions (drill across).",
    source: "Kimball, chapter 4",
    example: "fct_orders",
  }),
  ...definition(),
  description: key(optionalProse(), { meaning: "What the mart answers.", source: OURS, example: "Sales per day." }),
  domain: key(optionalName(), { meaning: "Business domain; names the folder.", source: OURS, example: "sales", fallback: "core" }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: OURS, example: "sales-analytics" }),
  exposures: key(list(exposure), {
    meaning: "Dashboards and applications that use it.",
    source: "dbt exposures",
    example: "[{name: sales_overview}]",
  }),
  version: key(optional(z.int().positive()), { meaning: "Number of this version, the latest, where there are earlier ones.", source: VERSIONS, example: "2" }),
  earlier_versions: key(list(earlier()), {
    meaning: "Versions that are still built beside this one (mrt_sales_daily_v1), each as a whole, until their consumers have moved.",
    source: VERSIONS,
    example: "[{version: 1, deprecation_date: 2027-03-31, by: [order_date.month], measures: [sales_amount]}]",
  }),
  renamed_from: key(optionalLabel(), { meaning: "Former name.", source: OURS, example: "mrt_revenue_daily" }),
}));
