import { describe, expect, it } from "vitest";
import { decided, decisionOn } from "./support.ts";

const log = "{kind: change_log, effective_at: changed_at, operation: {column: op, delete: [D]}}";
const snapshotDimension = "dimension: {name: customer, source: shop.customers, natural_key: id, attributes: [{name: city, scd_type: 2}]}";

/** A table of customers and a pipeline over it. */
function specs({
  history = "current_state",
  contract = "",
  extract = 'connection: "files:data/*.csv"',
  load = "{}",
  model = "",
}: {
  readonly history?: string;
  readonly contract?: string;
  readonly extract?: string;
  readonly load?: string;
  readonly model?: string;
}): string {
  return `
contract:
  name: shop.customers
  primary_key: [id]
  history: ${history}
${contract}
  schema:
    - {column: id, type: integer}
    - {column: city, type: string}
    - {column: op, type: string, nullable: false}
    - {column: changed_at, type: timestamp, zone: UTC, nullable: false}
pipeline:
  name: daily
  extract: {source_system: shop, ${extract}}
  load: ${load}
${model}`;
}

const strategy = (text: string): string => decisionOn(decided(text), "extraction strategy").choice;

describe("the extraction strategy", () => {
  it.each([
    ["full", 'connection: "files:data/*.csv"', "current_state", ""],
    ["incremental", 'connection: "files:data/*.csv", strategy: incremental', "append_only", ""],
    ["cdc", "connection: shop_db", log, ""],
    ["incremental", "connection: shop_db", "current_state", "  updated_at: changed_at"],
    ["incremental", "connection: shop_db, incremental_key: changed_at", "current_state", ""],
    ["full", "connection: shop_db", "current_state", ""],
    ["log_based", "connection: shop_db, strategy: log-based", log, ""],
    ["external", "strategy: full", "current_state", ""],
  ])("is %s for {%s} over %s", (expected, extract, history, contract) => {
    expect(strategy(specs({ extract, history, contract }))).toBe(expected);
  });

  it("says why each other one lost", () => {
    const decision = decisionOn(decided(specs({})), "extraction strategy");
    expect(decision.alternatives.map((one) => one.choice).sort()).toEqual(["cdc", "external", "incremental", "log_based"]);
  });
});

describe("the landing of files", () => {
  it.each([
    ["replace", "current_state", 'connection: "files:data/*.csv"'],
    ["file_by_file", "current_state", 'connection: "files:data/*.csv", strategy: incremental'],
    ["file_by_file", "append_only", 'connection: "files:data/*.csv", strategy: full'],
    ["file_by_file", log, 'connection: "files:data/*.csv", strategy: full'],
  ])("is %s for %s with {%s}", (expected, history, extract) => {
    expect(decided(specs({ history, extract })).design.choice("landing", "shop.customers")).toBe(expected);
  });

  it("is not decided for what something else loads", () => {
    expect(decided(specs({ extract: "connection: shop_db" })).design.choice("landing", "shop.customers")).toBeUndefined();
  });
});

describe("what would not give the same result twice", () => {
  it.each([
    ["a blind insert of mutable rows", { load: "{strategy: append}" }, ["append-of-mutable pipelines.0.load.strategy"]],
    [
      "an append of immutable rows",
      { history: "append_only", load: "{strategy: append}" },
      ["load-strategy-unused pipelines.0.load.strategy"],
    ],
    ["a rebuild", { load: "{strategy: truncate-reload}" }, []],
    [
      "CDC of files",
      { extract: 'connection: "files:data/*.csv", strategy: CDC', history: log },
      ["files-are-no-log pipelines.0.extract.strategy"],
    ],
    [
      "a full extraction of captured changes",
      { extract: "connection: shop_db, strategy: full", history: log },
      ["full-extraction-of-change-log pipelines.0.extract.strategy"],
    ],
    ["a full folder of files with captured changes", { extract: 'connection: "files:data/*.csv", strategy: full', history: log }, []],
    ["changed rows that arrive twice", { extract: 'connection: "files:data/*.csv", strategy: incremental' }, []],
  ])("%s", (_, parts, expected) => {
    expect(decided(specs(parts)).codes.map((one) => one.replace("pipeline.", "pipelines.0."))).toEqual(expected);
  });

  it("is warned of where deletions cannot be seen", () => {
    const parts = { extract: "connection: shop_db, strategy: incremental", model: snapshotDimension };
    expect(decided(specs(parts)).codes.map((one) => one.split(" ")[0])).toEqual(["deletes-unseen"]);
    expect(decided(specs({ ...parts, model: snapshotDimension.replace("natural_key", "deletes: ignore, natural_key") })).codes).toEqual([]);
    expect(decided(specs({ ...parts, extract: "connection: shop_db, strategy: full" })).codes).toEqual([]);
  });
});

describe("the load of a fact that states none", () => {
  const fact = (name: string, more = ""): string => `  - {name: ${name}, grain: change, source: shop.customers, event_time: changed_at, foreign_keys: [{dimension: dim_date, role: changed, on: changed_at}]${more}}`;
  const brief = (gb: number): string => `project_name: Shop\ncurrent_state: {data_volume: {current_gb_per_day: ${gb}, retention_months: 12}}\n`;
  const load = (parts: Parameters<typeof specs>[0], ...facts: readonly string[]) => decided(specs({ ...parts, model: `${parts.model ?? ""}\nfact_tables:\n${facts.join("\n")}` }));
  const choices = (design: ReturnType<typeof load>["design"]): readonly (string | undefined)[] => design.model.facts.map((one) => design.choice("load strategy", one.name));

  it("is that of the pipeline that loads its source, where the fact then holds what a rebuild would", () => {
    const facts = [fact("one"), fact("two", ", where: id > 3"), fact("three", ", load: {strategy: delete_insert}")];
    const { design, codes } = load({ history: "append_only", load: "{strategy: upsert, partition_key: changed}" }, ...facts);
    expect(codes).toEqual([]);
    expect(design.model.facts.map((one) => [one.name, design.choice("load strategy", one.name), design.choice("materialisation", one.name)])).toEqual([
      ["fct_one", "merge", "incremental"],
      ["fct_three", "delete_insert", "incremental"],
      ["fct_two", "truncate_reload", "table"],
    ]);
    const why = (name: string): string => design.decisions.find((one) => one.topic === "load strategy" && one.subject === name)?.because ?? "";
    expect(why("fct_one")).toMatch(/^daily loads by merge, and the fact/);
    expect(why("fct_two")).toMatch(/^daily loads by merge, but a corrected row may fall out of its filter; so it is rebuilt\./);
    expect(why("fct_three")).toMatch(/^Stated: /);
    expect(choices(load({ load: "{strategy: partition_swap, partition_key: changed}" }, fact("one")).design)).toEqual(["partition_swap"]);
  });

  it("is told where the pipeline's decides nothing", () => {
    expect(load({ load: "{strategy: merge}" }, fact("one")).codes).toEqual(["load-strategy-unused pipeline.load.strategy"]);
    expect(load({ load: "{strategy: partition_swap}" }, fact("one")).codes).toEqual(["load-strategy-unused pipeline.load.strategy"]);
  });

  it("is an increment where the brief keeps much, and a rebuild where it keeps little or says nothing", () => {
    const many = (history: string, gb: number): readonly (string | undefined)[] => choices(load({ history, model: brief(gb) }, fact("one")).design);
    expect(many("append_only", 1)).toEqual(["merge"]);
    expect(many("current_state", 1)).toEqual(["partition_swap"]);
    expect(many("append_only", 0.1)).toEqual(["truncate_reload"]);
    expect(choices(load({ history: "append_only" }, fact("one")).design)).toEqual(["truncate_reload"]);
  });
});
