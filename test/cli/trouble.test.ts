import { execFileSync } from "node:child_process";
import { chmodSync, existsSync, linkSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { format } from "prettier";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { runCli } from "../../generator/cli/run.ts";
import { nodeHost, type Host } from "../../generator/host.ts";
import { thorough } from "../support/thorough.ts";

const SPEC = "contract: {name: shop.orders, description: Orders., primary_key: [id], schema: [{column: id, type: integer, description: Its number.}]}\nsettings: {project: shop}\n";
const CHANGED = SPEC.replace("{column: id,", "{column: note, type: string, description: A note.}, {column: id,");
const MODEL = "dbt/models/staging/shop/stg_shop__orders.sql";

let scratch = "";
const place = (...parts: readonly string[]): string => join(scratch, ...parts);

async function call(argv: readonly string[], host: Host = nodeHost()): Promise<{ readonly code: number; readonly said: string }> {
  let said = "";
  const print = (text: string): void => void (said += text);
  const code = await runCli(argv, { host, terminal: { print, printError: print, color: false, progress: () => undefined } });
  return { code, said };
}

const generate = (host?: Host): ReturnType<typeof call> => call([place("specs"), "--out", place("out")], host);
const specs = (text: string): void => writeFileSync(place("specs", "shop.yaml"), text);
const read = (path: string): string => readFileSync(place("out", path), "utf8");

/** All that is below the output folder, with kinds and contents. */
function tree(folder = "out"): Readonly<Record<string, string>> {
  const entries = readdirSync(place(folder), { recursive: true, withFileTypes: true });
  return Object.fromEntries(entries.map((one) => [join(one.parentPath, one.name).slice(place(folder).length + 1), one.isFile() ? readFileSync(join(one.parentPath, one.name), "utf8") : one.isDirectory() ? "folder" : "other"] as const).sort(([a], [b]) => (a < b ? -1 : 1)));
}

beforeEach(async () => {
  scratch = mkdtempSync(join(tmpdir(), "dps-gen-trouble-"));
  mkdirSync(place("specs"));
  specs(SPEC);
  expect(await generate()).toMatchObject({ code: 0 });
});
afterEach(() => rmSync(scratch, { recursive: true, force: true }));

describe("what stands in the way", () => {
  it.each<[string, (path: string) => void]>([
    ["a link", (path) => symlinkSync(place("elsewhere"), path)],
    ["a pipe", (path) => void execFileSync("mkfifo", [path])],
    ["a folder", (path) => mkdirSync(path)],
    ["a file with a second name", (path) => linkSync(place("elsewhere"), path)],
  ])("C9: %s in the place of a file is refused, and what it leads to stays", async (_, put) => {
    writeFileSync(place("elsewhere"), read(MODEL));
    rmSync(place("out", MODEL));
    put(place("out", MODEL));
    specs(CHANGED);
    const before = statSync(place("elsewhere")).mtimeMs;
    const trees = tree();
    expect(await generate()).toMatchObject({ code: 1, said: expect.stringContaining("output/not-a-file") });
    expect(tree()).toEqual(trees);
    expect(statSync(place("elsewhere")).mtimeMs).toBe(before);
  });

  it("R12: a folder that is a link is not gone through, whatever the manifest says", async () => {
    mkdirSync(place("elsewhere"));
    rmSync(place("out", "docs"), { recursive: true });
    symlinkSync(place("elsewhere"), place("out", "docs"));
    expect(await generate()).toMatchObject({ code: 1 });
    expect(readdirSync(place("elsewhere"))).toEqual([]);
  });

  it("C6: a lock of a process that is gone is taken over, also where its number is another's by now; one of another machine is not", async () => {
    const lock = (holder: unknown): void => writeFileSync(place("out", ".dps-gen", "lock"), JSON.stringify(holder));
    specs(CHANGED);
    lock({ pid: 999_999_999, host: "elsewhere" });
    for (const run of [generate, () => call(["eject", MODEL, "--out", place("out")])]) expect(await run()).toMatchObject({ code: 6, said: expect.stringContaining("output/locked") });
    lock({ pid: 999_999_999, host: hostname() });
    expect(await generate()).toMatchObject({ code: 0 });
    specs(SPEC);
    lock({ pid: process.pid, host: hostname(), started: "1" });
    expect(await generate()).toMatchObject({ code: existsSync("/proc/self/stat") ? 0 : 6 });
  });

  it("C5: of two runs at once one works, and the other ends with 6", async () => {
    specs(CHANGED);
    let second: Awaited<ReturnType<typeof call>> | null = null;
    const host = nodeHost();
    const slow: Host = { ...host, create: (path, content) => {
      second ??= raced();
      host.create(path, content);
    } };
    const raced = (): { readonly code: number; readonly said: string } => ({ code: nodeHost().lock(place("out", ".dps-gen", "lock")) === null ? 6 : 0, said: "" });
    expect(await generate(slow)).toMatchObject({ code: 0 });
    expect(second).toMatchObject({ code: 6 });
  });

  it("C11: a damaged journal ends the run with 6, and a reader ends with 6 while one lies there", async () => {
    const before = tree();
    writeFileSync(place("out", ".dps-gen", "journal.json"), "{");
    expect(await generate()).toMatchObject({ code: 6, said: expect.stringContaining("output/journal-unreadable") });
    for (const reader of ["check", "plan"]) expect(await call([reader, place("specs"), "--out", place("out")]), reader).toMatchObject({ code: 6, said: expect.stringContaining("output/unfinished") });
    expect(await call(["eject", MODEL, "--out", place("out")])).toMatchObject({ code: 6 });
    writeFileSync(place("out", ".dps-gen", "journal.json"), JSON.stringify({ format: 1, entries: [{ path: "../x", before: null, after: null }] }));
    expect(await generate()).toMatchObject({ code: 6 });
    rmSync(place("out", ".dps-gen", "journal.json"));
    expect(tree()).toEqual(before);
  });
});

describe("a manifest that is not as we wrote it", () => {
  it.each<[string, (text: string) => string, number]>([
    ["R11: cut off", (text) => text.slice(0, 300), 1],
    ["R11: cut off at a line's end", (text) => text.split("\n").slice(0, 6).join("\n"), 1],
    ["R11: of a newer format", (text) => text.replace('"format": 1', '"format": 2'), 1],
    ["R19: of a newer version of dps-gen", (text) => text.replace(/"generator": "[^"]*"/, '"generator": "99.0.0"'), 1],
    ["R12: with a path that leads out", (text) => text.replace('"README.md"', '"a/../../README.md"'), 1],
    ["R22: with conflict markers", (text) => `<<<<<<< ours\n${text}=======\n>>>>>>> theirs\n`, 2],
  ])("%s: nothing is deleted or written", async (_, spoil, code) => {
    specs(CHANGED);
    const path = place("out", ".dps-gen", "manifest.json");
    writeFileSync(path, spoil(readFileSync(path, "utf8")));
    const before = tree();
    expect(await generate()).toMatchObject({ code });
    expect(tree()).toEqual(before);
  });

  it("R11: missing: what is as generated is adopted, what is not is refused", async () => {
    rmSync(place("out", ".dps-gen"), { recursive: true });
    expect(await generate()).toMatchObject({ code: 0 });
    rmSync(place("out", ".dps-gen"), { recursive: true });
    specs(CHANGED);
    const before = tree();
    expect(await generate()).toMatchObject({ code: 4, said: expect.stringContaining("output/unmanaged") });
    expect(tree()).toEqual(before);
  });
});

describe("people and their tools", () => {
  it("R5: what the specs drop is deleted with the folders that it leaves empty, and no others", async () => {
    const before = tree();
    specs(SPEC.replace(/^contract: (.*)$/m, (_, one: string) => `contracts: [${one}, ${one.replace("shop.orders", "web.visits")}]`));
    expect(await generate()).toMatchObject({ code: 0 });
    expect(tree()["dbt/models/staging/web"]).toBe("folder");
    mkdirSync(place("out", "dbt", "models", "mine"));
    specs(SPEC);
    expect(await generate()).toMatchObject({ code: 0 });
    const folders = (all: ReturnType<typeof tree>): readonly string[] => Object.keys(all).filter((path) => all[path] === "folder" && !path.startsWith(".dps-gen"));
    expect(folders(tree())).toEqual([...folders(before), "dbt/models/mine"].sort());
  });

  it("R22: conflict markers in a spec end the run with 2", async () => {
    specs(`<<<<<<< HEAD\n${SPEC}=======\n${CHANGED}>>>>>>> branch\n`);
    const before = tree();
    expect(await generate()).toMatchObject({ code: 2 });
    expect(tree()).toEqual(before);
  });

  it("R15: what a formatter did to a file is an edit: reported, kept, and never lost", async () => {
    const yaml = "dbt/models/staging/shop/_stg_shop__models.yml";
    const formatted = (await format(read(yaml), { parser: "yaml", singleQuote: true })).replaceAll("\n  ", "\n    ");
    expect(formatted).not.toBe(read(yaml));
    writeFileSync(place("out", yaml), formatted);
    writeFileSync(place("out", MODEL), read(MODEL).toUpperCase());
    expect(await generate()).toMatchObject({ code: 0, said: expect.stringMatching(/edit-kept[^]*edit-kept/) });
    specs(CHANGED);
    const before = tree();
    expect(await generate()).toMatchObject({ code: 4, said: expect.stringContaining("output/edited") });
    expect(tree()).toEqual(before);
  });

  it("R20: a plan that was agreed to is carried out exactly, or not at all", async () => {
    const plan = async (): Promise<void> => writeFileSync(place("plan.json"), (await call(["plan", place("specs"), "--out", place("out"), "--format", "json"])).said);
    const carryOut = (): ReturnType<typeof call> => call([place("specs"), "--out", place("out"), "--plan", place("plan.json")]);
    specs(CHANGED);
    await plan();
    writeFileSync(place("out", MODEL), `${read(MODEL)}-- mine\n`);
    const before = tree();
    expect(await carryOut()).toMatchObject({ code: 3, said: expect.stringContaining("output/plan-stale") });
    specs(SPEC);
    expect(await carryOut()).toMatchObject({ code: 3 });
    expect(tree()).toEqual(before);
    specs(CHANGED);
    await plan();
    expect(await carryOut()).toMatchObject({ code: 0 });
    expect(read(MODEL)).toMatch(/note[^]*-- mine\n$/);
    expect(await carryOut()).toMatchObject({ code: 3 });
    writeFileSync(place("plan.json"), "{}");
    expect(await carryOut()).toMatchObject({ code: 2, said: expect.stringContaining("is no plan") });
  });

  it("R21: without a terminal nothing is asked and nothing overwritten", async () => {
    writeFileSync(place("out", MODEL), "select 1\n");
    specs(CHANGED);
    expect(await generate()).toMatchObject({ code: 4 });
    expect(read(MODEL)).toBe("select 1\n");
    const sources = readdirSync("generator", { recursive: true, withFileTypes: true }).filter((one) => one.name.endsWith(".ts"));
    for (const one of sources) expect(readFileSync(join(one.parentPath, one.name), "utf8"), one.name).not.toMatch(/process\.stdin|node:readline/);
  });

  it("C8: an edit at the very last moment, while texts are staged, is merged and not written over", async () => {
    specs(CHANGED);
    const host = nodeHost();
    let times = 0;
    const hasty: Host = { ...host, create: (path, content) => {
      if (path.endsWith("tmp/0") && times++ === 0) writeFileSync(place("out", MODEL), `${read(MODEL)}-- in time\n`);
      host.create(path, content);
    } };
    expect(await generate(hasty)).toMatchObject({ code: 0 });
    expect(read(MODEL)).toMatch(/note[^]*-- in time\n$/);
  });

  it("neighbours stay: dbt's target, environments, warehouses, own models, links and modes, in runs with and without changes", async () => {
    const own = { "dbt/target/manifest.json": "{}", ".venv/pyvenv.cfg": "x", "warehouse.duckdb": "binary", "dbt/models/mine/my_model.sql": "select 1", "dbt/packages.yml": "packages: []\n", "airflow/dags/mine.py": "pass\n" };
    for (const [path, text] of Object.entries(own)) {
      mkdirSync(join(place("out", path), ".."), { recursive: true });
      writeFileSync(place("out", path), text);
    }
    symlinkSync("../warehouse.duckdb", place("out", "dbt", "link.duckdb"));
    chmodSync(place("out", MODEL), 0o600);
    const at = Object.keys(own).map((path) => statSync(place("out", path)).mtimeMs);
    for (const text of [SPEC, CHANGED, CHANGED]) {
      specs(text);
      expect(await generate()).toMatchObject({ code: 0 });
      for (const [path, kept] of Object.entries(own)) expect(read(path), path).toBe(kept);
      expect(Object.keys(own).map((path) => statSync(place("out", path)).mtimeMs)).toEqual(at);
      expect(tree()["dbt/link.duckdb"]).toBe("other");
      expect(statSync(place("out", MODEL)).mode & 0o777).toBe(0o600);
    }
  });
});

describe("a file system that refuses", () => {
  const codes = ["ENOSPC", "EACCES", "EIO", "EMFILE", "EROFS", "EDQUOT"] as const;

  it.each([MODEL, "dbt/models/staging/shop", ".dps-gen"])("C4: where %s may not be written to, exit 1 before anything is changed", async (readOnly) => {
    specs(CHANGED);
    const before = tree();
    const host = nodeHost();
    const refusing: Host = { ...host, requireWritable: (path) => {
      if (path === place("out", readOnly)) throw Object.assign(new Error("EACCES: permission denied"), { code: "EACCES", syscall: "access", path });
      host.requireWritable(path);
    } };
    expect(await generate(refusing)).toMatchObject({ code: 1, said: expect.stringContaining(`'${place("out", readOnly)}' (EACCES)`) });
    expect(tree()).toEqual(before);
    expect(await generate()).toMatchObject({ code: 0 });
  });

  it("C3, C4: at any call: exit 1, before the journal nothing changed, and the next run ends as if nothing had happened", async () => {
    specs(CHANGED);
    const before = tree();
    let calls = 0;
    const stopping = (at: number): Host => {
      const host = nodeHost();
      let count = 0;
      const refuse = <Arguments extends readonly unknown[], Result>(act: (...args: Arguments) => Result) => (...args: Arguments): Result => {
        calls = count;
        const code = codes[at % codes.length];
        if (count++ === at) throw Object.assign(new Error(`${code}: refused`), { code, syscall: "write", path: String(args[0]) });
        return act(...args);
      };
      return { ...host, create: refuse(host.create), write: refuse(host.write), move: refuse(host.move), remove: refuse(host.remove), removeEmptyFolder: refuse(host.removeEmptyFolder) };
    };
    expect(await generate(stopping(10_000))).toMatchObject({ code: 0 });
    const [after, total] = [tree(), calls + 1];
    for (const at of thorough ? Array.from({ length: total }, (_, call) => call) : [0, 3, total - 12, total - 4]) {
      rmSync(place("out"), { recursive: true });
      for (const [path, text] of Object.entries(before)) {
        if (text === "folder") mkdirSync(place("out", path), { recursive: true });
        else writeFileSync(place("out", path), text);
      }
      const { code, said } = await generate(stopping(at));
      expect(code, `call ${at}: ${said}`).toBe(1);
      if (!existsSync(place("out", ".dps-gen", "journal.json")) && read(".dps-gen/manifest.json") === before[".dps-gen/manifest.json"]) expect({ ...tree(), ".dps-gen/tmp": "" }).toEqual({ ...before, ".dps-gen/tmp": "" });
      expect(await generate(), `call ${at}`).toMatchObject({ code: 0 });
      expect(tree(), `call ${at}`).toEqual(after);
    }
  });
});
