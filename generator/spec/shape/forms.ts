import * as z from "zod";

import { isMapping } from "../document.ts";
import { formed, shared, type Form } from "./facts.ts";

/** A mapping that may be written as text alone: the text is the value of one of its keys. */
export function orText<Shape extends z.ZodRawShape>(
  schema: z.ZodObject<Shape, z.core.$strict>,
  key: keyof Shape & string,
  expects: string,
) {
  const form: Form = {
    canonical: (written) => (isText(written) ? { [key]: written } : written),
    written: [{ type: "string" }],
    expects,
  };
  return formed(schema, form);
}

const EXPRESSION = z.strictObject({ kind: z.literal("expression"), sql: z.string() });
const RAW = z.strictObject({ kind: z.literal("raw"), sql: z.record(z.string(), z.string()) });
const SQL = shared(
  formed(z.discriminatedUnion("kind", [EXPRESSION, RAW]), {
    canonical: (written) => {
      if (isText(written)) return { kind: "expression", sql: String(written) };
      if (typeof written === "boolean") return { kind: "expression", sql: String(written) };
      if (!isMapping(written)) return written;
      return { kind: "raw", sql: isMapping(written["raw_sql"]) ? written["raw_sql"] : written };
    },
    written: [
      { type: ["string", "number", "boolean"] },
      {
        type: "object",
        properties: { raw_sql: { type: "object", additionalProperties: { type: "string" } } },
        additionalProperties: { type: "string" },
      },
    ],
    expects: "one SQL expression, or raw_sql with one text per warehouse",
  }),
);

/** SQL of a spec: one expression that every warehouse understands, or `raw_sql` with a text per warehouse. */
export function sql() {
  return SQL;
}

/** Whether a value was written as plain or quoted text (a number is text as it stands). */
export function isText(written: unknown): written is string | number {
  return typeof written === "string" || typeof written === "number";
}
