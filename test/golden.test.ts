import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, relative, sep } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "../generator/dialects/registry.ts";
import { compile, nodeHost } from "../generator/index.ts";

const root = join(import.meta.dirname, "..");
const fixtures = readdirSync(join(root, "fixtures")).filter((name) => name !== "invalid").sort();
const warehouses = dialects.map(({ name }) => name).sort();
const update = process.env["UPDATE_SNAPSHOTS"] === "1";

describe.each(fixtures)("the tree generated from fixtures/%s", (fixture) => {
  it.each(warehouses)("is the accepted one for %s, without a missing or orphaned file", async (warehouse) => {
    const result = await compile({ host: nodeHost(), root: join(root, "fixtures", fixture), warehouse });
    expect(result.diagnostics.filter((one) => one.severity === "error")).toEqual([]);
    const actual = new Map(result.files.map((file) => [file.path, file.text]));
    const folder = join(root, "snapshots", fixture, warehouse);
    if (update) rewrite(folder, actual);
    const accepted = tree(folder);
    expect([...actual.keys()].sort()).toEqual([...accepted.keys()].sort());
    for (const [path, text] of actual) expect(text, path).toBe(accepted.get(path));
  });
});

it("keeps no golden tree of a fixture or warehouse that is gone", () => {
  const kept = existsSync(join(root, "snapshots")) ? readdirSync(join(root, "snapshots")).filter((name) => name !== "invalid").sort() : [];
  expect(kept).toEqual(fixtures);
  for (const fixture of kept) expect(readdirSync(join(root, "snapshots", fixture)).sort()).toEqual(warehouses);
});

/** All files below a folder by their path with `/`. */
function tree(folder: string): ReadonlyMap<string, string> {
  if (!existsSync(folder)) return new Map();
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile());
  return new Map(files.map((entry) => {
    const path = join(entry.parentPath, entry.name);
    return [relative(folder, path).split(sep).join("/"), readFileSync(path, "utf8")];
  }));
}

function rewrite(folder: string, files: ReadonlyMap<string, string>): void {
  rmSync(folder, { recursive: true, force: true });
  for (const [path, text] of files) {
    mkdirSync(dirname(join(folder, path)), { recursive: true });
    writeFileSync(join(folder, path), text);
  }
}
