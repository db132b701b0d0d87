import { describe, expect, it } from "vitest";
import { decided } from "./support.ts";

const column = (rest: string): string => `
contract:
  name: shop.orders
  schema:
    - {column: id, type: integer, primary_key: true}
    - {column: x, ${rest}}
`;

describe("a value that cleaning puts in", () => {
  it.each([
    ["type: integer, clean: [{default: abc}]", "0.value", "write a value such as 0,"],
    ["type: integer, clean: [trim, {default: 1.5}]", "1.value", "such as 0,"],
    ["type: integer, clean: [{default: 3000000000}]", "0.value", "such as 0,"],
    ["type: date, clean: [{default: unknown}]", "0.value", "such as 1900-01-01,"],
    ['type: date, clean: [{default: "2026-02-30"}]', "0.value", "such as 1900-01-01,"],
    ["type: timestamp, zone: UTC, clean: [{default: never}]", "0.value", "such as 1900-01-01 00:00:00,"],
    ['type: "decimal(3,2)", clean: [{default: 100}]', "0.value", "such as 0.00,"],
    ["type: boolean, clean: [{default: maybe}]", "0.value", "such as false,"],
    ["type: boolean, clean: [{map: {Y: true, N: unpaid}}]", "0.values.N", "nullif"],
    ["type: integer, clean: [{map: {values: {one: 1, two: zwei}, else: keep}}]", "0.values.two", "nullif"],
    ['type: date, clean: [{default: "1900-01-01"}, {parse: "%d/%m/%Y"}]', "0.value", 'as parse: "%d/%m/%Y" reads it, or put default behind parse and write 1900-01-01'],
    ["type: string, clean: [{default: none}, {map: {a: b}}]", "0.value", "put default behind map"],
    ["type: integer, physical_type: integer, clean: [{default: abc}]", "0.value", "such as 0,"],
    ['type: "decimal(12,2)", clean: [{default: free}, {scale: 0.01}]', "0.value", "such as 0.00,"],
    ["type: date, pii: true, protect: hash, clean: [{default: unknown}]", "0.value", "such as 1900-01-01,"],
  ])("is refused where it can never become the column: {%s}", (written, place, instead) => {
    const { codes, help } = decided(column(written));
    expect(codes).toEqual([`clean-value contract.schema.1.clean.${place}`]);
    expect(help[0]).toContain(instead);
  });

  it.each([
    "type: integer, clean: [{default: 0}]", 'type: integer, clean: [trim, {default: " 7 "}, trim]', "type: boolean, clean: [{map: {Y: true, N: false}}]", 'type: boolean, clean: [{map: {Y: "yes", N: "no"}}]', "type: boolean, clean: [{default: N}]",
    'type: date, clean: [{default: 01/01/1900}, {parse: "%d/%m/%Y"}]', 'type: date, clean: [{parse: "%d/%m/%Y"}, {default: "1900-01-01"}]', 'type: timestamp, zone: UTC, clean: [{default: "2026-01-01"}]', 'type: "decimal(12,2)", clean: [{default: "12.345"}]',
    "type: string, clean: [{default: straße}, upper]", 'type: string, clean: [{default: "a\u00a0"}, trim]', "type: string, clean: [{default: 0}]", "type: integer, clean: [{default: none}, {map: {none: 0, one: 1}}]", 'type: integer, clean: [{default: "N/A"}, {nullif: ["N/A"]}]', "type: json, clean: [{default: x}]", "type: integer, clean: [{default: '{}'}, {json: $.a}]",
    "type: timestamp, clean: [{default: 0}, {epoch: seconds}]", "type: string, pii: true, protect: mask, clean: [{default: none}]", 'type: string, clean: [{map: {values: {"1": active}, else: keep}}]',
  ])("is taken where it can: {%s}", (written) => {
    expect(decided(column(written)).codes).toEqual([]);
  });
});
