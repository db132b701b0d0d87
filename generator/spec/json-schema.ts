import * as z from "zod";

import { kindNames, kinds, type KindName } from "./kinds/registry.ts";
import { bare, keyFacts, shortForm, spellings, type JsonSchema } from "./shape/facts.ts";

const DIALECT = "https://json-schema.org/draft/2020-12/schema";

/** What a file may hold at a key that is not filled in, as in the templates. */
const EMPTY: JsonSchema = { enum: ["", null] };

/**
 * JSON Schemas for editors: one for each kind (`contract.schema.json`) and `spec.schema.json` for a whole file. They accept
 * what the compiler accepts, aliases and tolerant spellings included, and describe every key.
 */
export function jsonSchemas(): Readonly<Record<string, JsonSchema>> {
  const schemas: { [file: string]: JsonSchema } = {};
  for (const kind of kindNames) {
    schemas[`${kind}.schema.json`] = { $schema: DIALECT, title: kinds[kind].title, ...jsonSchemaOf(kinds[kind].schema()) };
  }
  schemas["spec.schema.json"] = fileSchema();
  return schemas;
}

/** A whole file: each top-level key opens a kind. The definitions of the kinds stand in `$defs`. */
function fileSchema(): JsonSchema {
  const properties: { [key: string]: unknown } = {};
  const definitions: { [key: string]: unknown } = {};
  for (const kind of kindNames) {
    if (kind === "brief") continue;
    definitions[kind] = jsonSchemaOf(kinds[kind].schema());
    for (const key of kinds[kind].keys) properties[key] = { description: kinds[kind].title, ...oneOrMany(kind) };
  }
  const brief = jsonSchemaOf(kinds.brief.schema())["properties"];
  return {
    $schema: DIALECT,
    title: "dps-gen spec",
    type: "object",
    properties: { ...properties, ...(typeof brief === "object" ? brief : {}) },
    additionalProperties: false,
    $defs: definitions,
  };
}

function oneOrMany(kind: KindName): JsonSchema {
  const one = { $ref: `#/$defs/${kind}` };
  return { anyOf: kind === "settings" ? [one, EMPTY] : [one, { type: "array", items: one }, EMPTY] };
}

function jsonSchemaOf(schema: z.core.$ZodType): JsonSchema {
  const inner = bare(schema);
  const form = shortForm(inner);
  const structure = structureOf(inner);
  return form === undefined ? structure : { anyOf: [structure, ...form.written] };
}

function structureOf(schema: z.core.$ZodType): JsonSchema {
  if (schema instanceof z.ZodObject) return objectSchema(schema);
  if (schema instanceof z.ZodArray) return arraySchema(schema);
  if (schema instanceof z.ZodRecord) return { type: "object", additionalProperties: jsonSchemaOf(schema.valueType) };
  if (schema instanceof z.ZodUnion) return { anyOf: schema.options.map((option) => jsonSchemaOf(option)) };
  if (spellings(schema) !== undefined) return wordSchema(schema);
  if (schema instanceof z.ZodLiteral || schema instanceof z.ZodEnum) return { enum: [...(schema._zod.values ?? [])] };
  if (schema instanceof z.ZodISODate) return { type: "string", format: "date" };
  if (schema instanceof z.ZodString) return { type: ["string", "number"], ...patternOf(schema) };
  if (schema instanceof z.ZodNumber) return { type: schema.format === "safeint" ? "integer" : "number" };
  return schema instanceof z.ZodBoolean ? { type: "boolean" } : {};
}

function objectSchema(schema: z.ZodObject): JsonSchema {
  const properties: { [key: string]: unknown } = {};
  for (const [name, property] of Object.entries(schema.shape)) {
    const facts = keyFacts(property);
    const value = { anyOf: [jsonSchemaOf(property), EMPTY, { type: ["array", "object"], maxItems: 0, maxProperties: 0 }] };
    properties[name] = { description: facts?.meaning, ...(facts?.example === undefined ? {} : { examples: [facts.example] }), ...value };
    for (const alias of facts?.aliases ?? []) properties[alias] ??= { description: `Same as ${name}: ${facts?.meaning ?? ""}`, ...value };
  }
  return { type: "object", properties, additionalProperties: false };
}

function arraySchema(schema: z.ZodArray): JsonSchema {
  const items = jsonSchemaOf(schema.element);
  return { anyOf: [{ type: "array", items }, { type: ["string", "number"] }] };
}

/** Completion offers the usual words; the pattern accepts every spelling that the compiler reads. */
function wordSchema(schema: z.core.$ZodType): JsonSchema {
  const known = spellings(schema) ?? new Map<string, string>();
  const pattern = `^\\s*(?:${[...known.keys()].map(anyCase).join("|")})\\s*(?:\\(.*\\))?\\s*$`;
  return { anyOf: [{ enum: [...new Set(known.values())] }, { type: "string", pattern }] };
}

function anyCase(word: string): string {
  const letter = (character: string): string =>
    /[a-z]/.test(character) ? `[${character}${character.toUpperCase()}]` : character.replace(/[^\w\s]/, "\\$&");
  return [...word].map((character) => (character === "_" ? "[\\s_-]+" : letter(character))).join("");
}

function patternOf(schema: z.ZodString): JsonSchema {
  const patterns = [...(schema._zod.bag.patterns ?? [])].map((pattern) => pattern.source);
  return patterns.length === 0 ? {} : { allOf: patterns.map((pattern) => ({ pattern })) };
}
