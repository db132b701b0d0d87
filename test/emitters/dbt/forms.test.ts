import { beforeAll, describe, expect, it } from "vitest";
import type { EntityDimension } from "../../../generator/model/dimension.ts";
import { runSnapshot } from "./snapshot.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const people = (history: string, name: string): string => `
  - name: hr.${name}
    description: People.
    owner: hr
    primary_key: [id]
    ${history}
    schema:
      - {column: day, type: date, description: Day of the extract.}
      - {column: id, type: integer, nullable: false, rename: person_id, description: Number.}
      - {column: name, type: string, rename: person_name, description: Name.}
      - {column: city, type: string, description: City.}
      - {column: desk, type: string, description: Desk.}
`;

const attributes = `
    attributes:
      - {name: person_name, scd_type: 1, description: Name.}
      - {name: city, scd_type: 2, description: City.}
      - {name: desk, scd_type: 2, since: 2026-01-03, description: Desk.}
`;

const dimension = (name: string, source: string, rest: string): string => `
  - name: ${name}
    description: People.
    source: hr.${source}
    natural_key: person_id
${rest}`;

const specs = {
  "contract.yaml": `contracts:${people("history: current_state", "staff")}${people("history: {kind: periodic_extract, extract_date: day}", "extracts")}${people("history: append_only", "visits")}`,
  "model.yaml": `dimensions:
${dimension("dim_staff", "staff", `    type: Type 2\n    deletes: tombstone\n    first_version_from: first_seen${attributes}`)}
${dimension("dim_listed", "extracts", `    type: Type 2\n    first_version_from: first_seen${attributes}`)}
${dimension("dim_buried", "extracts", `    type: Type 2\n    deletes: tombstone\n    first_version_from: first_seen${attributes}`)}
${dimension("dim_kept", "extracts", `    type: Type 2\n    deletes: ignore\n    first_version_from: first_seen${attributes}`)}
${dimension("dim_visitor", "visits", "    type: Type 1\n    collapse: {keep: latest, by: [day]}\n    where: person_name <> 'test'\n    attributes:\n      - {name: person_name, description: Name.}\n      - {name: initial, expression: 'upper(left(person_name, 1))', description: First letter.}\n    unknown_member: {initial: '?'}")}
`,
  "pipeline.yaml": "pipeline: {name: hr, owner: hr, schedule: '@daily', extract: {source_system: hr, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: hr, open_end: null}",
};

const columns = ["day", "id", "name", "city", "desk", "_source", "_source_row", "_extracted_at"];
type Person = readonly [day: string, id: string | null, name: string | null, city: string | null, desk: string | null];

async function land(warehouse: TestWarehouse, table: string, rows: readonly Person[]): Promise<void> {
  await warehouse.land(table, columns, rows.map((row, index) => [`2026-01-0${row[0]}`, ...row.slice(1), "file", String(index), "2026-01-09 00:00:00"]));
}

const day = (number: number | null): string | null => (number === null ? null : `2026-01-0${number} 00:00:00`);

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  for (const one of warehouses) {
    for (const table of ["staff", "extracts", "visits"]) await land(one, table, []);
    await one.engine.run("create table snp_staff (person_id integer, person_name varchar(20), city varchar(20), desk varchar(20), dbt_valid_from timestamp, dbt_valid_to timestamp)");
    await one.build();
  }
}, 60_000);

async function versions(warehouse: TestWarehouse, name: string, extra = ""): Promise<readonly (readonly (string | null)[])[]> {
  return warehouse.rows(`select person_id, city, desk, valid_from, valid_to${extra} from ${name} where person_id is not null order by 1, 4`);
}

describe("extracts of whole tables", () => {
  const rows: readonly Person[] = [
    ["1", "1", "Ann", "Oslo", null], ["1", "2", "Bo", "Oslo", null],
    ["2", "1", "Ann", "Oslo", null],
    ["3", "1", "Anna", "Oslo", "d1"], ["3", "2", "Bo", "Oslo", "d7"],
    ["4", "1", "Anna", "Bergen", "d1"], ["4", "2", "Bo", "Oslo", "d8"], ["4", null, "nobody", "Oslo", null],
  ];

  it("end what is absent, at the first extract without it; a column that came later cuts nothing", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, "extracts", rows);
      expect(await versions(warehouse, "dim_listed", ", person_name")).toEqual([
        ["1", "Oslo", "d1", day(1), day(4), "Anna"],
        ["1", "Bergen", "d1", day(4), null, "Anna"],
        ["2", "Oslo", null, day(1), day(2), "Bo"],
        ["2", "Oslo", "d7", day(3), day(4), "Bo"],
        ["2", "Oslo", "d8", day(4), null, "Bo"],
      ]);
    }
  });

  it("leave a tombstone where the dimension asks for one", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, "extracts", [...rows, ["5", "1", "Anna", "Bergen", "d1"]]);
      expect((await versions(warehouse, "dim_buried", ", is_deleted, is_current")).filter((row) => row[0] === "2")).toEqual([
        ["2", "Oslo", null, day(1), day(2), "false", "false"],
        ["2", "Oslo", null, day(2), day(3), "true", "false"],
        ["2", "Oslo", "d7", day(3), day(4), "false", "false"],
        ["2", "Oslo", "d8", day(4), day(5), "false", "false"],
        ["2", "Oslo", "d8", day(5), null, "true", "false"],
      ]);
    }
  });

  it("forget nobody where deletes are ignored", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, "extracts", rows.filter((row) => row[0] < "3"));
      expect(await versions(warehouse, "dim_kept")).toEqual([["1", "Oslo", null, day(1), null], ["2", "Oslo", null, day(1), null]]);
    }
  });
});

describe("a snapshot of the current state", () => {
  it("keeps versions, gaps as tombstones, today's Type 1 values, and no cut where a column came", async () => {
    for (const warehouse of warehouses) {
      const staff = warehouse.design.model.dimensions.find((one): one is EntityDimension => one.kind === "table" && one.name === "dim_staff");
      if (staff === undefined) throw new Error("no dim_staff");
      const states: readonly (readonly Person[])[] = [
        [["1", "1", "Ann", "Oslo", null], ["1", "2", "Bo", "Oslo", null]],
        [["2", "1", "Anna", "Oslo", null]],
        [["3", "1", "Anna", "Oslo", "d1"], ["3", "2", "Bob", "Oslo", "d2"]],
        [["4", "1", "Anna", "Bergen", "d1"], ["4", "2", "Bob", "Oslo", "d3"]],
        [["5", "1", "Anne", "Bergen", "d1"]],
      ];
      for (const [index, state] of states.entries()) {
        await land(warehouse, "staff", state);
        await runSnapshot(warehouse, staff, day(index + 1) ?? "");
      }
      expect(await versions(warehouse, "dim_staff", ", person_name, is_deleted, is_current"), warehouse.engine.dialect.name).toEqual([
        ["1", "Oslo", "d1", day(1), day(4), "Anne", "false", "false"],
        ["1", "Bergen", "d1", day(4), null, "Anne", "false", "true"],
        ["2", "Oslo", null, day(1), day(2), "Bob", "false", "false"],
        ["2", "Oslo", null, day(2), day(3), "Bob", "true", "false"],
        ["2", "Oslo", "d2", day(3), day(4), "Bob", "false", "false"],
        ["2", "Oslo", "d3", day(4), day(5), "Bob", "false", "false"],
        ["2", "Oslo", "d3", day(5), null, "Bob", "true", "false"],
      ]);
    }
  });
});

describe("a Type 1 dimension", () => {
  it("keeps one row per key, the latest that fits the filter, and none without a key", async () => {
    for (const warehouse of warehouses) {
      await land(warehouse, "visits", [["1", "1", "ann", null, null], ["2", "1", "anna", null, null], ["3", "1", "test", null, null], ["1", "2", "øyvind", null, null], ["1", "2", "zoe", null, null], ["1", null, "nobody", null, null]]);
      expect(await warehouse.rows("select person_id, person_name, initial, visitor_key in ('-1', '-2') from dim_visitor order by 1 nulls last, 3")).toEqual([
        ["1", "anna", "A", "false"],
        ["2", "øyvind", "Ø", "false"],
        [null, "Unknown", "?", "true"],
        [null, "Not applicable", "Not applicable", "true"],
      ]);
    }
  });
});

describe("the calendar", () => {
  it("is not built where nothing refers to it", () => {
    expect(warehouses[0]?.models.has("dim_date")).toBe(false);
  });
});
