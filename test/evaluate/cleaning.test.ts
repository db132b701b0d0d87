import { expect, it } from "vitest";
import { canonicalText } from "../../generator/evaluate/cast.ts";
import { cleanedValue } from "../../generator/evaluate/cleaning.ts";
import { rawText, type Choice } from "../../generator/evaluate/uncleaning.ts";
import type { SourceColumn } from "../../generator/model/source.ts";
import { linked } from "../support/spec.ts";

const units = ["days", "seconds", "milliseconds", "microseconds", "nanoseconds"];
const contract = `
contract:
  name: web.events
  primary_key: [id]
  schema:
    - {column: id, type: integer}
${units.map((unit) => `    - {column: in_${unit}, type: ${unit === "days" ? "date" : "timestamp"}, clean: [{epoch: ${unit}}]}`).join("\n")}
settings: {timezone: Europe/Oslo}
`;
const plain: Choice = { chance: () => false, pick: ([first]) => first ?? expect.fail("nothing to pick from") };

function column(unit: string): SourceColumn {
  return linked(contract).model?.sources[0]?.columns.find((one) => one.name === `in_${unit}`) ?? expect.fail("no such column");
}

function cleaned(unit: string, raw: string): string {
  const result = cleanedValue(column(unit), raw);
  return "value" in result && result.value !== null ? canonicalText(result.value) : "refused";
}

it.each([
  ["days", "-1", "1969-12-31"], ["days", "1.5", "refused"],
  ["seconds", "1774746000.9999999", "2026-03-29 01:00:00.999999"], ["seconds", "2026-03-29", "refused"],
  ["milliseconds", "-1", "1969-12-31 23:59:59.999000"], ["microseconds", "1774746000123456", "2026-03-29 01:00:00.123456"],
  ["nanoseconds", "1774746000123456789", "2026-03-29 01:00:00.123456"], ["nanoseconds", "-1", "1969-12-31 23:59:59.999999"],
])("a count of %s, %s, is %s, whatever the zone of the settings", (unit, raw, expected) => {
  expect(cleaned(unit, raw)).toBe(expected);
});

it.each(units)("a time can be told as a count of %s", (unit) => {
  const text = unit === "days" ? "2024-02-29" : "2024-02-29 23:59:59.999999";
  const found = rawText(column(unit), text, plain);
  expect(cleaned(unit, found?.raw ?? "none")).toBe(text);
});

it("zero times a negative float keeps its sign, as engines print it", () => {
  expect(canonicalText(-0)).toBe("-0");
  expect(canonicalText(0)).toBe("0");
});
