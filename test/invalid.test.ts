import { existsSync, mkdirSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { catalog, compile, formatDiagnostics, nodeHost } from "../generator/index.ts";

const root = join(import.meta.dirname, "..");
const invalid = join(root, "fixtures", "invalid");
const accepted = join(root, "snapshots", "invalid");
const folders = readdirSync(invalid).sort();
const update = process.env["UPDATE_SNAPSHOTS"] === "1";

describe.each(folders)("fixtures/invalid/%s", (folder) => {
  it("is refused in the accepted words", async () => {
    const code = folder.replace(".", "/");
    const result = await compile({ host: nodeHost(), root: join(invalid, folder), warehouse: null });
    const printed = formatDiagnostics(result.diagnostics, result.documents, { format: "text", color: false });
    const file = join(accepted, folder, "diagnostics.txt");
    if (update) {
      mkdirSync(join(accepted, folder), { recursive: true });
      writeFileSync(file, printed);
    }
    expect(result.diagnostics.map((one) => one.code)).toContain(code);
    expect(printed).toBe(readFileSync(file, "utf8"));
    if (result.diagnostics.some((one) => one.severity === "error")) expect(result.files).toEqual([]);
  });
});

it("has a folder for every diagnostic code, and a golden text for every folder", () => {
  // What can be wrong with an output folder or a git ref is no matter of specs: test/output/ and test/git/ raise those codes.
  const codes = catalog().filter(({ owner }) => owner !== "output" && owner !== "plan" && owner !== "git").map((entry) => entry.code.replace("/", ".")).sort();
  if (update) for (const name of existsSync(accepted) ? readdirSync(accepted) : []) if (!folders.includes(name)) rmSync(join(accepted, name), { recursive: true });
  expect(folders).toEqual(codes);
  expect(readdirSync(accepted).sort()).toEqual(folders);
});
