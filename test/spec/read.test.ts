import { describe, expect, it } from "vitest";

import { createLog } from "../../generator/diagnostics/log.ts";
import type { Host } from "../../generator/host.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import { AMBIGUOUS } from "../../generator/spec/document.ts";
import { readSpecs } from "../../generator/spec/read.ts";
import { plainScalar } from "../../generator/spec/yaml/scalar.ts";
import { specOf } from "./support.ts";

function read(files: { readonly [path: string]: string }, change: (host: Host) => Host = (host) => host) {
  const log = createLog();
  const documents = readSpecs(change(memoryHost(files)), "/specs", log);
  return { documents, codes: log.all().map((one) => one.code) };
}

describe("reading a spec folder", () => {
  it("finds files in any layout, sorted by code point, and skips what is hidden or installed", () => {
    const text = "settings: {}\n";
    const { documents, codes } = read({
      "/specs/b.yml": text,
      "/specs/B.yaml": text,
      "/specs/a/c.yaml": text,
      "/specs/.git/x.yaml": text,
      "/specs/node_modules/y.yaml": text,
      "/specs/.hidden.yaml": text,
      "/specs/readme.md": "no",
    });
    expect(documents.map((one) => one.path)).toEqual(["B.yaml", "a/c.yaml", "b.yml"]);
    expect(codes).toEqual([]);
  });

  it("says when the folder is missing or empty", () => {
    expect(read({ "/other/a.yaml": "" }).codes).toEqual(["yaml/missing-folder"]);
    expect(read({ "/specs/readme.md": "" }).codes).toEqual(["yaml/empty-folder"]);
  });

  it("reports a file that cannot be read and goes on with the others", () => {
    const { documents, codes } = read({ "/specs/a.yaml": "settings: {}", "/specs/b.yaml": "settings: {}" }, (host) => ({
      ...host,
      read(path) {
        if (path.endsWith("a.yaml")) throw Object.assign(new Error("no"), { code: "EACCES" });
        return host.read(path);
      },
    }));
    expect(codes).toEqual(["yaml/unreadable-file"]);
    expect(documents.map((one) => one.path)).toEqual(["b.yaml"]);
  });

  it("accepts a byte order mark and CRLF", () => {
    const { documents, codes } = read({ "/specs/a.yaml": "\ufeffsettings:\r\n  project: shop\r\n" });
    expect(codes).toEqual([]);
    expect(documents[0]?.value).toEqual({ settings: { project: "shop" } });
  });

  it("refuses UTF-16 and Latin-1", () => {
    for (const bytes of [Uint8Array.of(0xff, 0xfe, 0x61, 0), Uint8Array.of(0x61, 0x3a, 0x20, 0xe9)]) {
      expect(read({ "/specs/a.yaml": "" }, (host) => ({ ...host, read: () => bytes })).codes).toEqual(["yaml/invalid-encoding"]);
    }
  });
});

describe("the YAML of specs", () => {
  it.each([
    ["a: &x 1\nb: *x\n", "yaml/anchor"],
    ["a: &a [*a]\n", "yaml/anchor"],
    ["a: !!js/function 'x'\n", "yaml/tag"],
    ["a: 1\na: 2\n", "yaml/duplicate-key"],
    ["a: 1\n---\nb: 2\n", "yaml/several-documents"],
    ["a: {{ x }}\n", "yaml/unquoted-template"],
    ["? {a: 1}\n: b\n", "yaml/complex-key"],
    [`a: [${"[],".repeat(100_001)}]`, "yaml/too-many-values"],
    ["constructor: 1\n", "yaml/forbidden-key"],
    ['a: "x\\u202ey"\n', "yaml/control-character"],
    ["a: x\u0000y\n", "yaml/control-character"],
    ["a:\n\t- b\n", "yaml/syntax"],
    ["a: [1, 2\n", "yaml/syntax"],
    ["a: 'b\n", "yaml/syntax"],
    ["<<<<<<< HEAD\na: 1\n=======\na: 2\n>>>>>>> x\n", "yaml/merge-conflict"],
    ["a:\n  <<: {b: 1}\n", "yaml/merge-key"],
  ])("refuses %j as %s", (text, code) => {
    expect(specOf(text).codes).toContain(code);
  });

  it.each([
    ["a: !!str 12\n", "!!str"],
    ["a:\n  - !x\n    # why\n    b: 1\n", "!x"],
    ["a: [!<tag:x,1> &y b]\n", "!<tag:x,1>"],
    ["a: !empty\n", "!empty"],
    ["a: b!\nc: !!int 1\n", "!!int"],
  ])("marks the tag in %j", (text, tag) => {
    const { codes, places } = specOf(text);
    expect(places[codes.indexOf("yaml/tag")]).toBe(tag);
  });

  it.each([
    ["a:\n  b: 1\n\tc: 2\n  d: 3\n  e: 4\n", "indent with spaces."],
    ["- {a: 1}\n- {b: x #}\n- {c: 1}\n- {d: 1}\n", "put the value that holds the '#' in quotes."],
    ["a: [b #]\n", "put the value that holds the '#' in quotes."],
  ])("tells one mistake in %j once", (text, help) => {
    expect(specOf(text).help).toEqual([help]);
  });

  it("gives up on hostile depth and size at once", () => {
    const stairs = Array.from({ length: 300 }, (_, index) => `${" ".repeat(index)}a:`).join("\n");
    for (const text of [
      `a: ${"[".repeat(10_000)}`,
      `a: ${"[".repeat(500)}${"]".repeat(500)}`,
      `${"- ".repeat(5000)}x`,
      `${"{a: ".repeat(5000)}`,
      `${"? ".repeat(5000)}`,
      stairs,
    ]) {
      expect(specOf(text).codes).toEqual(["yaml/too-deep"]);
    }
    expect(specOf(`project_name: ${JSON.stringify("[".repeat(500))}`).codes).toEqual([]);
    expect(specOf(Array.from({ length: 30_000 }, (_, index) => `k${index}: 1`).join("\n")).codes).not.toEqual([]);
  }, 30_000);

  it.each([
    "0123",
    "1.10",
    "1e3",
    "12:30",
    "no",
    "Yes",
    "on",
    "2026-11-01",
    "2026-11-01T10:00:00Z",
    "0x1F",
    "0o17",
    "1_000",
    "+1",
    ".5",
    "1.0",
    "-0",
    ".inf",
    "9007199254740993",
  ])("keeps the text of %s", (text) => {
    expect(plainScalar(text)).toEqual({ [AMBIGUOUS]: text });
  });

  it("reads what has one meaning as that", () => {
    expect(["12", "1.5", "-3", "true", "False", "null", "~", "24x7", "n", "yes!", "v1.10", "Type 2"].map(plainScalar)).toEqual([
      12,
      1.5,
      -3,
      true,
      false,
      null,
      null,
      "24x7",
      "n",
      "yes!",
      "v1.10",
      "Type 2",
    ]);
  });
});
