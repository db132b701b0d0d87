import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

/** A change of an account, in the order in which it arrives; `at` counts minutes. */
interface Change {
  readonly tenant: string | null;
  readonly id: string | null;
  readonly at: number;
  readonly sequence: number;
  readonly operation: "U" | "D";
  readonly plan: string | null;
  readonly seats: string | null;
  readonly note: string | null;
}

/** A version as the oracle sees it. */
interface Version {
  readonly key: string;
  readonly plan: string | null;
  readonly seats: string | null;
  readonly deleted: boolean;
  readonly from: number;
  readonly to: number | null;
}

const contract = `
contract:
  name: crm.accounts
  description: Log of accounts.
  owner: crm
  primary_key: [tenant, id]
  history: {kind: change_log, effective_at: changed_at, sequence: change_id, operation: {column: op, delete: [D]}}
  schema:
    - {column: tenant, type: string, description: Tenant.}
    - {column: id, type: string, rename: account_id, description: Account.}
    - {column: changed_at, type: timestamp, description: Time of the change.}
    - {column: change_id, type: integer, description: Number of the change.}
    - {column: op, type: string, description: Kind of change.}
    - {column: plan, type: string, description: Plan.}
    - {column: seats, type: "decimal(10,2)", description: Seats.}
    - {column: note, type: string, description: Note.}
`;

const dimension = (name: string, deletes: string): string => `
  - name: ${name}
    description: Accounts.
    source: crm.accounts
    type: Type 2
    natural_key: [tenant, account_id]
    deletes: ${deletes}
    first_version_from: first_seen
    attributes:
      - {name: plan, scd_type: 2, description: Plan.}
      - {name: seats, scd_type: 2, description: Seats.}
      - {name: note, scd_type: 1, description: Note.}
`;

const specs = {
  "contract.yaml": contract,
  "model.yaml": `dimensions:${dimension("dim_closing", "close")}${dimension("dim_ignoring", "ignore")}${dimension("dim_burying", "tombstone")}`,
  "pipeline.yaml": "pipeline: {name: crm, owner: crm, schedule: '@daily', extract: {source_system: crm, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: crm, open_end: null}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await land(one, []);
    await one.build();
  }
}, 60_000);

/** A small linear congruential generator: streams are the same on every run. */
function randomStream(seed: number): readonly Change[] {
  let state = seed;
  const pick = <T>(values: readonly [T, ...T[]]): T => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return values[Math.floor((state / 2147483648) * values.length)] ?? values[0];
  };
  const changes = Array.from({ length: 30 }, (_, index): Change => ({
    tenant: pick(["a|b", "a", null]),
    id: pick(["c", "b|c"]),
    at: pick([1, 2, 3, 4, 5, 6, 7, 8]),
    sequence: index + 1,
    operation: pick(["U", "U", "U", "D"]),
    plan: pick(["basic", "pro", "", null]),
    seats: pick(["1", "1.00", "2", null]),
    note: pick(["x", "y", null]),
  }));
  const twice = changes.slice(0, 5);
  return [...changes, ...twice].sort((a, b) => (a.sequence * 7919) % 31 - ((b.sequence * 7919) % 31));
}

const time = (minute: number): string => `2026-01-01 10:0${minute}:00`;
const seatsText = (text: string | null): string | null => (text === null ? null : Number(text).toFixed(2));

/** The rules in words of their own: the winner of an instant, then a walk over time. */
function versionsOf(stream: readonly Change[], deletes: "close" | "ignore" | "tombstone"): readonly Version[] {
  const members = new Map<string, Map<number, Change>>();
  for (const change of stream) {
    if (change.tenant === null || change.id === null || (deletes === "ignore" && change.operation === "D")) continue;
    const key = JSON.stringify([change.tenant, change.id]);
    const events = members.get(key) ?? new Map<number, Change>();
    members.set(key, events);
    const rival = events.get(change.at);
    if (rival === undefined || rival.sequence < change.sequence) events.set(change.at, change);
  }
  return [...members].flatMap(([key, events]) => walk(key, [...events.values()].sort((a, b) => a.at - b.at)).filter((one) => deletes === "tombstone" || !one.deleted));
}

function walk(key: string, events: readonly Change[]): readonly Version[] {
  const versions: Version[] = [];
  for (const event of events) {
    const last = versions.at(-1);
    const deleted = event.operation === "D";
    // A delete of what was never seen buries nobody.
    if (last === undefined && deleted) continue;
    const plan = deleted ? last?.plan ?? null : event.plan;
    const seats = deleted ? last?.seats ?? null : seatsText(event.seats);
    if (last !== undefined && last.deleted === deleted && (deleted || (last.plan === plan && last.seats === seats))) continue;
    if (last !== undefined) versions.splice(-1, 1, { ...last, to: event.at });
    versions.push({ key, plan, seats, deleted, from: event.at, to: null });
  }
  return versions;
}

const asRow = (one: Version): string => JSON.stringify([...(JSON.parse(one.key) as string[]), one.plan, one.seats, time(one.from), one.to === null ? null : time(one.to)]);

async function land(warehouse: TestWarehouse, stream: readonly Change[]): Promise<void> {
  const columns = ["tenant", "id", "changed_at", "change_id", "op", "plan", "seats", "note", "_source", "_source_row", "_extracted_at"];
  const rows = stream.map((one, index) => [one.tenant, one.id, time(one.at), String(one.sequence), one.operation, one.plan, one.seats, one.note, "file", String(index), "2026-01-02 00:00:00"]);
  await warehouse.land("accounts", columns, rows);
}

describe("versions out of a change log", () => {
  it.each([1, 2, 3])("are what a walk over time gives, whatever the order of arrival (stream %d)", async (seed) => {
    const stream = randomStream(seed);
    for (const warehouse of warehouses) {
      await land(warehouse, stream);
      for (const [name, deletes] of [["dim_closing", "close"], ["dim_ignoring", "ignore"], ["dim_burying", "tombstone"]] as const) {
        const rows = await warehouse.rows(`select tenant, account_id, plan, seats, valid_from, valid_to from ${name} where tenant is not null`);
        const expected = versionsOf(stream, deletes).map(asRow).sort();
        expect(rows.map((row) => JSON.stringify(row)).sort(), `${warehouse.engine.dialect.name} ${name}`).toEqual(expected);
      }
    }
  });

  it("keep the invariants of a dimension", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, randomStream(42));
      for (const name of ["dim_closing", "dim_ignoring", "dim_burying"]) {
        for (const query of invariants(name)) expect(await warehouse.rows(query), query).toEqual([]);
      }
    }
  });

  it("know no member without a whole key, and tell ('a|b', 'c') from ('a', 'b|c')", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, randomStream(42));
      expect(await warehouse.rows("select distinct tenant, account_id, account_id from dim_closing where tenant is null and account_id is not null")).toEqual([]);
      const [[members] = []] = await warehouse.rows("select count(distinct closing_durable_key) from dim_closing where tenant is not null");
      const [[keys] = []] = await warehouse.rows("select count(*) from (select distinct tenant, account_id from dim_closing where tenant is not null) as one");
      expect(members).toBe(keys);
    }
  });

  it("show the newest Type 1 value in every version", async () => {
    for (const warehouse of warehouses) {
      const change = { tenant: "t", id: "1", sequence: 1, operation: "U", plan: "basic", seats: "1", note: "old", at: 1 } as const;
      await land(warehouse, [{ ...change, at: 3, sequence: 3, note: "new" }, change, { ...change, at: 2, sequence: 2, plan: "pro" }, { ...change, at: 4, sequence: 4, operation: "D", note: null }]);
      expect(await warehouse.rows("select plan, note, valid_from from dim_closing where tenant is not null order by 3")).toEqual([["basic", "new", time(1)], ["pro", "new", time(2)], ["basic", "new", time(3)]]);
    }
  });
});

/** Warehouse semantics D1 to D4, D6, D10 and D12: each gives no row. */
function invariants(name: string): readonly string[] {
  const entity = name.slice(4);
  return [
    `select ${entity}_key from ${name} group by 1 having count(*) > 1 or ${entity}_key is null`,
    `select tenant, account_id, valid_from from ${name} where tenant is not null group by 1, 2, 3 having count(*) > 1`,
    `select 1 from ${name} where valid_from is null or valid_to <= valid_from`,
    `select 1 from (select valid_to, lead(valid_from) over (partition by tenant, account_id order by valid_from) as n from ${name} where tenant is not null) as d where n < coalesce(valid_to, cast('9999-12-31' as timestamp))`,
    `select tenant, account_id from ${name} where is_current and tenant is not null group by 1, 2 having count(*) <> 1`,
    `select 1 from (select plan, seats, valid_to, lead(plan) over w as p, lead(seats) over w as s, lead(valid_from) over w as n from ${name} where tenant is not null ${name === "dim_burying" ? "and not is_deleted" : ""} window w as (partition by tenant, account_id order by valid_from)) as d where n = valid_to and plan is not distinct from p and seats is not distinct from s`,
    `select ${entity}_key from ${name} where ${entity}_key in ('-1', '-2') group by 1 having count(*) <> 1 or min(valid_from) <> cast('1900-01-01' as timestamp)`,
  ];
}
