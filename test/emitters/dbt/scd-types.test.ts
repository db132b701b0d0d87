import { beforeAll, describe, expect, it } from "vitest";
import type { EntityDimension } from "../../../generator/model/dimension.ts";
import { thorough } from "../../support/thorough.ts";
import { runSnapshot } from "./snapshot.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

/** A state of a member at a minute, or its deletion (null). */
interface Event {
  readonly id: string;
  readonly at: number;
  readonly values: Values | null;
}
type Values = Readonly<Record<"zero" | "one" | "two" | "three" | "six", string | null>>;
type Deletes = "close" | "ignore" | "tombstone";

const names = ["zero", "one", "two", "three", "six"] as const;
const columns = names.map((name) => `      - {column: ${name}, type: string}`).join("\n");
const attributes = (types: readonly number[]): string =>
  names.flatMap((name, index) => (types.includes([0, 1, 2, 3, 6][index] ?? 9) ? [`      - {name: ${name}, scd_type: ${[0, 1, 2, 3, 6][index]}}`] : [])).join("\n");

const forms = (["close", "ignore", "tombstone"] as const).flatMap((deletes) => [
  { deletes, name: `${deletes}_versions`, types: [0, 1, 2, 3, 6] },
  { deletes, name: `${deletes}_members`, types: [0, 1, 3] },
]);
const dimension = (source: string, name: string, deletes: Deletes, types: readonly number[]): string => `
  - name: dim_${source}_${name}
    source: crm.${source}
    natural_key: id
    deletes: ${deletes}
    first_version_from: first_seen
    attributes:
${attributes(types)}
`;

const specs = {
  "contract.yaml": `
contracts:
  - name: crm.log
    primary_key: [id]
    history: {kind: change_log, effective_at: at, operation: {column: op, delete: [D]}}
    schema:
      - {column: id, type: string}
      - {column: at, type: timestamp}
      - {column: op, type: string}
${columns}
  - name: crm.state
    primary_key: [id]
    schema:
      - {column: id, type: string}
${columns}
`,
  "model.yaml": `dimensions:${forms.map((one) => dimension("log", one.name, one.deletes, one.types) + dimension("state", one.name, one.deletes, one.types)).join("")}`,
  "pipeline.yaml": "pipeline: {name: crm, owner: crm, schedule: '@daily', extract: {source_system: crm, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: crm, open_end: null}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await landLog(one, []);
    await landState(one, []);
    for (const { name, types } of forms) {
      const kept = names.filter((_, index) => types.includes([0, 1, 2, 3, 6][index] ?? 9));
      await one.engine.run(`create table snp_state_${name} (id varchar(9), ${kept.map((each) => `${each} varchar(9)`).join(", ")}, dbt_valid_from timestamp, dbt_valid_to timestamp)`);
    }
    await one.build();
  }
}, 60_000);

const time = (minute: number): string => `2026-01-01 10:${String(minute).padStart(2, "0")}:00`;
const landed = ["_source", "_source_row", "_extracted_at"];

async function landLog(warehouse: TestWarehouse, events: readonly Event[]): Promise<void> {
  const rows = events.map(({ id, at, values }, index) => [id, time(at), values === null ? "D" : "U", ...names.map((name) => values?.[name] ?? null), "file", String(index), time(0)]);
  await warehouse.land("log", ["id", "at", "op", ...names, ...landed], rows);
}

async function landState(warehouse: TestWarehouse, events: readonly Event[]): Promise<void> {
  const rows = events.map(({ id, values }, index) => [id, ...names.map((name) => values?.[name] ?? null), "file", String(index), time(0)]);
  await warehouse.land("state", ["id", ...names, ...landed], rows);
}

/** Events of two members, in order of time; deletes come now and then. */
function randomEvents(seed: number): readonly Event[] {
  let state = seed;
  const pick = <T>(values: readonly [T, ...T[]]): T => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return values[Math.floor((state / 2147483648) * values.length)] ?? values[0];
  };
  return Array.from({ length: 16 }, (_, minute): Event => {
    const value = () => pick(["a", "a", "b", null]);
    const values = { zero: value(), one: value(), two: pick(["a", "b"]), three: value(), six: pick(["a", "a", "a", null]) };
    return { id: pick(["1", "2"]), at: minute + 1, values: pick([true, true, true, false]) ? values : null };
  });
}

/** What a dimension holds, in words of their own: a walk over the events of each member. */
function expectedRows(events: readonly Event[], deletes: Deletes, types: readonly number[]): readonly string[] {
  return ["1", "2"].flatMap((id) => {
    const life = events.filter((one) => one.id === id && (deletes !== "ignore" || one.values !== null));
    const seen = life.flatMap((one) => (one.values === null ? [] : [one.values]));
    const last = life.at(-1);
    const newest = seen.at(-1);
    if (last === undefined || (newest === undefined && deletes !== "tombstone")) return [];
    const before = seen.filter((one) => one.three !== newest?.three).at(-1);
    const shared = [seen[0]?.zero ?? null, newest?.one ?? null, newest?.three ?? null, before?.three ?? null];
    if (!types.includes(2)) {
      if (last.values === null && deletes === "close") return [];
      return [JSON.stringify([id, ...shared, ...(deletes === "tombstone" ? [String(last.values === null)] : [])])];
    }
    return versions(life, deletes).map(({ two, six, deleted, from, to }) => {
      const span = [time(from), to === null ? null : time(to)];
      return JSON.stringify([id, ...shared, newest?.six ?? null, two, six, ...(deletes === "tombstone" ? [String(deleted)] : []), ...span]);
    });
  }).sort();
}

interface Version {
  readonly two: string | null;
  readonly six: string | null;
  readonly deleted: boolean;
  readonly from: number;
  readonly to: number | null;
}

function versions(life: readonly Event[], deletes: Deletes): readonly Version[] {
  const found: Version[] = [];
  for (const { at, values } of life) {
    const last = found.at(-1);
    const deleted = values === null;
    // A delete of what was never seen buries nobody.
    if (last === undefined && deleted) continue;
    const { two, six } = values ?? { two: last?.two ?? null, six: last?.six ?? null };
    if (last !== undefined && last.deleted === deleted && (deleted || (last.two === two && last.six === six))) continue;
    if (last !== undefined) found.splice(-1, 1, { ...last, to: at });
    found.push({ two, six, deleted, from: at, to: null });
  }
  return found.filter((one) => deletes === "tombstone" || !one.deleted);
}

async function rowsOf(warehouse: TestWarehouse, name: string, deletes: Deletes, types: readonly number[]): Promise<readonly string[]> {
  const spans = types.includes(2) ? ["current_six", "two", "six"] : [];
  const times = types.includes(2) ? ["valid_from", "valid_to"] : [];
  const shown = ["id", "zero", "one", "three", "previous_three", ...spans, ...(deletes === "tombstone" ? ["is_deleted"] : []), ...times];
  const rows = await warehouse.rows(`select ${shown.join(", ")} from ${name} where id is not null`);
  return rows.map((row) => JSON.stringify(row)).sort();
}

describe.each(thorough ? [1, 2] : [1])("a dimension that mixes types (stream %d)", (seed) => {
  it("is what a walk over the change log gives, in any order of arrival", async () => {
    const events = randomEvents(seed);
    const shuffled = [...events].sort((a, b) => ((a.at * 7919) % 17) - ((b.at * 7919) % 17));
    for (const warehouse of warehouses) {
      await landLog(warehouse, [...shuffled, ...shuffled.slice(0, 4)]);
      for (const { name, deletes, types } of forms) {
        const told = expectedRows(events, deletes, types);
        const found = await rowsOf(warehouse, `dim_log_${name}`, deletes, types);
        // A member that was only ever deleted has no values; what its tombstone shows is not promised.
        const alive = new Set(events.flatMap((one) => (one.values === null ? [] : [one.id])));
        const known = (rows: readonly string[]) => rows.filter((row) => alive.has(String(JSON.parse(row)[0])));
        expect(known(found), `${warehouse.engine.dialect.name} ${name}`).toEqual(known(told));
      }
    }
  });

  it("is what a walk over the states gives that a snapshot saw", async () => {
    const events = randomEvents(seed);
    for (const warehouse of warehouses) {
      for (const { name } of forms) await warehouse.engine.run(`delete from snp_state_${name}`);
      const now = new Map<string, Event>();
      const seen: Event[] = [];
      for (const event of events) {
        if (event.values === null && !now.has(event.id)) continue;
        if (event.values === null) now.delete(event.id);
        else now.set(event.id, event);
        seen.push(event);
        await landState(warehouse, [...now.values()]);
        for (const one of warehouse.design.model.dimensions) {
          if (isWatched(one)) await runSnapshot(warehouse, one, time(event.at));
        }
      }
      for (const { name, deletes, types } of forms) {
        expect(await rowsOf(warehouse, `dim_state_${name}`, deletes, types), `${warehouse.engine.dialect.name} ${name}`).toEqual(expectedRows(seen, deletes, types));
      }
    }
  });
});

function isWatched(one: { readonly kind: string }): one is EntityDimension {
  return one.kind === "table" && "history" in one && JSON.stringify(one.history).includes("snp_");
}
