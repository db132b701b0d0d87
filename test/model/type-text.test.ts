import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { commonType, comparable, typeText } from "../../generator/model/logical-type.ts";
import { typeHint } from "../../generator/model/type-hints.ts";
import { isBareDecimal, parseType } from "../../generator/model/type-text.ts";
import type { LogicalType } from "../../generator/model/types.ts";

const read = (text: string): string | null => {
  const type = parseType(text);
  return type === null ? null : typeText(type);
};

describe("the text of a type", () => {
  it.each([
    ["varchar(20)", "string"], ["TEXT", "string"], ["character varying(10)", "string"], ["int", "integer"], ["int8", "bigint"], ["INT64", "bigint"],
    ["numeric(12,2)", "decimal(12,2)"], ["decimal( 5 , 4 )", "decimal(5,4)"], ["number(10)", "decimal(10,0)"], ["number", "decimal(38,9)"],
    ["double  precision", "float"], ["datetime", "timestamp_ntz"], ["timestamptz", "timestamp"], ["timestamp(6)", "timestamp"],
    ["timestamp without time zone", "timestamp_ntz"], ["timestamp with time zone", "timestamp"], ["bool", "boolean"], ["jsonb", "json"], ["bytea", "binary"],
    ["array<int>", "array<integer>"], ["string[]", "array<string>"], ["struct<a: int, b: array<string>>", "struct<a: integer, b: array<string>>"],
    ["struct<a int>", "struct<a: integer>"], ["array<decimal(10,2)>", "array<decimal(10,2)>"],
    ["VARCHAR2(50 CHAR)", "string"], ["nvarchar(max)", "string"], ["enum('new', 'paid')", "string"], ["int(11) unsigned", "bigint"], ["bigint(20) unsigned", "decimal(20,0)"],
    ["UINT64", "decimal(20,0)"], ["uint16", "integer"], ["double(10,2)", "float"], ["smalldatetime", "timestamp_ntz"], ["TIMESTAMP_NTZ(9)", "timestamp_ntz"],
    ["timestamp(6) with time zone", "timestamp"], ["bit(1)", "boolean"], ["map<string, int>", "json"], ["ARRAY", "json"], ["record", "json"], ["array(varchar)", "array<string>"],
  ])("reads %j as %j", (text, type) => {
    expect(read(text)).toBe(type);
  });

  it.each(["", "decmal(3)", "decimal(39,2)", "decimal(2,3)", "decimal(0)", "array<>", "struct<>", "struct<a>", "constructor", "__proto__", "int int", "bit(8)", "varchar(10,2)", "decimal(50,2)"])("refuses %j", (text) => {
    expect(parseType(text)).toBeNull();
  });

  it.each([["decimal(50,2)", "1 to 38 digits"], ["TIMETZ", "time, or timestamp"], ["datetime64[ns]", "wall-clock"], ["interval day", "integer"], ["bit varying(8)", "binary"]])("says what to write for %j", (text, words) => {
    expect([parseType(text), typeHint(text)]).toEqual([null, expect.stringContaining(words)]);
  });

  it("knows numbers that say no precision", () => {
    expect(["number", "NUMERIC", "decimal(3)", "integer"].map(isBareDecimal)).toEqual([true, true, false, false]);
  });

  const scalars = fc.constantFrom("string", "integer", "bigint", "float", "boolean", "date", "time", "timestamp", "timestamp_ntz", "uuid", "json", "binary").map((kind): LogicalType => ({ kind }));
  const decimals = fc.tuple(fc.integer({ min: 1, max: 38 }), fc.nat(38)).map(([precision, scale]): LogicalType => ({ kind: "decimal", precision, scale: Math.min(precision, scale) }));
  const { type } = fc.letrec<{ type: LogicalType }>((tie) => ({
    type: fc.oneof({ maxDepth: 3 }, scalars, decimals, tie("type").map((of): LogicalType => ({ kind: "array", of })),
      fc.array(tie("type"), { minLength: 1, maxLength: 3 }).map((types): LogicalType => ({ kind: "struct", fields: types.map((one, index) => ({ name: `f${index}`, type: one })) }))),
  }));

  it("reads back what it prints", () => {
    fc.assert(fc.property(type, (one) => {
      expect(parseType(typeText(one))).toEqual(one);
    }));
  });

  it("has one common type whichever comes first", () => {
    fc.assert(fc.property(type, type, (a, b) => {
      expect(commonType(a, b)).toEqual(commonType(b, a));
    }));
  });
});

describe("the common type", () => {
  const of = (a: string, b: string): string | null => {
    const [one, other] = [parseType(a), parseType(b)];
    const common = one === null || other === null ? null : commonType(one, other);
    return common === null ? null : typeText(common);
  };
  it("widens numbers without losing digits", () => {
    expect([of("integer", "bigint"), of("integer", "decimal(5,2)"), of("decimal(10,4)", "decimal(12,2)"), of("float", "decimal(5,2)")]).toEqual(["bigint", "decimal(12,2)", "decimal(14,4)", "float"]);
  });
  it("never mixes texts, numbers, dates and timestamps", () => {
    expect([of("string", "integer"), of("date", "timestamp"), of("timestamp", "timestamp_ntz"), of("boolean", "integer")]).toEqual([null, null, null, null]);
    expect(comparable({ kind: "date" }, { kind: "timestamp" })).toBe(false);
  });
});
