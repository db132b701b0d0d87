import * as z from "zod";

import { ambiguousText } from "../document.ts";
import { formed, spelled, squeeze } from "./facts.ts";

/** The rule for everything that dps-gen creates; ASCII only, so that no database folds two names into one. */
export const NAME_RULE = "lower-case letters, digits and underscores, starting with a letter";

const NAME = /^[a-z][a-z0-9_]*$/;
const DOTTED = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/;

// Each key has a schema of its own, which is quicker copied than made.
const PROSE = z.string();
const LABEL = z
  .string()
  .min(1)
  .max(1000)
  .regex(/^[^{}\n]*$/, { error: "it must be on one line and hold no brace" });
const URL_LABEL = LABEL.regex(/^(?:https?:\/\/|mailto:)[^\s<>"'`\\]+$/i, { error: "write an address that starts with https:// or http://, without blanks, quotes and angle brackets" });
const CREATED = z.string().max(200).regex(NAME, { error: NAME_RULE });
const TABLE = z
  .string()
  .max(200)
  .regex(DOTTED, { error: `<source>.<table>, each of ${NAME_RULE}; a table that is called otherwise in the source says so by physical: {table: …}` });
const PHYSICAL = z
  .string()
  .min(1)
  .max(255)
  .regex(/^[^"'`\\{}\n\t]*$/, { error: "a physical name may not hold quotes, backslashes, braces or line breaks" });

/** Prose: any text; it comes out literally everywhere. */
export function prose() {
  return PROSE.clone();
}

/** A short text on one line without braces: owners, channels, schedules, references. Nothing downstream may take it for a template. */
export function label() {
  return LABEL.clone();
}

/** An address that a page may link to: nothing that a browser would run. */
export function url() {
  return URL_LABEL.clone();
}

/** The name of something that we create. */
export function name() {
  return CREATED.clone();
}

/** The name of a source table: `shop.orders`, or `orders` where the source is named by another key. */
export function tableName() {
  return TABLE.clone();
}

/** A name that a source system chose: nearly anything, but nothing that ends a quoted identifier or opens a template. */
export function physicalName() {
  return PHYSICAL.clone();
}

/** A day as `2026-11-01`; need not be quoted. */
export function day() {
  return z.iso.date();
}

/** A number kept as the text it was written in, so that no digit is lost. */
export function digits() {
  return formed(z.string().regex(/^[-+]?(?:[0-9]+(?:\.[0-9]+)?|\.[0-9]+)$/, { error: "write a plain decimal number, such as 0.01" }), {
    canonical: (written) => ambiguousText(written) ?? written,
    written: [{ type: "number" }],
    expects: "a number",
  });
}

/** A number of at least 0. */
export function amount() {
  return z.number().nonnegative();
}

/** A whole number of at least 0. */
export function count() {
  return z.int().nonnegative();
}

/** One of some words, read tolerantly: case, spaces, hyphens and a remark in parentheses do not matter. `also` are further spellings. */
export function choice<const Values extends readonly [string, ...string[]]>(
  values: Values,
  also: { readonly [spelling: string]: Values[number] } = {},
) {
  const known = new Map<string, string>(values.map((value) => [squeeze(value), value]));
  for (const [spelling, value] of Object.entries(also)) known.set(squeeze(spelling), value);
  return spelled(z.enum(values), known);
}

/** One of some numbers, read also from text: `2`, `"2"`, `Type 2`. `spellings` names how each may be written. */
export function numberChoice<const Values extends readonly [number, ...number[]]>(
  values: Values,
  write: (value: number) => readonly string[],
) {
  const known = new Map<string, number>();
  for (const value of values) {
    for (const spelling of [String(value), ...write(value)]) known.set(squeeze(spelling), value);
  }
  return spelled(z.literal([...values]), known);
}

/** Not filled in is null. */
export function optional<Schema extends z.ZodType>(schema: Schema) {
  return schema.nullable().default(null);
}

/** Not filled in is false. */
export function flag() {
  return z.boolean().default(false);
}

/** Not filled in is the empty list; a lone value is a list of one. */
export function list<Schema extends z.ZodType>(schema: Schema) {
  return z.array(schema).default([]);
}
