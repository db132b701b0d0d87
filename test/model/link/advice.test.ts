import { describe, expect, it } from "vitest";
import { advice } from "../../support/spec.ts";

const contract = (name: string, head: string, columns = ""): string => `
  - name: crm.${name}
    ${head}
    schema:
      - {column: Member No, type: integer, rename: member_id}
      - {column: change, type: integer, rename: change_id}
      - {column: born, type: date}
      - {column: changed_at, type: timestamp}
      - {column: city, type: string}${columns}`;
const specs = (contracts: string, model: string): string => `contracts:${contracts}\n${model}`;
const dimension = (source: string): string => `dimensions:\n  - {name: dim_member, source: crm.${source}, type: 2, natural_key: member_id, attributes: [city]}\n`;
const visits = `${contract("members", "primary_key: [Member No]")}${contract("visits", "primary_key: [change]")}`;
const facts = (rollup: string): string => `${dimension("members").replace("type: 2", "type: 1")}facts:
  - {name: visits, grain: visit, source: crm.visits, foreign_keys: [dim_member, {dimension: date, role: born_date, on: born}], degenerate_dimensions: [city], measures: [{name: visit_count, expression: 10 / (change_id + 1), aggregation: SUM}]}
${rollup}`;

describe("a message alone is enough to mend", () => {
  it("a contract without a primary key", () => {
    expect(advice(specs(contract("members", "owner: crm"), dimension("members")))[0]).toContain("say so in its contract: primary_key: [Member No]; if several, add collapse: {keep: latest, by: [changed_at]}");
  });

  it("the key of a change taken for the key of what changes", () => {
    const history = "history: {kind: change_log, effective_at: changed_at, sequence: change}";
    expect(advice(specs(contract("members", `primary_key: [Member No, change]\n    ${history}`), dimension("members")))[0]).toContain("write primary_key: [Member No] in the contract");
    expect(advice(specs(contract("members", `primary_key: [Member No, city]\n    ${history}`), dimension("members")))[0]).toContain("history: {kind: change_log");
  });

  it("a misspelled natural key of a dimension with history", () => {
    const history = "history: {kind: change_log, effective_at: changed_at}";
    expect(advice(specs(contract("members", `primary_key: [Member No]\n    ${history}`), dimension("members").replace("natural_key: member_id", "natural_key: membr_id")))).toEqual([
      expect.stringContaining("There is no column 'membr_id' here. did you mean 'member_id'?"),
    ]);
  });

  it("a roll-up that does not say what it groups by", () => {
    const rollup = "  - {name: visits_daily, grain: member and day, source: fct_visits, foreign_keys: [member, {dimension: date, role: born_date}], measures: [{name: visit_count, aggregation: SUM}]}";
    expect(advice(specs(visits, facts(rollup)))).toContainEqual(expect.stringContaining("a roll-up states what it groups by: grain_key: [dim_member, born_date]."));
  });

  it("a fact named as its source", () => {
    const found = advice(specs(visits, facts("").replace("source: crm.visits", "source: visits")));
    expect(found).toEqual([expect.stringContaining("There is no source 'visits'. write crm.visits.")]);
  });

  it("a group without its dimension", () => {
    const found = advice(specs(visits, `${facts("")}marts:\n  - {name: by_birth, from: visits, by: [born], measures: [visit_count]}\n  - {name: by_year, from: visits, by: [year], measures: [visit_count]}`));
    expect(found).toContainEqual(expect.stringMatching(/grouped by 'year'.*It can be grouped by born_date\.year, city/));
  });

  it("a divisor that is no column", () => {
    expect(advice(specs(visits, facts("")))).toEqual(["The divisor may be zero. write nullif(…, 0) around the divisor, which makes the quotient NULL there."]);
  });
});
