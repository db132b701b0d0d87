import { expect, it } from "vitest";
import { openWarehouses } from "./warehouse.ts";

const specs = {
  "specs.yaml": `
contracts:
  - name: shop.events
    primary_key: [event_no]
    history: append_only
    schema:
      - {column: event_no, type: integer}
      - {column: country, type: string}
      - {column: order_no, type: integer}
      - {column: kind, type: string}
      - {column: happened_on, type: date}
      - {column: version, type: string}
      - {column: seller, type: string}
      - {column: gift, type: boolean}
fact_tables:
  - name: path
    grain: order of a country
    source: shop.events
    fact_type: accumulating_snapshot
    grain_key: [country, order_no]
    degenerate_dimensions: [country, order_no, seller, gift]
    milestone_events: {type: kind, time: happened_on, by: [version]}
    milestones: [{name: placed}, {name: packed, event: "it's packed"}, {name: sent, lag: {unit: days, since: placed}}]
pipeline: {name: all, extract: {source_system: shop, connection: "files:landing/{table}.csv"}}
settings: {project: path, dates: {from: 2026-01-01, to: 2026-12-31}}
`,
};

/** Each line with what it shows; texts are ordered byte by byte, the primary key breaks ties, an order without a version comes first. */
const events = [
  ["1", "NO", "1", "placed", "2026-03-01", "a", "Kari", null],
  ["2", "NO", "1", "sent", "2026-03-09", "b", null, "true"],
  ["3", "NO", "1", "sent", "2026-03-05", "c", null, null], // corrected to an earlier day
  ["4", "NO", "1", "it's packed", "2026-03-03", "a", null, null],
  ["5", "NO", "1", "it's packed", null, "b", null, null], // withdrawn
  ["6", "SE", "1", "placed", "2026-03-02", "B", "Olle", "false"],
  ["7", "SE", "1", "placed", "2026-03-04", "a", "Nils", null], // "a" is after "B"
  ["8", "SE", "2", "sent", "2026-03-07", "a", null, null],
  ["9", "SE", "2", "sent", "2026-03-06", "a", null, null], // a tie: the higher number counts
  ["10", "SE", "2", "sent", "2026-03-01", null, null, null], // no version: before all others
  ["11", "SE", "3", "lost", "2026-03-01", "a", "Ida", null], // no milestone, and yet a process
] as const;

it("put the newest event of each type, and the newest other values, into the one row of a process", async () => {
  for (const warehouse of await openWarehouses(specs)) {
    await warehouse.land("events", ["event_no", "country", "order_no", "kind", "happened_on", "version", "seller", "gift", "_extracted_at"], events.map((one) => [...one, null]));
    await warehouse.build();
    const found = await warehouse.rows("select country, order_no, placed_on, packed_on, sent_on, placed_to_sent_days, packed_date_key, seller, gift from fct_path order by country, order_no");
    expect(found, warehouse.design.dialect.name).toEqual([
      ["NO", "1", "2026-03-01", null, "2026-03-05", "4", "-2", "Kari", "true"],
      ["SE", "1", "2026-03-04", null, null, null, "-2", "Nils", "false"],
      ["SE", "2", null, null, "2026-03-06", null, "-2", null, null],
      ["SE", "3", null, null, null, null, "-2", "Ida", null],
    ]);
  }
}, 60_000);
