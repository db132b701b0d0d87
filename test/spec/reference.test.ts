import { readFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import * as z from "zod";
import { parse } from "yaml";

import { kindNames, kinds } from "../../generator/spec/kinds/registry.ts";
import { referenceEntries, specReference } from "../../generator/spec/reference.ts";
import { bare, keyFacts } from "../../generator/spec/shape/facts.ts";
import { canonicalForm } from "../../generator/spec/shape/canonical.ts";

const root = join(import.meta.dirname, "..", "..");

describe("the spec reference", () => {
  it("is current (npm run docs writes it)", () => {
    expect(readFileSync(join(root, "docs", "spec-reference.md"), "utf8")).toBe(specReference());
  });

  it.each(kindNames)("describes every key of the kind %s", (kind) => {
    for (const [path, schema] of properties(kinds[kind].schema(), kind)) {
      const facts = keyFacts(schema);
      if (path.endsWith(".kind") || path.endsWith(".sql") || path.endsWith(".here") || path.endsWith(".member")) continue;
      expect(facts?.meaning, path).toMatch(/^[<A-Za-z0-9].*\.$/s);
      expect(facts?.source, path).toBeTruthy();
    }
  });

  it.each(kindNames)("shows examples that the kind %s accepts", (kind) => {
    const schemas = new Map(properties(kinds[kind].schema(), ""));
    for (const { path, facts } of referenceEntries(kind)) {
      if (facts.example === undefined) continue;
      const schema = schemas.get(`.${path.replace(/\(([a-z_/]+)\)/g, "($1)")}`);
      if (!(schema instanceof z.ZodType)) throw new Error(`no schema at ${path}`);
      const value: unknown = parse(facts.example.replace(/^([0-9]+\.[0-9]+\.[0-9]+|#.*)$/, '"$1"'));
      expect(schema.safeParse(canonicalForm(schema)(value)), `${kind}.${path}: ${facts.example}`).toMatchObject({ success: true });
    }
  });

  it("knows the keys that open the brief without its schema", () => {
    expect(Object.keys(kinds.brief.schema().shape)).toEqual(kinds.brief.keys);
  });

  it("names no key of the reference twice within a kind", () => {
    for (const kind of kindNames) {
      const paths = referenceEntries(kind).map((one) => one.path);
      expect(new Set(paths).size).toBe(paths.length);
    }
  });
});

function* properties(schema: z.core.$ZodType, path: string): Iterable<readonly [string, z.core.$ZodType]> {
  const inner = bare(schema);
  if (inner instanceof z.ZodArray) yield* properties(inner.element, `${path}[]`);
  else if (inner instanceof z.ZodRecord) yield* properties(inner.valueType, `${path}.*`);
  else if (inner instanceof z.ZodUnion) {
    const discriminator = inner instanceof z.ZodDiscriminatedUnion ? inner.def.discriminator : null;
    for (const option of inner.options) {
      const tag = discriminator !== null && option instanceof z.ZodObject ? option.shape[discriminator] : undefined;
      const words = [...(tag?._zod.values ?? [])].map(String).join("/");
      yield* properties(option, words === "" ? path : `${path}(${words})`);
    }
  } else if (inner instanceof z.ZodObject) {
    for (const [key, property] of Object.entries(inner.shape)) {
      yield [`${path}.${key}`, property];
      yield* properties(property, `${path}.${key}`);
    }
  }
}
