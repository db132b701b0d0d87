import * as z from "zod";

import { data } from "../shape/data.ts";
import { isMapping } from "../document.ts";
import { formed, key, type JsonSchema } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { isText } from "../shape/forms.ts";
import { choice, optional } from "../shape/scalars.ts";

const SEED = "guide, phase 4: data contract";
const OURS = "dps-gen";

/** What happens to rows that fail a check, or whose value the cleaning or the type cannot take. */
export const onFailure = () => optional(choice(["fail", "warn", "quarantine"]));

const CHECKS = [
  "not_null",
  "unique",
  "range",
  "enum",
  "regex",
  "length",
  "relationship",
  "freshness",
  "volume",
  "distribution",
  "reconciliation",
  "custom",
] as const;

/** A check of a column or table: its type, or a mapping. */
export const check = once(() => formed(
  z.strictObject({
    type: key(
      choice(
        CHECKS,
        {
          notnull: "not_null", non_null: "not_null", no_nulls: "not_null", required: "not_null", uniqueness: "unique",
          between: "range", accepted_range: "range", min_max: "range",
          accepted_values: "enum", allowed_values: "enum", in_set: "enum", one_of: "enum", in: "enum",
          pattern: "regex", matches: "regex", string_length: "length",
          relationships: "relationship", foreign_key: "relationship", references: "relationship", referential_integrity: "relationship",
          row_count: "volume", expression: "custom", expression_is_true: "custom", sql: "custom",
        },
      ),
      { meaning: "What is checked.", source: SEED, example: "range" },
    ),
    params: key(z.record(z.string(), data()).default({}), {
      meaning: "Parameters of the check, such as min and max, values or pattern. An expression names columns as the source does, at the table too.",
      source: SEED,
      example: "{min: 0, max: 100}",
    }),
    severity: key(optional(choice(["P0", "P1", "P2", "P3", "error", "warn"], { warning: "warn" })), {
      meaning: "How bad a failure is: P0 to P3, or error and warn.",
      source: "guide, phase 4: quality severity levels",
      example: "P1",
      fallback: "error",
    }),
    on_failure: key(onFailure(), { meaning: "What happens to rows that fail.", source: OURS, example: "quarantine", fallback: "fail" }),
  }),
  {
    canonical: canonicalCheck,
    written: [
      { type: "string" },
      { type: "object", minProperties: 1, maxProperties: 1, properties: Object.fromEntries(CHECKS.map((one) => [one, shortParams(one)])), additionalProperties: false },
    ],
    expects: "the type of a check, {type, params}, {range: {min: 0}} or {enum: [new, paid]}",
  },
));

/** The parameter that checks with one main parameter may leave unsaid: `enum: [new, paid]`. */
const mainParameters: ReadonlyMap<string, { readonly name: string; readonly type: "array" | "string" }> = new Map([
  ["enum", { name: "values", type: "array" }],
  ["accepted_values", { name: "values", type: "array" }],
  ["regex", { name: "pattern", type: "string" }],
  ["relationship", { name: "to", type: "string" }],
  ["custom", { name: "expression", type: "string" }],
]);

function shortParams(type: string): JsonSchema {
  const main = mainParameters.get(type);
  return { type: main === undefined ? "object" : ["object", main.type] };
}

/** `unique`, or a mapping whose only key is the type: `range: {min: 0}`, `enum: [new, paid]`. */
function canonicalCheck(written: unknown): unknown {
  if (isText(written)) return { type: written };
  if (!isMapping(written)) return written;
  const [[type, params] = ["type", null], ...more] = Object.entries(written);
  if (more.length > 0 || type === "params") return written;
  const main = mainParameters.get(type);
  if (main !== undefined && (main.type === "array" ? Array.isArray(params) : isText(params))) return { type, params: { [main.name]: params } };
  return isMapping(params) ? { type, params } : written;
}
