import { describe, expect, it } from "vitest";
import { factArtifacts } from "../../../generator/emitters/dbt/fact/fact.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { designOf } from "./warehouse.ts";

const sqlOf = (load: string, degenerates = "visit_id, page", page = ", nullable: false", name = "order"): string => {
  const specs = {
    "specs.yaml": `
contract:
  name: web.visits
  primary_key: [visit_id]
  history: append_only
  loaded_at: loaded_at
  schema:
    - {column: visit_id, type: integer, nullable: false}
    - {column: page, type: string, rename: ${name}${page}}
    - {column: seconds, type: integer}
    - {column: loaded_at, type: timestamp, nullable: false}
fact_table:
  name: fact_visits
  grain: visit and page
  grain_key: [visit_id, ${name}]
  source: web.visits
  degenerate_dimensions: [${degenerates.replace("page", name)}]
  measures: [{name: seconds, type: additive, aggregation: SUM}]
  load: ${load}
`,
  };
  return renderArtifacts(factArtifacts(designOf(specs, "duckdb")))[0]?.text ?? "";
};

describe("a window", () => {
  it.each(["merge", "delete_insert"])("is written as a whole by %s, and compared with nothing", (strategy) => {
    const sql = sqlOf(`{strategy: ${strategy}, lookback: 2 days}`);
    expect(sql).toMatch(/select \* from final\s*$/);
    expect(sql).not.toContain("as stored");
    expect(sqlOf(`{strategy: ${strategy}}`)).toContain("as stored");
  });

  it("is compared by append, which adds what is missing", () => {
    expect(sqlOf("{strategy: append, lookback: 2 days}")).toMatch(/as stored\s+on final\.visits_key = stored\.visits_key\s+where stored\.visits_key is null/);
  });

  it("replaces rows by the columns of its grain where the fact holds all of them and none is NULL, else by the key", () => {
    const keyOf = (sql: string): string | undefined => /unique_key=(.*),/.exec(sql)?.[1];
    const window = "{strategy: delete_insert, lookback: 2 days}";
    expect(keyOf(sqlOf(window))).toBe(`['visit_id', '"order"']`);
    expect(keyOf(sqlOf(window, "visit_id"))).toBe("'visits_key'");
    expect(keyOf(sqlOf(window, "visit_id, page", ""))).toBe("'visits_key'");
    expect(keyOf(sqlOf("{strategy: delete_insert}"))).toBe("'visits_key'");
    const long = "page_of_the_site_that_was_visited_at_that_time_of_that_day";
    expect(sqlOf(window, "visit_id, page", ", nullable: false", long)).toContain(`unique_key=[\n            'visit_id',\n            '${long}'\n        ],`);
  });
});
