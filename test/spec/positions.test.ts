import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { stringify } from "yaml";

import { yamlLocator } from "../../generator/spec/positions.ts";

describe("finding a path in the text", () => {
  it("points at the scalar of any random path, in block and flow style", () => {
    const leaf = fc.integer({ min: 1000, max: 9999 });
    const { tree } = fc.letrec((tie) => ({
      tree: fc.oneof(
        { depthSize: "small", withCrossShrink: true },
        leaf,
        fc.array(tie("tree"), { minLength: 1, maxLength: 4 }),
        fc.dictionary(fc.stringMatching(/^[a-z]{3,6}$/), tie("tree"), { minKeys: 1, maxKeys: 4 }),
      ),
    }));
    fc.assert(
      fc.property(tree, fc.boolean(), fc.nat(), (value, flow, seed) => {
        const text = stringify({ root: value }, { collectionStyle: flow ? "flow" : "block" });
        const path: (string | number)[] = ["root"];
        let here: unknown = value;
        while (typeof here === "object" && here !== null) {
          const entries: [string, unknown][] = Object.entries(here);
          const entry = entries[seed % entries.length];
          if (entry === undefined) break;
          path.push(Array.isArray(here) ? Number(entry[0]) : entry[0]);
          here = entry[1];
        }
        const [start, end] = yamlLocator(text)(path, "value");
        expect(text.slice(start, end)).toBe(String(here));
        const key = path.at(-1);
        const [from, to] = yamlLocator(text)(path, "key");
        if (typeof key === "string") expect(text.slice(from, to)).toBe(key);
      }),
    );
  });

  const at = (text: string, path: readonly (string | number)[], pointer: "key" | "value" = "value"): string =>
    text.slice(...yamlLocator(text)(path, pointer));

  it("knows the other spellings of a key", () => {
    expect(at("dimensions: [{business_key: id}]", ["dimensions", 0, "natural_key"])).toBe("id");
    expect(at("fact_table: {measures: [{type: addtive}]}", ["fact_table", "measures", 0, "additivity"])).toBe("addtive");
  });

  it("falls back to what is there", () => {
    expect(at("fact_table: {foreign_keys: [dim_a, dim_b]}", ["fact_table", "foreign_keys", 1, "dimension"])).toBe("dim_b");
    expect(at("contract:\n  name: x\n", ["contract", "sla", "freshness_hours"])).toBe("contract");
    expect(at("contract:\n  schema:\n    - column: a\n", ["contract", "schema", 0], "key")).toBe("column");
    expect(at("contract:\n  name:\n", ["contract", "name"])).toBe("name");
    for (const map of ["{map: {values: {a: b}}}", "{map: {values: {a: b, c: d}, else: keep}}", "{map: {a: b, c: d}}", "{map: {a: b}, else: keep}"]) expect(at(`clean: [${map}]`, ["clean", 0, "values", "a"])).toBe("b");
    expect(at("on: {here: there}", ["on", 0, "member"])).toBe("there");
    expect(yamlLocator("")(["x"], "value")).toEqual([0, 1]);
  });
});
