import { describe, expect, it } from "vitest";
import { call, code, columnsOf, dict, pythonString, pythonValue } from "../../generator/emitters/python.ts";

describe("pythonString", () => {
  it("takes the quotes that need fewer escapes, double ones where both need as many", () => {
    expect(pythonString("it's")).toBe(`"it's"`);
    expect(pythonString('say "a"')).toBe(`'say "a"'`);
    expect(pythonString(`'"`)).toBe(`"'\\""`);
  });

  it("escapes what could end the line, hide or turn the text around", () => {
    expect(pythonString("a\\b\n\r\t\u0000\u2028\u202e\ufeff\ud800é漢😀")).toBe('"a\\\\b\\n\\r\\t\\u0000\\u2028\\u202e\\ufeff\\ud800é漢😀"');
  });
});

describe("pythonValue", () => {
  it("keeps a value on one line where it fits", () => {
    expect(pythonValue([1, "a", true, null, code("name")])).toBe('[1, "a", True, None, name]');
    expect(pythonValue({ kind: "tuple", items: ["a"] })).toBe('("a",)');
    expect(pythonValue(dict([["a", 1]]))).toBe('{"a": 1}');
    expect(pythonValue(call("f", [["x", 1]], [2]))).toBe("f(2, x=1)");
  });

  it("puts one item on a line, with a trailing comma, where it does not", () => {
    const words = ["a".repeat(41), "b".repeat(41)];
    expect(pythonValue(words)).toBe(`[\n    "${words[0]}",\n    "${words[1]}",\n]`);
    expect(pythonValue(words, 4)).toBe(`[\n        "${words[0]}",\n        "${words[1]}",\n    ]`);
  });

  it("tries the arguments of a call on a line of their own first", () => {
    const text = "x".repeat(70);
    expect(pythonValue(call("function", [["a", text]]))).toBe(`function(a="${text}")`);
    expect(pythonValue(call("function", [["a", text]]), 0, 12)).toBe(`function(\n    a="${text}"\n)`);
  });

  it("breaks a long text after blanks and loses none of it", () => {
    const text = Array.from({ length: 30 }, (_, index) => `word${index}`).join("  ");
    const lines = pythonValue(text).split("\n").slice(1, -1);
    expect(lines.length).toBeGreaterThan(1);
    expect(lines.every((line) => line.length <= 88)).toBe(true);
    expect(lines.map((line): string => JSON.parse(line.trim())).join("")).toBe(text);
  });

  it("counts wide characters twice, as ruff does", () => {
    expect(columnsOf("漢字a")).toBe(5);
  });
});
