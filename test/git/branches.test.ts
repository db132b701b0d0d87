import { execFileSync } from "node:child_process";
import { cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runCli } from "../../generator/cli/run.ts";
import { nodeHost } from "../../generator/host.ts";
import { shop } from "../plan/change.ts";

let scratch = "";
const place = (...parts: readonly string[]): string => join(scratch, ...parts);

/** What git says; a merge that conflicts says so, too. */
function git(clone: string, ...args: readonly string[]): string {
  const identity = ["-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "core.autocrlf=false"];
  try {
    return execFileSync("git", ["-C", place(clone), ...identity, ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "pipe"] });
  } catch (error) {
    if (error instanceof Error && "stdout" in error && args[0] === "merge") return String(error.stdout);
    throw error;
  }
}

async function dpsGen(clone: string, ...argv: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  let said = "";
  const print = (text: string): void => void (said += text);
  const [command = "", ...rest] = argv;
  const code = await runCli([command, place(clone, "specs"), "--out", place(clone), ...rest], { host: nodeHost(), terminal: { print, printError: print, color: false, progress: () => undefined } });
  return { code, said };
}

function read(clone: string, path: string): string {
  return readFileSync(place(clone, path), "utf8");
}

/** Replaces a text that must be there. */
function change(clone: string, path: string, from: string, to: string): void {
  const text = read(clone, path);
  expect(text).toContain(from);
  writeFileSync(place(clone, path), text.replace(from, to));
}

function commit(clone: string, message: string): void {
  git(clone, "add", "-A");
  git(clone, "commit", "-qm", message);
}

const ordersModel = "dbt/models/staging/shop/stg_shop__orders.sql";
const customersModel = "dbt/models/staging/shop/stg_shop__customers.sql";

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "dps-gen-branches-"));
  execFileSync("git", ["init", "-q", "--bare", "-b", "main", place("origin.git")]);
  for (const clone of ["ann", "bob"]) execFileSync("git", ["clone", "-q", place("origin.git"), place(clone)], { stdio: "ignore" });
  git("ann", "checkout", "-qb", "main");
  mkdirSync(place("ann", "specs"));
  writeFileSync(place("ann", "specs", "shop.yaml"), shop);
  expect(await dpsGen("ann", "generate")).toMatchObject({ code: 0 });
  commit("ann", "first");
  git("ann", "push", "-q", "origin", "main");
  git("bob", "pull", "-q", "origin", "main");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("two branches in a real repository", () => {
  it("R23: that both regenerated and hold edits merge; the next run equals the merged specs, edits kept", async () => {
    expect(git("ann", "status", "--porcelain")).toBe("");
    // Ann adds a contract; Bob adds another right beside it in every list, and edits a generated model by hand.
    writeFileSync(place("ann", "specs", "ann.yaml"), contract("shop.parcels"));
    expect(await dpsGen("ann", "generate")).toMatchObject({ code: 0 });
    commit("ann", "parcels");
    git("ann", "push", "-q", "origin", "main");
    git("bob", "checkout", "-qb", "returns");
    writeFileSync(place("bob", "specs", "bob.yaml"), contract("shop.payments"));
    change("bob", customersModel, "select", "-- Bob was here\nselect");
    expect(await dpsGen("bob", "generate")).toMatchObject({ code: 0, said: expect.stringContaining("output/edit-kept") });
    commit("bob", "payments");
    git("bob", "fetch", "-q", "origin");
    const said = git("bob", "merge", "-q", "origin/main");
    expect(said).toContain("Auto-merging .dps-gen/manifest.json");
    expect(said).not.toMatch(/CONFLICT.*manifest/);
    expect(said).toContain("CONFLICT");
    const conflicted = git("bob", "diff", "--name-only", "--diff-filter=U").trim().split("\n");
    expect(conflicted.every((path) => !path.startsWith("specs/"))).toBe(true);
    const merged = await dpsGen("bob", "generate");
    expect(merged).toMatchObject({ code: 0 });
    expect(read("bob", customersModel)).toContain("-- Bob was here");
    expect(allText("bob")).not.toMatch(/^(<{7}|>{7})/m);
    commit("bob", "merge");
    await expectFresh("bob", [customersModel]);
    expect((await dpsGen("bob", "generate")).said).toMatch(/^[^]*Files: 1 left as you have them, \d+ unchanged\. 1 warning\.\n$/);
    git("bob", "push", "-q", "origin", "HEAD:main");
    git("ann", "pull", "-q", "--ff-only", "origin", "main");
    expect(await dpsGen("ann", "check")).toMatchObject({ code: 4, said: expect.stringContaining(customersModel) });
  });

  it("R10: a renamed dimension takes its files with their edits along; without renamed_from the edited one is in the way", async () => {
    const [before, after] = ["dbt/models/marts/core/dim_customer.sql", "dbt/models/marts/core/dim_client.sql"];
    writeFileSync(place("ann", before), `${read("ann", before)}-- mine\n`);
    const specs = read("ann", "specs/shop.yaml");
    const renamed = specs.replaceAll("dim_customer", "dim_client");
    writeFileSync(place("ann", "specs", "shop.yaml"), renamed);
    expect(await dpsGen("ann", "generate")).toMatchObject({ code: 4, said: expect.stringContaining("output/orphan-edited") });
    writeFileSync(place("ann", "specs", "shop.yaml"), renamed.replace("name: dim_client\n", "name: dim_client\n    renamed_from: dim_customer\n"));
    expect(read("ann", "specs/shop.yaml")).toContain("renamed_from");
    expect(await dpsGen("ann", "generate")).toMatchObject({ code: 0, said: expect.stringMatching(/[1-9] moved/) });
    expect(existsSync(place("ann", before))).toBe(false);
    expect(read("ann", after)).toContain("-- mine");
    await expectFresh("ann", [customersModel, after]);
    commit("ann", "renamed");
  });

  it("R14: a checkout with the line ends of Windows is no drift", async () => {
    git("bob", "checkout", "-q", "main");
    git("bob", "pull", "-q", "origin", "main");
    execFileSync("git", ["-c", "core.autocrlf=true", "clone", "-q", "-c", "core.autocrlf=true", place("origin.git"), place("windows")], { stdio: "ignore" });
    expect(read("windows", ordersModel)).toContain("\r\n");
    expect((await dpsGen("windows", "check")).said).toMatch(/^[^\n]*stg_shop__customers[^]*1 warning\. ?\n?$/);
  });

  it("merges an edit in a shallow clone with a detached head, and refuses where no git knows what it was made from", async () => {
    const edit = async (clone: string): Promise<{ readonly code: number; readonly said: string }> => {
      writeFileSync(place(clone, ordersModel), `${read(clone, ordersModel)}-- mine\n`);
      change(clone, "specs/shop.yaml", "    schema:\n      - {column: order_id, type: integer}\n", "    schema:\n      - {column: note, type: string}\n      - {column: order_id, type: integer}\n");
      return dpsGen(clone, "generate");
    };
    execFileSync("git", ["clone", "-q", "--depth", "1", `file://${place("origin.git")}`, place("shallow")], { stdio: "ignore" });
    git("shallow", "checkout", "-q", "--detach");
    cpSync(place("shallow"), place("plain"), { recursive: true, filter: (path) => !path.endsWith("/.git") });
    expect(await edit("shallow")).toMatchObject({ code: 0, said: expect.stringContaining("1 merged with edits") });
    expect(read("shallow", ordersModel)).toMatch(/note[^]*-- mine\n$/);
    expect(await edit("plain")).toMatchObject({ code: 4, said: expect.stringContaining("output/no-base") });
    expect(read("plain", ordersModel)).toMatch(/-- mine\n$/);
  });

  it("merges an edit where git names objects by sha256, which is not how a manifest does", async () => {
    execFileSync("git", ["init", "-q", "--object-format=sha256", place("sha256")]);
    mkdirSync(place("sha256", "specs"));
    writeFileSync(place("sha256", "specs", "shop.yaml"), shop);
    await dpsGen("sha256", "generate");
    writeFileSync(place("sha256", ordersModel), `${read("sha256", ordersModel)}-- mine\n`);
    change("sha256", "specs/shop.yaml", "    schema:\n      - {column: order_id, type: integer}\n", "    schema:\n      - {column: note, type: string}\n      - {column: order_id, type: integer}\n");
    expect(await dpsGen("sha256", "generate")).toMatchObject({ code: 0, said: expect.stringContaining("1 merged with edits") });
  });
});

/** The tree equals a fresh generation, but for files that hold edits. */
async function expectFresh(clone: string, edited: readonly string[]): Promise<void> {
  rmSync(place("fresh"), { recursive: true, force: true });
  const argv = [place(clone, "specs"), "--out", place("fresh"), "--quiet"];
  expect(await runCli(argv, { host: nodeHost(), terminal: { print: () => undefined, printError: () => undefined, color: false, progress: () => undefined } })).toBe(0);
  const ours = (path: string): boolean => !/^(specs|\.git)\//.test(path) && !/^\.dps-gen\/(base\/|cache)/.test(path);
  expect(filesOf(clone).filter(ours)).toEqual(filesOf("fresh").filter(ours));
  for (const path of filesOf("fresh").filter(ours)) if (!edited.includes(path)) expect(read(clone, path), path).toBe(read("fresh", path));
}

function filesOf(folder: string): readonly string[] {
  const entries = readdirSync(place(folder), { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return entries.map((one) => join(one.parentPath, one.name).slice(place(folder).length + 1)).sort();
}

function allText(clone: string): string {
  return filesOf(clone).filter((path) => !path.startsWith(".git/")).map((path) => read(clone, path)).join("");
}

function contract(name: string): string {
  return `contract: {name: ${name}, description: More., primary_key: [id], schema: [{column: id, type: integer, description: Its number.}]}\n`;
}
