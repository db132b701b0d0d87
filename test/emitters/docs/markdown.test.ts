import fc from "fast-check";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { code, codes, prose, sentence } from "../../../generator/emitters/markdown.ts";

/** Markdown as GitHub shows it. */
function html(markdown: string): string {
  return micromark(markdown, { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
}

/** The text that a reader sees, and nothing else: fails on any tag but those of the place it stands in. */
function read(rendered: string, tags: RegExp): string {
  const bare = rendered.replace(tags, "");
  expect(bare).not.toMatch(/<[a-z/!]/i);
  return bare
    .replace(/&lt;/g, "<")
    .replace(/&gt;/g, ">")
    .replace(/&quot;/g, '"')
    .replace(/&amp;/g, "&")
    .trim();
}

const hostile = [
  "| pipe | table |",
  "<script>alert(1)</script>",
  "a <b> c",
  "@team and me@example.com",
  "`code`",
  "``",
  "a\nb\r\n\nc",
  "# heading",
  "- item",
  "+ item",
  "1. first",
  "12) x",
  "> quote",
  "===",
  "---",
  "***",
  "[a](javascript:alert(1))",
  "![x](http://x.y/z.png)",
  "https://example.com/a_b",
  "http://x",
  "www.example.com",
  "_under_ and snake_case",
  "*bold* __x__",
  "~~gone~~",
  "&lt;b&gt; &amp;",
  "\\ back\\slash",
  "\\| x",
  "a | b",
  "{{ jinja }} {% x %}",
  "$x$ $$y$$",
  "[^1]: note",
  "[x]: http://y",
  "- [ ] task",
  "<!-- c -->",
  "a  \nb",
  "| --- |",
  "~~~",
  "    indented",
  "\tx",
  ":---",
  "|",
  "\\",
  "^",
];
const texts = fc.oneof(
  fc.constantFrom(...hostile),
  fc.string({ unit: fc.constantFrom(..."`*_[]()<>|\\~#&@$!:/.-+=1a x\n\t{}\"'^w"), maxLength: 24 }),
  fc.string({ unit: "grapheme", maxLength: 24 }),
);
const normal = (text: string): string => text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();

describe("prose of specs", () => {
  it("is read as it was written, in a paragraph", () => {
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(html(prose(text)), /<\/?p>/g)).toBe(normal(text));
      }),
      { numRuns: 250, examples: hostile.map((one): [string] => [one]) },
    );
  });

  it("is read as it was written, in a table cell", () => {
    const cell = (text: string): string => html(`| A | B |\n| --- | --- |\n| ${prose(text)} | end |\n`);
    const tags = /<\/?(?:table|thead|tbody|tr|t[hd])>/g;
    fc.assert(
      fc.property(texts, (text) => {
        expect(read(cell(text), tags).replace(/\s+/g, " ")).toBe(`A B ${normal(text)} end`.replace(/ +/g, " "));
      }),
      { numRuns: 250, examples: hostile.map((one): [string] => [one]) },
    );
  });

  it("leaves names readable in the source", () => {
    expect(prose("order_date of dim_customer (UTC), 50 % - why not?")).toBe("order_date of dim_customer (UTC), 50 % - why not?");
  });

  it("gets a full stop as a sentence, once", () => {
    expect([sentence("One row"), sentence("One row."), sentence(" ")]).toEqual(["One row.", "One row.", ""]);
  });
});

describe("names in code type", () => {
  it("stay whole in a table cell, whatever a source system called them", () => {
    const names = fc
      .string({ unit: fc.constantFrom(..."aB1 |<>*_#&.\\/`@-"), minLength: 1, maxLength: 12 })
      .filter((name) => normal(name) !== "" && !/\\\|/.test(name));
    const cell = (name: string): string => html(`| A | B |\n| --- | --- |\n| ${code(name)} | end |\n`);
    const tags = /<\/?(?:table|thead|tbody|tr|t[hd]|code)>/g;
    fc.assert(
      fc.property(names, (name) => {
        expect(read(cell(name), tags).replace(/\s+/g, " ")).toBe(`A B ${normal(name)} end`.replace(/ +/g, " "));
      }),
      { numRuns: 250 },
    );
  });

  it("are counted where they are too many", () => {
    expect(codes(["a", "b", "c"], 2)).toBe("`a`, `b` and 1 more");
    expect(codes(["a", "b"], 2)).toBe("`a`, `b`");
  });
});
