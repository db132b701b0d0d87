import fc from "fast-check";
import { expect, it } from "vitest";
import { printManifest, withEntries } from "../../generator/output/manifest-lines.ts";
import { parseManifest } from "../../generator/output/manifest-reading.ts";
import type { ManifestEntry } from "../../generator/output/manifest.ts";

const paths = ["a.sql", "b/a.sql", "b/a.sql.yml", "b/c.sql", "d.yml"];

it("a manifest with other entries for some files is what it would be if it were printed anew, whatever their order", () => {
  const change = fc.tuple(fc.constantFrom(...paths), fc.string({ minLength: 1, maxLength: 8 }));
  fc.assert(fc.property(fc.array(change, { maxLength: 6 }), (changes) => {
    const before = new Map(paths.map((path) => [path, entry("")]));
    const changed = new Map(changes.map(([path, from]) => [path, entry(from)]));
    const found = withEntries(Buffer.from(printManifest(before, "1.2.3")), changed);
    expect(Buffer.from(found).toString()).toBe(printManifest(new Map([...before, ...changed]), "1.2.3"));
  }));
});

it("a line of any length is read or refused: there is no end to what a hand can write there", () => {
  const line = JSON.stringify(entry(""));
  const long = (objects: string, path = "b") => `{\n  "format": 1,\n  "files": {\n    "a": ${line},\n    "${path}": ${line.replace('""', objects)}\n  }\n}\n`;
  expect(parseManifest(long(`${'"",'.repeat(5_000_000)}""`)).manifest.get("b")?.from).toHaveLength(5_000_001);
  expect(parseManifest(long('"a""b"')).problem?.code).toBe("output/manifest-unreadable");
  const twice = long("", "b".repeat(5_000_000)).replace(`    "a": ${line},\n`, `    "a": ${line},\n    "a": ${line},\n`);
  expect(parseManifest(twice).problem?.code).toBe("output/manifest-unreadable");
});

it("what the lines of two branches say of a file outlasts a change of owner", () => {
  const rivals = [{ ...entry("two"), hash: "1".repeat(64) }, { ...entry("three"), hash: "2".repeat(64) }];
  const text = printManifest(new Map([["a.sql", { ...entry("one"), rivals }], ["b.sql", entry("")]]));
  const { "a.sql": read } = Object.fromEntries(parseManifest(text).manifest);
  expect([read, ...(read?.rivals ?? [])].map((one) => one?.hash[0]).sort()).toEqual(["0", "1", "2"]);
});

function entry(from: string): ManifestEntry {
  return { hash: "0".repeat(64), mode: "generated", from: [from], blob: null };
}
