import { spawnSync } from "node:child_process";
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { build } from "esbuild";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import type { File } from "../../../generator/output/render.ts";
import { thorough } from "../../support/thorough.ts";

const BASE = "one\ntwo\nthree\nfour\nfive\n";
const before = [file("a.sql", BASE), file("b.sql", BASE), file("gone/c.sql", "three\n"), file("run.sh", "old\n")];
const after = [file("a.sql", BASE.replace("five", "FIVE")), file("b.sql", BASE.replace("five", "FIVE")), file("new/d.sql", "four\n"), file("run.sh", "new\n")];
const later = [file("a.sql", BASE.replace("five", "5")), file("b.sql", BASE.replace("five", "5")), file("gone/c.sql", "3\n"), file("new/d.sql", "4\n"), file("run.sh", "newer\n")];

let scratch = "";
const place = (...parts: readonly string[]): string => join(scratch, ...parts);

beforeAll(async () => {
  scratch = mkdtempSync(join(tmpdir(), "dps-gen-crash-"));
  await build({ entryPoints: [join(import.meta.dirname, "child.ts")], outfile: place("child.cjs"), bundle: true, format: "cjs", platform: "node", logLevel: "error" });
  for (const [name, files] of Object.entries({ before, after, later })) writeFileSync(place(`${name}.json`), JSON.stringify(files));
  expect(run("start", "before").status).toBe(0);
  writeFileSync(place("start", "a.sql"), BASE.replace("one", "mine"));
  chmodSync(place("start", "run.sh"), 0o750);
  mkdirSync(place("start", "dbt", "target"), { recursive: true });
  writeFileSync(place("start", "dbt", "target", "run.log"), "a neighbour");
});
afterAll(() => rmSync(scratch, { recursive: true, force: true }));

describe("a run that is killed", () => {
  it("C2, C11: at any change of a file leaves whole files, and is carried on to the tree of an undisturbed run", () => {
    copy("start", "whole");
    const calls = Number(run("whole", "after").stdout);
    const expected = tree("whole");
    copy("whole", "wholeLater");
    expect(run("wholeLater", "later").status).toBe(0);
    expect(calls).toBeGreaterThan(30);
    const all = Array.from({ length: calls }, (_, call) => call);
    // Before anything is staged, half way through staging, and twice between the journal and the end.
    const few = [0, 9, 2 * Math.floor(calls * 0.3), 2 * Math.floor(calls * 0.38)];
    for (const call of thorough ? all : few) {
      copy("start", "killed");
      expect(run("killed", "after", call).signal).toBe("SIGKILL");
      wholeFiles(call);
      if (call % 2 === 0) copy("killed", "other");
      expect(run("killed", "after").status, `killed at ${call}`).toBe(0);
      expect(tree("killed"), `killed at ${call}`).toEqual(expected);
      if (call % 2 !== 0) continue;
      // The specs have moved on before anybody ran it again.
      expect(run("other", "later").status, `killed at ${call}`).toBe(0);
      expect(files(tree("other")), `killed at ${call}`).toEqual(files(tree("wholeLater")));
    }
  }, 300_000);

  it("C7: an interrupt from the keyboard half way is no different", () => {
    copy("start", "whole");
    const calls = Number(run("whole", "after").stdout);
    for (const call of [8, 2 * Math.floor(calls * 0.35)]) {
      copy("start", "killed");
      expect(run("killed", "after", call, "SIGINT")).toMatchObject({ status: null, signal: "SIGINT" });
      wholeFiles(call);
      expect(run("killed", "after").status).toBe(0);
      expect(tree("killed")).toEqual(tree("whole"));
    }
  });

  it("keeps the mode of a file that it replaces", () => {
    copy("start", "modes");
    run("modes", "after");
    expect(readFileSync(place("modes", "run.sh"), "utf8")).toBe("new\n");
    expect(statSync(place("modes", "run.sh")).mode & 0o777).toBe(0o750);
  });
});

/** Whatever stands where users look is what it was or what it becomes, and the edit is there. */
function wholeFiles(call: number): void {
  const found = tree("killed");
  for (const [path, text] of Object.entries(files(found))) {
    const known = [...before, ...after].filter((one) => one.path === path).map((one) => one.text);
    const edited = [BASE.replace("one", "mine"), BASE.replace("one", "mine").replace("five", "FIVE")];
    expect([...known, ...(path === "a.sql" ? edited : []), "a neighbour"], `${path} at ${call}`).toContain(text);
  }
  expect(found["a.sql"], `killed at ${call}`).toContain("mine");
}

function run(folder: string, wanted: string, stopAt = -1, signal = "SIGKILL"): { readonly status: number | null; readonly signal: string | null; readonly stdout: string } {
  const { stderr, ...ended } = spawnSync(process.execPath, [place("child.cjs"), place(folder), place(`${wanted}.json`)], { encoding: "utf8", env: { ...process.env, STOP_AT: String(stopAt), STOP_WITH: signal } });
  expect(stderr).toBe("");
  return ended;
}

function copy(from: string, to: string): void {
  if (existsSync(place(to))) rmSync(place(to), { recursive: true });
  cpSync(place(from), place(to), { recursive: true });
}

/** All files with their contents and, where it is no usual one, their mode. */
function tree(folder: string): Readonly<Record<string, string>> {
  const entries = readdirSync(place(folder), { recursive: true, withFileTypes: true });
  expect(entries.filter((one) => one.isDirectory()).map(({ name }) => name)).not.toContain("");
  return Object.fromEntries(entries.filter((entry) => entry.isFile()).map((entry) => join(entry.parentPath, entry.name)).sort().map((path) => [path.slice(place(folder).length + 1), readFileSync(path, "utf8")]));
}

/** Those that are not dps-gen's own. */
function files(all: Readonly<Record<string, string>>): Readonly<Record<string, string>> {
  return Object.fromEntries(Object.entries(all).filter(([path]) => !path.startsWith(".dps-gen")));
}

function file(path: string, text: string): File {
  return { path, text, mode: "generated", from: ["x"] };
}
