import { describe, expect, it } from "vitest";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { planChanges } from "../../generator/plan/plan.ts";
import { line, modelOf } from "./change.ts";

const bank = `
contracts:
  - name: bank.customers
    primary_key: [customer_id]
    schema: [{column: customer_id, type: integer}, {column: segment, type: string}]
  - name: bank.accounts
    primary_key: [account_id]
    schema: [{column: account_id, type: string}, {column: parent_id, type: string}]
  - name: bank.holders
    primary_key: [account_id, customer_id]
    schema: [{column: account_id, type: string}, {column: customer_id, type: integer}, {column: share, type: float}, {column: role, type: string}]
  - name: bank.movements
    primary_key: [movement_id]
    schema: [{column: movement_id, type: integer}, {column: account_id, type: string}, {column: amount, type: "decimal(12,2)"}]
dimensions:
  - {name: dim_customer, source: bank.customers, natural_key: customer_id, attributes: [segment]}
  - {name: dim_account, source: bank.accounts, natural_key: account_id, attributes: [parent_id]}
bridges:
  - {name: holders, description: Who holds what., group: dim_account, member: dim_customer, source: bank.holders, weight: share}
  - {name: tree, hierarchy: dim_account, parent: parent_id}
fact_table: {name: fct_movements, grain: movement, source: bank.movements, foreign_keys: [dim_account], measures: [{name: amount}]}
marts:
  - {name: mrt_movements, from: fct_movements, through: holders, by: [holders.segment], measures: [{name: amount, weighted: true}]}
  - {name: mrt_branches, from: fct_movements, through: [{bridge: tree, level: 1}], by: [tree.account_id], measures: [amount]}
`;

describe("changes of bridges", () => {
  it.each<[string, string, string, string]>([
    ["wording", "Who holds what.", "Who owns what.", "CC101 cosmetic bridge_holders.description: description changed"],
    ["another weight", "weight: share", "weight: share / 2", "GR801 restating bridge_holders.weight: weight changed"],
    ["equal shares", ", weight: share", "", "GR801 restating bridge_holders.weight: weight changed"],
    ["a filter", "weight: share", "weight: share, where: role = 'owner'", "GR801 restating bridge_holders.where: filter changed"],
    ["an impact figure in place of a share", "weighted: true", "weighted: false", "GR801 restating mrt_movements.amount: counted changed"],
    ["another level", "level: 1", "level: 2", "GR801 restating mrt_branches.from: made from other rows"],
    ["a bridge less", "  - {name: tree, hierarchy: dim_account, parent: parent_id}\n", "", "SC301 breaking bridge_tree: bridge removed"],
  ])("%s", (_, from, to, expected) => {
    const without = to === "" && from.includes("tree") ? bank.replace(/ {2}- \{name: mrt_branches.*\n/, "") : bank;
    expect(bank).toContain(from);
    const lines = planChanges(modelOf(bank), modelOf(without.replace(from, to)), duckdb).map(line);
    expect(lines).toContain(expected);
  });

  it("are told as one where a bridge or an outrigger is renamed", () => {
    const changed = bank.replace("name: holders, ", "name: owners, renamed_from: holders, ").replace("through: holders, by: [holders.segment]", "through: owners, by: [owners.segment]");
    expect(planChanges(modelOf(bank), modelOf(changed), duckdb).map(line)).toEqual(["SC302 breaking bridge_owners: renamed"]);
    const pointing = (more: string): string => bank.replace("natural_key: account_id, attributes: [parent_id]", `natural_key: account_id, attributes: [parent_id, {name: customer_id, source: bank.holders.customer_id}], joins: [{to: bank.holders, on: account_id}], outriggers: [{dimension: dim_customer, ${more}}]`).replace("primary_key: [account_id, customer_id]", "primary_key: [account_id]");
    expect(planChanges(modelOf(pointing("role: main")), modelOf(pointing("role: first, renamed_from: main_customer_key")), duckdb).map(line)).toEqual(["SC302 breaking dim_account.first_customer_key: column renamed"]);
  });

  it("reach the marts that go through them, and nothing else", () => {
    const [change] = planChanges(modelOf(bank), modelOf(bank.replace("weight: share", "weight: share / 2")), duckdb);
    expect(change?.impact.models).toEqual(["bridge_holders", "mrt_movements"]);
  });
});
