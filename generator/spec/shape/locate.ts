import * as z from "zod";

import type { Step } from "../../diagnostics/origin.ts";
import { isMapping } from "../document.ts";
import { bare } from "./facts.ts";

/** The schema at a path of canonical keys, or null; in a union, the branch that fits the value. */
export function schemaAt(schema: z.core.$ZodType, path: readonly PropertyKey[], value: unknown): z.core.$ZodType | null {
  let here: z.core.$ZodType = schema;
  let rest: unknown = value;
  for (const step of path) {
    const next = stepInto(branchFor(bare(here), rest), step);
    if (next === null) return null;
    here = next;
    rest = valueAt(rest, [step]);
  }
  return here;
}

/** The value at a path, undefined where there is none. */
export function valueAt(value: unknown, path: readonly PropertyKey[]): unknown {
  let here = value;
  for (const step of path) {
    if (Array.isArray(here) && typeof step === "number") here = here[step];
    else if (isMapping(here)) here = here[String(step)];
    else return undefined;
  }
  return here;
}

/** A path of zod as steps of ours. */
export function steps(path: readonly PropertyKey[]): readonly Step[] {
  return path.map((step) => (typeof step === "symbol" ? String(step) : step));
}

/** The option of a union that a value means, by its discriminator or by being a mapping; other schemas as they are. */
export function branchFor(schema: z.core.$ZodType, value: unknown): z.core.$ZodType {
  if (!(schema instanceof z.ZodUnion)) return schema;
  const discriminator = schema instanceof z.ZodDiscriminatedUnion ? schema.def.discriminator : null;
  const tag = discriminator !== null && isMapping(value) ? value[discriminator] : undefined;
  for (const option of schema.options) {
    const inner = bare(option);
    if (discriminator !== null && inner instanceof z.ZodObject && inner.shape[discriminator]?._zod.values?.has(primitive(tag)))
      return inner;
    if (discriminator === null && isMapping(value) && (inner instanceof z.ZodObject || inner instanceof z.ZodRecord)) return inner;
  }
  return schema;
}

function primitive(value: unknown): string | undefined {
  return typeof value === "string" ? value : undefined;
}

function stepInto(schema: z.core.$ZodType, step: PropertyKey): z.core.$ZodType | null {
  if (schema instanceof z.ZodObject) return schema.shape[String(step)] ?? null;
  if (schema instanceof z.ZodArray) return schema.element;
  if (schema instanceof z.ZodUnknown) return schema;
  return schema instanceof z.ZodRecord ? schema.valueType : null;
}
