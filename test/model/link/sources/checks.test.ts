import { describe, expect, it } from "vitest";
import { foreignConstruct } from "../../../../generator/model/link/sources/portable-pattern.ts";
import { linked } from "../../../support/spec.ts";

function check(text: string, atTable = false, type = "decimal(12,2)", more = ""): { readonly checks: unknown; readonly codes: readonly string[] } {
  const column = (name: string, type: string, extra = ""): string => `    - {column: ${name}, type: "${type}"${extra}}\n`;
  const at = atTable ? "" : `, checks: [${text}]`;
  const { model, codes } = linked({
    "a.yaml": `contract:\n  name: shop.orders\n  primary_key: [id]\n${atTable ? `  checks: [${text}]\n` : ""}  schema:\n${column("id", "integer")}${column("Total", type, `, rename: amount${more}${at}`)}${column("other", "string")}`,
    "b.yaml": "contract:\n  name: shop.customers\n  schema: [{column: Customer No, type: integer, primary_key: true}, {column: region, type: string}]\n",
  });
  return { checks: model?.sources.find((one) => one.name === "shop.orders")?.checks ?? null, codes };
}

const params = (text: string, atTable = false, type = "decimal(12,2)"): unknown => {
  const { checks } = check(text, atTable, type);
  return Array.isArray(checks) && checks.length === 1 ? checks[0] : checks;
};

describe("a check of a contract", () => {
  it.each([
    ["{type: not_null}", { kind: "not_null", column: "amount", params: {}, severity: "error" }],
    ["{type: range, params: {min_value: 0, max_value: 9.5}}", { kind: "range", params: { min: 0, max: 9.5 } }],
    ["{type: range, params: {min: \"2024-01-01\"}}", { params: { min: "2024-01-01" } }, "date"],
    ["{type: range, params: {min: -0.005}}", { params: { min: -0.005 } }],
    ["{type: enum, params: {accepted_values: [a, 1, true]}}", { kind: "enum", params: { values: ["a", "1", "true"] } }, "string"],
    ["{type: enum, params: {values: [1, 2]}}", { kind: "enum", params: { values: [1, 2] } }, "integer"],
    ["{type: regex, params: {regex: \"^[A-Z]+$\"}}", { kind: "regex", params: { pattern: "^[A-Z]+$" } }, "string"],
    ["{type: length, params: {max_length: 3}}", { kind: "length", params: { max: 3 } }, "string"],
    ["{type: relationship, params: {to: shop.customers.Customer No}}", { kind: "relationship", params: { to: { table: "shop.customers", columns: ["customer_no"] } } }, "integer"],
    ["{type: relationship, params: {to: shop.customers, field: Customer No}}", { params: { to: { table: "shop.customers", columns: ["customer_no"] } } }, "integer"],
    ["{type: unique, severity: P2}", { kind: "unique", severity: "warn", params: {} }],
    ["{type: unique, severity: P1}", { severity: "error" }],
    ["{type: unique, severity: P0, on_failure: warn}", { severity: "warn" }],
    ["{type: custom, params: {expression: \"Total >= 0\"}}", { kind: "custom", column: "amount", params: { expression: { kind: "binary", left: { kind: "column", name: "amount" } } } }],
    ["{type: custom, params: {test: below, arguments: {ceiling: 10, strict: true}}}", { kind: "custom", column: "amount", params: { test: { name: "below", arguments: { ceiling: 10, strict: true } } } }],
  ])("at a column: %s", (text, expected, type = "decimal(12,2)") => {
    expect(params(text, false, type)).toMatchObject(expected);
  });

  it("compares several columns with the key of another table", () => {
    const pair = { kind: "relationship", column: null, params: { columns: ["id", "amount"], to: { table: "shop.customers", columns: ["customer_no", "region"] } } };
    expect(params("{type: relationship, params: {columns: [id, Total], to: shop.customers, to_columns: [Customer No, region]}}", true)).toMatchObject(pair);
    expect(params("{type: relationship, params: {columns: [id], to: shop.customers}}", true)).toMatchObject({ column: "id", params: { to: { columns: ["customer_no"] } } });
    expect(check("{type: relationship, params: {columns: [id, Total], to: shop.customers}}", true).codes).toEqual(["reference-arity contract.checks.0.params.to_columns"]);
    expect(check("{type: relationship, params: {columns: [id], to: shop.customers.region}}", true).codes).toEqual(["invalid-check contract.checks.0.params.to"]);
  });

  it.each([
    ["integer", "{type: enum, params: {values: [1, a]}}", "params.values"], ["date", "{type: enum, params: {values: [\"2024-02-30\"]}}", "params.values"],
    ["integer", "{type: range, params: {min: low}}", "params.min"], ["date", "{type: range, params: {max: 3}}", "params.max"], ["string", "{type: range, params: {min: 3}}", ""],
    ["integer", "{type: length, params: {min: 3}}", ""], ["date", "{type: regex, params: {pattern: \"^2\"}}", ""], ["string", "{type: relationship, params: {to: shop.customers.Customer No}}", "params.to"],
    ["string", "{type: regex, params: {pattern: '^(?=a)'}}", "params.pattern"], ["string", "{type: regex, params: {pattern: '(a)\\1'}}", "params.pattern"], ["string", "{type: regex, params: {pattern: '\\bword'}}", "params.pattern"],
  ])("cannot work on %s: %s", (type, text, place) => {
    expect(check(text, false, type).codes).toEqual([["invalid-check contract.schema.1.checks.0", place].filter((one) => one !== "").join(".")]);
  });

  it("takes patterns that every warehouse reads alike", () => {
    for (const pattern of ["^(?:a|b)+?$", "[{2}]", String.raw`\\b`, String.raw`(?i)^x\d\s\w$`, String.raw`^\(?1`]) expect(foreignConstruct(pattern), pattern).toBeNull();
    for (const pattern of ["(?!x)", "(?<=x)", "(?<year>[0-9]+)", String.raw`(a)\1`, String.raw`\p{L}`, String.raw`x\z`]) expect(foreignConstruct(pattern), pattern).not.toBeNull();
  });

  it("sees of protected values only what is left of them", () => {
    const hashed = (text: string): readonly string[] => check(text, false, "string", ", pii: true, protect: hash").codes;
    expect(hashed("unique")).toEqual([]);
    expect(hashed("{type: length, params: {min: 3}}")).toEqual(["invalid-check contract.schema.1.checks.0"]);
    expect(hashed("{type: relationship, params: {to: shop.customers.region}}")).toEqual(["invalid-check contract.schema.1.checks.0.params.to"]);
    expect(check("unique", false, "string", ", pii: true, protect: mask").codes).toEqual(["invalid-check contract.schema.1.checks.0"]);
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
    ["{type: volume, params: {min: 1}}", "invalid-check"], ["{type: custom, params: {expression: \"Total + 1\"}}", "invalid-check"], ["{type: custom, params: {test: Below it}}", "invalid-check"], ["{type: custom, params: {test: below, arguments: {limit: 1}}}", "invalid-check"], ["{type: custom, params: {test: below, expression: \"Total > 1\"}}", "invalid-check"], ["{type: custom, params: {test: below, arguments: [1]}}", "invalid-check"], ["{type: custom, params: {expression: \"Total > 1\", arguments: {a: 1}}}", "invalid-check"], ["{type: custom, params: {expression: \"amount > 1\"}}", "other-name-space"],
    ["{type: relationship, params: {to: shop.custmers.id}}", "unknown-table"], ["{type: distribution}", "check-not-yet"], ["{type: reconciliation}", "check-not-yet"], ["{type: not_null, on_failure: quarantine}", "check-not-yet"],
  ])("is refused: %s", (text, code) => {
    const { codes, checks } = check(text);
    expect(checks).toBeNull();
    expect(codes.map((one) => one.split(" ")[0])).toEqual([code]);
  });

  it("of freshness sets the limit that it says, else both", () => {
    const limits = (sla: string, ...checks: readonly string[]): unknown => {
      const { model } = linked(`contract:\n  name: shop.orders\n  loaded_at: at\n  sla: {${sla}}\n  checks: [${checks.join(", ")}]\n  schema: [{column: id, type: integer}, {column: at, type: timestamp}]\n`);
      return model?.sources[0]?.freshness;
    };
    expect(limits("freshness_hours: 24")).toEqual({ warnAfter: 24, errorAfter: 48 });
    expect(limits("", "{type: freshness, params: {hours: 6}}")).toEqual({ warnAfter: 6, errorAfter: 12 });
    expect(limits("", "{type: freshness, params: {hours: 6}, on_failure: warn}")).toEqual({ warnAfter: 6, errorAfter: null });
    expect(limits("freshness_hours: 24", "{type: freshness, params: {hours: 30}, severity: P1}")).toEqual({ warnAfter: 24, errorAfter: 30 });
    expect(limits("")).toEqual({ warnAfter: null, errorAfter: null });
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
    expect(clean("[{epoch: ms}]", "timestamp").clean).toEqual([{ kind: "epoch", unit: "milliseconds" }]);
  });
  it.each([
    ["[{epoch: days}]", "timestamp", ""], ["[{epoch: s}]", "timestamp_ntz", ""], ["[{epoch: s}]", "timestamp", ", zone: Europe/Oslo"], ['[{parse: "%s"}]', "timestamp", ""],
    ['[{parse: "%d/%m/%Y"}]', "string", ""], ['[{parse: "--/--"}]', "date", ""], ["[{scale: 0.01}]", "string", ""], ["[trim]", "integer", ", physical_type: integer"], ['[{json: "address.city"}]', "string", ""],
  ])("is refused where it cannot work: %s on %s", (steps, type, more) => {
    expect(clean(steps, type, more).codes).toEqual(["invalid-clean contract.schema.0.clean.0"]);
  });
});
