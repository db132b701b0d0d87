import { expect, it } from "vitest";
import { inCase } from "../../generator/evaluate/letter-case.ts";
import { attempt } from "../../generator/evaluate/value.ts";

it.each([
  ["lower", "Ünï ΣΑΣ", "ünï σασ"], ["upper", "ünï ΣΑς", "ÜNÏ ΣΑΣ"], ["lower", "straße", "straße"], ["upper", "o'neil", "O'NEIL"],
] as const)("%s case of %j is %j, letter by letter as on every engine", (wanted, text, expected) => {
  expect(inCase(text, wanted)).toBe(expected);
});

it.each([["upper", "straße"], ["lower", "İstanbul"], ["upper", "ﬁn"]] as const)("%s case of %j is the engine's own", (wanted, text) => {
  expect(attempt(() => inCase(text, wanted))).toHaveProperty("failure");
});
