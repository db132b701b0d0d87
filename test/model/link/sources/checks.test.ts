import { describe, expect, it } from "vitest";
import { linked } from "../../../support/spec.ts";

function check(text: string, atTable = false): { readonly checks: unknown; readonly codes: readonly string[] } {
  const column = (name: string, type: string, extra = ""): string => `    - {column: ${name}, type: "${type}"${extra}}\n`;
  const at = atTable ? "" : `, checks: [${text}]`;
  const { model, codes } = linked({
    "a.yaml": `contract:\n  name: shop.orders\n  primary_key: [id]\n${atTable ? `  checks: [${text}]\n` : ""}  schema:\n${column("id", "integer")}${column("Total", "decimal(12,2)", `, rename: amount${at}`)}${column("other", "string")}`,
    "b.yaml": "contract:\n  name: shop.customers\n  schema: [{column: Customer No, type: integer, primary_key: true}]\n",
  });
  return { checks: model?.sources.find((one) => one.name === "shop.orders")?.checks ?? null, codes };
}

const params = (text: string, atTable = false): unknown => {
  const { checks } = check(text, atTable);
  return Array.isArray(checks) && checks.length === 1 ? checks[0] : checks;
};

describe("a check of a contract", () => {
  it.each([
    ["{type: not_null}", { kind: "not_null", column: "amount", params: {}, severity: "error" }],
    ["{type: range, params: {min_value: 0, max_value: 9.5}}", { kind: "range", params: { min: 0, max: 9.5 } }],
    ["{type: range, params: {min: \"2024-01-01\"}}", { params: { min: "2024-01-01" } }],
    ["{type: enum, params: {accepted_values: [a, 1, true]}}", { kind: "enum", params: { values: ["a", 1, true] } }],
    ["{type: regex, params: {regex: \"^[A-Z]+$\"}}", { kind: "regex", params: { pattern: "^[A-Z]+$" } }],
    ["{type: length, params: {max_length: 3}}", { kind: "length", params: { max: 3 } }],
    ["{type: relationship, params: {to: shop.customers.Customer No}}", { kind: "relationship", params: { to: { table: "shop.customers", columns: ["customer_no"] } } }],
    ["{type: relationship, params: {to: shop.customers, field: Customer No}}", { params: { to: { table: "shop.customers", columns: ["customer_no"] } } }],
    ["{type: unique, severity: P2}", { kind: "unique", severity: "warn", params: {} }],
    ["{type: unique, severity: P1}", { severity: "error" }],
    ["{type: unique, severity: P0, on_failure: warn}", { severity: "warn" }],
    ["{type: custom, params: {expression: \"Total >= 0\"}}", { kind: "custom", column: "amount", params: { expression: { kind: "binary", left: { kind: "column", name: "amount" } } } }],
  ])("at a column: %s", (text, expected) => {
    expect(params(text)).toMatchObject(expected);
  });

  it("at the table names its columns", () => {
    expect(params("{type: unique, params: {columns: [id, Total]}}", true)).toMatchObject({ kind: "unique", column: null, params: { columns: ["id", "amount"] } });
    expect(params("{type: volume, params: {min_rows: 1}}", true)).toMatchObject({ kind: "volume", column: null, params: { min: 1 } });
    expect(params("{type: not_null, params: {column: Total}}", true)).toMatchObject({ kind: "not_null", column: "amount" });
    expect(params("{type: custom, params: {sql: \"id > 0 or other is null\"}}", true)).toMatchObject({ kind: "custom", column: null });
  });

  it.each([
    ["{type: range, params: {}}", "invalid-check"], ["{type: range, params: {min: 3, max: 1}}", "invalid-check"], ["{type: range, params: {minn: 3}}", "invalid-check"],
    ["{type: length, params: {min: -1}}", "invalid-check"], ["{type: enum, params: {values: []}}", "invalid-check"], ["{type: regex, params: {pattern: \"[\"}}", "invalid-check"],
    ["{type: volume, params: {min: 1}}", "invalid-check"], ["{type: custom, params: {expression: \"Total + 1\"}}", "invalid-check"], ["{type: custom, params: {expression: \"amount > 1\"}}", "other-name-space"],
    ["{type: relationship, params: {to: shop.custmers.id}}", "unknown-table"], ["{type: distribution}", "check-not-yet"], ["{type: reconciliation}", "check-not-yet"], ["{type: not_null, on_failure: quarantine}", "check-not-yet"],
  ])("is refused: %s", (text, code) => {
    const { codes, checks } = check(text);
    expect(checks).toBeNull();
    expect(codes.map((one) => one.split(" ")[0])).toEqual([code]);
  });

  it("at the table must say which columns it is about", () => {
    expect(check("{type: not_null}", true).codes).toEqual(["invalid-check contract.checks.0"]);
    expect(check("{type: unique}", true).codes).toEqual(["invalid-check contract.checks.0"]);
    expect(check("{type: unique, params: {columns: [id, amount]}}", true).codes).toEqual(["other-name-space contract.checks.0.params.columns.1"]);
  });
});

describe("a cleaning step", () => {
  const clean = (steps: string, type = "string", more = ""): { readonly clean: unknown; readonly codes: readonly string[] } => {
    const { model, codes } = linked(`contract:\n  name: shop.orders\n  schema:\n    - {column: x, type: "${type}"${more}, clean: ${steps}}\n`);
    return { clean: model?.sources[0]?.columns[0]?.clean ?? null, codes };
  };
  it("keeps its place and its order", () => {
    expect(clean('[trim, upper, {nullif: ["N/A", ""]}, {map: {values: {"1": active}, else: fail}}, {replace: {search: a, by: b}}]').clean).toEqual([
      { kind: "trim" }, { kind: "upper" }, { kind: "nullif", values: ["N/A", ""] }, { kind: "map", values: [{ from: "1", to: "active" }], otherwise: "fail" }, { kind: "replace", search: "a", by: "b" },
    ]);
    expect(clean('[{parse: "%d/%m/%Y"}]', "date").clean).toEqual([{ kind: "parse", format: "%d/%m/%Y" }]);
    expect(clean("[{scale: 0.01}]", "decimal(12,2)").clean).toEqual([{ kind: "scale", factor: "0.01" }]);
  });
  it.each([
    ['[{parse: "%d/%m/%Y"}]', "string", ""], ['[{parse: "dd/mm"}]', "date", ""], ["[{scale: 0.01}]", "string", ""], ["[trim]", "integer", ", physical_type: integer"], ['[{json: "address.city"}]', "string", ""],
  ])("is refused where it cannot work: %s on %s", (steps, type, more) => {
    expect(clean(steps, type, more).codes).toEqual(["invalid-clean contract.schema.0.clean.0"]);
  });
});
