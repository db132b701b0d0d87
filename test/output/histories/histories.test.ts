import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { memoryHost } from "../../../generator/memory-host.ts";
import { finish } from "../../../generator/output/journal.ts";
import { changeOwner } from "../../../generator/ownership.ts";
import { thorough } from "../../support/thorough.ts";
import { branch, checkOut, filesOf, mergeInto, run, wanted, type World } from "./world.ts";

/** What can happen to a repository; `at` chooses among what there is. */
const step = fc.record({
  kind: fc.constantFrom("column", "column", "drop column", "object", "drop object", "rename", "edit", "edit", "edit", "share", "delete", "restore", "kill", "kill", "eject", "adopt", "inline", "rej", "windows", "branch", "merge", "run"),
  at: fc.nat(40),
});

describe("any history of changed specs, hand edits, deletions, renames, files taken over and given back, conflicts written out, checkouts by Windows, branches, merges and kills", () => {
  it("loses no line of the user's; after a clean run every file is what a fresh run writes, with those lines in it", () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: thorough ? 30 : 15 }), fc.boolean(), (steps, inGit) => {
        const world: World = { specs: { objects: new Map([["a", { columns: ["x", "y"], formerly: null }], ["b", { columns: ["z"], formerly: null }]]) }, host: memoryHost({}), edits: new Map(), ejected: new Map(), loose: false, blobs: inGit ? new Map() : null };
        settle(world);
        let fork: { readonly ancestor: World; readonly other: World } | null = null;
        for (const [number, { kind, at }] of steps.entries()) {
          if (kind === "branch") {
            for (const path of world.ejected.keys()) giveBack(world, path);
            settle(world);
            fork = { ancestor: branch(world), other: branch(world) };
            happen(fork.other, at % 2 === 0 ? "column" : "object", at, `o${number}`);
            if (at % 3 === 0) happen(fork.other, "edit", at, `o${number}`);
            settle(fork.other);
          } else if (kind === "merge" && fork !== null) {
            settle(world);
            mergeInto(world, fork.other, fork.ancestor);
            fork = null;
            expectLinesKept(world);
            settle(world, true);
          } else if (kind !== "eject" || fork === null) happen(world, kind, at, `n${number}`);
          expectLinesKept(world);
        }
        settle(world);
      }),
      { numRuns: thorough ? 1500 : 40 },
    );
  });
});

/** One thing that the user does; `label` is a name nobody used. */
function happen(world: World, kind: string, at: number, label: string): void {
  const { objects } = world.specs;
  const names = [...objects.keys()].sort();
  const name = names[at % Math.max(1, names.length)];
  const object = name === undefined ? undefined : objects.get(name);
  const paths = [...filesOf(world).keys()].filter((path) => wanted(world.specs).some((one) => one.path === path && one.mode === "generated"));
  const path = paths[at % Math.max(1, paths.length)];
  const describe = (changes: readonly (readonly [string, typeof object | null])[]): void => {
    const next = new Map(objects);
    for (const [key, value] of changes) if (value === null || value === undefined) next.delete(key);
    else next.set(key, value);
    world.specs = { objects: next };
  };
  if (kind === "column" && name !== undefined && object !== undefined) describe([[name, { ...object, columns: object.columns.toSpliced(at % (object.columns.length + 1), 0, label) }]]);
  if (kind === "drop column" && name !== undefined && object !== undefined) describe([[name, { ...object, columns: object.columns.toSpliced(at % Math.max(1, object.columns.length), 1) }]]);
  if (kind === "object") describe([[label, { columns: ["id", label], formerly: null }]]);
  if (kind === "drop object" && name !== undefined) describe([[name, null]]);
  // A second rename before the first was generated would name what never was.
  if (kind === "rename" && name !== undefined && object !== undefined && filesOf(world).has(`models/${name}.sql`)) describe([[name, null], [`${name.slice(0, 1)}${label}`, { ...object, formerly: name }]]);
  if (kind === "edit" && path !== undefined) edit(world, path, at, `-- ${label} by hand`);
  if (kind === "share") edit(world, "project.yml", 0, `${label}: of the user`);
  if (kind === "delete" && path !== undefined && !world.ejected.has(path)) {
    world.host.remove(`/repo/${path}`);
    world.edits.delete(path);
  }
  if (kind === "restore") run(world, { restore: true });
  if (kind === "kill") run(world, { stopAt: at });
  if (kind === "eject" && path !== undefined && typeof changeOwner(world.host, "/repo", path, "ejected") === "string") world.ejected.set(path, filesOf(world).get(path) ?? "");
  if (kind === "adopt") giveBack(world, [...world.ejected.keys()].sort()[at % Math.max(1, world.ejected.size)] ?? "");
  if (kind === "inline" || kind === "rej") {
    run(world, { conflict: kind });
    world.loose = true;
    // What is beside a file is for people, who read it and throw it away.
    for (const one of filesOf(world).keys()) if (one.endsWith(".rej")) world.host.remove(`/repo/${one}`);
  }
  if (kind === "windows") checkOut(world, "\r\n");
  if (kind === "run") settle(world);
  // A file that was moved, by a run that ended or by one that was killed, took its lines along.
  followMoves(world);
}

function edit(world: World, path: string, at: number, line: string): void {
  const text = filesOf(world).get(path);
  if (text === undefined) return;
  const lines = text.split("\n");
  lines.splice(path === "project.yml" ? 0 : at % lines.length, 0, line);
  world.host.write(`/repo/${path}`, lines.join("\n"));
  if (world.ejected.has(path)) world.ejected.set(path, lines.join("\n"));
  world.edits.set(path, new Set([...(world.edits.get(path) ?? []), line]));
}

/** An ejected file whose object is gone stays the user's. */
function giveBack(world: World, path: string): void {
  if (world.ejected.has(path) && typeof changeOwner(world.host, "/repo", path, "generated") === "string") world.ejected.delete(path);
}

function followMoves(world: World): void {
  const files = filesOf(world);
  for (const { path, formerly } of wanted(world.specs)) {
    if (formerly === undefined || files.has(formerly) || !files.has(path)) continue;
    const taken = world.ejected.get(formerly);
    if (taken !== undefined) world.ejected.set(path, taken);
    world.ejected.delete(formerly);
    const moved = world.edits.get(formerly);
    if (moved === undefined) continue;
    world.edits.set(path, new Set([...(world.edits.get(path) ?? []), ...moved]));
    world.edits.delete(formerly);
  }
}

/** Runs until it ends clean; where it stops, nothing may have changed, and the user gives the file in question up. */
function settle(world: World, afterMerge = false): void {
  for (let round = 0; ; round++) {
    expect(round).toBeLessThan(40);
    // What a killed run began is carried on first, whatever this one comes to.
    expect(finish(world.host, "/repo")).toBeNull();
    const before = world.host.files();
    const plan = run(world);
    followMoves(world);
    expectLinesKept(world);
    const stopped = plan?.diagnostics.filter(({ severity }) => severity === "error") ?? [];
    if (stopped.length > 0) expect(world.host.files()).toEqual(before);
    // Where a side of git's conflict holds an edit, the markers stay until somebody chooses: it is reported as an edit.
    const marked = [...filesOf(world)].flatMap(([path, text]) => (!world.ejected.has(path) && /^<{7}/m.test(text) ? [path] : []));
    for (const path of stopped.length > 0 ? [] : marked) {
      expect(plan?.diagnostics.map(({ code, message }) => `${code} ${message}`)).toContainEqual(expect.stringMatching(`^output/edit-kept '${path}'`));
      world.edits.delete(path);
      world.host.write(`/repo/${path}`, wanted(world.specs).find((one) => one.path === path)?.text ?? "");
    }
    // What git merged otherwise than the specs were merged may say something twice: it is reported as an edit.
    const twice = (afterMerge || world.loose) && stopped.length === 0 && marked.length === 0 ? [...filesOf(world).keys()].filter((path) => !isFresh(world, path)) : [];
    for (const path of twice) {
      expect(run(world)?.diagnostics.map(({ code, message }) => `${code} ${message}`)).toContainEqual(expect.stringMatching(`^output/edit-kept '${path}'`));
      world.edits.delete(path);
      world.host.write(`/repo/${path}`, wanted(world.specs).find((one) => one.path === path)?.text ?? "");
    }
    if (stopped.length === 0 && marked.length === 0 && twice.length === 0) {
      world.loose = false;
      return expectFresh(world);
    }
    for (const { code, message } of stopped) {
      const path = /'([^']+)'/.exec(message)?.[1] ?? "";
      expect(["output/edited", "output/conflict-left", "output/no-base", "output/orphan-edited", "output/range-lost", "output/unmanaged"], message).toContain(code);
      world.edits.delete(path);
      world.ejected.delete(path);
      const text = wanted(world.specs).find((one) => one.path === path || one.formerly === path)?.text;
      if (code === "output/orphan-edited" || text === undefined) world.host.remove(`/repo/${path}`);
      else world.host.write(`/repo/${path}`, text);
    }
  }
}

/** Every line that the user wrote and did not give up stands where it was written, once at least. */
function expectLinesKept(world: World): void {
  const files = filesOf(world);
  for (const [path, text] of world.ejected) expect(files.get(path), `${path}, which is the user's`).toBe(text);
  for (const [path, lines] of world.edits) for (const line of lines) expect(files.get(path)?.split("\n"), `${line} in ${path}`).toContain(line);
}

/** Without the user's lines every file that is there is the one that a fresh run writes; nothing else is there. */
function expectFresh(world: World): void {
  const fresh = new Map(wanted(world.specs).map(({ path, text }) => [path, text]));
  for (const path of filesOf(world).keys()) if (!world.ejected.has(path)) expect(withoutEdits(world, path), path).toBe(fresh.get(path));
}

function isFresh(world: World, path: string): boolean {
  return filesOf(world).get(path) === undefined || world.ejected.has(path) || withoutEdits(world, path) === wanted(world.specs).find((one) => one.path === path)?.text;
}

function withoutEdits(world: World, path: string): string | undefined {
  const own = world.edits.get(path) ?? new Set();
  return filesOf(world).get(path)?.split("\n").filter((line) => !own.has(line)).join("\n");
}
