import * as z from "zod";

/** A fragment of JSON Schema, as editors read it. */
export interface JsonSchema {
  readonly [keyword: string]: unknown;
}

/** What the reference page and the editor say about a key, and what the reader must know. */
export interface KeyFacts {
  readonly meaning: string;
  /** Where the key comes from: a section of the practice guide, Kimball, ODCS, or ours. */
  readonly source?: string;
  /** YAML of the value, on one line. */
  readonly example?: string;
  /** What holds where the key is not filled in, if the schema's default does not say it. */
  readonly fallback?: string;
  /** What says the same as a word, or a number, that the key does not take. */
  readonly instead?: { readonly [word: string]: string };
  /** Other spellings of the key. */
  readonly aliases?: readonly string[];
  /** 0 and "" say something here; elsewhere they mean "not filled in". */
  readonly empty?: "is a value";
  readonly zero?: "is empty";
}

/** A shorter way to write a value, and what it stands for. */
export interface Form {
  readonly canonical: (written: unknown) => unknown;
  readonly written: readonly JsonSchema[];
  /** What may be written, for error texts: "a column, or {column, dates}". */
  readonly expects: string;
}

const factsOf = new WeakMap<z.core.$ZodType, KeyFacts>();
const formOf = new WeakMap<z.core.$ZodType, Form>();
const common = new WeakSet<z.core.$ZodType>();
const hintsOf = new WeakMap<z.core.$ZodType, Readonly<Record<string, string>>>();
const spellingsOf = new WeakMap<z.core.$ZodType, ReadonlyMap<string, string | number>>();

/** Makes a schema one that many keys may have: each gets a copy, which is quicker than making it. Making schemas is a large part of a small run. */
export function shared<Schema extends z.ZodType>(schema: Schema): Schema {
  common.add(schema);
  return schema;
}

/** Describes a key of a mapping. A schema that is shared, or describes a key already, is copied. */
export function key<Schema extends z.ZodType>(schema: Schema, facts: KeyFacts): Schema {
  const described = common.has(schema) || factsOf.has(schema) ? copied(schema) : schema;
  factsOf.set(described, facts);
  return described;
}

function copied<Schema extends z.ZodType>(schema: Schema): Schema {
  const copy = z.clone(schema);
  const form = formOf.get(schema);
  const spellings = spellingsOf.get(schema);
  if (form !== undefined) formOf.set(copy, form);
  if (spellings !== undefined) spellingsOf.set(copy, spellings);
  return copy;
}

/** Lets a value be written in a shorter form. */
export function formed<Schema extends z.ZodType>(schema: Schema, form: Form): Schema {
  formOf.set(schema, form);
  return schema;
}

/** Gives an enumeration the spellings it reads besides its own. */
export function spelled<Schema extends z.ZodType>(schema: Schema, spellings: ReadonlyMap<string, string | number>): Schema {
  spellingsOf.set(schema, spellings);
  return schema;
}

/** Says of keys that a mapping does not have, but other formats do, what is written instead: `{required: "nullable: false"}`. */
export function hinted<Schema extends z.ZodType>(schema: Schema, hints: Readonly<Record<string, string>>): Schema {
  hintsOf.set(schema, hints);
  return schema;
}

/** What is written instead of a key that a mapping does not have, if it is told. Case and underscores do not matter. */
export function hintFor(schema: z.core.$ZodType, unknown: string): string | undefined {
  const folded = unknown.toLowerCase().replaceAll("_", "");
  const hints = hintsOf.get(schema) ?? {};
  return Object.keys(hints).filter((key) => key.replaceAll("_", "") === folded).map((key) => hints[key])[0];
}

/** What is known about a key of a mapping. */
export function keyFacts(schema: z.core.$ZodType): KeyFacts | undefined {
  return factsOf.get(schema);
}

/** The shorter form of a value, if it has one. */
export function shortForm(schema: z.core.$ZodType): Form | undefined {
  return formOf.get(schema);
}

/** Every spelling an enumeration reads, squeezed by `squeeze`, with the value it stands for. */
export function spellings(schema: z.core.$ZodType): ReadonlyMap<string, string | number> | undefined {
  return spellingsOf.get(schema);
}

/** A schema without `default`, `nullable` and `optional` around it. */
export function bare(schema: z.core.$ZodType): z.core.$ZodType {
  let inner = schema;
  while (
    inner instanceof z.ZodDefault ||
    inner instanceof z.ZodPrefault ||
    inner instanceof z.ZodNullable ||
    inner instanceof z.ZodOptional
  ) {
    inner = inner.unwrap();
  }
  return inner;
}

/** Case, spaces, hyphens and a remark in parentheses do not matter: `Batch (hourly+)` and `batch` are equal. */
export function squeeze(spelling: string): string {
  return withoutRemark(spelling)
    .trim()
    .toLowerCase()
    .replace(/[\s_-]+/g, "_");
}

/** Without a regular expression, whose time grows with the square of the opening parentheses. */
function withoutRemark(text: string): string {
  const [open, close] = [text.indexOf("("), text.lastIndexOf(")")];
  return open < 0 || close < open ? text : `${text.slice(0, open)}${text.slice(close + 1)}`;
}
