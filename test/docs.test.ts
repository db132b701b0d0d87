import { spawnSync } from "node:child_process";
import { existsSync, readFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it } from "vitest";
import { dialects } from "../generator/dialects/registry.ts";
import { compile, memoryHost } from "../generator/index.ts";
import { calendarColumns } from "../generator/model/calendar.ts";
import { functionShapes } from "../generator/model/link/typing/functions.ts";
import { examplePages } from "./support/worked-examples.ts";

const root = join(import.meta.dirname, "..");
const pages = ["README.md", "ARCHITECTURE.md", "CONTRIBUTING.md", "docs/getting-started.md", "docs/writing-specs.md", "docs/generated-repository.md", "docs/plan.md", "docs/loading.md", "bench/README.md", ...[...examplePages().keys()].map((name) => `docs/semantics/${name}`)];
const read = (file: string): string => readFileSync(join(root, file), "utf8");

describe.each(pages)("%s", (page) => {
  it("links only to files that are there", () => {
    for (const [, target] of read(page).matchAll(/\]\((?!https?:)([^)#\s]+)(?:#[^)]*)?\)/g)) {
      expect(existsSync(join(root, dirname(page), target ?? "")), target).toBe(true);
    }
  });

  it("names only scripts that package.json has", () => {
    const scripts = Object.keys(JSON.parse(read("package.json")).scripts);
    for (const [, name] of read(page).matchAll(/npm run ([a-z:-]+)/g)) expect(scripts, name).toContain(name);
  });
});

describe("docs/writing-specs.md", () => {
  const page = read("docs/writing-specs.md");

  it.each(dialects.map((one) => one.name))("is a spec folder that compiles for %s without a warning", async (warehouse) => {
    const blocks = [...page.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, block = ""], index) => [`/specs/${index}.yaml`, block] as const);
    const { diagnostics, files } = await compile({ host: memoryHost(Object.fromEntries(blocks)), root: "/specs", warehouse });
    expect(diagnostics.map((one) => `${one.code}: ${one.message}`)).toEqual([]);
    const fact = files.find((one) => one.path.endsWith("/fct_rides.sql"))?.text ?? "";
    for (const key of ["member_key", "start_station_key", "end_station_key", "start_date_key"]) expect(fact).toContain(` as ${key},`);
  });

  it("names every check, every function and every column of dim_date", () => {
    for (const check of ["not_null", "unique", "range", "length", "enum", "regex", "relationship", "volume", "freshness", "custom"]) expect(page).toContain(`\`${check}\``);
    for (const { usage } of Object.values(functionShapes)) expect(page).toContain(`\`${usage}\``);
    for (const { name } of calendarColumns) expect(page).toContain(`\`${name}\``);
  });
});

describe("README.md", () => {
  it("shows a model that compiles", async () => {
    const [, model = ""] = /```yaml\n([\s\S]*?)```/.exec(read("README.md")) ?? [];
    const files = { "/specs/model.yaml": model, "/specs/contracts.yaml": read("fixtures/minimal/contracts.yaml") };
    const { diagnostics, files: generated } = await compile({ host: memoryHost(files), root: "/specs", warehouse: null });
    expect(diagnostics.filter((one) => one.severity === "error")).toEqual([]);
    expect(generated.map((one) => one.path)).toContain("dbt/models/marts/core/fct_sales.sql");
  });

  it("names the commands that the help names", () => {
    const help = read("generator/cli/commands.ts");
    for (const command of ["generate", "check", "plan", "timeline", "verify", "init", "explain", "schema"]) {
      expect(read("README.md")).toContain(`dps-gen ${command === "generate" ? "[generate]" : command}`);
      expect(help).toContain(command);
    }
  });

  it("holds only commands whose shell text is well-formed", () => {
    for (const [, block] of read("README.md").matchAll(/```sh\n([^`]*)```/g)) {
      expect(spawnSync("bash", ["-n"], { input: block }).status).toBe(0);
    }
  });
});
