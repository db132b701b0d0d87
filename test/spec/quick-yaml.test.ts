import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import * as fc from "fast-check";
import { describe, expect, it } from "vitest";
import { thorough } from "../support/thorough.ts";

import { forbiddenCharacter } from "../../generator/spec/yaml/characters.ts";
import { parseFully } from "../../generator/spec/yaml/parse.ts";
import { quickYaml } from "../../generator/spec/yaml/quick.ts";

const fixtures = join(import.meta.dirname, "..", "..", "fixtures");
const texts = readdirSync(fixtures, { recursive: true, encoding: "utf8" })
  .filter((file) => /\.ya?ml$/.test(file) && !/linked|huge/.test(file))
  .map((file) => readFileSync(join(fixtures, file), "utf8"));
const valid = texts.filter((text) => parseFully("a.yaml", text).problems.length === 0);

const INSERTS = [
  " ",
  "  ",
  "\n",
  "\n  ",
  "\n- ",
  "- ",
  ": ",
  ":",
  "#",
  " #",
  "[",
  "]",
  "{",
  "}",
  ",",
  ", ",
  '"',
  "'",
  "\\",
  "&a",
  "*a",
  "!x",
  "|",
  ">",
  "? ",
  "%",
  "@",
  "`",
  "\n---\n",
  "\r\n",
  "\t",
  "e\u0301",
  "~",
  "<<: ",
  "__proto__: ",
  '""',
];

function agree(text: string): boolean {
  // A lone CR is refused before either of them is asked.
  const quick = forbiddenCharacter(text) === null ? quickYaml(text) : undefined;
  if (quick === undefined) return false;
  const full = parseFully("a.yaml", text);
  expect(full.problems, text).toEqual([]);
  expect(quick, text).toEqual(full.value);
  return true;
}

describe("the quick reader", () => {
  it("answers for most specs, and as the real parser does", () => {
    const answered = valid.filter(agree).length;
    expect(answered / valid.length).toBeGreaterThan(0.9);
  });

  it("answers as the real parser does, or not at all, when a spec is damaged", () => {
    const edits = fc.array(fc.record({ at: fc.nat(), cut: fc.nat({ max: 3 }), put: fc.constantFrom("", ...INSERTS) }), {
      minLength: 1,
      maxLength: 3,
    });
    const window = fc.record({
      text: fc.constantFrom(...valid.filter((text) => text.length < 4000)),
      from: fc.nat(),
      lines: fc.integer({ min: 1, max: 12 }),
    });
    fc.assert(
      fc.property(window, edits, ({ text, from, lines }, changes) => {
        const all = text.split("\n");
        const cut = all.slice(from % all.length).slice(0, lines);
        const indent = /^ */.exec(cut[0] ?? "")?.[0] ?? "";
        let damaged = cut.map((line) => (line.startsWith(indent) ? line.slice(indent.length) : line)).join("\n");
        for (const { at, cut: length, put } of changes) {
          const place = at % (damaged.length + 1);
          damaged = damaged.slice(0, place) + put + damaged.slice(place + length);
        }
        agree(damaged);
      }),
      { numRuns: thorough ? 5000 : 800 },
    );
  });

  it.each([
    "",
    "a: |\n  b\n",
    "a: b\n c\n",
    "a: 'it''s'\n",
    'a: "\\n"\n',
    "a: b: c\n",
    "a: [b,\n c]\n",
    "- a\n",
    "a: 1\na: 2\n",
    "a: &x b\n",
    "a: {b}\n",
    "a: [b: c]\n",
    "%YAML 1.2\na: b\n",
    "a:\tb\n",
  ])("leaves %j to the real parser", (text) => {
    expect(quickYaml(text)).toBeUndefined();
  });
});
