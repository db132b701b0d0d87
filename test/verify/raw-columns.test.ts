import { expect, it } from "vitest";
import { rawColumns, sharingProblem, togetherText } from "../../generator/verify/sample/raw-columns.ts";
import type { SourceTable } from "../../generator/model/source.ts";
import { linked } from "../support/spec.ts";

function table(...columns: readonly string[]): SourceTable {
  const contract = `contract: {name: web.events, primary_key: [id], columns: [{name: id, type: integer}, ${columns.join(", ")}]}`;
  return linked(contract).model?.sources[0] ?? expect.fail("no table");
}

const told = (name: string, path: string): string => `{name: ${name}, from: told, type: string, clean: [{json: ${path}}]}`;

it("a raw column has all columns that are read from it", () => {
  const found = rawColumns(table(told("city", "$.a.city"), told("zip", "$.a.zip"), "{name: own, type: string}"));
  expect(found.map(({ name, columns }) => [name, columns.map((one) => one.name)])).toEqual([["id", ["id"]], ["told", ["city", "zip"]], ["own", ["own"]]]);
});

it("JSON texts are put together", () => {
  expect(togetherText(['{"a":{"city":"Oslo"}}', null, '{"a":{"zip":"0150"},"b":"1"}'])).toBe('{"a":{"city":"Oslo","zip":"0150"},"b":"1"}');
  expect([togetherText(["x"]), togetherText([null, null])]).toEqual(["x", null]);
});

it("columns suit one sample where each has a place of its own", () => {
  expect(sharingProblem(table(told("city", "$.city"), told("city_code", "$.city_code")))).toBeNull();
  expect(sharingProblem(table(told("city", "$.city"), told("code", "$.city.code")))).toContain("city, code");
  expect(sharingProblem(table(told("city", "$.city"), "{name: told, type: string}"))).toContain("city, told");
});
