import { describe, expect, it } from "vitest";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import { fingerprintOf } from "../../generator/output/fingerprint.ts";
import { blobId, digest } from "../../generator/output/digest.ts";
import { MANIFEST_PATH } from "../../generator/output/manifest.ts";
import { changeOwner } from "../../generator/ownership.ts";
import { commit, finish } from "../../generator/output/journal.ts";
import type { File } from "../../generator/output/render.ts";
import { applyWrite, isStillTrue, planWrite, type WritePlan, type WriteSettings } from "../../generator/output/write.ts";

const BASE = "one\ntwo\nthree\nfour\nfive\n";

describe("edits and regeneration", () => {
  it("R1: a second run writes nothing", () => {
    const host = generated({ "a.sql": BASE });
    expect(run(host, [file("a.sql", BASE)])).toMatchObject({ changes: [], manifest: null });
    expect(run(host, [file("a.sql", BASE)]).writes.size).toBe(0);
  });

  it("R2: an edit stays byte for byte while the specs ask for the old text", () => {
    const host = edited("mine\n");
    expect(codes(run(host, [file("a.sql", BASE)]))).toEqual(["output/edit-kept"]);
    expect(text(host)).toBe("mine\n");
  });

  it("R3: an edit and a change in other lines are merged, and the new text becomes the base", () => {
    const host = edited("ONE\ntwo\nthree\nfour\nfive\n");
    expect(run(host, [file("a.sql", BASE.replace("five", "FIVE"))])).toMatchObject({ changes: [{ path: "a.sql", action: "merge" }], diagnostics: [] });
    expect(text(host)).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
    run(host, [file("a.sql", "one\ntwo\nthree\nFOUR\nFIVE\n")]);
    expect(text(host)).toBe("ONE\ntwo\nthree\nFOUR\nFIVE\n");
    expect(codes(run(host, [file("a.sql", "one\ntwo\nthree\nFOUR\nFIVE\n")]))).toEqual(["output/edit-kept"]);
  });

  it("R3: the base is found in git where the output is committed, and kept beside it from then on", () => {
    const host = memoryHost({ "/repo/a.sql": "ONE\ntwo\nthree\nfour\nfive\n" });
    const settings = { blobs: (id: string) => (id === blobId(BASE) ? Buffer.from(BASE) : null) };
    const bare = generated({ "a.sql": BASE }, settings);
    expect(Object.keys(bare.files())).toEqual([`/repo/${MANIFEST_PATH}`, "/repo/a.sql"]);
    host.write(`/repo/${MANIFEST_PATH}`, bare.files()[`/repo/${MANIFEST_PATH}`] ?? "");
    expect(codes(run(host, [file("a.sql", BASE.replace("five", "FIVE"))], settings))).toEqual([]);
    expect(text(host)).toBe("ONE\ntwo\nthree\nfour\nFIVE\n");
    run(host, [file("a.sql", BASE.replace("five", "5"))], { blobs: () => null });
    expect(text(host)).toBe("ONE\ntwo\nthree\nfour\n5\n");
  });

  it("C8: an edit between planning and writing is seen", () => {
    const host = generated({ "a.sql": BASE });
    const plan = planWrite(host, "/repo", [file("a.sql", BASE.replace("two", "ours"))]);
    expect(isStillTrue(host, "/repo", plan)).toBe(true);
    host.write("/repo/a.sql", BASE.replace("five", "mine"));
    expect(isStillTrue(host, "/repo", plan)).toBe(false);
  });

  it("C8: what a file that was edited at the last moment may have to be merged with is not dropped", () => {
    const files = { "/repo/.dps-gen/base/1-0.jsonl": "kept\n", "/repo/a.sql": "mine\n" };
    const host = memoryHost(files);
    expect(commit(host, "/repo", [{ path: "a.sql", before: digest("was\n"), content: "new\n" }, { path: ".dps-gen/base/1-0.jsonl", before: digest("kept\n"), content: null }])).toEqual(["a.sql"]);
    expect(host.files()).toEqual(files);
  });

  it("R4: an edit and a change in one line stop the run before anything is written", () => {
    const host = edited(BASE.replace("two", "mine"));
    const before = host.files();
    const plan = run(host, [file("a.sql", BASE.replace("two", "ours")), file("b.sql", "new\n")]);
    expect(plan.diagnostics.map(({ code, message }) => `${code}: ${message}`)).toEqual([expect.stringMatching(/^output\/edited: .*line 2/)]);
    expect(plan.changes.map(({ path, action }) => `${action} ${path}`)).toEqual(["conflict a.sql", "create b.sql"]);
    expect(host.files()).toEqual(before);
  });

  it("R4: with --conflict=inline there are markers in that file only, both sides between them", () => {
    const host = edited(BASE.replace("two", "mine"));
    expect(codes(run(host, [file("a.sql", BASE.replace("two", "ours")), file("b.sql", "new\n")], { conflict: "inline" }))).toEqual(["output/conflict-written"]);
    expect(text(host)).toBe("one\n<<<<<<< edited\nmine\n=======\nours\n>>>>>>> generated\nthree\nfour\nfive\n");
    expect(host.files()["/repo/b.sql"]).toBe("new\n");
  });

  it("R4: markers that were written stop every run until somebody has chosen", () => {
    const host = edited(BASE.replace("two", "mine"));
    const wanted = [file("a.sql", BASE.replace("two", "ours"))];
    run(host, wanted, { conflict: "inline" });
    for (const conflict of ["stop", "inline"] as const) expect(run(host, wanted, { conflict })).toMatchObject({ changes: [{ action: "conflict" }], diagnostics: [{ code: "output/conflict-left" }] });
    host.write("/repo/a.sql", BASE.replace("two", "mine"));
    expect(codes(run(host, wanted))).toEqual(["output/edit-kept"]);
  });

  it("R4: with --conflict=rej the file keeps the edit, and the conflict stands beside it", () => {
    const host = edited(BASE.replace("two", "mine"));
    run(host, [file("a.sql", BASE.replace("two", "ours").replace("five", "FIVE"))], { conflict: "rej" });
    expect(text(host)).toBe("one\nmine\nthree\nfour\nFIVE\n");
    expect(host.files()["/repo/a.sql.rej"]).toBe("<<<<<<< edited\nmine\n=======\nours\n>>>>>>> generated\n");
    const before = host.files();
    expect(codes(run(host, [file("a.sql", "one\nagain\nthree\nfour\nFIVE\n")], { conflict: "rej" }))).toEqual(["output/unmanaged"]);
    expect(host.files()).toEqual(before);
  });

  it("R5 and R6: a file that is no longer generated is deleted unedited, with its copy, and kept edited", () => {
    const host = generated({ "dbt/a.sql": BASE });
    run(host, []);
    expect(Object.keys(host.files())).toEqual([`/repo/${MANIFEST_PATH}`]);
    const kept = edited("mine\n");
    expect(codes(run(kept, []))).toEqual(["output/orphan-edited"]);
    expect(text(kept)).toBe("mine\n");
  });

  it("R7 and R8: a foreign file in the way is refused, one with the same content is adopted", () => {
    const host = memoryHost({ "/repo/a.sql": "mine\n" });
    expect(codes(run(host, [file("a.sql", BASE)], { conflict: "inline" }))).toEqual(["output/unmanaged"]);
    expect(host.files()).toEqual({ "/repo/a.sql": "mine\n" });
    expect(codes(run(memoryHost({ "/repo/a.sql": BASE }), [file("a.sql", BASE)]))).toEqual([]);
  });

  it("R9: a file that was deleted by hand comes back only with --restore", () => {
    const host = generated({ "a.sql": BASE });
    host.remove("/repo/a.sql");
    for (const wanted of [BASE, "new\n"]) expect(codes(run(host, [file("a.sql", wanted)]))).toEqual(["output/deleted"]);
    expect(text(host)).toBeUndefined();
    expect(codes(run(host, [file("a.sql", "new\n")], { restore: true }))).toEqual([]);
    expect(text(host)).toBe("new\n");
  });

  it("R10: a moved file takes its edit along; one that is still wanted where it stands is not moved away, and none is moved over another", () => {
    const moved = { ...file("b.sql", BASE.replace("five", "FIVE")), formerly: "a.sql" };
    const host = edited(BASE.replace("one", "mine"));
    expect(run(host, [moved]).changes).toEqual([{ path: "b.sql", action: "move", from: "a.sql" }]);
    expect([text(host), host.files()["/repo/b.sql"]]).toEqual([undefined, BASE.replace("one", "mine").replace("five", "FIVE")]);
    const both = edited(BASE.replace("one", "mine"));
    expect(run(both, [file("a.sql", BASE), moved]).changes).toEqual([{ path: "a.sql", action: "keep" }, { path: "b.sql", action: "create" }]);
    expect(text(both)).toBe(BASE.replace("one", "mine"));
    const taken = edited(BASE);
    taken.write("/repo/b.sql", "theirs\n");
    expect(codes(run(taken, [moved]))).toEqual(["output/unmanaged"]);
    expect([text(taken), taken.files()["/repo/b.sql"]]).toEqual([BASE, "theirs\n"]);
  });

  it("R13: a base that is missing or wrong makes a conflict of the whole file", () => {
    const host = edited("ONE\ntwo\nthree\nfour\nfive\n");
    expect(bases(host)).toHaveLength(1);
    for (const path of bases(host)) host.write(path, new TextDecoder().decode(host.read(path)).replace("two", "2"));
    const before = host.files();
    expect(codes(run(host, [file("a.sql", BASE.replace("five", "FIVE"))]))).toEqual(["output/no-base"]);
    expect(codes(run(host, [file("a.sql", BASE.replace("five", "FIVE"))], { blobs: () => Buffer.from("wrong\n") }))).toEqual(["output/no-base"]);
    expect(host.files()).toEqual(before);
  });

  it("R14: a checkout with CRLF is no drift, and a merge keeps its line ends", () => {
    const host = edited(BASE.replaceAll("\n", "\r\n"));
    expect(codes(run(host, [file("a.sql", BASE)]))).toEqual([]);
    host.write("/repo/a.sql", BASE.replace("one", "ONE").replaceAll("\n", "\r\n"));
    expect(codes(run(host, [file("a.sql", BASE.replace("five", "FIVE"))]))).toEqual([]);
    expect(text(host)).toBe("ONE\r\ntwo\r\nthree\r\nfour\r\nFIVE\r\n");
  });

  it("R16: a scaffold is written once and then the user's", () => {
    const host = memoryHost({});
    run(host, [{ ...file("a.sql", BASE), mode: "scaffold" }]);
    host.write("/repo/a.sql", "mine\n");
    expect(run(host, [{ ...file("a.sql", "new\n"), mode: "scaffold" }])).toMatchObject({ changes: [], diagnostics: [] });
    expect(text(host)).toBe("mine\n");
    expect(changeOwner(host, "/repo", "a.sql", "ejected"), "it is the user's already").toMatchObject({ code: "output/not-ours" });
    const renamed = { ...file("b.sql", "new\n"), mode: "scaffold" as const, formerly: "a.sql" };
    expect(run(host, [renamed]).changes, "it goes along where its object is renamed").toEqual([{ path: "b.sql", action: "move", from: "a.sql" }]);
    expect([host.files()["/repo/a.sql"], host.files()["/repo/b.sql"]]).toEqual([undefined, "mine\n"]);
    const unedited = memoryHost({});
    run(unedited, [{ ...file("a.sql", BASE), mode: "scaffold" }]);
    expect(run(unedited, []), "it stays where nothing asks for it any more").toMatchObject({ changes: [], diagnostics: [] });
    expect(text(unedited)).toBe(BASE);
  });

  it("R20: a plan has a fingerprint of what it writes and deletes, and over what", () => {
    const host = generated({ "a.sql": BASE, "gone.sql": BASE });
    const print = (wanted: string, settings: Partial<WriteSettings> = {}): string => fingerprintOf(planWrite(host, "/repo", [file("a.sql", wanted)], { blobs: null, conflict: "inline", restore: false, ...settings }));
    const prints = [print(BASE), print(BASE.replace("two", "ours")), print(BASE.replace("two", "theirs"))];
    host.write("/repo/a.sql", BASE.replace("two", "ours").replace("five", "mine"));
    prints.push(print(BASE.replace("two", "ours")), print(BASE.replace("two", "theirs")), print(BASE.replace("two", "theirs"), { conflict: "rej" }));
    host.write("/repo/gone.sql", BASE.replaceAll("\n", "\r\n"));
    expect(print(BASE.replace("two", "ours")), "line ends of a checkout are none of it").toBe(prints[3]);
    host.remove("/repo/gone.sql");
    prints.push(print(BASE.replace("two", "ours")));
    const [change = ["", ""]] = planWrite(host, "/repo", [file("a.sql", "x\n")]).writes;
    const bare = { writes: new Map([change]), deletes: ["b.sql"], manifestBefore: null, manifestAfter: null };
    prints.push(...[["1", "2"], ["3", "2"], ["1", "3"]].map(([a = "", b = ""]) => fingerprintOf({ ...bare, seen: new Map([[change[0], a], ["b.sql", b]]) })));
    for (const content of ["y", "z"]) prints.push(fingerprintOf({ ...bare, seen: new Map(), writes: new Map([[change[0], content]]) }));
    prints.push(fingerprintOf({ ...bare, seen: new Map(), manifestBefore: "1" }));
    expect(new Set(prints).size).toBe(prints.length);
  });

  it("R17: an ejected file is left alone, told of when the specs move on, and merged when it is adopted", () => {
    const host = generated({ "a.sql": BASE });
    expect(changeOwner(host, "/repo", "b.sql", "ejected")).toMatchObject({ code: "output/not-ours" });
    for (const mode of ["generated", "shared"] as const) {
      const other = memoryHost({});
      run(other, [{ ...file("a.sql", "a: 1\n"), mode }]);
      expect(changeOwner(other, "/repo", "a.sql", "generated")).toBe("unchanged");
    }
    expect(changeOwner(host, "/repo", "a.sql", "ejected")).toBe("changed");
    host.write("/repo/a.sql", BASE.replace("one", "mine"));
    expect(codes(run(host, [file("a.sql", BASE)]))).toEqual([]);
    const moved = [file("a.sql", BASE.replace("five", "FIVE"))];
    for (let time = 0; time < 2; time++) expect(codes(run(host, moved))).toEqual(["output/ejected-behind"]);
    expect(text(host)).toBe(BASE.replace("one", "mine"));
    expect(changeOwner(host, "/repo", "a.sql", "generated")).toBe("changed");
    expect(changeOwner(host, "/repo", "a.sql", "generated"), "given back already").toBe("unchanged");
    expect(codes(run(host, moved))).toEqual([]);
    expect(text(host)).toBe("mine\ntwo\nthree\nfour\nFIVE\n");
    const committed = { blobs: () => null };
    const inGit = generated({ "a.sql": BASE }, committed);
    changeOwner(inGit, "/repo", "a.sql", "ejected");
    inGit.write("/repo/a.sql", BASE.replace("one", "mine"));
    run(inGit, [file("a.sql", BASE)], committed);
    changeOwner(inGit, "/repo", "a.sql", "generated");
    expect(codes(run(inGit, moved, committed)), "what it was taken over from is kept, whether or not git has it").toEqual([]);
    const left = generated({ "a.sql": BASE });
    changeOwner(left, "/repo", "a.sql", "ejected");
    expect(run(left, []), "it stays where nothing asks for it any more").toMatchObject({ changes: [], diagnostics: [] });
    expect(text(left)).toBe(BASE);
  });

  it("R18: another version of dps-gen says that a change of template is one, and nothing where it prints the same; R19: an older one is refused", () => {
    const host = generated({ "a.sql": BASE }, { generator: "0.9.0" });
    expect(run(host, [file("a.sql", BASE)], { generator: "0.10.0" })).toMatchObject({ changes: [], diagnostics: [] });
    expect(host.files()[`/repo/${MANIFEST_PATH}`]).toContain('"generator": "0.10.0"');
    host.write("/repo/a.sql", BASE.replace("one", "mine"));
    const upgraded = run(host, [file("a.sql", BASE.replace("five", "FIVE"))], { generator: "1.0.0" });
    expect(upgraded.diagnostics.map(({ code, severity, message }) => `${severity} ${code} ${message}`)).toEqual([expect.stringMatching(/^warning output\/upgraded dps-gen 0\.10\.0 wrote.*1\.0\.0 prints 1 of/)]);
    expect(text(host)).toBe("mine\ntwo\nthree\nfour\nFIVE\n");
    const before = host.files();
    for (const older of ["0.9.0", "0.99.99"]) expect(codes(run(host, [file("a.sql", "other\n")], { generator: older }))).toEqual(["output/generator-newer"]);
    expect(host.files()).toEqual(before);
  });

  it("R23: lines of two branches in one manifest, as git's union leaves them, are all believed", () => {
    const left = generated({ "a.sql": BASE, "l.sql": "left\n" });
    const right = generated({ "a.sql": BASE.replace("two", "2"), "r.sql": "right\n" });
    const [one = "", two = ""] = [left, right].map((host) => host.files()[`/repo/${MANIFEST_PATH}`]);
    const lines = [...one.split("\n").slice(0, -3), ...two.split("\n").slice(3)].join("\n");
    expect(() => JSON.parse(lines)).toThrow();
    const files = [file("a.sql", BASE.replace("two", "II")), file("l.sql", "left\n"), file("r.sql", "right\n")];
    for (const found of [BASE, BASE.replace("two", "2"), `one\n<<<<<<< HEAD\ntwo\n=======\n2\n>>>>>>> right\n${BASE.slice(8)}`]) {
      const host = memoryHost({ ...left.files(), ...right.files(), "/repo/a.sql": found, [`/repo/${MANIFEST_PATH}`]: lines });
      expect(codes(run(host, files)), found).toEqual([]);
      expect(text(host)).toBe(BASE.replace("two", "II"));
      expect(host.files()[`/repo/${MANIFEST_PATH}`]).toBe(generated(Object.fromEntries(files.map((each) => [each.path, each.text]))).files()[`/repo/${MANIFEST_PATH}`]);
    }
    const edited = memoryHost({ ...left.files(), ...right.files(), "/repo/a.sql": BASE.replace("two", "2").replace("five", "mine"), [`/repo/${MANIFEST_PATH}`]: lines });
    expect(codes(run(edited, files))).toEqual([]);
    expect(text(edited)).toBe(BASE.replace("two", "II").replace("five", "mine"));
  });

  it("R23: what git merged is no edit, what it left to be chosen is not chosen, and who took a file over on one branch keeps it", () => {
    const [left, right] = [generated({ "a.sql": BASE.replace("two", "2") }), generated({ "a.sql": BASE.replace("four", "4") })];
    const union = (): string => {
      const [one = "", two = ""] = [left, right].map((host) => host.files()[`/repo/${MANIFEST_PATH}`]);
      return [...one.split("\n").slice(0, -3), ...two.split("\n").slice(2)].join("\n");
    };
    const merged = (found: string): MemoryHost => memoryHost({ ...left.files(), ...right.files(), "/repo/a.sql": found, [`/repo/${MANIFEST_PATH}`]: union() });
    const wanted = [file("a.sql", BASE.replace("two", "II").replace("four", "IV"))];
    const both = merged(BASE.replace("two", "2").replace("four", "4"));
    expect(codes(run(both, wanted))).toEqual([]);
    expect(text(both)).toBe(wanted[0]?.text);
    for (const [ours, theirs] of [["one", "one\n-- mine"], ["one\n-- mine", "one"]]) {
      const chosen = `<<<<<<< HEAD\n${ours}\n=======\n${theirs}\n>>>>>>> right\ntwo\nthree\n4\nfive\n`;
      const host = merged(chosen);
      expect(codes(run(host, [file("a.sql", BASE.replace("four", "IV"))]))).toEqual(["output/conflict-left"]);
      expect(text(host)).toBe(chosen);
    }
    expect(changeOwner(right, "/repo", "a.sql", "ejected")).toBe("changed");
    for (const _ of ["left first", "right first"]) {
      const host = merged("mine\n");
      expect(codes(run(host, wanted))).toEqual(["output/ejected-behind"]);
      expect(text(host)).toBe("mine\n");
      changeOwner(right, "/repo", "a.sql", "generated");
      changeOwner(left, "/repo", "a.sql", "ejected");
    }
  });

  it("R23: of two branches' manifests either side leads to what the merged specs ask for", () => {
    const [left, right] = [["l.sql", "left\n"], ["r.sql", "right\n"]] as const;
    for (const side of [left, right]) {
      const host = generated({ "a.sql": BASE, [side[0]]: side[1] });
      for (const [path, content] of [left, right]) host.write(`/repo/${path}`, content);
      const files = [file("a.sql", BASE), file(...left), file(...right)];
      expect(codes(run(host, files))).toEqual([]);
      expect(host.files()[`/repo/${MANIFEST_PATH}`]).toBe(generated({ "a.sql": BASE, "l.sql": "left\n", "r.sql": "right\n" }).files()[`/repo/${MANIFEST_PATH}`]);
    }
  });

  it("bytes of an edit that are no UTF-8 survive a merge", () => {
    const host = edited("");
    host.write("/repo/a.sql", Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(BASE)]));
    run(host, [file("a.sql", BASE.replace("five", "fünf"))]);
    expect(Buffer.from(host.read("/repo/a.sql"))).toEqual(Buffer.concat([Buffer.from([0xff, 0xfe, 10]), Buffer.from(BASE.replace("five", "fünf"))]));
  });
});

describe("a run that the file system stops", () => {
  it("C11: leaves contents that take their place only where they are whole, and only over the text that the run found", () => {
    for (const [staged, found, expected] of [["new\n", BASE, "new\n"], ["ne", BASE, BASE], ["new\n", "mine\n", "mine\n"]] as const) {
      const host = generated({ "a.sql": BASE });
      host.write("/repo/a.sql", found);
      host.write("/repo/.dps-gen/tmp/0", staged);
      host.write("/repo/.dps-gen/journal.json", JSON.stringify({ format: 1, entries: [{ path: "a.sql", before: digest(BASE), after: digest("new\n") }] }));
      expect(finish(host, "/repo")).toBeNull();
      expect(text(host)).toBe(expected);
      expect(Object.keys(host.files()).filter((path) => /journal|tmp/.test(path))).toEqual([]);
    }
  });

  const before = { "a.sql": BASE, "b.sql": BASE, "gone/c.sql": "three\n" };
  const after = [file("a.sql", BASE.replace("five", "FIVE")), file("b.sql", BASE.replace("five", "FIVE")), file("new/d.sql", "four\n")];
  const start = (): MemoryHost => {
    const host = generated(before);
    host.write("/repo/a.sql", BASE.replace("one", "mine"));
    return host;
  };

  it("C11: is not carried on through a link that stands where a folder was to be", () => {
    const files = { "/repo/.dps-gen/tmp/0": "new\n", "/repo/.dps-gen/journal.json": JSON.stringify({ format: 1, entries: [{ path: "dbt/a.sql", before: null, after: digest("new\n") }] }) };
    const host = memoryHost(files, { links: ["/repo/dbt"] });
    expect(finish(host, "/repo")).toBeNull();
    expect(host.files()).toEqual({});
  });

  it("C3: at any call is carried on by the next one, to the tree of an undisturbed run", () => {
    const undisturbed = start();
    run(undisturbed, after);
    let stopped = true;
    for (let call = 0; stopped; call++) {
      const host = start();
      stopped = failsAt(host, call, after);
      expect(text(host)).toContain("mine");
      run(host, after);
      expect(host.files(), `stopped at call ${call}`).toEqual(undisturbed.files());
    }
  });
});

/** Runs until the file system refuses its n-th change; whether it came to that. */
function failsAt(host: MemoryHost, call: number, files: readonly File[]): boolean {
  let left = call;
  const count = (): void => {
    if (left-- === 0) throw new Error("ENOSPC");
  };
  const failing: MemoryHost = {
    ...host,
    create: (path, bytes) => (count(), host.create(path, bytes)),
    move: (from, to) => (count(), host.move(from, to)),
    write: (path, bytes) => (count(), host.write(path, bytes)),
    remove: (path) => (count(), host.remove(path)),
    removeEmptyFolder: (path) => (count(), host.removeEmptyFolder(path)),
  };
  try {
    run(failing, files);
    return false;
  } catch {
    return true;
  }
}

function file(path: string, content: string): File {
  return { path, text: content, mode: "generated", from: ["x"] };
}

function generated(files: { readonly [path: string]: string }, settings: Partial<WriteSettings> = {}): MemoryHost {
  const host = memoryHost({});
  run(host, Object.entries(files).map(([path, content]) => file(path, content)), settings);
  return host;
}

/** A repository outside git whose one file was edited. */
function edited(content: string): MemoryHost {
  const host = generated({ "a.sql": BASE });
  host.write("/repo/a.sql", content);
  return host;
}

function run(host: MemoryHost, files: readonly File[], settings: Partial<WriteSettings> = {}): WritePlan {
  expect(finish(host, "/repo")).toBeNull();
  const plan = planWrite(host, "/repo", files, { blobs: null, conflict: "stop", restore: false, ...settings });
  if (!plan.diagnostics.some(({ severity }) => severity === "error")) applyWrite(host, "/repo", plan);
  return plan;
}

function bases(host: MemoryHost): readonly string[] {
  return Object.keys(host.files()).filter((path) => path.startsWith("/repo/.dps-gen/base/"));
}

function codes(plan: WritePlan): readonly string[] {
  return plan.diagnostics.map(({ code }) => code);
}

function text(host: MemoryHost): string | undefined {
  return host.files()["/repo/a.sql"];
}
