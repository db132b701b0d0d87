import * as z from "zod";

import { isMapping } from "../document.ts";
import { formed, key, squeeze } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { isText, orText, sql } from "../shape/forms.ts";
import { choice, day, flag, label, labels, list, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";
import { history } from "./history.ts";
import { memberLoad } from "./load.ts";
import { join } from "./rows.ts";
import { scdType, typesMadeOfOthers } from "./scd-type.ts";

const SEED = "guide, phase 2: dimensional model";
const SCD = "guide, phase 2: SCD types; Kimball, chapter 5";
const OURS = "dps-gen";
const OUTRIGGER = "Kimball, chapter 3: outrigger dimension";
const MINI = "Kimball, chapter 5: mini-dimension";

const attribute = once(() => orText(
  z.strictObject({
    name: key(name(), { meaning: "Name of the attribute.", source: SEED, example: "country" }),
    source: key(optionalLabel(), {
      meaning: "Column it comes from: column, or contract.column.",
      source: SEED,
      example: "shop.addresses.country",
      aliases: ["column"],
      fallback: "the column of the same name",
    }),
    expression: key(optional(sql()), {
      meaning: "SQL over source columns, evaluated after the joins.",
      source: OURS,
      example: "upper(country)",
      aliases: ["expr", "raw_sql"],
    }),
    bands: key(list(z.union([z.number(), z.string()])), {
      meaning: "Limits that turn a number or a date into bands: below the first, from each to below the next, from the last on.",
      source: "Kimball, chapter 5: mini-dimension",
      example: "[20000, 50000, 100000]",
    }),
    scd_type: key(optional(scdType()), {
      meaning: "How its changes are kept: 0 the first value, 1 overwritten, 2 in versions, 3 with the value before, 4 in versions in a table beside (<dimension>_history), 6 in versions with the value of today.",
      source: SCD,
      example: "2",
      instead: typesMadeOfOthers,
      fallback: "the dimension's type",
    }),
    previous_as: key(optionalName(), {
      meaning: "Column for the value before the last change (Type 3).",
      source: "Kimball, chapter 5: Type 3",
      example: "prior_region",
      fallback: "previous_<name>",
    }),
    current_as: key(optionalName(), {
      meaning: "Column for the value of today in every version (Type 6).",
      source: "Kimball, chapter 5: Type 6",
      example: "city_today",
      fallback: "current_<name>",
    }),
    description: key(optionalProse(), {
      meaning: "What it means.",
      source: OURS,
      example: "Country of the main address.",
      aliases: ["business_definition"],
    }),
    type: key(optionalLabel(), {
      meaning: "Type of the value, where it must be stated (raw SQL).",
      source: OURS,
      example: "string",
      aliases: ["data_type"],
    }),
    unit: key(optionalLabel(), { meaning: "Unit of a number.", source: OURS, example: "kg" }),
    since: key(optional(day()), {
      meaning: "Day since which the column exists; earlier versions hold NULL and it cuts none.",
      source: OURS,
      example: "2026-11-01",
    }),
    renamed_from: key(optionalName(), { meaning: "Name that the attribute had before; its stored history moves along.", source: OURS, example: "nation" }),
  }),
  "name",
  "the name of an attribute, or {name, source, …}",
));

const collapse = () => formed(
  z.discriminatedUnion("kind", [
    z.strictObject({
      kind: z.literal("keep"),
      keep: key(choice(["latest", "earliest"], { last: "latest", first: "earliest" }).default("latest"), {
        meaning: "Which of several rows with one natural key counts.",
        source: OURS,
        example: "latest",
      }),
      by: key(z.array(label()).min(1), { meaning: "Columns that order them.", source: OURS, example: "[order_date]" }),
    }),
    z.strictObject({ kind: z.literal("distinct") }),
  ]),
  {
    canonical: (written) => {
      if (isText(written)) return { kind: squeeze(String(written)) };
      return isMapping(written) && !("kind" in written) ? { kind: "keep", ...written } : written;
    },
    written: [
      { enum: ["distinct"] },
      {
        type: "object",
        properties: { keep: { enum: ["latest", "earliest"] }, by: { type: ["string", "array"] } },
        required: ["by"],
        additionalProperties: false,
      },
    ],
    expects: "distinct, or {keep: latest, by: [column]}",
  },
);

const level = () => orText(
  z.strictObject({
    level: key(label(), { meaning: "Attribute, or a part of the natural key.", source: SEED, example: "city" }),
    repeats: key(flag(), {
      meaning: "Whether its names occur under several parents (a Springfield in every state), so that they are not held to one.",
      source: OURS,
      example: "true",
    }),
  }),
  "level",
  "the name of an attribute, or {level, repeats}",
);

const memberLabel = () => z.union([z.string(), z.number(), z.boolean()]);

const outrigger = () => orText(
  z.strictObject({
    dimension: key(name(), { meaning: "The dimension that is pointed to; it has one row per member.", source: OUTRIGGER, example: "dim_country" }),
    on: key(labels(), { meaning: "Attributes of this dimension that name the member, in the order of its natural key.", source: OURS, example: "country_code", fallback: "the attributes named like its natural key" }),
    role: key(optionalName(), { meaning: "What it is for, where there are several.", source: "Kimball, chapter 6", example: "birth" }),
    renamed_from: key(optionalName(), { meaning: "Key column that it was before another role.", source: OURS, example: "country_key" }),
  }),
  "dimension",
  "the name of a dimension, or {dimension, on, role}",
);

const miniDimension = () => z.strictObject({
  name: key(name(), { meaning: "Name of the mini-dimension; facts may point to it. There is no renamed_from: another name is another table with another key on the facts, and a past that only a snapshot holds begins anew.", source: MINI, example: "dim_customer_profile" }),
  attributes: key(list(attribute()), {
    meaning: "Attributes that change often; every combination of their values is one row.",
    source: MINI,
    example: "[{name: income_band, source: income, bands: [20000, 50000]}]",
  }),
  description: key(optionalProse(), { meaning: "What a combination tells.", source: OURS, example: "What a customer can afford." }),
  unknown_member: key(z.record(z.string(), memberLabel()).default({}), {
    meaning: "Labels of the unknown combination, per attribute.",
    source: OURS,
    example: "{income_band: Not told}",
  }),
});

/** A dimension: who, what, where of the business. Columns bear their staging names. */
export const dimension = once(() => z.strictObject({
  name: key(name(), { meaning: "Name of the dimension; the prefix dim_ may be left off.", source: SEED, example: "dim_customer" }),
  type: key(optional(scdType()), {
    meaning: "How changes of attributes are kept that do not say it themselves: Type 0, 1, 2, 3, 4 or 6.",
    source: SCD,
    example: "Type 2",
    instead: typesMadeOfOthers,
    aliases: ["scd_type"],
    fallback: "1",
  }),
  natural_key: key(labels(), {
    meaning: "Columns that identify a member in the business.",
    source: SEED,
    example: "customer_id",
    aliases: ["natural_keys", "business_key", "business_keys"],
  }),
  surrogate_key: key(optionalName(), { meaning: "Name of the warehouse's own key; foreign keys are named after it.", source: SEED, example: "customer_key", fallback: "<entity>_key" }),
  attributes: key(list(attribute()), { meaning: "What is known about a member.", source: SEED, example: "[{name: country, scd_type: 2}]" }),
  junk: key(list(attribute()), {
    meaning: "Flags and codes of a fact's rows, gathered in place of a natural key and attributes: every combination is a row.",
    source: "Kimball, chapter 6: junk dimension",
    example: "[is_gift, channel]",
    aliases: ["flags"],
  }),
  outriggers: key(list(outrigger()), {
    meaning: "Other dimensions that members point to, by a key beside the attributes.",
    source: OUTRIGGER,
    example: "[{dimension: dim_country, on: country_code}]",
  }),
  mini_dimensions: key(list(miniDimension()), {
    meaning: "Fast-changing attributes kept apart: a row per combination of values, and a key on the fact as of the event.",
    source: MINI,
    example: "[{name: dim_customer_profile, attributes: [segment]}]",
  }),
  hierarchy: key(list(level()), { meaning: "Attributes from coarse to fine; each value has one parent, which a test holds it to.", source: SEED, example: "[country, region, city]" }),
  source: key(optionalLabel(), { meaning: "Contract that the members come from.", source: OURS, example: "shop.customers" }),
  joins: key(list(join), {
    meaning: "Further contracts; a join is allowed only where it cannot multiply rows.",
    source: OURS,
    example: "[shop.addresses]",
  }),
  where: key(optional(sql()), { meaning: "Which rows count.", source: OURS, example: "not is_test" }),
  collapse: key(optional(collapse()), {
    meaning: "How a source with several rows per natural key becomes one row.",
    source: OURS,
    example: "{keep: latest, by: [order_date]}",
  }),
  history: key(optional(history), {
    meaning: "How this dimension reads its source's history, if not as the contract says.",
    source: OURS,
    example: "{kind: change_log, effective_at: order_date, sequence: row_id}",
    fallback: "the contract's",
  }),
  deletes: key(optional(choice(["close", "ignore", "tombstone"])), {
    meaning: "What a deletion in the source does to the member.",
    source: OURS,
    example: "tombstone",
    fallback: "close",
  }),
  delete_guard: key(optional(z.union([z.number().gt(0).max(1), z.literal(false)])), {
    meaning: "Share of the members at which a run stops instead of closing those that vanished; false for no limit.",
    source: OURS,
    example: "0.2",
    fallback: "the one in settings",
  }),
  late_arriving: key(optional(choice(["unknown", "infer"])), {
    meaning: "What a fact gets whose member is not known yet: the unknown member, or a row of its own that is completed when the source brings the member (is_inferred).",
    source: "guide: late-arriving data; Kimball, chapter 19",
    example: "unknown",
    fallback: "unknown",
  }),
  first_version_from: key(optional(choice(["beginning", "first_seen"])), {
    meaning: "Since when the first version of a member holds.",
    source: OURS,
    example: "first_seen",
    fallback: "beginning",
  }),
  load: key(optional(memberLoad), { meaning: "How it is loaded.", source: OURS, example: "{strategy: merge}", fallback: "every run builds it anew" }),
  unknown_member: key(z.record(z.string(), memberLabel()).default({}), {
    meaning: "Labels of the unknown member, per attribute.",
    source: "Kimball, chapter 3",
    example: "{customer_name: Unknown customer}",
  }),
  description: key(optionalProse(), { meaning: "What a member is.", source: OURS, example: "A person or company that buys." }),
  conformed: key(flag(), { meaning: "Whether several business processes share it.", source: "Kimball, chapter 4", example: "true" }),
  domain: key(optionalName(), { meaning: "Business domain; names the folder.", source: OURS, example: "sales", fallback: "core" }),
  owner: key(optionalLabel(), { meaning: "Team that answers for it.", source: OURS, example: "sales-analytics" }),
  renamed_from: key(optionalLabel(), { meaning: "Former name, so that history moves along.", source: OURS, example: "dim_client" }),
}));
