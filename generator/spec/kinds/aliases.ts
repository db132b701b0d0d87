import * as z from "zod";

import { bare, keyFacts } from "../shape/facts.ts";
import { kindNames, kinds } from "./registry.ts";

let collected: ReadonlyMap<string, readonly string[]> | null = null;

/** Every other spelling that a canonical key has anywhere in the spec language. */
export function aliasesOf(key: string): readonly string[] {
  collected ??= collect();
  return collected.get(key) ?? [];
}

function collect(): ReadonlyMap<string, readonly string[]> {
  const found = new Map<string, Set<string>>([["additivity", new Set(["type"])]]);
  for (const kind of kindNames) visit(kinds[kind].schema(), found);
  return new Map([...found].map(([key, aliases]) => [key, [...aliases]]));
}

function visit(schema: z.core.$ZodType, found: Map<string, Set<string>>): void {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) visit(inner.element, found);
  else if (inner instanceof z.ZodRecord) visit(inner.valueType, found);
  else if (inner instanceof z.ZodUnion) for (const option of inner.options) visit(option, found);
  else if (inner instanceof z.ZodObject) {
    for (const [key, property] of Object.entries(inner.shape)) {
      const aliases = found.get(key) ?? new Set();
      for (const alias of keyFacts(property)?.aliases ?? []) aliases.add(alias);
      found.set(key, aliases);
      visit(property, found);
    }
  }
}
