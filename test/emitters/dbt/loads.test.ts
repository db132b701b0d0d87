import fc from "fast-check";
import { beforeAll, expect, it } from "vitest";
import { thorough } from "../../support/thorough.ts";
import { resolveJinja } from "./jinja.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const fact = (name: string, load: string): string => `
  - name: ${name}
    grain: payment
    source: shop.payments
    foreign_keys: [{dimension: dim_date, role: paid, on: paid_on}]
    degenerate_dimensions: [payment_id, paid_on]
    measures: [{name: amount, type: additive, aggregation: SUM}, {name: payments, expression: 1, type: additive, aggregation: SUM}]
    ${load}`;

const specs = {
  "specs.yaml": `
contracts:
  - {name: shop.payments, primary_key: [payment_id], schema: [{column: payment_id, type: integer}, {column: paid_on, type: date}, {column: amount, type: "decimal(10,2)"}]}
fact_tables:${fact("rebuilt", "domain: core")}${fact("kept", "load: {strategy: soft_delete}")}${fact("booked", "load: {corrections: reversal}")}${fact("swapped", "load: {strategy: partition_swap, partition_by: paid_on}")}
pipeline: {name: all, extract: {source_system: shop, connection: "files:landing/{table}.csv"}}
settings: {project: loads, dates: {from: 2026-01-01, to: 2026-12-31}}
`,
};
const columns = "payment_id, paid_on, paid_date_key, amount, payments";

/** A payment as a run finds it, without its number; a run finds a few of them. */
type Payment = readonly [day: string | null, amount: string | null];
type Run = Readonly<Record<string, Payment>>;
const payment: fc.Arbitrary<Payment> = fc.tuple(fc.constantFrom("2026-03-02", "2026-03-03", null), fc.constantFrom("1.00", "2.50", null));
const runs: fc.Arbitrary<readonly Run[]> = fc.array(fc.dictionary(fc.constantFrom("1", "2", "3", "4"), payment), { minLength: 2, maxLength: 5 });

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await land(one, {});
    await one.build();
  }
}, 60_000);

it("hold after every run what a rebuild holds of the source, and what it lost besides", async () => {
  const numRuns = thorough ? 30 : 3;
  await fc.assert(
    fc.asyncProperty(runs, async (stream) => {
      for (const one of warehouses) await follow(one, stream);
    }),
    { numRuns, examples: [[[{ 1: ["2026-03-02", "1.00"], 2: [null, "1.00"] }, { 1: ["2026-03-03", "1.00"] }, { 1: ["2026-03-03", "2.50"], 2: [null, "1.00"] }]]] },
  );
}, 120_000);

async function follow(warehouse: TestWarehouse, stream: readonly Run[]): Promise<void> {
  const { engine, rows } = warehouse;
  const seen = new Map<string, Payment>();
  let entries: readonly string[] = [];
  for (const name of ["kept", "booked", "swapped"]) await engine.run(`drop table if exists stored_${name}`);
  for (const [number, run] of stream.entries()) {
    await land(warehouse, run);
    await write(warehouse, "kept", number, "payment_id in (select payment_id from increment)");
    await write(warehouse, "booked", number, "1 = 0");
    await write(warehouse, "swapped", number, "paid_on in (select paid_on from increment) or (paid_on is null and exists (select 1 from increment where paid_on is null))");
    const rebuilt = await rows(`select ${columns} from fct_rebuilt order by 1`);
    for (const [id, one] of Object.entries(run)) seen.set(id, one);
    const lost = [...seen].filter(([id]) => !(id in run)).map(([id, one]) => [id, ...one]).sort(([one = ""], [other = ""]) => ((one ?? "") < (other ?? "") ? -1 : 1));
    expect(await rows(`select ${columns} from stored_kept where not is_deleted order by 1`)).toEqual(rebuilt);
    expect(await rows("select payment_id, paid_on, amount from stored_kept where is_deleted and deleted_at is not null order by 1")).toEqual(lost);
    expect(await rows(`select ${columns} from stored_swapped order by 1`)).toEqual(rebuilt);
    const ranked = "select booked.*, row_number() over (partition by booked_durable_key order by entry_number desc) as recency from stored_booked as booked";
    expect(await rows(`select ${columns} from (${ranked}) as ranked where recency = 1 and entry_type <> 'reversal' order by 1`)).toEqual(rebuilt);
    const sums = (table: string): string => `select paid_on, sum(amount), sum(payments) from ${table} group by 1 having coalesce(sum(amount), 0) <> 0 or sum(payments) <> 0 order by 1`;
    const numbers = (found: Awaited<ReturnType<typeof rows>>): readonly unknown[] => found.map(([day, amount, count]) => [day, Number(amount ?? 0), Number(count)]);
    expect(numbers(await rows(sums("stored_booked")))).toEqual(numbers(await rows(sums("fct_rebuilt"))));
    const booked = (await rows("select booked_key, booked_durable_key, entry_number, entry_type, amount from stored_booked")).map((one) => JSON.stringify(one));
    expect(new Set(booked.map((one) => one.slice(0, 40))).size, "keys of entries").toBe(booked.length);
    expect(entries.filter((one) => !booked.includes(one)), "entries that are gone").toEqual([]);
    entries = booked;
  }
}

/** Writes what a run adds to a fact, as dbt would: rows that it replaces go first. A row without a key only says what is replaced. */
async function write({ design, engine, models }: TestWarehouse, name: string, number: number, replaced: string): Promise<void> {
  const sql = (stored: string | null): string => resolveJinja(models.get(`fct_${name}`) ?? "", design.dialect, new Map(), stored);
  if (number === 0) {
    await engine.run(`create table stored_${name} as ${sql(null)}`);
    return;
  }
  await engine.run("drop table if exists increment");
  await engine.run(`create table increment as ${sql(`stored_${name}`)}`);
  await engine.run(`delete from stored_${name} where ${replaced}`);
  await engine.run(`insert into stored_${name} select * from increment where ${name}_key is not null`);
}

async function land(warehouse: TestWarehouse, run: Run): Promise<void> {
  await warehouse.land("payments", ["payment_id", "paid_on", "amount", "_extracted_at"], Object.entries(run).map(([id, [day, amount]]) => [id, day, amount, null]));
}
