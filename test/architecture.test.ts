import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { houseFiles, houseProblems, houseTables } from "./support/house.ts";

const root = join(import.meta.dirname, "..");
const tables = houseTables(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
const files = houseFiles(join(root, "generator"));

describe("the import table of ARCHITECTURE.md", () => {
  it("names only what exists", () => {
    const known = new Set(files.flatMap(({ path }) => foldersOf(path)));
    const named = [...tables.folders.keys(), ...[...tables.folders.values()].flat()];
    expect(named.filter((one) => !known.has(one))).toEqual([]);
  });
});

it.each(files.map((file) => [file.path, file] as const))("%s keeps to the table and to the style of the house", (_, file) => {
  expect(houseProblems(file, tables)).toEqual([]);
});

it("sees what is against them", () => {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen house "));
  const lines = [
    'import { files } from "../emitters/plan.ts";',
    'import * as fs from "node:fs";',
    'import { parse } from "yaml";',
    "export const now = Date.now();",
    "export default function () {",
    "  return [Math.random(), files as unknown, fs!, parse as any, [].toLocaleString(), context.dialect.name === 'duckdb'];",
    `${"\n".repeat(250)}}`,
  ];
  mkdirSync(join(folder, "rules"));
  writeFileSync(join(folder, "rules", "bad.ts"), lines.join("\n"));
  const problems = houseFiles(folder).flatMap((file) => houseProblems(file, tables));
  rmSync(folder, { recursive: true });
  const said = ["may not import emitters/plan.ts", "may not import node:fs", "yaml lives in", "over 250 lines", "over 40 lines", "without a doc comment", "files as unknown", "fs!", "any", "process: Date", "Math.random", "process: toLocaleString", "asks a dialect", "default"];
  expect(said.filter((one) => !problems.some((problem) => problem.includes(one)))).toEqual([]);
});

/** The path itself and all folders above it, as the table writes them: `spec/`, `spec/yaml/`, `spec/yaml/parse.ts`. */
function foldersOf(path: string): readonly string[] {
  const parts = path.split("/");
  return parts.map((_, position) => parts.slice(0, position + 1).join("/") + (position < parts.length - 1 ? "/" : ""));
}
