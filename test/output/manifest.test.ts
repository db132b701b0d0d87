import fc from "fast-check";
import { expect, it } from "vitest";
import { printManifest, withEntries } from "../../generator/output/manifest-lines.ts";
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

function entry(from: string): ManifestEntry {
  return { hash: "0".repeat(64), mode: "generated", from: [from], blob: null };
}
