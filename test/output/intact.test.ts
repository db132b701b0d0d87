import fc from "fast-check";
import { expect, it } from "vitest";
import { memoryHost } from "../../generator/memory-host.ts";
import { digest } from "../../generator/output/digest.ts";
import { diskReader } from "../../generator/output/disk.ts";
import { checkParts, countIntact, stopChecking, tallyFor } from "../../generator/output/intact.ts";
import { entryIn, partsOfLines, printManifest } from "../../generator/output/manifest-lines.ts";
import { parseManifest } from "../../generator/output/manifest-reading.ts";
import type { ManifestEntry } from "../../generator/output/manifest.ts";
import { thorough } from "../support/thorough.ts";

const paths = Array.from({ length: 300 }, (_, number) => `models/${number % 7}/m${number}${number % 3 === 0 ? ".yml" : ".sql"}`);
const entries = new Map(paths.map((path, number): [string, ManifestEntry] => [path, { hash: digest(path), mode: number % 50 === 0 ? "scaffold" : "generated", from: number % 2 === 0 ? [] : ["shop.orders", "café"], blob: number % 5 === 0 ? null : "a".repeat(40) }]));
const bytes = Buffer.from(printManifest(entries, "1.2.3"));
const { count } = partsOfLines(bytes);
const files = Object.fromEntries(paths.map((path) => [`/out/${path}`, path]));
const intact = diskReader(memoryHost(files), "/out");

it("the parts of a manifest are its lines, each once, and any of them says what the whole says", () => {
  expect(count).toBeGreaterThan(5);
  const lines = Array.from({ length: count }, (_, part) => partsOfLines(bytes).at(part)).join("");
  expect(bytes.toString().endsWith(lines)).toBe(true);
  expect(lines.split("\n")[0]).toContain([...paths].sort()[0]);
  const { manifest } = parseManifest(bytes.toString());
  for (const path of [...paths, "models/0/none.sql", "a", "z"]) expect(entryIn(bytes, path)).toEqual(manifest.get(path));
});

it("files are counted where all are as the manifest says, and one that is not is found wherever it stands", () => {
  expect(countIntact(bytes, tallyFor(bytes), intact)).toBe(paths.length);
  const generated = paths.filter((path) => entries.get(path)?.mode === "generated");
  fc.assert(fc.property(fc.constantFrom(...generated), fc.boolean(), (path, gone) => {
    const { [`/out/${path}`]: _, ...others } = files;
    const changed = memoryHost(gone ? others : { ...files, [`/out/${path}`]: "edited" });
    expect(countIntact(bytes, tallyFor(bytes), diskReader(changed, "/out"))).toBeNull();
  }), { numRuns: thorough ? 300 : 20 });
});

it("what another thread has found is believed, and what it never came to is made up for", () => {
  fc.assert(fc.property(fc.array(fc.boolean(), { minLength: 1, maxLength: count }), (done) => {
    const tally = tallyFor(bytes);
    // It took parts and ended in one of them, as a thread does that runs out of memory.
    const whole = tallyFor(bytes);
    checkParts(bytes, whole, intact);
    const dead = done.indexOf(false);
    tally[0] = dead < 0 ? done.length : dead + 1;
    for (let part = 0; part < (dead < 0 ? done.length : dead); part++) tally[2 + part] = whole[2 + part] ?? 0;
    expect(countIntact(bytes, tally, intact)).toBe(paths.length);
  }), { numRuns: thorough ? 50 : 5 });
  const stopped = tallyFor(bytes);
  stopChecking(stopped);
  expect(countIntact(bytes, stopped, intact)).toBeNull();
});
