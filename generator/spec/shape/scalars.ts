import * as z from "zod";

import { ambiguousText } from "../document.ts";
import { formed, shared, spelled, squeeze } from "./facts.ts";

/** The rule for everything that dps-gen creates; ASCII only, so that no database folds two names into one. */
export const NAME_RULE = "lower-case letters, digits and underscores, starting with a letter";

const NAME = /^[a-z][a-z0-9_]*$/;
const DOTTED = /^[a-z][a-z0-9_]*(?:\.[a-z][a-z0-9_]*)?$/;

const PROSE = shared(z.string());
const LABEL = shared(
  z
    .string()
    .min(1)
    .max(1000)
    .regex(/^[^{}\n]*$/, { error: "it must be on one line and hold no brace" }),
);
const URL_LABEL = shared(LABEL.regex(/^(?:https?:\/\/|mailto:)[^\s<>"'`\\]+$/i, { error: "write an address that starts with https:// or http://, without blanks, quotes and angle brackets" }));
const CREATED = shared(z.string().max(200).regex(NAME, { error: NAME_RULE }));
const TABLE = shared(
  z
    .string()
    .max(200)
    .regex(DOTTED, { error: `<source>.<table>, each of ${NAME_RULE}` }),
);
const SOURCE_COLUMN = shared(
  z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^\n\t]*$/, { error: "it must be on one line, without tabs" }),
);
const PHYSICAL = shared(
  z
    .string()
    .min(1)
    .max(255)
    .regex(/^[^"'`\\{}\n\t]*$/, { error: "a physical name may not hold quotes, backslashes, braces or line breaks" }),
);
const DAY = shared(z.iso.date());
const FLAG = shared(z._default(z.boolean(), false));
const OPTIONAL_PROSE = shared(optional(PROSE));
const OPTIONAL_LABEL = shared(optional(LABEL));
const OPTIONAL_NAME = shared(optional(CREATED));
const LABELS = shared(list(LABEL));

/** Prose: any text; it comes out literally everywhere. */
export function prose() {
  return PROSE;
}

/** A short text on one line without braces: owners, channels, schedules, references. Nothing downstream may take it for a template. */
export function label() {
  return LABEL;
}

/** An address that a page may link to: nothing that a browser would run. */
export function url() {
  return URL_LABEL;
}

/** The name of something that we create. */
export function name() {
  return CREATED;
}

/** The name of a source table: `shop.orders`, or `orders` where the source is named by another key. */
export function tableName() {
  return TABLE;
}

/** What a source calls one of its columns: any text on one line. Where it must be quoted in SQL, the linker looks at it. */
export function sourceColumn() {
  return SOURCE_COLUMN;
}

/** A name of a table, schema or database that a source system chose: nearly anything, but nothing that ends a quoted identifier or opens a template. */
export function physicalName() {
  return PHYSICAL;
}

/** A day as `2026-11-01`; need not be quoted. */
export function day() {
  return DAY;
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
  // Methods of a schema are made for each schema that is asked for one.
  return z._default(z.nullable(schema), null);
}

/** Not filled in is false. */
export function flag() {
  return FLAG;
}

/** Not filled in is the empty list; a lone value is a list of one. */
export function list<Schema extends z.ZodType>(schema: Schema) {
  return z._default(z.array(schema), []);
}

/** Prose, or null where it is not filled in. */
export function optionalProse() {
  return OPTIONAL_PROSE;
}

/** A short text, or null where it is not filled in. */
export function optionalLabel() {
  return OPTIONAL_LABEL;
}

/** Short texts; not filled in is none, and a lone one a list of one. */
export function labels() {
  return LABELS;
}

/** A name that we create, or null where it is not filled in. */
export function optionalName() {
  return OPTIONAL_NAME;
}
