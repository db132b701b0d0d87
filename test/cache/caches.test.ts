import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { formatDiagnostics } from "../../generator/diagnostics/format.ts";
import { generate, type GenerateOptions, type Generation } from "../../generator/generate.ts";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import { digest } from "../../generator/output/digest.ts";
import { changeOwner } from "../../generator/ownership.ts";
import { plan } from "../../generator/planning.ts";
import { watchedRuns } from "../../generator/watching.ts";
import { thorough } from "../support/thorough.ts";
import { areaSpecs, edits } from "./areas.ts";
import { gitOf } from "./memory-git.ts";

const specs = areaSpecs(40);
const CACHE = "/out/.dps-gen/cache/";

/** One step of a project's life: an edit of an area is made or taken back, and somebody tampers with the caches, or does something to the output. */
interface Step {
  readonly area: number;
  readonly edit: string;
  readonly tamper: Tampering | Deed;
}

type Tampering = "nothing" | "flips" | "cuts" | "empties" | "deletes" | "swaps" | "older";

/** What becomes of the output between two runs, and how the next one is called. */
const deeds = ["edits a model", "edits a description", "deletes a model", "restores", "writes conflicts inline", "writes conflicts beside", "takes a model over", "gives it back", "checks out by Windows", "goes back", "merges", "is killed"] as const;

type Deed = (typeof deeds)[number];

describe("caches", () => {
  it("change nothing but time: whatever is edited, and whatever becomes of the caches, runs do what they do without", async () => {
    const step = fc.record({ area: fc.constantFrom(0, 1, 2), edit: fc.constantFrom(...Object.keys(edits)), tamper: fc.constantFrom<Tampering | Deed>("nothing", "nothing", "nothing", "flips", "cuts", "empties", "deletes", "swaps", "older", ...deeds) });
    await fc.assert(fc.asyncProperty(fc.array(step, { minLength: 2, maxLength: thorough ? 5 : 2 }), fc.nat(), (steps, seed) => livesAlike(steps, seed)), { numRuns: thorough ? 10 : 1, endOnFailure: true });
  }, 600_000);

  it("change nothing but time: an edit of one part that others share a file with, one that reaches out, and one of its own", async () => {
    const few = ["gives it to a new team", "waits for another area", "renames a dimension, and says so", "widens a type"];
    await livesAlike((thorough ? Object.keys(edits) : few).map((edit) => ({ area: 0, edit, tamper: "nothing" as const })), 0);
  });

  it.each<readonly [Deed, ...(Deed | "nothing")[]]>([
    ["edits a model"],
    ["edits a description", "writes conflicts inline"],
    ["edits a description", "writes conflicts beside"],
    ["deletes a model", "restores"],
    ["takes a model over", "nothing", "gives it back"],
    ["checks out by Windows"],
    ["goes back"],
    ["merges"],
    ["is killed"],
  ])("change nothing but time: somebody %s between runs that do a part", async (...happening) => {
    const few = ["describes a dimension", "widens a type"] as const;
    const life = ["nothing" as const, ...happening, "nothing" as const];
    await livesAlike(life.map((tamper, number) => ({ area: 0, edit: few[number % 2] ?? "", tamper })), 4, [false]);
    // And between runs of the same specs.
    await livesAlike(life.slice(0, -1).map((tamper, number) => ({ area: 0, edit: number === 0 ? few[0] : "", tamper })), 4, [false]);
  });

  it.each(Object.keys(edits).slice(0, thorough ? undefined : 2))("an area that %s is told alike by plan with and without them", async (edit) => {
    const { cached, plain } = await bothGenerated();
    const git = gitOf("/specs", specs);
    for (const host of [cached, plain]) make(host, new Set([`0 ${edit}`]));
    const found = await Promise.all([cached, plain].map(async (host) => {
      const { planned, diagnostics, changes, unchanged, fingerprint, against } = await plan({ ...optionsOf(host, host === cached), git, against: "HEAD", today: "2026-11-21" });
      return { planned, diagnostics, changes, unchanged, fingerprint, against };
    }));
    expect(found[0]).toEqual(found[1]);
  });

  it("an edit is told alike by watch with and without them, by a part of the specs where one is enough", async () => {
    const { cached, plain } = await bothGenerated();
    const runs = [cached, plain].map((host) => watchedRuns(optionsOf(host, host === cached)));
    const made = new Set<string>();
    const parts: boolean[] = [];
    for (const id of ["", "0 describes a dimension", "0 is wrong", "0 is wrong", "2 waits for another area", "0 widens a type", ""]) {
      if (id !== "" && !made.delete(id)) made.add(id);
      for (const host of [cached, plain]) make(host, made);
      const [one, other] = await Promise.all(runs.map(async (run) => {
        const { planned, generation } = await run();
        return { planned, said: told(generation), part: generation.part !== undefined };
      }));
      expect({ ...one, part: false }).toEqual(other);
      parts.push(one?.part === true);
    }
    expect(parts).toEqual([false, true, false, false, false, true, false]);
  });

  it("R20: do not carry out another plan than the one that was agreed to, not even where there is nothing to do", async () => {
    const { cached } = await bothGenerated();
    const planned = async (): Promise<string | null> => (await generate({ ...optionsOf(cached, true), check: true })).fingerprint;
    const nothing = await planned();
    make(cached, new Set(["0 describes a dimension"]));
    const agreed = await planned();
    const before = tree(cached);
    expect(await generate({ ...optionsOf(cached, true), agreed: nothing })).toMatchObject({ changes: [], diagnostics: [{ code: "output/plan-stale" }] });
    expect(tree(cached)).toEqual(before);
    expect(await generate({ ...optionsOf(cached, true), agreed })).toMatchObject({ diagnostics: [] });
    expect(await generate({ ...optionsOf(cached, true), agreed })).toMatchObject({ diagnostics: [{ code: "output/plan-stale" }] });
  });

  it("spare the compilation: a change of one area compiles that area only, and none compiles nothing", async () => {
    const { cached } = await bothGenerated();
    expect(await generate(optionsOf(cached, true))).toMatchObject({ design: null, documents: [], changes: [], diagnostics: [] });
    expect(await generate({ ...optionsOf(cached, true), check: true })).toMatchObject({ design: null, documents: [], changes: [], diagnostics: [] });
    make(cached, new Set(["0 describes a dimension"]));
    const before = cached.files();
    expect((await generate({ ...optionsOf(cached, true), check: true })).changes.length).toBeGreaterThan(0);
    expect(cached.files(), "what only looks writes nothing, not even what it learnt").toEqual(before);
    const { documents, changes } = await generate(optionsOf(cached, true));
    expect(documents.map(({ path }) => path)).toEqual(["a0000/contracts.yaml", "a0000/model.yaml", "settings.yaml"]);
    expect(changes.length).toBeGreaterThan(0);
    expect(await generate(optionsOf(cached, true))).toMatchObject({ documents: [], changes: [] });
  });

  it("spare the printing where all specs hang together: only files are printed whose text is another, and those shared with the user", async () => {
    const { cached, plain } = await bothGenerated();
    const together = [1, 2, 3].map((area) => `${area} waits for the first area`);
    for (const made of [together, [...together, "0 describes a dimension"], [...together, "0 renames a dimension"]]) {
      for (const host of [cached, plain]) make(host, new Set(made));
      const [one, other] = [await generate(optionsOf(cached, true)), await generate(optionsOf(plain, false))];
      expect(told(one)).toEqual(told(other));
      expect(tree(cached)).toEqual(tree(plain));
      const written = one.changes.filter(({ action }) => action !== "delete").map(({ path }) => path);
      expect(one.documents).toHaveLength(specs.size);
      expect(one.files.map(({ path }) => path)).toEqual([...new Set([...written, "dbt/dbt_project.yml"])].sort());
    }
  });

  it("C2: a run that is stopped at any change of a file, caches included, is carried on to what a run without them leaves", async () => {
    const { cached, plain } = await bothGenerated();
    const before = cached.files();
    const wanted = new Set(["0 widens a type"]);
    make(plain, wanted);
    await generate(optionsOf(plain, false));
    const calls = await changesMade(before, wanted, Infinity);
    expect(calls.count).toBeGreaterThan(15);
    for (let stop = 0; stop < calls.count; stop += thorough ? 1 : 6) {
      const { host } = await changesMade(before, wanted, stop);
      for (const check of [true, false]) await generate({ ...optionsOf(host, true), check });
      expect(tree(host), `stopped at ${stop}`).toEqual(tree(plain));
      expect(await generate(optionsOf(host, true))).toMatchObject({ changes: [], diagnostics: [] });
    }
  });

  it.each([
    ["settings", "", "settings: {open_end: '2999-12-31'}\n"],
    ["a former name that is in use", "contract: {name: a0000.spare, columns: [{name: id, type: integer}]}\n", "contract: {name: a0000.spare, columns: [{name: id, type: integer}], renamed_from: a0001.products}\n"],
  ])("see %s in the file of an area, which may decide about all others", async (_, before, after) => {
    const host = memoryHost({});
    for (const [path, text] of specs) if (path !== "settings.yaml") host.write(`/specs/${path}`, text);
    const text = specs.get("a0000/model.yaml") ?? "";
    host.write("/specs/a0000/model.yaml", `${text}${before}`);
    await generate(optionsOf(host, true));
    host.write("/specs/a0000/model.yaml", `${text}${after}`);
    const [one, other] = [await generate({ ...optionsOf(host, true), check: true }), await generate({ ...optionsOf(host, false), check: true })];
    expect(told(one)).toEqual(told(other));
    expect(one.changes.length + one.diagnostics.length).toBeGreaterThan(0);
  });

  it("C11: are not believed while a journal lies there, though nothing else has changed", async () => {
    const { cached } = await bothGenerated();
    const journal = "/out/.dps-gen/journal.json";
    cached.write(journal, JSON.stringify({ format: 1, entries: [] }));
    expect(await generate({ ...optionsOf(cached, true), check: true })).toMatchObject({ diagnostics: [{ code: "output/unfinished" }] });
    expect(await generate(optionsOf(cached, true))).toMatchObject({ diagnostics: [] });
    expect(cached.kind(journal)).toBeNull();
  });

  it("see that the warehouse is another", async () => {
    const { cached, plain } = await bothGenerated();
    for (const warehouse of ["postgres", "duckdb"]) {
      const [one, other] = [await generate({ ...optionsOf(cached, true), warehouse }), await generate({ ...optionsOf(plain, false), warehouse })];
      expect(told(one)).toEqual(told(other));
      expect(one.changes.length).toBeGreaterThan(0);
      expect(tree(cached)).toEqual(tree(plain));
    }
  });

  it("see that files of specs are gone, and that they are back", async () => {
    const { cached, plain } = await bothGenerated();
    for (const gone of [true, false]) {
      for (const host of [cached, plain]) {
        make(host, new Set());
        if (gone) for (const path of specs.keys()) if (path.startsWith("a0001/")) host.remove(`/specs/${path}`);
      }
      const [one, other] = [await generate(optionsOf(cached, true)), await generate(optionsOf(plain, false))];
      expect(told(one)).toEqual(told(other));
      expect(one.changes.length).toBeGreaterThan(5);
      expect(tree(cached)).toEqual(tree(plain));
    }
  });

  it("that lie are not believed", async () => {
    const { cached, plain } = await bothGenerated();
    const [told, wanted] = [specs, edited(new Set(["0 describes a dimension"]))].map((files) => digest(files.get("a0000/model.yaml") ?? ""));
    for (const path of Object.keys(cached.files()).filter((one) => one.startsWith(CACHE))) {
      cached.write(path, new TextDecoder().decode(cached.read(path)).replaceAll("description", "descriptive").replaceAll('"integer"', '"bigint"').replaceAll(told ?? "", wanted ?? ""));
    }
    for (const host of [cached, plain]) {
      make(host, new Set(["0 describes a dimension"]));
      await generate(optionsOf(host, host === cached));
    }
    expect(tree(cached)).toEqual(tree(plain));
  });

  it("keep warnings in mind: they are said again where nothing changed, and where another area did", async () => {
    const { cached, plain } = await bothGenerated();
    for (const made of [["0 earns a warning"], ["0 earns a warning"], ["0 earns a warning", "1 describes a dimension"]]) {
      for (const host of [cached, plain]) make(host, new Set(made));
      const [one, other] = [await generate(optionsOf(cached, true)), await generate(optionsOf(plain, false))];
      expect(one.diagnostics).toHaveLength(1);
      expect(told(one)).toEqual(told(other));
      expect(one.documents.length).toBeLessThan(other.documents.length + (made.length === 1 ? 1 : 0));
    }
    expect(tree(cached)).toEqual(tree(plain));
  });

  it("do not grow: what no spec says any more is forgotten", async () => {
    const { cached } = await bothGenerated();
    const sizes: number[] = [];
    const round = ["describes a dimension", "widens a type", "describes a column", ""];
    for (const edit of [...round, ...round]) {
      make(cached, new Set(edit === "" ? [] : [`0 ${edit}`]));
      await generate(optionsOf(cached, true));
      if (edit === "") sizes.push(size(cached));
    }
    expect(sizes[1]).toBe(sizes[0]);
  });
});

/** Two hosts with the same history, one of which uses caches. */
async function bothGenerated(): Promise<{ readonly cached: MemoryHost; readonly plain: MemoryHost }> {
  const [cached, plain] = await Promise.all([true, false].map(async (caches) => memoryHost(await (generated[Number(caches)] ??= firstRun(caches)))));
  if (cached === undefined || plain === undefined) throw new Error("two were asked for");
  return { cached, plain };
}

const generated: Promise<{ readonly [path: string]: string }>[] = [];

async function firstRun(cached: boolean): Promise<{ readonly [path: string]: string }> {
  const host = memoryHost({});
  make(host, new Set());
  await generate(optionsOf(host, cached));
  return host.files();
}

async function livesAlike(steps: readonly Step[], seed: number, checks: readonly boolean[] = [true, false, true]): Promise<void> {
  const { cached, plain } = await bothGenerated();
  const first = tree(plain);
  const made = new Set<string>();
  for (const [number, { area, edit, tamper }] of steps.entries()) {
    const id = `${area} ${edit}`;
    if (!made.delete(id)) made.add(id);
    for (const host of [cached, plain]) make(host, made);
    if (isDeed(tamper)) for (const host of [cached, plain]) await happenTo(host, { deed: tamper, seed: seed + number, first, dies: host === cached });
    else tamperWith(cached, tamper, seed + number);
    const how = tamper === "restores" ? { restore: true } : tamper === "writes conflicts inline" ? { conflict: "inline" as const } : tamper === "writes conflicts beside" ? { conflict: "rej" as const } : {};
    for (const check of checks) {
      const [one, other] = [await generate({ ...optionsOf(cached, true), ...how, check }), await generate({ ...optionsOf(plain, false), ...how, check })];
      expect(told(one), `${tamper}, step ${number}`).toEqual(told(other));
      expect(tree(cached), `${tamper}, step ${number}`).toEqual(tree(plain));
    }
  }
}

/** A run after edits that stops, as if it were killed, before its change number `stop` of a file; the files it leaves, and how many changes it made. */
async function changesMade(files: { readonly [path: string]: string }, made: ReadonlySet<string>, stop: number): Promise<{ readonly host: MemoryHost; readonly count: number }> {
  const host = memoryHost(files);
  make(host, made);
  return { host, count: await stopped(host, stop) };
}

/** A run that stops, as if it were killed, before its change number `stop` of a file; how many changes it made. */
async function stopped(host: MemoryHost, stop: number): Promise<number> {
  let count = 0;
  const counted = <Args extends readonly unknown[], Result>(call: (...args: Args) => Result) => (...args: Args): Result => {
    if (count++ >= stop) throw new Error("killed");
    return call(...args);
  };
  const watched: MemoryHost = { ...host, write: counted(host.write), create: counted(host.create), move: counted(host.move), remove: counted(host.remove) };
  await generate(optionsOf(watched, true)).catch((error: unknown) => expect(String(error)).toBe("Error: killed"));
  return count;
}

function optionsOf(host: MemoryHost, cached: boolean): GenerateOptions {
  return { host, root: "/specs", out: "/out", cache: cached ? "this build" : null };
}

function told({ diagnostics, documents, changes, unchanged, fingerprint }: Generation): unknown {
  return { printed: formatDiagnostics(diagnostics, documents, { format: "text", color: false }), diagnostics, changes, unchanged, fingerprint };
}

/** Writes the specs with the edits `<area> <edit>`. */
function make(host: MemoryHost, made: ReadonlySet<string>): void {
  for (const [path, text] of edited(made)) host.write(`/specs/${path}`, text);
}

function edited(made: ReadonlySet<string>): ReadonlyMap<string, string> {
  return new Map([...specs].map(([path, text]) => {
    const done = Object.entries(edits).filter(([name, { file }]) => [...made].some((one) => path === `a000${one.charAt(0)}/${file}` && one.slice(2) === name));
    return [path, done.reduce((now, [, { edit }]) => edit(now), text)];
  }));
}

function isDeed(one: Tampering | Deed): one is Deed {
  return deeds.some((deed) => deed === one);
}

/** Does something to an output, the same to one with caches as to one without; `first` are the files as the first run left them. */
async function happenTo(host: MemoryHost, { deed, seed, first, dies }: { readonly deed: Deed; readonly seed: number; readonly first: ReturnType<typeof tree>; readonly dies: boolean }): Promise<void> {
  const output = Object.entries(tree(host)).filter(([path]) => path.startsWith("/out/"));
  const models = output.filter(([path]) => path.startsWith("/out/dbt/models/") && path.endsWith(".sql"));
  const [model = "", text = ""] = models[seed % models.length] ?? [];
  // There is nothing to edit where no run has come through yet.
  if (deed === "edits a model" && model !== "") host.write(model, `${text}-- mine\n`);
  if (deed === "edits a description") for (const [path, yaml] of output) if (path.endsWith("_models.yml")) host.write(path, yaml.replaceAll("roducts of", "roducts, as we call them, of"));
  if (deed === "deletes a model" && model !== "") host.remove(model);
  if (deed === "takes a model over") changeOwner(host, "/out", model.slice("/out/".length), "ejected");
  if (deed === "gives it back") for (const [path] of models) changeOwner(host, "/out", path.slice("/out/".length), "generated");
  if (deed === "checks out by Windows") for (const [path, unix] of output) host.write(path, unix.replace(/\r?\n/g, "\r\n"));
  if (deed === "goes back") {
    for (const [path] of output) if (!(path in first)) host.remove(path);
    for (const [path, then] of Object.entries(first)) if (path.startsWith("/out/")) host.write(path, then);
  }
  if (deed === "merges") {
    const [now = "", then = ""] = [tree(host), first].map((files) => files["/out/.dps-gen/manifest.json"]?.replaceAll("\r\n", "\n"));
    // As git's union leaves the lines of two branches.
    const others = then.split("\n").filter((line) => line.startsWith("    ") && !now.includes(line.replace(/,$/, "")));
    host.write("/out/.dps-gen/manifest.json", now.replace("\n  }\n", `\n${others.map((line) => `${line}\n`).join("")}  }\n`));
  }
  if (deed !== "is killed") return;
  if (dies) await stopped(host, seed % 25);
  await generate(optionsOf(host, dies));
}

function tamperWith(cached: MemoryHost, how: Tampering, seed: number): void {
  const names = Object.keys(cached.files()).filter((path) => path.startsWith(CACHE));
  const [name, other] = [names[seed % names.length] ?? "", names[(seed * 7 + 1) % names.length] ?? ""];
  if (how === "deletes") for (const one of names) cached.remove(one);
  if (name === "" || how === "nothing" || how === "deletes") return;
  const bytes = Buffer.from(cached.read(name));
  if (how === "flips") bytes[seed % bytes.length] = (bytes[seed % bytes.length] ?? 0) ^ (1 << seed % 8);
  const texts = { flips: bytes, cuts: bytes.subarray(0, seed % bytes.length), empties: Buffer.from(""), swaps: cached.read(other), older: Buffer.from(bytes.toString().replaceAll(/^[0-9a-f]{64}/gm, (mark) => mark.split("").reverse().join(""))) };
  cached.write(name, texts[how]);
}

/** All files but the caches. */
function tree(host: MemoryHost): { readonly [path: string]: string } {
  return Object.fromEntries(Object.entries(host.files()).filter(([path]) => !path.startsWith(CACHE)));
}

function size(host: MemoryHost): number {
  return Object.entries(host.files()).filter(([path]) => path.startsWith(CACHE)).reduce((sum, [, text]) => sum + text.length, 0);
}
