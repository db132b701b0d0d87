import { readdirSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import type { Artifact } from "../../generator/artifact.ts";
import { printedTexts } from "../../generator/cache/printed.ts";
import { compile } from "../../generator/compile.ts";
import { nodeHost } from "../../generator/host.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import type { Manifest } from "../../generator/output/manifest.ts";
import { renderArtifacts } from "../../generator/output/render.ts";

const fixtures = join(import.meta.dirname, "..", "..", "fixtures");
const names = readdirSync(fixtures).filter((name) => name !== "invalid").sort();

// By this the cache tells artifacts from each other.
it.each(names)("what is printed of fixtures/%s follows from the JSON of its artifacts", async (name) => {
  const artifacts: Artifact[] = [];
  const root = join(fixtures, name);
  await compile({ host: nodeHost(), root, isPrinted: (artifact) => artifacts.push(artifact) > 0 });
  expect(artifacts.length).toBeGreaterThan(0);
  expect(renderArtifacts(artifacts.map(throughJson))).toEqual(renderArtifacts(artifacts));
});

it("an artifact is taken for printed only where build, artifact and manifest are those of then, and nobody has touched what was kept", () => {
  const host = memoryHost({});
  const artifact: Artifact = { kind: "template", mode: "generated", path: "a.sql", blueprint: "dbt/a.sql", view: { name: "a" }, from: ["b", "a"], origin: null };
  const [text, other] = ["1".repeat(64), "2".repeat(64)];
  const first = printedTexts(host, "/out", "this build");
  expect(first.isIn(manifestOf(text), artifact)).toBe(false);
  first.save(manifestOf(text));
  const isIn = (manifest: Manifest, one: Artifact, build = "this build"): boolean => printedTexts(host, "/out", build).isIn(manifest, one);
  expect(isIn(manifestOf(text), artifact)).toBe(true);
  expect(isIn(manifestOf(text), { ...artifact, view: { name: "b" } })).toBe(false);
  expect(isIn(manifestOf(text), { ...artifact, from: ["a"] })).toBe(false);
  expect(isIn(manifestOf(text), { ...artifact, mode: "shared" })).toBe(false);
  expect(isIn(manifestOf(text), { ...artifact, path: "c.sql" })).toBe(false);
  expect(isIn(manifestOf(other), artifact)).toBe(false);
  expect(isIn(manifestOf(text), artifact, "another build")).toBe(false);
  const kept = "/out/.dps-gen/cache/printed";
  host.write(kept, new TextDecoder().decode(host.read(kept)).replace(text, other));
  expect(isIn(manifestOf(other), artifact)).toBe(false);
});

function manifestOf(hash: string): Manifest {
  return new Map([["a.sql", { hash, mode: "generated", from: ["a", "b"], blob: null }]]);
}

function throughJson(artifact: Artifact): Artifact {
  return artifact.kind === "data" ? { ...artifact, value: JSON.parse(JSON.stringify(artifact.value)) } : { ...artifact, view: JSON.parse(JSON.stringify(artifact.view)) };
}
