import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { createLog } from "../../../generator/diagnostics/log.ts";
import { memoryHost } from "../../../generator/memory-host.ts";
import { linkModel } from "../../../generator/model/link/link.ts";
import type { SpecDocument } from "../../../generator/spec/document.ts";
import { readSpecs } from "../../../generator/spec/read.ts";
import { validateSpecs } from "../../../generator/spec/validate.ts";
import { wholeLanguage } from "../../support/whole-language.ts";
import { oneIn, slips, type Slip } from "../../support/slips.ts";
import { thorough } from "../../support/thorough.ts";

const fixtures = join(import.meta.dirname, "..", "..", "..", "fixtures");

/** An error as an author sees it: the characters it points to, and what it says. */
interface Complaint {
  readonly file: string;
  readonly range: readonly [number, number];
  readonly text: string;
  readonly said: string;
}

interface Made {
  readonly slip: Slip;
  readonly complaints: readonly Complaint[];
}

describe.each(["shop", "superstore", "checks", "jaffle-shop", "kimball-golden", "the whole language"])("a slip of the pen in %s", (name) => {
  const files = name === "the whole language" ? Object.entries(wholeLanguage).map(([file, text]) => ({ name: file, text })) : specsIn(name);
  const unchanged = new Map(files.map((one) => [one.name, read(one.name, one.text).documents]));
  let all: readonly Made[] = [];
  let told: readonly Made[] = [];

  beforeAll(() => {
    all = files.flatMap((one) => slips(one.name, one.text)).map((slip) => ({ slip, complaints: complaintsAbout(slip, unchanged) }));
    told = all.filter(({ complaints }) => complaints.length > 0);
  });

  it("is not there to begin with", () => {
    expect(complaintsAbout(null, unchanged)).toEqual([]);
    expect(told.length).toBeGreaterThan(100 / oneIn);
  });

  it("is told once where it stands, or at each use of a name that is gone", () => {
    const wrong = told.filter((one) => !isToldOnce(one) && !isToldAtUses(one));
    expect(wrong.map(printed)).toEqual([]);
  });

  it("names the right word at each use of a name that was changed a little", () => {
    const renamed = told.filter((one) => one.slip.after !== null && !isToldOnce(one));
    if (thorough) expect(renamed.length).toBeGreaterThan(10 / oneIn);
    const silent = renamed.filter(({ slip, complaints }) => !complaints.every((one) => isShadow(one) || normal(one.said).includes(normal(slip.after ?? ""))));
    expect(silent.map(printed)).toEqual([]);
  });
});

it.runIf(thorough)("two slips are both told, and nothing else", () => {
  const files = ["contracts.yaml", "model.yaml", "pipeline.yaml", "settings.yaml"].map((one) => ({ name: one, text: readFileSync(join(fixtures, "shop", one), "utf8") }));
  const unchanged = new Map(files.map((one) => [one.name, read(one.name, one.text).documents]));
  const madeIn = (name: string): readonly Made[] =>
    slips(name, files.find((one) => one.name === name)?.text ?? "")
      .filter((one) => one.after !== null)
      .map((slip) => ({ slip, complaints: complaintsAbout(slip, unchanged) }))
      .filter((one) => isToldOnce(one) && one.complaints.every(({ said }) => said.startsWith("model/")));
  const inContracts = madeIn("contracts.yaml");
  const inModel = madeIn("model.yaml");
  let both = 0;
  for (const [index, one] of inContracts.entries()) {
    const other = inModel[(index * 7) % inModel.length];
    if (other === undefined) continue;
    const complaints = complaintsAbout(other.slip, new Map([...unchanged, [one.slip.file, read(one.slip.file, one.slip.text).documents]]));
    const expected = [...one.complaints, ...other.complaints].map(shown);
    expect(expected, `${one.slip.name}, ${other.slip.name}`).toEqual(expect.arrayContaining(complaints.map(shown)));
    if (complaints.length === 2) both += 1;
  }
  expect(inContracts.length).toBeGreaterThan(30);
  // A slip may hide behind the other: a group by a column of a table that is not known.
  expect(both / inContracts.length).toBeGreaterThan(0.8);
});

function shown({ file, text, said }: Complaint): string {
  return `${file} [${text}] ${said.slice(0, said.indexOf(":"))}`;
}

function specsIn(fixture: string): readonly { readonly name: string; readonly text: string }[] {
  const folder = join(fixtures, fixture);
  return readdirSync(folder).filter((one) => one.endsWith(".yaml")).map((one) => ({ name: one, text: readFileSync(join(folder, one), "utf8") }));
}

function isToldOnce({ slip: { file, range }, complaints }: Made): boolean {
  const [only, ...more] = complaints;
  return only !== undefined && more.length === 0 && only.file === file && only.range[0] >= range[0] && only.range[1] <= range[1];
}

/** A declaration that changed or went is told wherever its name, or a name in it, is used; never twice at one place. */
function isToldAtUses({ slip: { name, before, after }, complaints }: Made): boolean {
  const names = [...before.matchAll(/[A-Za-z_][\w ]*\w|\w/g)].map(([word]) => normal(word));
  const isUse = (one: Complaint): boolean => names.some((each) => normal(one.text).includes(each));
  const places = new Set(complaints.map((one) => `${one.file}:${one.range[0]}`));
  // What a whole table brought or promised is missed by each reader in its own way.
  const brought = /(joins|source|primary_key) taken away$/.test(name);
  return places.size === complaints.length && (brought || (after === null && complaints.length === 1) || complaints.every(isUse));
}

/** The old name of a measure is also a column of the source: then it means that. */
function isShadow(complaint: Complaint): boolean {
  return complaint.said.startsWith("model/mixed-rollup");
}

/** Names without what may be written one way or the other: letters, blanks and prefixes. */
function normal(text: string): string {
  return text.toLowerCase().replace(/[^a-z0-9.]+/g, "_").replace(/\b(fact|fct|dim)_/g, "");
}

function printed({ slip, complaints }: Made): string {
  return [slip.name, ...complaints.map((one) => `  ${one.file} [${one.text.slice(0, 60).replaceAll("\n", " ")}] ${one.said}`)].join("\n");
}

function read(name: string, text: string): { readonly documents: readonly SpecDocument[]; readonly log: ReturnType<typeof createLog> } {
  const log = createLog();
  return { documents: readSpecs(memoryHost({ [`/spec/${name}`]: text }), "/spec", log), log };
}

function complaintsAbout(slip: Slip | null, unchanged: ReadonlyMap<string, readonly SpecDocument[]>): readonly Complaint[] {
  const { documents, log } = slip === null ? { documents: [], log: createLog() } : read(slip.file, slip.text);
  const whole = [...unchanged].flatMap(([name, each]) => (name === slip?.file ? documents : each));
  const spec = validateSpecs(whole, log);
  if (spec !== null && !log.failed()) linkModel(spec, { warehouse: null }, log);
  return log.all().filter((one) => one.severity === "error").map((one) => {
    const document = whole.find((each) => each.path === one.origin?.document);
    const range = one.range ?? document?.locate(one.origin?.path ?? [], one.pointer) ?? [0, 0];
    return { file: one.origin?.document ?? "", range, text: document?.text.slice(...range) ?? "", said: `${one.code}: ${one.message} ${one.help}` };
  });
}
