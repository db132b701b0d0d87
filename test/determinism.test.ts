import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { parse } from "yaml";
import { compile, memoryHost } from "../generator/index.ts";
import { toYaml } from "../generator/output/serialise.ts";
import { kindOf } from "../generator/spec/kinds/registry.ts";

const fixtures = join(import.meta.dirname, "..", "fixtures");

/** An object of a spec folder under the key that opens it; the keys of a brief belong together. */
type Spoken = Readonly<Record<string, unknown>>;

describe.each(["shop", "superstore", "jaffle-shop", "scd"])("fixtures/%s", (fixture) => {
  const texts = readdirSync(join(fixtures, fixture)).filter((file) => file.endsWith(".yaml")).map((file) => readFileSync(join(fixtures, fixture, file), "utf8"));
  const objects = texts.flatMap(objectsOf);
  expect(objects.length).toBeGreaterThan(5);

  it("C1: gives the same bytes however its objects are ordered and spread over files, and wherever they lie", async () => {
    const expected = await treeOf(texts.map((text, index) => [`${index}.yaml`, text]), "/specs", "/");
    expect(expected.size).toBeGreaterThan(20);
    await fc.assert(
      fc.asyncProperty(spreads(objects), fc.constantFrom("/specs", "/home/Ann Lee/é/specs", "/c/specs"), fc.constantFrom("/", "/home/Ann Lee", "/c/specs"), async (files, root, cwd) => {
        const found = await treeOf(files, root, cwd);
        expect([...found.keys()]).toEqual([...expected.keys()]);
        for (const [path, text] of found) expect(text, path).toBe(expected.get(path));
      }),
      { numRuns: Number(process.env["RUNS"] ?? 6), endOnFailure: true, examples: [[[["all.yaml", print(objects)]], "/specs", "/"], [objects.map((one, index) => [`${index}.yml`, print([one])]), "/specs", "/"]] },
    );
  });

  it("C1: gives the same bytes with a byte order mark and with the line ends of Windows", async () => {
    const expected = await treeOf(texts.map((text, index) => [`${index}.yaml`, text]), "/specs", "/");
    const found = await treeOf(texts.map((text, index) => [`${index}.yaml`, `\ufeff${text.replace(/\r?\n/g, "\r\n")}`]), "/specs", "/");
    expect(Object.fromEntries(found)).toEqual(Object.fromEntries(expected));
  });
});

/** Objects in any order, in any number of files with any names and line ends, some with a byte order mark. */
function spreads(objects: readonly Spoken[]): fc.Arbitrary<[string, string][]> {
  const all = fc.shuffledSubarray([...objects], { minLength: objects.length });
  const places = fc.array(fc.nat(5), { minLength: objects.length, maxLength: objects.length });
  const names = fc.uniqueArray(fc.stringMatching(/^[a-z]{1,3}(\/[a-z]{1,3})?\.ya?ml$/), { minLength: 6, maxLength: 6 });
  return fc.tuple(all, places, names, fc.boolean(), fc.boolean()).map(([shuffled, at, files, mark, windows]) =>
    files.flatMap((file, index): [string, string][] => {
      const text = print(shuffled.filter((_, position) => at[position] === index));
      return [[file, `${mark ? "\ufeff" : ""}${windows ? text.replaceAll("\n", "\r\n") : text}`]];
    }),
  );
}

function objectsOf(text: string): readonly Spoken[] {
  const written: unknown = parse(text);
  if (typeof written !== "object" || written === null) return [];
  const entries = Object.entries(written);
  const brief = entries.filter(([key]) => kindOf(key) === "brief");
  const others = entries.filter(([key]) => kindOf(key) !== "brief").flatMap(([key, value]) => (Array.isArray(value) ? value : [value]).map((one) => ({ [key]: one })));
  return brief.length === 0 ? others : [Object.fromEntries(brief), ...others];
}

/** A file with these objects; those that one key opens stand in its list. */
function print(objects: readonly Spoken[]): string {
  const merged = new Map<string, unknown[]>();
  for (const [key, value] of objects.flatMap((one) => Object.entries(one))) merged.set(key, [...(merged.get(key) ?? []), value]);
  const value = [...merged].map(([key, values]) => [key, values.length === 1 || kindOf(key) === "brief" ? values[0] : values]);
  return value.length === 0 ? "" : toYaml(JSON.parse(JSON.stringify(Object.fromEntries(value))));
}

async function treeOf(files: readonly (readonly [string, string])[], root: string, cwd: string): Promise<ReadonlyMap<string, string>> {
  const host = memoryHost(Object.fromEntries(files.map(([file, text]) => [`${root}/${file}`, text])), { cwd });
  const { files: found, diagnostics } = await compile({ host, root });
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  return new Map(found.map(({ path, text, from }) => [path, `${text}\n${from.join("\n")}`]));
}
