import * as z from "zod";

import { isMapping } from "../document.ts";
import { formed, key, squeeze } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { isText } from "../shape/forms.ts";
import { choice, digits, prose } from "../shape/scalars.ts";

const SOURCE = "dps-gen; guide, phase 3: clean and conform";

const EPOCH_UNITS = ["days", "seconds", "milliseconds", "microseconds", "nanoseconds"] as const;

const simple = () => z.strictObject({ kind: z.enum(["trim", "squeeze", "lower", "upper"]) });
const nullif = () => z.strictObject({
  kind: z.literal("nullif"),
  values: key(z.array(prose()).min(1), {
    meaning: "Texts that mean: no value.",
    source: SOURCE,
    example: '["N/A", ""]',
    aliases: ["nullif"],
    empty: "is a value",
  }),
});
const map = () => z.strictObject({
  kind: z.literal("map"),
  values: key(z.record(z.string(), z.union([z.string(), z.number(), z.boolean()])), { meaning: "What each text becomes; may stand under map itself: {map: {A: active}, else: keep}.", source: SOURCE, example: '{"1": active, "2": closed}', aliases: ["map"] }),
  else: key(choice(["keep", "null", "fail"]).default("fail"), {
    meaning: "What happens to a text that is not listed; stands beside map (then all in map are texts), or in it.",
    source: SOURCE,
    example: "keep",
  }),
});
const replace = () => z.strictObject({
  kind: z.literal("replace"),
  search: key(z.string().min(1), { meaning: "Text to look for.", source: SOURCE, example: '","', aliases: ["from"] }),
  by: key(z.string(), {
    meaning: "Text that takes its place.",
    source: SOURCE,
    example: '"."',
    aliases: ["to", "with"],
    empty: "is a value",
  }),
});
const parse = () => z.strictObject({
  kind: z.literal("parse"),
  format: key(prose(), {
    meaning: "Format of a date or time, with the letters of strftime; YYYY-MM-DD HH24:MI:SS and its like are read, too.",
    source: SOURCE,
    example: '"%d/%m/%Y"',
    aliases: ["parse"],
  }),
});
const epoch = () => z.strictObject({
  kind: z.literal("epoch"),
  unit: key(choice(EPOCH_UNITS, { day: "days", s: "seconds", ms: "milliseconds", us: "microseconds", ns: "nanoseconds" }), {
    meaning: "What a number counts since 1970-01-01 in UTC: days make a date, all others a timestamp.",
    source: SOURCE,
    example: "milliseconds",
    aliases: ["epoch"],
  }),
});
const scale = () => z.strictObject({
  kind: z.literal("scale"),
  factor: key(digits(), {
    meaning: "Factor the number is multiplied by; 0.01 turns cents into units.",
    source: SOURCE,
    example: "0.01",
    aliases: ["scale"],
  }),
});
const json = () => z.strictObject({
  kind: z.literal("json"),
  path: key(prose(), { meaning: "Path of the value inside a JSON text.", source: SOURCE, example: "$.address.city", aliases: ["json"] }),
});
const fallback = () => z.strictObject({
  kind: z.literal("default"),
  value: key(z.union([z.string(), z.number(), z.boolean()]), {
    meaning: "Value that takes the place of NULL.",
    source: SOURCE,
    example: "unknown",
    aliases: ["default"],
    empty: "is a value",
  }),
});

const STEPS = ["trim", "squeeze", "lower", "upper", "nullif", "map", "replace", "parse", "epoch", "scale", "json", "default"];

const EXPRESSION = "write it as expression: of an attribute, a measure or a degenerate dimension. ";
const PARSE = "write parse: \"%d/%m/%Y\", or nothing for ISO dates, which the column's type reads. ";
const DEFAULT = "write default: 0. ";
const SCALE = "write scale: 0.01 for a hundredth. ";

/** How to state what other tools do to a column by a word of their own. */
export const otherSteps = {
  strip: "write trim. ",
  null_if: "write nullif: [\"N/A\", \"\"]. ",
  coalesce: DEFAULT,
  fillna: DEFAULT,
  fill: DEFAULT,
  ifnull: DEFAULT,
  to_date: PARSE,
  to_timestamp: PARSE,
  parse_date: PARSE,
  strptime: PARSE,
  date_format: PARSE,
  format: PARSE,
  divide: SCALE,
  multiply: SCALE,
  cast: "state type: of the column, to which what the steps leave is cast. ",
  type: "state type: of the column, to which what the steps leave is cast. ",
  lpad: EXPRESSION,
  initcap: EXPRESSION,
  title: EXPRESSION,
  round: EXPRESSION,
  substring: EXPRESSION,
  regexp_replace: EXPRESSION,
  split_part: EXPRESSION,
  expression: EXPRESSION,
} as const;

/** One cleaning step: a word (`trim`), or a mapping with one key (`nullif: ["N/A", ""]`). */
export const cleanStep = once(() => formed(z.discriminatedUnion("kind", [simple(), nullif(), map(), replace(), parse(), epoch(), scale(), json(), fallback()]), {
  canonical: canonicalStep,
  written: [
    { enum: STEPS.slice(0, 4) },
    {
      type: "object",
      minProperties: 1,
      maxProperties: 1,
      properties: Object.fromEntries(STEPS.slice(4).map((step) => [step, {}])),
      additionalProperties: false,
    },
    { type: "object", properties: { map: {}, else: {} }, required: ["map"], additionalProperties: false },
  ],
  expects: `one of the steps ${STEPS.join(", ")}`,
}));

function canonicalStep(written: unknown): unknown {
  if (isText(written)) return { kind: squeeze(String(written)) };
  if (!isMapping(written) || "kind" in written) return written;
  const step = Object.keys(written).find((key) => STEPS.includes(key)) ?? Object.keys(written)[0];
  if (step === undefined) return written;
  const { [step]: value, ...others } = written;
  if (step === "map") return { ...canonicalMap(value, "else" in others), ...("else" in others ? { ...others, else: others["else"] ?? "null" } : others) };
  if (step === "replace") return isMapping(value) ? { kind: step, ...value, ...others } : { kind: step, search: value, ...others };
  return STEPS.indexOf(step) > 3 ? { kind: step, [step]: value, ...others } : { kind: step, ...others };
}

/**
 * `map: {values: {a: b}, else: keep}`; without `values` the texts stand there themselves: `map: {a: b}`. Where `else` stands
 * beside `map`, all in it are texts.
 */
function canonicalMap(value: unknown, isElseBeside: boolean): object {
  if (!isMapping(value)) return { kind: "map", values: value };
  if (isElseBeside) return { kind: "map", values: Object.keys(value).length === 1 && isMapping(value["values"]) ? value["values"] : value };
  const { else: otherwise, ...texts } = value;
  const rest = otherwise === undefined ? {} : { else: otherwise ?? "null" };
  const isLong = Object.keys(texts).length === 0 || Object.values(texts).some(isMapping);
  return isLong ? { kind: "map", ...texts, ...rest } : { kind: "map", values: texts, ...rest };
}
