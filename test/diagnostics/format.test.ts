import { describe, expect, it } from "vitest";

import type { Diagnostic } from "../../generator/diagnostics/define.ts";
import { formatDiagnostics } from "../../generator/diagnostics/format.ts";
import { positionOf, type SourceDocument } from "../../generator/diagnostics/source.ts";

function source(text: string, mark: string): SourceDocument {
  return { path: "a.yaml", text, locate: () => [text.indexOf(mark), text.indexOf(mark) + mark.length] };
}

function problem(change: Partial<Diagnostic> = {}): Diagnostic {
  return {
    code: "spec/x",
    severity: "error",
    message: "wrong.",
    help: "right.",
    origin: { document: "a.yaml", path: [] },
    pointer: "value",
    range: null,
    related: [],
    ...change,
  };
}

const text = (document: SourceDocument, change: Partial<Diagnostic> = {}): string =>
  formatDiagnostics([problem(change)], [document], { format: "text", color: false, folder: "specs/" });

describe("the printed form", () => {
  it("is the one of the architecture", () => {
    expect(text(source("a: 1\nb: {c: addtive}\n", "addtive"))).toBe(
      "specs/a.yaml:2:8 - error spec/x: wrong.\n  2 | b: {c: addtive}\n    |        ^^^^^^^\n  help: right.\n",
    );
  });

  it("keeps carets in place behind tabs and wide characters", () => {
    expect(text(source("b: {\tc: x}", "x")).split("\n").slice(1, 3)).toEqual(["  1 | b: {    c: x}", "    |            ^"]);
    expect(text(source("名前: x", "x")).split("\n").slice(1, 3)).toEqual(["  1 | 名前: x", "    |       ^"]);
  });

  it("shows three lines of a long range at most", () => {
    const lines = text(source("a:\n  - b\n  - c\n  - d\n  - e\n", "b\n  - c\n  - d\n  - e")).split("\n");
    expect(lines.slice(1, 7)).toEqual(["  2 |   - b", "    |     ^", "  3 |   - c", "    |   ^^^", "  4 |   - d", "    |   ^^^"]);
  });

  it("cuts long lines around the place", () => {
    const frame = text(source(`a: ${"x".repeat(5000)}HERE${"y".repeat(5000)}`, "HERE")).split("\n");
    expect(frame[1]?.length).toBeLessThan(180);
    expect(frame[1]?.slice(frame[2]?.indexOf("^"), (frame[2]?.lastIndexOf("^") ?? 0) + 1)).toBe("HERE");
  });

  it("lets no control character through", () => {
    const printed = text(source("a: \u001b[31mred\u202e", "red"), { message: "a\u001b[2Jb\nc", help: "\u0007" });
    expect(printed).not.toMatch(/[\u0000-\u0009\u000b-\u001f\u202e]/);
    expect(printed).toContain("a\ufffd[2Jb c");
  });

  it("prints a problem without a place", () => {
    expect(text(source("", "x"), { origin: null })).toBe("error spec/x: wrong.\n  help: right.\n");
  });

  it("names related places", () => {
    expect(
      text(source("a: 1\n", "1"), { related: [{ origin: { document: "a.yaml", path: [] }, message: "the first one is here." }] }),
    ).toContain("  see: specs/a.yaml:1:4 the first one is here.\n");
  });

  it("sorts by file and place, and colours on demand", () => {
    const document = source("a: 1\n", "a");
    const printed = formatDiagnostics(
      [problem({ message: "second", range: [3, 4] }), problem({ message: "first", severity: "warning", range: [0, 1] })],
      [document],
      { format: "text", color: true },
    );
    expect(printed.indexOf("first")).toBeLessThan(printed.indexOf("second"));
    expect(printed).toContain("\u001b[33mwarning\u001b[0m");
  });
});

describe("other forms", () => {
  it("escapes GitHub annotations", () => {
    const printed = formatDiagnostics([problem({ message: "50% off\nx", code: "a/b" })], [source("a: 1\n", "1")], {
      format: "github",
      color: false,
    });
    expect(printed).toBe("::error file=a.yaml,line=1,endLine=1,col=4,endColumn=5,title=a/b::50%25 off%0Ax%0Ahelp: right.\n");
  });

  it("is an array in JSON", () => {
    const printed: unknown = JSON.parse(
      formatDiagnostics([problem()], [source("a: 1\n", "1")], { format: "json", color: false, folder: "specs" }),
    );
    expect(printed).toEqual([
      {
        code: "spec/x",
        severity: "error",
        message: "wrong.",
        help: "right.",
        file: "specs/a.yaml",
        line: 1,
        column: 4,
        end_line: 1,
        end_column: 5,
        related: [],
      },
    ]);
    expect(formatDiagnostics([], [], { format: "json", color: false })).toBe("[]\n");
  });
});

it("counts lines and columns from 1, in characters", () => {
  expect(positionOf("a\n😀b", [4, 5])).toEqual({ line: 2, column: 2, endLine: 2, endColumn: 3 });
});
