import * as z from "zod";

import { isMapping } from "../document.ts";
import { formed, key } from "../shape/facts.ts";
import { isText, sql } from "../shape/forms.ts";
import { choice, label, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";

const SEED = "guide, phase 2: dimensional model";
const OURS = "dps-gen";

const additivities = choice(["additive", "semi_additive", "non_additive"], { semiadditive: "semi_additive", nonadditive: "non_additive" });

/** How a measure is aggregated by default. */
export const aggregation = () =>
  choice(["sum", "avg", "median", "min", "max", "count", "count_distinct"], {
    average: "avg",
    mean: "avg",
    minimum: "min",
    maximum: "max",
    "distinct count": "count_distinct",
  });

/** What a periodic snapshot holds in a period without a row. */
export const absent = () => choice(["carry_forward", "zero"], { carry: "carry_forward", last: "carry_forward" });

const ratio = z.strictObject({
  numerator: key(label(), { meaning: "Measure above the line.", source: OURS, example: "profit_amount" }),
  denominator: key(label(), { meaning: "Measure below the line.", source: OURS, example: "sales_amount" }),
});

const shape = z.strictObject({
  name: key(name(), { meaning: "Name of the measure.", source: SEED, example: "sales_amount" }),
  additivity: key(optional(additivities), {
    meaning:
      "Over which dimensions it may be summed: all (additive), all but time (semi-additive), none (non-additive). The template writes it as type.",
    source: SEED,
    example: "additive",
  }),
  aggregation: key(optional(aggregation()), {
    meaning: "SUM, AVG, MEDIAN, COUNT, MIN, MAX or COUNT DISTINCT. A median of an even number of values is the middle of the two in between.",
    source: SEED,
    example: "SUM",
    aliases: ["agg"],
  }),
  business_definition: key(optionalProse(), {
    meaning: "What it means to the business.",
    source: SEED,
    example: "Revenue after discount.",
  }),
  description: key(optionalProse(), {
    meaning: "A remark for those who query it.",
    source: OURS,
    example: "In the currency of the shop.",
  }),
  source: key(optionalLabel(), {
    meaning: "Column it comes from.",
    source: OURS,
    example: "amount",
    aliases: ["column"],
    fallback: "the column of the same name",
  }),
  expression: key(optional(sql()), {
    meaning: "SQL over columns, earlier measures and attributes of the version that the row points to. In a roll-up: over the rows of its source, before they are aggregated, or over measures of its own.",
    source: OURS,
    example: "quantity * dim_product.price",
    aliases: ["expr", "raw_sql"],
  }),
  where: key(optional(sql()), { meaning: "Which rows it counts; it may name what expression can.", source: OURS, example: "dim_product.category = 'Tea'" }),
  unit: key(optionalLabel(), { meaning: "Unit of the number.", source: OURS, example: "USD" }),
  type: key(optionalLabel(), {
    meaning: "Type of the value, where it must be stated (raw SQL). Write it as data_type, or as type beside additivity.",
    source: OURS,
    example: '"decimal(18,2)"',
    aliases: ["data_type"],
  }),
  over: key(z.record(z.string(), choice(["last", "first", "avg", "min", "max"], { average: "avg" })).default({}), {
    meaning: "How a semi-additive measure is aggregated over a date role. The first and last values are those of the first and last day of the period of a mart; the average is the sum of all its days divided by how many they are; the least and greatest are those of a day of the group. In a periodic snapshot the days of a period are the same for all groups, in other facts each group has days of its own.",
    source: "Kimball, chapter 4",
    example: "{date: last}",
  }),
  balance: key(optional(choice(["movements", "readings"])), {
    meaning:
      "What a balance of a periodic snapshot is worked out from: the sum of all movements up to the end of the period, or the last reading in it.",
    source: "Kimball, chapter 4",
    example: "movements",
  }),
  absent: key(optional(absent()), {
    meaning: "What a reading is in a period without one: the last one, or zero.",
    source: "Kimball, chapter 4",
    example: "carry_forward",
    fallback: "what the fact says",
  }),
  ratio: key(optional(ratio), {
    meaning: "A non-additive measure as the ratio of two additive ones.",
    source: "Kimball, chapter 2",
    example: "{numerator: profit_amount, denominator: sales_amount}",
  }),
  renamed_from: key(optionalName(), { meaning: "Name that the measure had before; stored rows keep their values.", source: OURS, example: "revenue" }),
});

/** A measure of a fact. `type` is its additivity, as in the template, unless `additivity` is given too. */
export const measure = formed(shape, {
  canonical: (written) => {
    if (isText(written)) return { name: written };
    if (!isMapping(written) || !("type" in written) || isFilled(written["additivity"])) return written;
    const { type, additivity: _unfilled, ...rest } = written;
    return { ...rest, additivity: type };
  },
  written: [{ type: "string" }],
  expects: "the name of a measure, or {name, type, aggregation, …}",
});

function isFilled(value: unknown): boolean {
  return value !== undefined && value !== null && value !== "";
}
