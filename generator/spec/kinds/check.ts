import * as z from "zod";

import { data } from "../shape/data.ts";
import { isMapping } from "../document.ts";
import { formed, key } from "../shape/facts.ts";
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
        { accepted_values: "enum", relationships: "relationship", pattern: "regex" },
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
      { type: "object", minProperties: 1, maxProperties: 1, properties: Object.fromEntries(CHECKS.map((one) => [one, { type: "object" }])), additionalProperties: false },
    ],
    expects: "the type of a check, {type, params}, or {range: {min: 0}}",
  },
));

/** `unique`, or a mapping whose only key is the type: `range: {min: 0}`. */
function canonicalCheck(written: unknown): unknown {
  if (isText(written)) return { type: written };
  if (!isMapping(written)) return written;
  const [[type, params] = ["type", null], ...more] = Object.entries(written);
  return more.length === 0 && isMapping(params) && type !== "params" ? { type, params } : written;
}
