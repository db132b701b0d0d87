import * as z from "zod";

import { ambiguousText, isMapping } from "../document.ts";
import { bare, keyFacts, shortForm, spellings, squeeze } from "./facts.ts";

/** Rewrites a value as written into its canonical form; what is wrong stays as it is, for zod to refuse. */
export type Canonical = (written: unknown) => unknown;

const compiled = new WeakMap<z.core.$ZodType, Canonical>();

/**
 * The function that brings values for a schema into canonical form, by the rules of reading: aliases become their key,
 * enumerations their one spelling, short forms the mapping they stand for, and what is not filled in is left out.
 */
export function canonicalForm(schema: z.core.$ZodType): Canonical {
  const inner = bare(schema);
  const known = compiled.get(inner);
  if (known !== undefined) return known;
  const structure = structureOf(inner);
  const form = shortForm(inner);
  const canonical: Canonical = form === undefined ? structure : (written) => structure(form.canonical(written));
  compiled.set(inner, canonical);
  return canonical;
}

function structureOf(schema: z.core.$ZodType): Canonical {
  if (schema instanceof z.ZodObject) return mapping(schema);
  if (schema instanceof z.ZodArray) return sequence(schema);
  if (schema instanceof z.ZodRecord) return record(schema);
  if (schema instanceof z.ZodDiscriminatedUnion) return variant(schema);
  if (schema instanceof z.ZodUnion) return alternative(schema);
  if (schema instanceof z.ZodEnum || schema instanceof z.ZodLiteral) return word(schema);
  if (schema instanceof z.ZodISODate) return (written) => ambiguousText(written) ?? written;
  if (schema instanceof z.ZodString) return text;
  if (schema instanceof z.ZodNumber) return numeric;
  if (schema instanceof z.ZodBoolean) return truth;
  return schema instanceof z.ZodUnknown ? anything : (written) => written;
}

interface Property {
  readonly name: string;
  readonly canonical: Canonical;
  readonly keepsEmpty: boolean;
  readonly keepsNull: boolean;
  readonly dropsZero: boolean;
}

function mapping(schema: z.ZodObject): Canonical {
  const properties = new Map<string, Property>();
  for (const [name, value] of Object.entries(schema.shape)) {
    const facts = keyFacts(value);
    const property = {
      name,
      canonical: canonicalForm(value),
      keepsEmpty: facts?.empty === "is a value",
      keepsNull: value instanceof z.ZodOptional,
      dropsZero: facts?.zero === "is empty",
    };
    properties.set(name, property);
    for (const alias of facts?.aliases ?? []) if (!(alias in schema.shape)) properties.set(alias, property);
  }
  return (written) => (isMapping(written) ? readMapping(properties, written) : written);
}

function readMapping(properties: ReadonlyMap<string, Property>, written: { readonly [key: string]: unknown }): unknown {
  const result: { [key: string]: unknown } = {};
  for (const key of Object.keys(written)) {
    const value = written[key];
    const property = properties.get(key);
    if (property === undefined) result[key] = value;
    else if (key !== property.name && (property.name in written || property.name in result)) result[key] = value;
    else if (!isLeftOut(property, value)) result[property.name] = property.canonical(value);
  }
  return result;
}

function isLeftOut(property: Property, value: unknown): boolean {
  if (property.keepsEmpty) return false;
  if (value === "" || (value === 0 && property.dropsZero)) return true;
  if (value === null) return !property.keepsNull;
  if (Array.isArray(value)) return value.length === 0;
  return isMapping(value) && Object.keys(value).length === 0;
}

function sequence(schema: z.ZodArray): Canonical {
  const element = canonicalForm(schema.element);
  return (written) => {
    if (Array.isArray(written)) return written.map(element);
    return typeof written === "string" || typeof written === "number" ? [element(written)] : written;
  };
}

function record(schema: z.ZodRecord): Canonical {
  const value = canonicalForm(schema.valueType);
  return (written) => (isMapping(written) ? Object.fromEntries(Object.entries(written).map(([key, one]) => [key, value(one)])) : written);
}

function variant(schema: z.ZodDiscriminatedUnion): Canonical {
  const options = new Map<unknown, Canonical>();
  const { discriminator } = schema.def;
  for (const option of schema.options) {
    if (!(option instanceof z.ZodObject)) continue;
    const tag: unknown = option.shape[discriminator];
    const values = tag instanceof z.ZodLiteral || tag instanceof z.ZodEnum ? tag._zod.values : [];
    for (const value of values) options.set(value, canonicalForm(option));
  }
  return (written) => {
    if (!isMapping(written)) return written;
    const tag = written[discriminator];
    const kind = typeof tag === "string" ? squeeze(tag) : tag;
    return options.get(kind)?.({ ...written, [discriminator]: kind }) ?? written;
  };
}

function alternative(schema: z.ZodUnion): Canonical {
  const object = schema.options.find((option) => option instanceof z.ZodObject || option instanceof z.ZodRecord);
  const canonical = object === undefined ? undefined : canonicalForm(object);
  return (written) => (canonical !== undefined && isMapping(written) ? canonical(written) : written);
}

function word(schema: z.core.$ZodType): Canonical {
  const known = spellings(schema);
  return (written) => {
    const spelling = typeof written === "number" ? String(written) : written;
    return (typeof spelling === "string" ? known?.get(squeeze(spelling)) : undefined) ?? written;
  };
}

/** A number that is written in the one usual way is text as it stands: `version: 2`. */
function text(written: unknown): unknown {
  return typeof written === "number" ? String(written) : written;
}

function numeric(written: unknown): unknown {
  const ambiguous = ambiguousText(written);
  return ambiguous !== null && /^[-+]?[0-9]*\.?[0-9]+(?:[eE][-+]?[0-9]+)?$/.test(ambiguous) ? Number(ambiguous) : written;
}

function truth(written: unknown): unknown {
  const ambiguous = ambiguousText(written)?.toLowerCase();
  if (ambiguous === "yes" || ambiguous === "on") return true;
  return ambiguous === "no" || ambiguous === "off" ? false : written;
}

/** Where any data may stand, decimals are numbers and days are text; what is left ambiguous is refused. */
function anything(written: unknown): unknown {
  if (Array.isArray(written)) return written.map(anything);
  if (isMapping(written)) return Object.fromEntries(Object.entries(written).map(([key, one]) => [key, anything(one)]));
  const ambiguous = ambiguousText(written);
  if (ambiguous === null) return written;
  if (/^-?(?:0|[1-9][0-9]*)\.[0-9]+$/.test(ambiguous)) return Number(ambiguous);
  return /^[0-9]{4}-[0-9]{2}-[0-9]{2}(?:[Tt ].*)?$/.test(ambiguous) ? ambiguous : written;
}
