import { expect, it } from "vitest";
import { shortestInterval } from "../../generator/rules/brief/interval.ts";

it.each([
  ["@daily", 1440],
  ["@hourly", 60],
  ["@continuous", 0],
  ["@once", null],
  ["* * * * *", 1],
  ["*/5 * * * *", 5],
  ["0 5 * * *", 1440],
  ["0 */6 * * *", 360],
  ["0,30 * * * *", 30],
  ["55,0 * * * *", 5],
  ["10-20/2 * * * *", 2],
  ["0 8-18 * * 1-5", 60],
  ["30 22,2 * * *", 240],
])("%s starts every %s minutes at the shortest", (schedule, minutes) => {
  expect(shortestInterval(schedule)).toBe(minutes);
});

it("knows no interval without a schedule", () => {
  expect(shortestInterval(null)).toBeNull();
});
