import { describe, expect, it } from "vitest";
import { knownParts, partKey, type PartMarks } from "../../generator/cache/part-marks.ts";
import { generate, type GenerateOptions } from "../../generator/generate.ts";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import { areaSpecs, edits } from "./areas.ts";

const specs = areaSpecs(40);
const KEPT = "/out/.dps-gen/cache/parts";

describe("the marks of parts", () => {
  it("are believed only for the build, the part and the state that they were taken of, and where nobody has touched them", () => {
    const host = memoryHost({});
    const first = knownParts(host, "/out", "this build");
    first.keep("a", marks("1"), "");
    first.save();
    const at = (key: string, build = "this build"): PartMarks | null => knownParts(host, "/out", build).at(key);
    expect([at("a"), at("b"), at("a", "another build")]).toEqual([marks("1"), null, null]);
    host.write(KEPT, text(host).replace('"said":"1"', '"said":"2"'));
    expect(at("a")).toBeNull();
  });

  it("take the place of those that the part had before, and are forgotten after eight other parts", () => {
    const host = memoryHost({});
    const keep = (key: string, before: string): void => {
      const parts = knownParts(host, "/out", "this build");
      parts.keep(key, marks(key), before);
      parts.save();
    };
    for (const name of ["a", "b", "a2", "c", "d", "e", "f", "g", "h"]) keep(name, name === "a2" ? "a" : "");
    const found = (): readonly string[] => text(host).split("\n").flatMap((line) => line.split("\t")[1] ?? []);
    expect(found()).toEqual(["h", "g", "f", "e", "d", "c", "a2", "b"]);
    keep("i", "");
    expect(found()).toEqual(["i", "h", "g", "f", "e", "d", "c", "a2"]);
  });

  it("have a key that tells contents, domains and warehouses apart", () => {
    const input = { files: [["a.yaml", "1"]], domains: ["core"], warehouse: null } as const;
    const keys = [input, { ...input, files: [["a.yaml", "2"]] as const }, { ...input, files: [["b.yaml", "1"]] as const }, { ...input, domains: ["core", "sales"] }, { ...input, warehouse: "postgres" }].map(partKey);
    expect(new Set(keys).size).toBe(keys.length);
  });

  it("spare compiling a part as it was: each edit of it does what it does without them", async () => {
    const [cached, plain] = [memoryHost({}), memoryHost({})];
    const steps = ["", "describes a dimension", "describes a column", "widens a type", "describes a dimension", "runs by the hour"];
    const linked: number[] = [];
    for (const [number, edit] of steps.entries()) {
      const [one, other] = [await edited(cached, edit, "this build"), await edited(plain, edit, null)];
      linked.push(one.linked);
      expect({ ...one, linked: 0 }, `step ${number}`).toEqual({ ...other, linked: 0 });
      expect(tree(cached)).toEqual(tree(plain));
    }
    // All specs; the part as it was and as it is; then the part as it is.
    expect(linked).toEqual([1, 2, 1, 1, 1, 1]);
  });

  it("do without texts that nobody remembers: the part is compiled as it was then", async () => {
    const [cached, plain] = [memoryHost({}), memoryHost({})];
    for (const edit of ["", "describes a dimension", "describes a column", "runs by the hour"]) {
      if (cached.kind("/out/.dps-gen/cache/printed") === "file") cached.remove("/out/.dps-gen/cache/printed");
      const [one, other] = [await edited(cached, edit, "this build"), await edited(plain, edit, null)];
      expect(one.changes, edit).toEqual(other.changes);
      expect(tree(cached)).toEqual(tree(plain));
    }
  });

  it("that lie are not believed: those of what is there already, in the name of what was", async () => {
    const [cached, plain] = [memoryHost({}), memoryHost({})];
    for (const host of [cached, plain]) for (const edit of ["", "describes a dimension"]) await edited(host, edit, host === cached ? "this build" : null);
    const before = text(cached);
    const lie = memoryHost(cached.files());
    await edited(lie, "widens a type", "this build");
    cached.write(KEPT, text(lie).replaceAll(keyIn(text(lie)), keyIn(before)));
    const [one, other] = [await edited(cached, "widens a type", "this build"), await edited(plain, "widens a type", null)];
    expect(one.changes).toEqual(other.changes);
    expect(tree(cached)).toEqual(tree(plain));
  });
});

function marks(said: string): PartMarks {
  return { names: "n", said, files: [{ path: "a.sql", from: "f", artifact: "m", text: null }] };
}

function text(host: MemoryHost): string {
  return new TextDecoder().decode(host.read(KEPT));
}

/** The key of the first line. */
function keyIn(lines: string): string {
  return lines.split("\t")[1] ?? "";
}

/** Makes an edit of the first area, or takes it back, and generates; what that changed, and how often specs were linked for it. */
async function edited(host: MemoryHost, edit: string, cache: string | null): Promise<{ readonly changes: unknown; readonly unchanged: number; readonly linked: number }> {
  for (const [path, written] of specs) {
    const place = `/specs/${path}`;
    const known = host.kind(place) === "file" ? new TextDecoder().decode(host.read(place)) : written;
    const made = edits[edit];
    const now = made === undefined || path !== `a0000/${made.file}` ? known : known === made.edit(known) ? written : made.edit(known);
    host.write(place, now);
  }
  let linked = 0;
  const options: GenerateOptions = { host, root: "/specs", out: "/out", cache, onStage: (stage) => void (linked += stage === "link" ? 1 : 0) };
  const { changes, unchanged, diagnostics } = await generate(options);
  expect(diagnostics).toEqual([]);
  return { changes, unchanged, linked };
}

/** All files but the caches. */
function tree(host: MemoryHost): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(host.files()).filter(([path]) => !path.startsWith("/out/.dps-gen/cache/")));
}
