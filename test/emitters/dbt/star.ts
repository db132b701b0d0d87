import type { TestWarehouse } from "./warehouse.ts";

/** Specs of a small star: accounts with history, movements on them and visits, in the zone of Oslo. */
export const starSpecs = {
  "settings.yaml": `
settings:
  project: bank
  timezone: Europe/Oslo
  dates: {from: 2026-01-01, to: 2026-12-31}
`,
  "contracts.yaml": `
contracts:
  - name: bank.account
    owner: ledger
    primary_key: [branch, number]
    history: {kind: change_log, effective_at: changed_at, sequence: change_id}
    schema:
      - {column: change_id, type: integer, nullable: false}
      - {column: changed_at, type: timestamp, nullable: false, zone: UTC}
      - {column: branch, type: string}
      - {column: number, type: integer, rename: account_number}
      - {column: group, type: string}
  - name: bank.movement
    owner: ledger
    primary_key: [movement_id]
    history: append_only
    schema:
      - {column: movement_id, type: integer}
      - {column: branch, type: string}
      - {column: account, type: integer}
      - {column: to_branch, type: string}
      - {column: to_account, type: integer}
      - {column: moved_at, type: timestamp, nullable: false, zone: UTC}
      - {column: due, type: date}
      - {column: amount, type: "decimal(10,2)"}
      - {column: kind, type: string}
  - name: bank.visit
    owner: ledger
    primary_key: [visit_id]
    history: append_only
    schema:
      - {column: visit_id, type: integer}
      - {column: branch, type: string}
      - {column: account, type: integer}
      - {column: day, type: date, nullable: false}
`,
  "model.yaml": `
dimensions:
  - name: dim_account
    source: bank.account
    type: 2
    natural_key: [branch, account_number]
    first_version_from: first_seen
    attributes:
      - {name: group, scd_type: 2}
fact_tables:
  - name: fact_movements
    grain: movement
    grain_statement: One row per movement
    source: bank.movement
    event_time: moved_at
    foreign_keys:
      - {dimension: dim_account, on: {branch: branch, account: account_number}}
      - {dimension: dim_account, role: receiver, on: {to_branch: branch, to_account: account_number}, early_arriving: first_version}
      - {dimension: dim_account, role: settled, on: {branch: branch, account: account_number}, as_of: {column: due, dates: end_of_day}}
      - {dimension: dim_date, role: moved, on: moved_at}
      - {dimension: dim_date, role: due, on: due}
    degenerate_dimensions: [movement_id, kind]
    measures:
      - {name: amount, type: additive, aggregation: SUM}
      - {name: fee, expression: "amount / 3", type: additive, aggregation: SUM}
      - {name: net, expression: amount - fee, type: additive, aggregation: SUM}
      - {name: balance, source: amount, type: semi-additive, aggregation: SUM, over: {moved: last}}
      - {name: lowest, source: amount, type: semi-additive, aggregation: SUM, over: {moved: min}}
      - {name: mean, source: amount, type: semi-additive, aggregation: SUM, over: {moved: avg}}
      - {name: fee_share, type: non-additive, ratio: {numerator: fee, denominator: amount}}
  - name: fact_visits
    grain: visit
    grain_statement: One row per visit
    fact_type: factless
    source: bank.visit
    event_time: day
    foreign_keys:
      - {dimension: dim_account, on: {branch: branch, account: account_number}}
      - {dimension: dim_date, role: visit, on: day}
    degenerate_dimensions: [visit_id]
  - name: fact_standings
    grain: account and week
    source: bank.movement
    fact_type: periodic_snapshot
    period: week
    entity: dim_account
    event_time: moved_at
    foreign_keys:
      - {dimension: dim_account, on: {branch: branch, account: account_number}}
      - dim_date
    measures:
      - {name: standing, source: amount, type: semi-additive, aggregation: SUM, balance: movements, over: {date: last}}
      - {name: opening, source: amount, type: semi-additive, aggregation: SUM, balance: movements, over: {date: first}}
      - {name: usual, source: amount, type: semi-additive, aggregation: SUM, balance: movements, over: {date: avg}}
  - name: fact_days
    grain: day of movements
    grain_statement: One row per day and kind
    source: fact_movements
    grain_key: [moved_date_key, kind]
    foreign_keys: [{dimension: dim_date, role: moved}]
    measures:
      - {name: movement_count, type: additive, aggregation: COUNT}
      - {name: amount, source: amount, type: additive, aggregation: SUM}
      - {name: big_amount, source: amount, where: amount >= 20, type: additive, aggregation: SUM}
      - {name: average_amount, expression: "amount / nullif(movement_count, 0)", type: non-additive, aggregation: AVG}
`,
  "marts.yaml": `
marts:
  - name: mrt_by_group
    from: fct_movements
    by: [dim_account.group]
    include: dim_account
    measures: [amount, balance, fee_share, {name: gifts, source: amount, aggregation: SUM, where: "kind = 'gift'"}]
  - name: mrt_standings
    from: fct_standings
    by: [dim_account.group, date.year]
    measures: [standing, opening, usual]
  - name: mrt_across
    from: [fct_movements, fct_visits]
    by: [dim_account.group]
    measures:
      - {name: amount, source: fct_movements.amount, aggregation: SUM}
      - {name: visits, source: fct_visits.visit_id, aggregation: COUNT DISTINCT}
  - name: mrt_daily
    from: fct_movements
    by: [moved.date]
    measures: [amount]
    rolling: {over: date, periods: 2, unit: day, measures: [amount]}
  - name: mrt_top
    from: fct_movements
    by: [kind, movement_id]
    measures: [amount]
    top: {by: amount, n: 1, within: [kind]}
`,
  "pipeline.yaml": `
pipeline:
  name: all
  owner: ledger
  extract: {source_system: bank, connection: "files:landing/{table}.csv"}
`,
};

/** Lands the rows of the star. */
export async function landStar(warehouse: TestWarehouse): Promise<void> {
  await warehouse.land("account", ["change_id", "changed_at", "branch", "number", "group", "_extracted_at"], accounts.map(landed));
  await warehouse.land(
    "movement",
    ["movement_id", "branch", "account", "to_branch", "to_account", "moved_at", "due", "amount", "kind", "_extracted_at"],
    movements.map(landed),
  );
  await warehouse.land("visit", ["visit_id", "branch", "account", "day", "_extracted_at"], visits.map(landed));
}

const accounts = [
  ["1", "2026-03-01 00:00:00", "a", "1", "small"],
  ["2", "2026-03-10 23:00:00", "a", "1", "large"],
  ["3", "2026-03-01 00:00:00", "a|b", "1", "other"],
  ["4", "2026-03-01 00:00:00", "c", "9", "idle"],
];

/** Oslo is an hour ahead of UTC until 29 March 2026: the account becomes large at local midnight between 10 and 11 March. */
const movements = [
  ["1", "a", "1", "a", "1", "2026-02-01 12:00:00", "2026-03-10", "10.00", "gift"],
  ["2", "a", "1", "a|b", "1", "2026-03-10 22:59:59", "2026-03-10", "20.00", "order"],
  ["3", "a", "1", null, null, "2026-03-10 23:00:00", "2026-03-11", "30.00", "order"],
  ["4", "z", "1", "a", "2", "2026-03-12 23:30:00", null, "40.00", "order"],
  ["5", null, "1", "a", "1", "2027-03-10 12:00:00", "2026-03-09", "50.00", "gift"],
];

const visits = [
  ["1", "a", "1", "2026-03-10"],
  ["2", "a|b", "1", "2026-03-10"],
  ["3", null, null, "2026-03-10"],
];

const landed = (row: readonly (string | null)[]): readonly (string | null)[] => [...row, "2026-03-13 00:00:00"];
