import { describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";

const spec = (fact: string, history = "append_only"): string => `
settings: {as_of_run: logical_date}
contracts:
  - name: bank.accounts
    primary_key: [account_id]
    schema: [{column: account_id, type: string}, {column: branch, type: string}]
  - name: bank.postings
    primary_key: [posting_id]
    history: ${history}
    schema:
      - {column: posting_id, type: integer, nullable: false}
      - {column: account_id, type: string, references: bank.accounts.account_id}
      - {column: posted_at, type: timestamp, nullable: false}
      - {column: posted_on, type: date, nullable: false}
      - {column: amount, type: "decimal(12,2)"}
dimensions: [{name: account, source: bank.accounts, natural_key: account_id, attributes: [branch]}]
fact_table:
  name: balances
  grain: account and month
  source: bank.postings
  fact_type: periodic
  period: month
  foreign_keys: [account, dim_date]
${fact}`;
const fact = (text: string, history?: string) => linked(spec(text, history)).model?.facts[0];
const entity = "  entity: account\n  event_time: posted_at\n";

describe("a periodic snapshot", () => {
  it("has a row for each entity and period, dated by the period's end", () => {
    const found = fact(`${entity}  through: run\n  measures: [{name: paid, source: amount}]\n`);
    expect(found).toMatchObject({ kind: "periodic_snapshot", periodic: { period: "month", through: "run", entity: [{ name: "account_id" }] }, eventTime: { column: "period_end", precision: "date" } });
    expect(found?.grain.map((one) => one.name)).toEqual(["account_id", "period_end"]);
    expect(found?.foreignKeys.map((one) => one.name)).toEqual(["account_key", "date_key"]);
  });

  it("follows what its grain key says, and needs no dimension of it", () => {
    expect(fact("  grain_key: [account_id]\n  event_time: posted_at\n  measures: [amount]\n")?.periodic).toMatchObject({ through: "latest_row", entity: [{ name: "account_id" }] });
  });

  it("adds up movements, takes the last reading, and aggregates within the period", () => {
    const measures = "  measures:\n    - {name: balance, source: amount, type: semi-additive, balance: movements, over: {date: last}}\n    - {name: level, source: amount, type: semi-additive, balance: readings, absent: zero, over: {date: last}}\n    - {name: posting_count, aggregation: COUNT}\n    - {name: greatest, source: amount, type: non-additive, aggregation: MAX}\n";
    expect(fact(entity + measures)?.measures.map(({ value }) => (value.kind === "period" ? [value.how, value.aggregation, value.absent] : []))).toEqual([
      ["movements", "sum", "carry_forward"],
      ["readings", "max", "zero"],
      ["activity", "sum", "zero"],
      ["activity", "max", "null"],
    ]);
  });

  it("takes the day of an extract for its event time", () => {
    const level = "  entity: account\n  absent: carry_forward\n  measures: [{name: level, source: amount, type: semi-additive, balance: readings, over: {date: last}}]\n";
    expect(fact(level, "{kind: periodic_extract, extract_date: posted_on}")).toMatchObject({ periodic: { time: { name: "posted_on" } }, rows: { base: { reference: { kind: "staging" } } } });
  });

  it("sums the rows of a change log as they are now, and reads all its changes", () => {
    const log = "{kind: change_log, effective_at: posted_at, operation: {column: account_id, delete: [x]}}";
    const level = "  absent: zero\n  measures: [{name: level, source: amount, type: semi-additive, balance: readings, over: {date: last}}]\n";
    expect(fact(`${entity}  measures: [amount]\n`, log)?.rows.base.reference.kind).toBe("current");
    expect(fact(entity + level, "{kind: change_log, effective_at: posted_on, sequence: posting_id}")).toMatchObject({ rows: { base: { reference: { kind: "staging" } } }, periodic: { ties: [{ name: "posted_on" }, { name: "posting_id" }] } });
    expect(linked(spec(entity + level, log)).codes).toEqual(["snapshot-source fact_table.source"]);
  });

  it("is made of the rows of a hand-written model as of those of a contract", () => {
    const model = "models: [{name: int_moves, primary_key: [move_id], columns: [{name: move_id, type: integer}, {name: account_id, type: string}, {name: moved_on, type: date, nullable: false}, {name: amount, type: integer}]}]\n";
    const moves = (time: string): string => `${model}${spec(`${entity}  measures: [{name: level, source: amount, type: semi-additive, balance: readings, absent: zero, over: {date: last}}]\n`)}`.replace("source: bank.postings", "source: ref.int_moves").replace("event_time: posted_at", `event_time: ${time}`);
    expect(linked(moves("moved_on")).model?.facts[0]).toMatchObject({ periodic: { ties: [{ name: "move_id" }] }, rows: { base: { reference: { kind: "model" } } } });
    expect(linked(moves("moved_on").replace(", nullable: false}, {name: amount", "}, {name: amount")).codes).toEqual(["snapshot-time-nullable fact_table.event_time"]);
  });

  it("has keys only to what it follows", () => {
    expect(linked(spec(`${entity}  degenerate_dimensions: [posting_id]\n  measures: [amount]\n`)).codes).toEqual(["unknown-column fact_table.degenerate_dimensions.0.name"]);
  });
});
