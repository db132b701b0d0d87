import { spawnSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, realpathSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { embedForEsbuild } from "../scripts/embed.mjs";
import { houseFiles, houseProblems, houseTables } from "./support/house.ts";

const root = join(import.meta.dirname, "..");
const shop = join(root, "fixtures", "shop");

/** What is added: for each of the four, one file and its line in a registry (with the import that the line needs). */
const toys = [
  {
    registry: "dialects/registry.ts",
    list: "dialects: readonly Dialect[] = [",
    line: "toy, ",
    file: "dialects/toy.ts",
    text: `import { postgres } from "./postgres.ts";
import type { Dialect } from "./types.ts";

/** A warehouse that is there in a test only. */
export const toy: Dialect = {
  ...postgres,
  name: "toy",
  title: "Toybase",
  adapter: { type: "toybase", requirement: "dbt-toybase==1.0.0" },
  types: { ...postgres.types, string: "toytext" },
  md5: (sql) => \`toy_md5(\${sql})\`,
  profile: () => ({ target: "dev", outputs: { dev: { type: "toybase", schema: "dev" }, prod: { type: "toybase", schema: "public" } } }),
};
`,
  },
  {
    registry: "emitters/registry.ts",
    list: "emitters: readonly Emitter[] = [",
    line: "\n  toyEmitter,",
    file: "emitters/toy/toy.ts",
    name: "toyEmitter",
    text: `import type { Emitter } from "../types.ts";

/** Lists the facts. */
export const toyEmitter: Emitter = {
  name: "toy",
  description: "a list of the facts",
  emit: ({ model }) => [{ kind: "data", format: "yaml", path: "toy/facts.yml", from: model.facts.map(({ name }) => name), origin: null, mode: "generated", value: { facts: model.facts.map(({ name }) => name) } }],
};
`,
  },
  {
    registry: "catalog.ts",
    list: "const tables = [",
    line: "\n  toyDiagnostics,",
    file: "rules/toy-diagnostics.ts",
    name: "toyDiagnostics",
    text: `import { defineDiagnostics } from "../diagnostics/define.ts";

/** What the toy rule warns of. */
export const toyDiagnostics = defineDiagnostics("toy", {
  "many-facts": {
    severity: "warning",
    message: "{count} facts are more than a toy can count.",
    help: "count them yourself.",
    docs: "A toy counts to one. This page is printed by explain.",
  },
});
`,
  },
  {
    registry: "rules/registry.ts",
    list: "rules: readonly Rule[] = [",
    line: "\n  toyRule,",
    file: "rules/toy.ts",
    name: "toyRule",
    text: `import { toyDiagnostics } from "./toy-diagnostics.ts";
import type { Rule } from "./types.ts";

/** Paints the facts. */
export const toyRule: Rule = {
  name: "toy-rule",
  apply: ({ model }) => ({
    decisions: model.facts.map(({ name, origin }) => ({ rule: "toy-rule", subject: name, topic: "colour", choice: "blue", because: "It was the only crayon.", alternatives: [{ choice: "red", because: "It is broken." }], origin })),
    diagnostics: [toyDiagnostics.report("many-facts", { origin: model.project.origin }, { count: model.facts.length })],
  }),
};
`,
  },
] as const;

describe("a dialect, an emitter, a rule and a diagnostic, each one file and one line", () => {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen extending "));
  const generator = join(folder, "generator");
  const run = (...args: readonly string[]): { readonly status: number | null; readonly text: string } => {
    const { status, stdout, stderr } = spawnSync(process.execPath, [join(folder, "dps-gen.cjs"), ...args], { cwd: folder, encoding: "utf8" });
    return { status, text: `${stdout}${stderr}` };
  };
  const generated = (path: string): string => readFileSync(join(folder, "toy", path), "utf8");

  beforeAll(async () => {
    cpSync(join(root, "generator"), generator, { recursive: true });
    symlinkSync(realpathSync(join(root, "node_modules")), join(folder, "node_modules"), "junction");
    for (const toy of toys) add(generator, toy);
    await build({
      entryPoints: [join(generator, "cli", "main.ts")],
      outfile: join(folder, "dps-gen.cjs"),
      bundle: true,
      format: "cjs",
      platform: "node",
      plugins: [embedForEsbuild()],
      logLevel: "error",
    });
    expect(run(shop, "--out", "plain", "--warehouse", "postgres", "--quiet").status).toBe(0);
    expect(run(shop, "--out", "toy", "--warehouse", "toy").text).toContain("toy/many-facts");
  });
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("leave every other file as it is", () => {
    const files = readdirSync(generator, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(generator.length + 1).replaceAll("\\", "/"));
    const before = (file: string): string | null => (existsSync(join(root, "generator", file)) ? readFileSync(join(root, "generator", file), "utf8") : null);
    expect(files.filter((file) => before(file) !== readFileSync(join(generator, file), "utf8")).sort()).toEqual(toys.flatMap(({ file, registry }) => [file, registry]).sort());
  });

  it("keep to the table and to the style of the house", () => {
    const tables = houseTables(readFileSync(join(root, "ARCHITECTURE.md"), "utf8"));
    const touched = new Set<string>(toys.flatMap(({ file, registry }) => [file, registry]));
    const files = houseFiles(generator).filter(({ path }) => touched.has(path));
    expect(files).toHaveLength(touched.size);
    expect(files.flatMap((file) => houseProblems(file, tables))).toEqual([]);
  });

  it("give the dialect a whole repository", () => {
    // Kept copies are named after what they hold.
    const written = (name: string): readonly string[] => tree(join(folder, name)).filter((path) => !path.startsWith(".dps-gen/base/"));
    expect(written("toy")).toEqual(written("plain"));
    expect(generated("dbt/profiles.yml")).toContain("type: toybase");
    expect(generated("dbt/macros/surrogate_key.sql")).toContain("toy_md5(");
    expect(generated("requirements/dbt.txt")).toContain("dbt-toybase==1.0.0");
    expect(generated("README.md")).toContain("Toybase");
    const sql = tree(join(folder, "toy")).filter((path) => /\.(sql|py|yml|md)$/.test(path)).map(generated).join("");
    expect(sql).not.toMatch(/dbt-postgres|type: "?postgres/);
  });

  it("name the dialect to whoever asks for another", () => {
    expect(run("check", shop, "--warehouse", "toi").text).toContain("did you mean 'toy'?");
  });

  it("put the emitter's file into the tree, the manifest and the page of what it is made of, until it is switched off", () => {
    const manifest: unknown = JSON.parse(generated(".dps-gen/manifest.json"));
    expect(generated("toy/facts.yml")).toContain("fct_order_lines");
    expect(manifest).toHaveProperty(["files", "toy/facts.yml", "from"], expect.arrayContaining(["fct_order_lines"]));
    expect(run("explain", "fct_order_lines", shop).text).toContain("toy/facts.yml");
    cpSync(shop, join(folder, "specs"), { recursive: true });
    writeFileSync(join(folder, "specs", "settings.yaml"), readFileSync(join(shop, "settings.yaml"), "utf8").replace(/^settings:$/m, "settings:\n  emitters: {toy: {enabled: false}}"));
    expect(run("specs", "--out", "off").status).toBe(0);
    expect(tree(join(folder, "off"))).not.toContain("toy/facts.yml");
  });

  it("let explain print the diagnostic, and the catalogue ask for its fixture", () => {
    expect(run("explain", "toy/many-facts").text).toContain("A toy counts to one.");
    const index = run("explain").text;
    const codes = [...index.matchAll(/^([a-z]+\/[a-z0-9-]+) {2}/gm)].map((match) => match[1] ?? "");
    const due = codes.filter((code) => !/^(?:output|git|plan)\//.test(code) && !existsSync(join(root, "fixtures", "invalid", code.replace("/", "."))));
    expect(due).toEqual(["toy/many-facts"]);
  });

  it("show what the rule decided, and why", () => {
    expect(run("explain", "decisions", shop).text).toContain("fct_order_lines: colour is blue\n  It was the only crayon.\n    not red: It is broken.\n  (rule toy-rule)");
    expect(generated("docs/architecture.md")).toMatch(/blue.*It was the only crayon\./);
  });

  it("are all that the types ask for", () => {
    writeFileSync(join(folder, "package.json"), '{ "type": "module" }');
    writeFileSync(join(folder, "tsconfig.json"), readFileSync(join(root, "tsconfig.json"), "utf8").replace(/"include": .*/, '"include": ["generator"]'));
    const types = spawnSync(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), "-p", folder], { encoding: "utf8" });
    expect(types.stdout).toBe("");
  });
});

function add(generator: string, toy: (typeof toys)[number]): void {
  const name = "name" in toy ? toy.name : "toy";
  const [registry, file] = [join(generator, toy.registry), join(generator, toy.file)];
  const before = readFileSync(registry, "utf8");
  const from = `./${toy.registry.includes("/") ? toy.file.split("/").slice(1).join("/") : toy.file}`;
  const after = `import { ${name} } from "${from}";\n${before.replace(toy.list, `${toy.list}${toy.line}`)}`;
  expect(before).toContain(toy.list);
  mkdirSync(dirname(file), { recursive: true });
  writeFileSync(registry, after);
  writeFileSync(file, toy.text);
}

function tree(folder: string): readonly string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name).slice(folder.length + 1).replaceAll("\\", "/")).sort();
}
