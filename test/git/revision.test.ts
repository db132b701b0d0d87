import { execFileSync } from "node:child_process";
import { mkdirSync, mkdtempSync, readdirSync, rmSync, statSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { runGit } from "../../generator/cli/git.ts";
import { runCli } from "../../generator/cli/run.ts";
import { gitDiagnostics } from "../../generator/git/diagnostics.ts";
import { readRevision, type RunGit } from "../../generator/git/revision.ts";
import { nodeHost } from "../../generator/host.ts";
import { edited, shop } from "../plan/change.ts";

let scratch = "";
let clone = "";
let specs = "";
const seen = new Set<string>();

const git = (folder: string, ...args: readonly string[]): string => execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", "-c", "protocol.file.allow=always", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] });

beforeAll(() => {
  scratch = mkdtempSync(join(tmpdir(), "dps-gen git "));
  clone = join(scratch, "clöne with blanks");
  specs = join(clone, "sub", "specs");
  mkdirSync(specs, { recursive: true });
  git(scratch, "init", "-q", "-b", "main", clone);
  writeFileSync(join(clone, "README.yaml"), "no: spec\n");
  git(clone, "add", "-A");
  git(clone, "commit", "-qm", "nothing yet");
  git(clone, "tag", "before-specs");
  writeFileSync(join(specs, "schöp one.yaml"), shop);
  writeFileSync(join(specs, "data.csv"), "a\n1\n");
  git(clone, "add", "-A");
  git(clone, "commit", "-qm", "specs");
  git(clone, "checkout", "-qb", "narrow");
  writeFileSync(join(specs, "schöp one.yaml"), edited(["      - {column: phone, type: string}\n", ""]));
  git(clone, "commit", "-qam", "no phone");
});

afterAll(() => rmSync(scratch, { recursive: true, force: true }));

function codeOf(found: ReturnType<typeof readRevision>): string {
  if (!("severity" in found)) return "";
  seen.add(found.code);
  return found.code;
}

async function dpsGen(...argv: readonly string[]): Promise<{ readonly code: number; readonly said: string }> {
  let said = "";
  const print = (text: string): void => void (said += text);
  const code = await runCli(argv, { host: nodeHost(), terminal: { print, printError: print, color: false, progress: () => undefined } });
  return { code, said };
}

describe("the specs of a git ref", () => {
  it("are those of the commit, and no other file", () => {
    const found = readRevision(runGit, specs, "main");
    if ("severity" in found || found.specs === null) throw new Error("not read");
    expect(found.commit).toBe(git(clone, "rev-parse", "main").trim());
    expect(found.specs.host.list(found.specs.root).map(({ name }) => name)).toEqual(["schöp one.yaml"]);
    expect(new TextDecoder().decode(found.specs.host.read(`${found.specs.root}/schöp one.yaml`))).toBe(shop);
  });

  it("may be missing there: then all is new", () => {
    const found = readRevision(runGit, specs, "before-specs");
    expect("specs" in found && found.specs).toBe(null);
  });

  it("keep a link a link", () => {
    const linked = join(scratch, "linked");
    git(scratch, "clone", "-q", clone, linked);
    symlinkSync("schöp one.yaml", join(linked, "sub", "specs", "link.yaml"));
    git(linked, "add", "-A");
    git(linked, "commit", "-qm", "link");
    const found = readRevision(runGit, join(linked, "sub", "specs"), "HEAD");
    if ("severity" in found || found.specs === null) throw new Error("not read");
    expect(found.specs.host.list(found.specs.root)).toContainEqual({ name: "link.yaml", kind: "link" });
  });

  it("cannot be had without git, a repository, the ref or its objects: every reason has its words", () => {
    expect(codeOf(readRevision(() => null, specs, "main"))).toBe("git/not-installed");
    expect(codeOf(readRevision(runGit, scratch, "main"))).toBe("git/no-repository");
    for (const ref of ["mian", "--output=x", "-h", "", "main:sub", "a..b"]) expect(codeOf(readRevision(runGit, specs, ref)), ref).toBe("git/unknown-ref");
    const shallow = join(scratch, "shallow");
    git(scratch, "clone", "-q", "--depth", "1", `file://${clone}`, shallow);
    expect(codeOf(readRevision(runGit, join(shallow, "sub", "specs"), "HEAD~1"))).toBe("git/shallow");
    const emptied: RunGit = (args, input) => (args.includes("cat-file") ? { status: 0, stdout: new TextEncoder().encode("abc missing\n"), stderr: "" } : runGit(args, input));
    expect(codeOf(readRevision(emptied, specs, "main"))).toBe("git/missing-object");
    const broken: RunGit = (args, input) => (args.includes("ls-tree") ? { status: 128, stdout: new Uint8Array(), stderr: "fatal: no\n" } : runGit(args, input));
    expect(codeOf(readRevision(broken, specs, "main"))).toBe("git/failed");
  });
});

describe("plan --against", () => {
  it("compares with another branch, and changes nothing", async () => {
    const before = [git(clone, "--no-optional-locks", "status", "--porcelain"), String(statSync(join(clone, ".git", "index")).mtimeMs), readdirSync(clone).join()];
    const { code, said } = await dpsGen("plan", specs, "--against", "main", "--out", clone, "--detailed-exitcode");
    expect(said).toContain("breaking SC301: shop.customers.phone: column removed: was string");
    expect(said).toContain("policy:    notify-30-days (violated)");
    expect(code).toBe(5);
    expect([git(clone, "--no-optional-locks", "status", "--porcelain"), String(statSync(join(clone, ".git", "index")).mtimeMs), readdirSync(clone).join()]).toEqual(before);
  });

  it("warns where the other branch has moved on, whose changes are then told backwards", async () => {
    const behind = join(scratch, "behind");
    git(scratch, "clone", "-q", "-b", "main", clone, behind);
    const at = (ref: string): Promise<{ readonly said: string }> => dpsGen("plan", join(behind, "sub", "specs"), "--against", ref, "--out", behind);
    expect((await at("origin/narrow")).said).toContain("git/ahead: 'origin/narrow' has changed the specs since this branch began (commits: 1)");
    seen.add("git/ahead");
    expect((await at("before-specs")).said).not.toContain("git/ahead");
  });

  it("takes HEAD without it, and says what is not committed yet", async () => {
    const { code, said } = await dpsGen("plan", specs, "--out", clone);
    expect(said).toContain("Nothing changed against HEAD");
    expect(code).toBe(0);
  });

  it("ends with 3 where only the output is stale, with 4 where files were edited, and with 0 where there is nothing to do, if asked for details", async () => {
    const out = join(scratch, "written");
    const ends = async (...more: readonly string[]): Promise<number> => (await dpsGen("plan", specs, "--out", out, ...more)).code;
    expect(await ends("--detailed-exitcode")).toBe(3);
    await dpsGen(specs, "--out", out);
    expect(await ends("--detailed-exitcode")).toBe(0);
    writeFileSync(join(out, "dbt", "models", "staging", "shop", "stg_shop__customers.sql"), "select 1\n");
    expect([await ends("--detailed-exitcode"), await ends()]).toEqual([4, 0]);
  });

  it("says what is wrong with the ref or with the specs of then", async () => {
    const { code, said } = await dpsGen("plan", specs, "--against", "mian", "--out", clone);
    expect(said).toContain("git knows no commit 'mian'");
    expect(said).toContain("did you mean 'main'?");
    expect(code).toBe(2);
    const broken = join(scratch, "broken");
    git(scratch, "clone", "-q", clone, broken);
    writeFileSync(join(broken, "sub", "specs", "schöp one.yaml"), "contracts: [{name: 7, schma: []}]\n");
    git(broken, "commit", "-qam", "broken");
    writeFileSync(join(broken, "sub", "specs", "schöp one.yaml"), shop);
    const invalid = await dpsGen("plan", join(broken, "sub", "specs"), "--out", broken);
    expect(invalid.said).toContain("git/base-invalid");
    seen.add("git/base-invalid");
    expect(invalid.code).toBe(2);
  });

  it("plans files only, outside of git", async () => {
    const alone = join(scratch, "alone");
    mkdirSync(alone);
    writeFileSync(join(alone, "shop.yaml"), shop);
    const { code, said } = await dpsGen("plan", alone, "--out", join(scratch, "out"));
    expect(said).toContain("Not compared with an earlier state. generate would change");
    expect(code).toBe(0);
  });

  it("has raised every code of the table in these tests", () => {
    expect([...seen].sort()).toEqual(Object.keys(gitDiagnostics.entries).map((code) => `git/${code}`).sort());
  });
});

describe("timeline", () => {
  it("tells what each commit did to an object or a column", async () => {
    const { code, said } = await dpsGen("timeline", "shop.customers.phone", specs);
    expect(said.replace(/^\d{4}-\d\d-\d\d [0-9a-f]{10}/gm, "DAY COMMIT")).toBe(`DAY COMMIT t: specs
  additive SC201: shop.customers: contract added

DAY COMMIT t: no phone
  breaking SC301: shop.customers.phone: column removed: was string
`);
    expect(code).toBe(0);
  });

  it("goes on before a rename under the former name, and tells what changed further up where values are others since", async () => {
    const moved = join(scratch, "moved");
    git(scratch, "clone", "-q", "-b", "main", clone, moved);
    const file = join(moved, "sub", "specs", "schöp one.yaml");
    const upper = edited(["description: City of the address.}", "description: City of the address., clean: [upper]}"]);
    const renamed = upper.replace("name: dim_customer", "name: dim_buyer\n    renamed_from: dim_customer").replace("[dim_customer,", "[dim_buyer,").replace("dim_customer.city", "dim_buyer.town").replace("{name: city, scd", "{name: town, source: city, renamed_from: city, scd");
    for (const [text, subject] of [[upper, "upper"], [renamed, "renamed"]] as const) {
      writeFileSync(file, text);
      git(moved, "commit", "-qam", subject);
    }
    const { said } = await dpsGen("timeline", "dim_buyer.town", join(moved, "sub", "specs"));
    expect(said.replace(/^\d{4}-\d\d-\d\d [0-9a-f]{10}/gm, "DAY COMMIT")).toBe(`DAY COMMIT t: specs
  additive SC201: dim_customer: dimension added

DAY COMMIT t: upper
  restating GR801: shop.customers.city: clean changed: none → {kind: "upper"}

DAY COMMIT t: renamed
  breaking SC302: dim_buyer: renamed: dim_customer → dim_buyer
  breaking SC302: dim_buyer.town: column renamed: city → town
`);
  });

  it("names commits whose specs do not compile, and tells what they changed with the next one; as JSON, too", async () => {
    const folder = join(scratch, "life");
    const commit = (text: string, subject: string): void => {
      writeFileSync(join(folder, "sub", "specs", "schöp one.yaml"), text);
      git(folder, "commit", "-qam", subject);
    };
    git(scratch, "clone", "-q", "--branch", "main", clone, folder);
    commit("contracts: [{name: 7}]\n", "half done");
    commit(edited(["{column: phone, type: string}", "{column: phone, type: integer}"], ["City of the address.", "Town."]), "done");
    const { code, said } = await dpsGen("timeline", "shop.customers.phone", join(folder, "sub", "specs"));
    expect(code).toBe(0);
    expect(said.replace(/[0-9a-f]{10}/g, "COMMIT").split("\n\n").slice(1).map((part) => part.replace(/^\d{4}-\d\d-\d\d /, ""))).toEqual([
      "COMMIT t: done\n  breaking SC303: shop.customers.phone: type changed: string → integer",
      "COMMIT half done: its specs do not compile; what it changed is told with the next commit.\n",
    ]);
    const json: unknown = JSON.parse((await dpsGen("timeline", "shop.customers.phone", join(folder, "sub", "specs"), "--format", "json")).said);
    expect(json).toMatchObject({ format_version: 1, name: "shop.customers.phone", commits: [{ subject: "specs" }, { subject: "done", changes: [{ rule: "SC303", class: "breaking" }] }], skipped: [{ subject: "half done" }] });
  });

  it("says so where nothing of that name was ever there, or there is no git", async () => {
    expect((await dpsGen("timeline", "dim_nobody", specs)).code).toBe(2);
    expect(await dpsGen("timeline", "dim_nobody", scratch)).toMatchObject({ code: 2, said: expect.stringContaining("git/no-repository") });
  });

  it("says so where the clone holds the last commits only", async () => {
    const shallow = join(scratch, "timeline shallow");
    git(scratch, "clone", "-q", "--depth", "1", `file://${clone}`, shallow);
    expect((await dpsGen("timeline", "shop.customers", join(shallow, "sub", "specs"))).said).toMatch(/contract added\n\nThis clone is shallow: .*--unshallow\.\n$/);
  });
});
