import { beforeAll, describe, expect, it } from "vitest";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

/** A state at a minute; null is a deletion. `to` is what the row joins to, `value` what it says. */
interface Event {
  readonly id: string;
  readonly at: number;
  readonly row: { readonly to: string | null; readonly value: string | null } | null;
}

const log = (name: string, to: string): string => `
  - name: hr.${name}
    primary_key: [id]
    history: {kind: change_log, effective_at: at, operation: {column: op, delete: [D]}}
    schema:
      - {column: id, type: string, rename: ${name}_id}
      - {column: at, type: timestamp}
      - {column: op, type: string}
      - {column: next, type: string, rename: ${name}_next${to === "" ? "" : `, references: hr.${to}.id`}}
      - {column: value, type: string}
`;

const attributes = `
    attributes:
      - {name: own, source: hr.staff.value, scd_type: 2}
      - {name: office, source: hr.offices.value, scd_type: 2}
      - {name: region, source: hr.regions.value, scd_type: 6}
      - {name: place, expression: "coalesce(hr.offices.value, '-') || coalesce(hr.regions.value, '-')", scd_type: 3}
      - {name: grade, source: hr.grades.grade, scd_type: 1}
`;

const specs = {
  "contract.yaml": `contracts:${log("staff", "offices")}${log("offices", "regions")}${log("regions", "")}
  - name: hr.grades
    primary_key: [id]
    schema:
      - {column: id, type: string, rename: grade_id}
      - {column: grade, type: string}
`,
  "model.yaml": `dimensions:
  - name: dim_staff
    source: hr.staff
    natural_key: staff_id
    joins: [hr.offices, hr.regions, {to: hr.grades, on: {staff_id: grade_id}}]
    first_version_from: first_seen
${attributes}
  - name: dim_buried
    source: hr.staff
    natural_key: staff_id
    joins: [hr.offices, hr.regions, {to: hr.grades, on: {staff_id: grade_id}}]
    first_version_from: first_seen
    deletes: tombstone
${attributes}`,
  "pipeline.yaml": "pipeline: {name: hr, owner: hr, schedule: '@daily', extract: {source_system: hr, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: hr, open_end: null}",
};

const time = (minute: number): string => `2026-01-01 10:${String(minute).padStart(2, "0")}:00`;
const tables = ["staff", "offices", "regions"] as const;
type Streams = Readonly<Record<(typeof tables)[number], readonly Event[]>>;

async function land(warehouse: TestWarehouse, streams: Streams): Promise<void> {
  for (const table of tables) {
    const rows = streams[table].map(({ id, at, row }) => [id, time(at), row === null ? "D" : "U", row?.to ?? null, row?.value ?? null, "file", "1", time(0)]);
    await warehouse.land(table, ["id", "at", "op", "next", "value", "_source", "_source_row", "_extracted_at"], rows);
  }
  await warehouse.land("grades", ["id", "grade", "_source", "_source_row", "_extracted_at"], [["1", "top", "file", "1", time(0)]]);
}

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    await land(one, { staff: [], offices: [], regions: [] });
    await one.build();
  }
}, 60_000);

function randomStreams(seed: number): Streams {
  let state = seed * 7919;
  const pick = <T>(values: readonly [T, ...T[]]): T => {
    state = (state * 1103515245 + 12345) % 2147483648;
    return values[Math.floor((state / 2147483648) * values.length)] ?? values[0];
  };
  const stream = (ids: readonly [string, ...string[]], to: readonly [string | null, ...(string | null)[]], count: number): readonly Event[] => {
    const events = new Map<string, Event>();
    for (let index = 0; index < count; index += 1) {
      const [id, at] = [pick(ids), 1 + Math.floor(index * (20 / count)) + pick([0, 0, 1])];
      events.set(`${id} ${at}`, { id, at, row: pick([true, true, true, false]) ? { to: pick(to), value: pick(["x", "y", null]) } : null });
    }
    return [...events.values()];
  };
  return { staff: stream(["1", "2"], ["a", "b", null], 8), offices: stream(["a", "b"], ["n", "s"], 8), regions: stream(["n", "s"], [null], 6) };
}

/** What a table said of a key at a minute. */
function said(events: readonly Event[], id: string | null, at: number): Event["row"] {
  return events.filter((one) => one.id === id && one.at <= at).sort((a, b) => a.at - b.at).at(-1)?.row ?? null;
}

/** A walk over all minutes: the oracle asks every table what it said, and cuts where the answer changes. */
function expectedRows(streams: Streams, deletes: "close" | "tombstone"): readonly string[] {
  return ["1", "2"].flatMap((id) => {
    const first = Math.min(...streams.staff.filter((one) => one.id === id).map((one) => one.at));
    const states = Array.from({ length: 30 }, (_, minute) => minute).filter((minute) => minute >= first).map((minute) => {
      const staff = said(streams.staff, id, minute);
      const office = staff === null ? null : said(streams.offices, staff.to, minute);
      const region = office === null ? null : said(streams.regions, office.to, minute);
      return { minute, deleted: staff === null, own: staff?.value ?? null, office: office?.value ?? null, region: region?.value ?? null };
    });
    const alive = states.filter((one) => !one.deleted);
    const newest = alive.at(-1);
    if (newest === undefined) return [];
    const place = (one: (typeof states)[number]): string => `${one.office ?? "-"}${one.region ?? "-"}`;
    const before = alive.filter((one) => place(one) !== place(newest)).at(-1);
    const versions: { values: readonly (string | null)[]; deleted: boolean; from: number; to: number | null }[] = [];
    for (const one of states) {
      const last = versions.at(-1);
      // A delete of what was never seen buries nobody.
      if (last === undefined && one.deleted) continue;
      const values = one.deleted ? (last?.values ?? [null, null, null]) : [one.own, one.office, one.region];
      if (last !== undefined && last.deleted === one.deleted && JSON.stringify(last.values) === JSON.stringify(values)) continue;
      if (last !== undefined) last.to = one.minute;
      versions.push({ values, deleted: one.deleted, from: one.minute, to: null });
    }
    const shared = [newest.region, place(newest), before === undefined ? null : place(before), id === "1" ? "top" : null];
    return versions.filter((one) => deletes === "tombstone" || !one.deleted).map((one) =>
      JSON.stringify([id, ...one.values, ...shared, ...(deletes === "tombstone" ? [String(one.deleted)] : []), time(one.from), one.to === null ? null : time(one.to)]));
  }).sort();
}

describe("several histories in one dimension", () => {
  it.each([1, 2, 3, 4, 5, 6, 7, 8])("cut its versions wherever one of them changes (stream %d)", async (seed) => {
    const streams = randomStreams(seed);
    expect(expectedRows(streams, "tombstone").length).toBeGreaterThan(6);
    for (const warehouse of warehouses) {
      await land(warehouse, streams);
      for (const [name, deletes] of [["dim_staff", "close"], ["dim_buried", "tombstone"]] as const) {
        const flag = deletes === "tombstone" ? "is_deleted, " : "";
        const rows = await warehouse.rows(`select staff_id, own, office, region, current_region, place, previous_place, grade, ${flag}valid_from, valid_to from ${name} where staff_id is not null`);
        expect(rows.map((row) => JSON.stringify(row)).sort(), `${warehouse.engine.dialect.name} ${name}`).toEqual(expectedRows(streams, deletes));
      }
    }
  });
});
