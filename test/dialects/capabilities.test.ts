import { beforeAll, describe, expect, it } from "vitest";
import type { Dialect } from "../../generator/dialects/types.ts";
import type { FunctionName } from "../../generator/model/expression.ts";
import type { LogicalType } from "../../generator/model/types.ts";
import { openEngines, type Engine } from "./engines.ts";

let engines: readonly Engine[] = [];
beforeAll(async () => {
  engines = await openEngines();
});

const integer: LogicalType = { kind: "integer" };
const float: LogicalType = { kind: "float" };
const string: LogicalType = { kind: "string" };
const date: LogicalType = { kind: "date" };
const time: LogicalType = { kind: "time" };
const timestamp: LogicalType = { kind: "timestamp" };
const local: LogicalType = { kind: "timestamp_ntz" };
const boolean: LogicalType = { kind: "boolean" };
const uuid: LogicalType = { kind: "uuid" };
const money: LogicalType = { kind: "decimal", precision: 12, scale: 2 };

const typed = (dialect: Dialect, text: string, type: LogicalType): string => `cast('${text}' as ${dialect.typeName(type)})`;

/** The value as canonical text, so that only differences that matter show. */
async function same(expected: string | null, type: LogicalType, sql: (dialect: Dialect) => string): Promise<void> {
  for (const engine of engines) {
    const text = engine.dialect.keyText(`(${sql(engine.dialect)})`, type);
    expect(await engine.value(text), `${engine.dialect.name}: ${sql(engine.dialect)}`).toBe(expected);
  }
}

async function refused(sql: (dialect: Dialect) => string): Promise<void> {
  for (const engine of engines) await expect(engine.value(sql(engine.dialect)), `${engine.dialect.name}: ${sql(engine.dialect)}`).rejects.toThrow();
}

const taken: readonly (readonly [string, LogicalType, string])[] = [
  ["12", integer, "12"], ["-7", integer, "-7"], ["+7", integer, "7"], ["007", integer, "7"],
  ["12.5", money, "12.50"], [".5", money, "0.50"], ["5.", money, "5.00"], ["2.675", money, "2.68"], ["-2.675", money, "-2.68"], ["1e-1", money, "0.10"],
  ["1.5", float, "1.5"], ["1e3", float, "1000"],
  ["true", boolean, "true"], ["NO", boolean, "false"], ["1", boolean, "true"], ["t", boolean, "true"],
  ["2022-01-07", date, "2022-01-07"], ["2024-02-29", date, "2024-02-29"],
  ["10:00", time, "10:00:00"], ["10:00:01.5", time, "10:00:01.5"],
  ["2022-01-07 10:00:00", timestamp, "2022-01-07 10:00:00.000000"], ["2022-01-07T10:00", timestamp, "2022-01-07 10:00:00.000000"],
  ["2022-01-07", timestamp, "2022-01-07 00:00:00.000000"], ["2022-01-07T10:00:00.25Z", timestamp, "2022-01-07 10:00:00.250000"],
  ["2022-01-07 10:00:00+02:00", timestamp, "2022-01-07 08:00:00.000000"], ["2022-01-07T10:00:00-0230", timestamp, "2022-01-07 12:30:00.000000"],
  ["2022-01-07 10:00:00+02", timestamp, "2022-01-07 08:00:00.000000"],
  ["2022-01-07T10:00:00", local, "2022-01-07 10:00:00.000000"],
  ["A0EEBC99-9C0B-4EF8-BB6D-6BB9BD380A11", uuid, "a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11"],
];

const notTaken: readonly (readonly [string, LogicalType])[] = [
  ...["12x", "1e3", "", " 12 ", "12.7", "0x1A", "1_000", "99999999999", "12\n"].map((text) => [text, integer] as const),
  ...["", " 1", "1,5", "NaN", "12345678901.00", "infinity"].map((text) => [text, money] as const),
  ...["nan", "1,5"].map((text) => [text, float] as const),
  ...["on", "2", "", "tru"].map((text) => [text, boolean] as const),
  ...["2022-01-07x", "31/13/2020", "2022-02-31", "", "infinity", "2022-1-7", "2022-01-07 10:00", "today"].map((text) => [text, date] as const),
  ...["2022-01-07 10:00:60", "2022-01-07 25:00:00", "2022-01-07 10:00:00 Europe/Oslo", "2022-01-07 10:00:00 +02:00", "now", "2022-02-30 10:00"].map((text) => [text, timestamp] as const),
  ["2022-01-07T10:00:00Z", local],
  ["25:00", time],
  ["{a0eebc99-9c0b-4ef8-bb6d-6bb9bd380a11}", uuid],
];

/** A text that no optimiser can fold, as a column's value would be. */
const literal = (dialect: Dialect, text: string): string => `case when random() < 2 then ${dialect.stringLiteral(text)} end`;

describe("a strict cast", () => {
  it.each(taken)("takes '%s' as %o", async (text, type, expected) => {
    await same(expected, type, (dialect) => dialect.strictCast(literal(dialect, text), type));
    await same(expected, type, (dialect) => dialect.tryCast(literal(dialect, text), type));
  });

  it.each(notTaken)("refuses '%s' as %o", async (text, type) => {
    await refused((dialect) => dialect.strictCast(literal(dialect, text), type));
    await same(null, type, (dialect) => dialect.tryCast(literal(dialect, text), type));
  });

  it.each([integer, money, float, boolean, date, time, timestamp, local, uuid])("keeps NULL of %o", async (type) => {
    await same(null, type, (dialect) => dialect.strictCast(`cast(null as ${dialect.types.string})`, type));
  });

  it("takes what is typed already", async () => {
    await same("12", integer, (dialect) => dialect.strictCast(typed(dialect, "12", integer), integer));
    await same("12.50", money, (dialect) => dialect.strictCast(typed(dialect, "12.5", money), money));
    await same("true", boolean, (dialect) => dialect.strictCast("true", boolean));
    await same("2022-01-07 10:00:00.500000", timestamp, (dialect) => dialect.strictCast(typed(dialect, "2022-01-07 10:00:00.5", timestamp), timestamp));
  });
});
