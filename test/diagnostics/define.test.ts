import { expect, it } from "vitest";
import { defineDiagnostics } from "../../generator/diagnostics/define.ts";

const table = defineDiagnostics("test", { long: { severity: "error", message: "'{value}' is long.", help: "One of {known}.", docs: "" } });

it("prints the beginning of a long parameter, and of a long list what fits", () => {
  const known = Array.from({ length: 500 }, (_, index) => `column_${index}`).join(", ");
  const { message, help } = table.report("long", { origin: null }, { value: `x${"😀".repeat(20_000)}`, known });
  expect(message).toBe(`'x${"😀".repeat(199)}…' is long.`);
  expect(help).toMatch(/^One of column_0, column_1, .*, column_[0-9]+, …\.$/);
  expect(help.length).toBeLessThan(1_020);
});

it("prints what is short as it is", () => {
  expect(table.report("long", { origin: null }, { value: "a, b", known: "c" })).toMatchObject({ message: "'a, b' is long.", help: "One of c." });
});
