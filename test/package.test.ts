import { execFileSync } from "node:child_process";
import { once } from "node:events";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Worker } from "node:worker_threads";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { digest } from "../generator/output/digest.ts";
import { countIntact, tallyFor } from "../generator/output/intact.ts";
import { printManifest } from "../generator/output/manifest-lines.ts";


const root = join(import.meta.dirname, "..");
const MEGABYTE = 1024 * 1024;

describe("the published package", () => {
  let folder = "";
  let tarball = "";
  const run = (file: string, args: readonly string[]): string => execFileSync(file, [...args], { cwd: folder, encoding: "utf8", shell: process.platform === "win32" });

  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), "dps-gen package é-"));
    execFileSync(process.execPath, [join(root, "scripts", "build.mjs")], { cwd: root });
    const packed: unknown = JSON.parse(execFileSync("npm", ["pack", "--json", "--ignore-scripts", "--pack-destination", folder], { cwd: root, encoding: "utf8", shell: process.platform === "win32" }));
    tarball = join(folder, nameOf(packed));
    writeFileSync(join(folder, "package.json"), '{ "private": true, "type": "module" }');
    run("npm", ["install", "--offline", "--no-audit", "--no-fund", tarball]);
  }, 120_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("installs alone and is small", () => {
    expect(readdirSync(join(folder, "node_modules")).filter((name) => !name.startsWith("."))).toEqual(["dps-gen"]);
    expect(sizeOf(join(folder, "node_modules", "dps-gen"))).toBeLessThan(3 * MEGABYTE);
  });

  it("holds what it must and nothing else", () => {
    const files = readdirSync(join(folder, "node_modules", "dps-gen"));
    expect(files.sort()).toEqual(["LICENSE", "README.md", "dist", "package.json"]);
    const licences = readFileSync(join(folder, "node_modules", "dps-gen", "dist", "THIRD-PARTY-LICENSES.txt"), "utf8");
    for (const name of ["nunjucks", "yaml", "zod"]) expect(licences).toContain(`${name} `);
    expect(licences).toContain("Copyright");
  });

  it("takes a newcomer from an empty folder to a repository", () => {
    expect(run("npx", ["dps-gen", "--version"]).trim()).toBe(versionOf(root));
    expect(run("npx", ["dps-gen", "init"])).toContain("npx dps-gen specs");
    expect(run("npx", ["dps-gen", "specs"])).toMatch(/^Files: \d+ created/);
    expect(existsSync(join(folder, "dbt", "dbt_project.yml"))).toBe(true);
    expect(run("npx", ["dps-gen", "check", "specs"])).toContain("up to date");
    expect(run("npx", ["dps-gen", "specs"])).toMatch(/^Files: \d+ unchanged/);
    expect(run("npx", ["dps-gen", "explain", "dim_customer"])).toContain("Type 2 dimension");
    run("npx", ["dps-gen", "specs", "--out", "bare", "--no-cache"]);
    expect([".", "bare"].map((out) => existsSync(join(folder, out, ".dps-gen", "cache")))).toEqual([true, false]);
  });

  it("C1: writes the same bytes wherever, for whomever, with whatever umask and in whatever zone and language", () => {
    const cli = join(folder, "node_modules", "dps-gen", "dist", "dps-gen.cjs");
    const bytes = (out: string): Readonly<Record<string, string>> => Object.fromEntries(readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort().map((file) => [file.slice(out.length + 1), readFileSync(file, "latin1")]));
    const made = (name: string, cwd: string, specs: string, environment: Readonly<Record<string, string>>): Readonly<Record<string, string>> => {
      execFileSync(process.execPath, [cli, specs, "--out", join(folder, name), "--quiet"], { cwd, env: { ...process.env, ...environment } });
      return bytes(join(folder, name));
    };
    const here = made("here", folder, "specs", { TZ: "UTC", LC_ALL: "C", LANG: "C" });
    expect(Object.keys(here).length).toBeGreaterThan(20);
    cpSync(join(folder, "specs"), join(folder, "far away", "specs"), { recursive: true });
    const elsewhere = { TZ: "Pacific/Chatham", LC_ALL: "tr_TR.UTF-8", LANG: "tr_TR.UTF-8", HOME: join(folder, "far away"), USER: "somebody", COLUMNS: "20", FORCE_COLOR: "1" };
    expect(made("there", join(folder, "far away"), join(folder, "far away", "specs"), elsewhere)).toEqual(here);
    if (process.platform !== "win32") {
      execFileSync("sh", ["-c", 'umask 077; exec "$0" "$@"', process.execPath, cli, join(folder, "specs"), "--out", join(folder, "masked"), "--quiet"], { env: { ...process.env, TZ: "Pacific/Kiritimati", LC_ALL: "de_DE.UTF-8" } });
      expect(bytes(join(folder, "masked"))).toEqual(here);
    }
    expect(made("up", join(folder, "there"), "../specs", { TZ: "America/St_Johns", LC_ALL: "sv_SE.UTF-8" })).toEqual(here);
  });

  it("keeps what was compiled, and does without it", () => {
    const dist = join(folder, "node_modules", "dps-gen", "dist");
    const kept = (): readonly string[] => readdirSync(join(dist, "code-cache"));
    expect(kept()).toContain(`compiler.cjs-generate-${process.version}-${process.arch}`);
    const size = (): number => statSync(join(dist, "code-cache", `compiler.cjs-generate-${process.version}-${process.arch}`)).size;
    run("npx", ["dps-gen", "generate", "specs", "--out", "twice"]);
    rmSync(join(dist, "code-cache"), { recursive: true });
    run("npx", ["dps-gen", "generate", "specs", "--out", "twice"]);
    const little = size();
    run("npx", ["dps-gen", "generate", "specs", "--out", "thrice"]);
    expect(size(), "a run that needs more than the first one did keeps that").toBeGreaterThan(2 * little);
    for (const file of kept()) writeFileSync(join(dist, "code-cache", file), "no code");
    expect(run("npx", ["dps-gen", "check", "specs"])).toContain("up to date");
    rmSync(join(dist, "code-cache"), { recursive: true });
    writeFileSync(join(dist, "code-cache"), "a folder cannot be made here");
    expect(run("npx", ["dps-gen", "check", "specs"])).toContain("up to date");
  });

  it("checks the output in a second thread, too, which stops where a file is another", async () => {
    const out = join(folder, "checked");
    mkdirSync(out);
    const paths = Array.from({ length: 200 }, (_, number) => `m${number}.sql`);
    for (const path of paths) writeFileSync(join(out, path), path);
    const bytes = Buffer.from(printManifest(new Map(paths.map((path) => [path, { hash: digest(path), mode: "generated", from: [], blob: null }]))));
    const checked = async () => {
      const tally = tallyFor(bytes);
      await once(new Worker(join(folder, "node_modules", "dps-gen", "dist", "second-thread.cjs"), { workerData: { out, bytes, tally } }), "exit");
      return tally;
    };
    const nobody = (): never => expect.fail("the first thread has nothing left to look at");
    expect(countIntact(bytes, await checked(), nobody)).toBe(paths.length);
    writeFileSync(join(out, "m77.sql"), "edited");
    expect(countIntact(bytes, await checked(), nobody)).toBeNull();
  });

  it.runIf(existsSync("/dev/full"))("C3: fails where what it says cannot be written, and ends as ever where nobody reads on", () => {
    const status = (command: string): unknown => run("bash", ["-c", `${command}; echo "\${PIPESTATUS[0]}"`]).trim();
    expect(status("node_modules/.bin/dps-gen --help 2> /dev/null > /dev/full")).toBe("1");
    expect(status("node_modules/.bin/dps-gen check none | true")).toBe("2");
  });

  it("serves editors and programs", () => {
    expect(JSON.parse(run("npx", ["dps-gen", "schema"]))).toMatchObject({ title: "dps-gen spec" });
    mkdirSync(join(folder, "program"), { recursive: true });
    writeFileSync(join(folder, "program", "main.js"), 'import { compile, nodeHost } from "dps-gen";\nconst { files } = await compile({ host: nodeHost(), root: process.argv[2] });\nconsole.log(files.length);\n');
    expect(Number(run(process.execPath, ["program/main.js", "specs"]))).toBeGreaterThan(20);
  });

  it("gives publint and attw nothing to say", () => {
    expect(execFileSync(process.execPath, [join(root, "node_modules", "publint", "src", "cli.js"), "run", tarball, "--strict"], { encoding: "utf8" })).toContain("All good!");
    expect(execFileSync(process.execPath, [join(root, "node_modules", "@arethetypeswrong", "cli", "dist", "index.js"), tarball, "--profile", "esm-only", "--format", "json"], { encoding: "utf8" })).not.toContain("InternalResolutionError");
  });

  it("types what programs use", () => {
    writeFileSync(join(folder, "typed.ts"), 'import { compile, memoryHost, type Compilation } from "dps-gen";\nconst done: Promise<Compilation> = compile({ host: memoryHost({}), root: "/specs" });\nexport const paths: readonly string[] = (await done).files.map((file) => file.path);\n');
    const flags = ["--noEmit", "--strict", "--module", "nodenext", "--target", "es2023", "--types", ""];
    expect(run(process.execPath, [join(root, "node_modules", "typescript", "bin", "tsc"), ...flags, "typed.ts"])).toBe("");
  });
});

function nameOf(packed: unknown): string {
  const first: unknown = Array.isArray(packed) ? packed[0] : typeof packed === "object" && packed !== null ? Object.values(packed)[0] : null;
  if (typeof first !== "object" || first === null || !("filename" in first) || typeof first.filename !== "string") throw new Error(`npm pack said ${JSON.stringify(packed)}`);
  return first.filename;
}

function versionOf(folder: string): string {
  return /"version": "(.*)"/.exec(readFileSync(join(folder, "package.json"), "utf8"))?.[1] ?? "";
}

function sizeOf(folder: string): number {
  return readdirSync(folder, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).reduce((sum, entry) => sum + statSync(join(entry.parentPath, entry.name)).size, 0);
}
