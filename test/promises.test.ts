import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";

/** What regeneration promises of each fault: R1 to R25 of results, C1 to C11 of crashes and circumstances. */
const promised = [...numbered("R", 25), ...numbered("C", 11)];

it("every promise about regeneration is a test by name", () => {
  const files = readdirSync(import.meta.dirname, { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(".test.ts"));
  const titles = files.flatMap((path) => [...readFileSync(join(import.meta.dirname, path), "utf8").matchAll(/["`]([RC]\d+(?:(?:, | and )[RC]\d+)*)(?::|, row)/g)]);
  const tested = new Set(titles.flatMap(([, ids = ""]) => ids.split(/, | and /)));
  expect(promised.filter((id) => !tested.has(id))).toEqual([]);
});

function numbered(letter: string, count: number): readonly string[] {
  return Array.from({ length: count }, (_, index) => `${letter}${index + 1}`);
}
