import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { literalArgument } from "../../../generator/emitters/dbt/properties/data-tests.ts";
import { groupName } from "../../../generator/emitters/dbt/properties/model-properties.ts";
import { literalProse, sentence } from "../../../generator/emitters/dbt/properties/prose.ts";
import { shortName } from "../../../generator/model/short-name.ts";

/** What Jinja makes of texts in which every tag is a quoted text. */
const rendered = (text: string): string =>
  text.replace(/\{\{ '((?:[^'\\]|\\.)*)' \}\}/g, (_all, inner: string) => inner.replace("\\n", "\n"));

describe("prose in dbt's YAML", () => {
  it("opens no tag of Jinja and reads as it was written", () => {
    fc.assert(
      fc.property(fc.array(fc.constantFrom("{", "}", "%", "#", "{{", "{%", "x", " ", "'", "\n")), (parts) => {
        const text = parts.join("").replace(/\n+$/, "");
        const printed = literalProse(text);
        expect(rendered(printed)).toBe(text);
        expect(printed.replaceAll("{{ '{' }}", "")).not.toMatch(/\{[{%#]/);
      }),
    );
  });

  it("ends sentences, and leaves alone what does not end in a word", () => {
    expect(sentence("number of the order ")).toBe("Number of the order.");
    expect(sentence("Orders (all of them)")).toBe("Orders (all of them)");
    expect(sentence("")).toBe("");
  });
});

describe("an argument of a test", () => {
  it("is never taken for a call of ref or env_var", () => {
    for (const value of ["env_var('SECRET')", " ref ('x')", "source('a', 'b')", "{{ env_var('SECRET') }}", "{# x #}"]) {
      const printed = String(literalArgument(value));
      expect(printed).not.toMatch(/^\s*(env_var|ref|var|source|doc)\s*\(/);
      expect(rendered(printed)).toBe(value);
    }
    expect(literalArgument("no")).toBe("no");
    expect(literalArgument(12.5)).toBe(12.5);
  });
});

describe("a name that is too long", () => {
  it("is cut, stays the same, and differs from its neighbour", () => {
    const [first, second] = [`${"a".repeat(80)}_x`, `${"a".repeat(80)}_y`].map((one) => shortName(one, 63));
    expect(first).toHaveLength(63);
    expect(first).toBe(shortName(`${"a".repeat(80)}_x`, 63));
    expect(first).not.toBe(second);
    expect(shortName("short", 63)).toBe("short");
  });
});

it("keeps teams apart whose names hold letters that a dbt group cannot", () => {
  expect(groupName("Web shop")).toBe("web_shop");
  expect(groupName("営業")).toMatch(/^team_[0-9a-f]{8}$/);
  expect(groupName("営業")).not.toBe(groupName("経理"));
  expect(groupName("Größe")).not.toBe(groupName("Größé"));
});
