import { beforeAll, describe, expect, it } from "vitest";
import { linked } from "../../support/spec.ts";
import { openWarehouses, type TestWarehouse } from "./warehouse.ts";

const specs = {
  "contract.yaml": `
contracts:
  - name: crm.people
    primary_key: [id]
    history: {kind: change_log, effective_at: at, operation: {column: op, delete: [D]}}
    schema:
      - {column: id, type: integer, rename: person_id}
      - {column: at, type: timestamp}
      - {column: op, type: string}
      - {column: lives_in, type: string}
      - {column: born_in, type: string}
  - name: crm.countries
    primary_key: [code]
    schema:
      - {column: code, type: string, rename: country_code}
      - {column: name, type: string, rename: country_name}
`,
  "model.yaml": `
dimensions:
  - name: dim_person
    source: crm.people
    natural_key: person_id
    deletes: tombstone
    first_version_from: first_seen
    attributes: [{name: lives_in, scd_type: 2}, {name: born_in, scd_type: 1}]
    outriggers:
      - {dimension: dim_country, on: lives_in}
      - {dimension: dim_country, on: born_in, role: birth}
  - name: dim_country
    source: crm.countries
    natural_key: country_code
    attributes: [country_name]
`,
  "pipeline.yaml": "pipeline: {name: crm, owner: crm, schedule: '@daily', extract: {source_system: crm, connection: 'files:landing/*/{table}.csv'}}",
  "settings.yaml": "settings: {project: crm}",
};

let warehouses: readonly TestWarehouse[] = [];
beforeAll(async () => {
  warehouses = await openWarehouses(specs);
  const metadata = ["_source", "_source_row", "_extracted_at"];
  const loaded = ["file", "1", "2026-01-09 00:00:00"];
  const people = [
    ["1", "2026-01-01 00:00:00", "U", "no", "se"],
    ["1", "2026-01-02 00:00:00", "U", "se", "se"],
    ["1", "2026-01-03 00:00:00", "D", null, null],
    ["2", "2026-01-01 00:00:00", "U", "xx", null],
  ];
  for (const one of warehouses) {
    await one.land("people", ["id", "at", "op", "lives_in", "born_in", ...metadata], people.map((row) => [...row, ...loaded]));
    await one.land("countries", ["code", "name", ...metadata], [["no", "Norway"], ["se", "Sweden"]].map((row) => [...row, ...loaded]));
    await one.build();
  }
}, 60_000);

describe("an outrigger", () => {
  it("is pointed to by each version, in each role; a name nobody knows is unknown, none is not applicable", async () => {
    for (const one of warehouses) {
      const sql = `
        select person.person_id, person.lives_in, home.country_name, person.birth_country_key = '-2', birth.country_name, person.is_deleted
        from dim_person as person
        left join dim_country as home on person.country_key = home.country_key
        left join dim_country as birth on person.birth_country_key = birth.country_key
        order by person.person_id nulls last, person.valid_from, person.person_key`;
      expect(await one.rows(sql), one.engine.dialect.name).toEqual([
        ["1", "no", "Norway", "false", "Sweden", "false"],
        ["1", "se", "Sweden", "false", "Sweden", "false"],
        ["1", "se", "Sweden", "false", "Sweden", "true"],
        ["2", "xx", "Unknown", "true", "Not applicable", "false"],
        [null, "Unknown", "Unknown", "false", "Unknown", "false"],
        [null, "Not applicable", "Not applicable", "true", "Not applicable", "false"],
      ]);
    }
  });

  it("has one row per member, is found by attributes, and leads in no circle", () => {
    const changed = (from: string, to: string): readonly string[] => linked({ ...specs, "model.yaml": specs["model.yaml"].replace(from, to) }).codes;
    expect(changed("dimension: dim_country, on: lives_in", "dimension: dim_contry, on: lives_in")).toEqual(["unknown-outrigger dimensions.0.outriggers.0.dimension"]);
    expect(changed("attributes: [country_name]", "attributes: [{name: country_name, scd_type: 2}]")).toEqual(["outrigger-key dimensions.0.outriggers.0", "outrigger-key dimensions.0.outriggers.1"]);
    expect(changed("on: lives_in", "on: person_id")).toEqual(["outrigger-key dimensions.0.outriggers.0"]);
    expect(changed(", role: birth", "")).toEqual(["column-clash dimensions.0.outriggers.1"]);
    expect(changed("attributes: [country_name]", "attributes: [country_name]\n    outriggers: [{dimension: dim_person, on: country_code}]")).toEqual(["cycle dimensions.1.outriggers"]);
  });
});
