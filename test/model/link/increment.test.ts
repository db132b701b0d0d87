import { expect, it } from "vitest";
import { star } from "./star.ts";

const specs = (fact: string, history = "append_only", more = ""): string => `
contracts:
  - {name: web.visits, primary_key: [id], history: ${history}, ${more}schema: [{column: id, type: integer}, {column: page_id, type: integer, references: web.pages.page_id}, {column: seen_on, type: date, nullable: false}]}
  - {name: web.pages, primary_key: [page_id], schema: [{column: page_id, type: integer}, {column: words, type: integer}]}
dimension: {name: page, source: web.pages, natural_key: page_id}
fact_tables:
  - {name: visits, grain: visit, source: web.visits, ${fact}}
`;
const refused = ["increment-not-exact fact_tables.0.load.strategy"];

it.each(["merge", "upsert", "delete_insert"])("takes %s where the source loses no rows", (strategy) => {
  expect(star(specs(`foreign_keys: [page], load: {strategy: ${strategy}}`)).codes).toEqual([]);
  expect(star(specs(`joins: [web.pages], measures: [{name: words, type: additive, aggregation: SUM}], load: {strategy: ${strategy}}`)).codes).toEqual([]);
});

it("refuses increments that would keep rows which a rebuild leaves out", () => {
  expect(star(specs("load: {strategy: merge}", "current_state")).codes).toEqual(refused);
  expect(star(specs("load: {strategy: merge}", "{kind: periodic_extract, extract_date: seen_on}")).codes).toEqual(refused);
  expect(star(specs("where: id > 3, load: {strategy: delete_insert}")).codes).toEqual(refused);
  expect(star(specs("joins: [{to: web.pages, type: inner}], load: {strategy: merge}")).codes).toEqual(refused);
});

it("appends only what never changes", () => {
  const append = "load: {strategy: append}";
  expect(star(specs(`foreign_keys: [{dimension: dim_date, role: seen, on: seen_on}], ${append}`)).codes).toEqual([]);
  expect(star(specs(`foreign_keys: [page], ${append}`)).codes).toEqual(refused);
  expect(star(specs(`joins: [web.pages], ${append}`)).codes).toEqual(refused);
  expect(star(specs(append, "append_only", "deduplicate: {keep: latest, by: [seen_on]}, ")).codes).toEqual(refused);
});

it("marks or books what the source lost, whatever its history, but not groups of a roll-up or periods", () => {
  const rows = "measures: [{name: visits, expression: 1, type: additive, aggregation: SUM}]";
  for (const load of ["{strategy: soft_delete}", "{corrections: reversal}", "{strategy: append, corrections: reversal}"]) {
    expect(star(specs(`where: id > 3, foreign_keys: [page], ${rows}, load: ${load}`, "current_state")).codes).toEqual([]);
    const at = load.includes("corrections") ? "corrections" : "strategy";
    const days = (more: string): string => `\n  - {name: visit_days, grain: day, source: ${more}, load: ${load}}`;
    const rolled = specs(`foreign_keys: [{dimension: dim_date, role: seen, on: seen_on}], ${rows}`) + days(`fct_visits, grain_key: [seen], ${rows}`);
    expect(star(rolled).codes).toEqual([`increment-not-exact fact_tables.1.load.${at}`]);
  }
  expect(star(specs("load: {corrections: reversal}")).codes).toEqual(["increment-not-exact fact_tables.0.load.corrections"]);
  expect(star(specs(`${rows.replace("SUM", "MAX")}, load: {corrections: reversal}`)).codes).toEqual(["increment-not-exact fact_tables.0.load.corrections"]);
  expect(star(specs(`${rows}, load: {strategy: merge, corrections: reversal}`)).codes).toEqual(["reversal-strategy fact_tables.0.load.corrections"]);
});

it("refuses names that the load records under", () => {
  expect(star(specs("degenerate_dimensions: [{name: deleted_at, source: seen_on}], load: {strategy: soft_delete}", "current_state")).codes).toContain("column-clash fact_tables.0.load");
});

it("replaces partitions of anything by a column that the fact has", () => {
  const swap = (by: string): string => `foreign_keys: [page, {dimension: dim_date, role: seen, on: seen_on}], event_time: seen_on, load: {strategy: partition_swap, ${by}}`;
  for (const by of ["seen", "seen_date_key", "seen_on", "page_key"]) expect(star(specs(swap(`partition_by: ${by}`), "current_state")).codes).toEqual([]);
  expect(star(specs(`where: id > 3, ${swap("partition_by: seen")}`)).codes).toEqual([]);
  expect(star(specs(swap("partition_by: id"))).codes).toEqual(["partition-column fact_tables.0.load.partition_by"]);
  expect(star(specs(swap("cluster_by: []"))).codes).toEqual(["partition-column fact_tables.0.load.strategy"]);
});

it("reads a window of a source that has a load time, in increments that take no row away", () => {
  const loaded = (load: string, more = "loaded_at: seen_on, "): readonly string[] => star(specs(`load: ${load}`, "append_only", more)).codes;
  for (const lookback of ["3", "1 day", "'3 days'"]) expect(loaded(`{strategy: merge, lookback: ${lookback}}`)).toEqual([]);
  expect(star(specs("load: {strategy: append, lookback: 3}", "append_only", "loaded_at: seen_on, ")).fact("fct_visits").load.lookback).toMatchObject({ days: 3, loadedAt: { name: "seen_on" } });
  for (const wrong of ["{strategy: merge, lookback: 0.5}", "{strategy: merge, lookback: 3 weeks}", "{lookback: 3}", "{strategy: soft_delete, lookback: 3}", "{corrections: reversal, lookback: 3}"]) {
    expect(loaded(wrong)).toContain("lookback fact_tables.0.load.lookback");
  }
  expect(loaded("{strategy: merge, lookback: 3}", "")).toEqual(["lookback fact_tables.0.load.lookback"]);
});
