import { copyFileSync } from "node:fs";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { withoutUnitTests } from "../support/build.ts";
import { startEngine } from "../support/engines.ts";
import type { Engine } from "../support/engines.ts";
import { dbt, dbtKeepGoing, folderIn, generateProject } from "../support/project.ts";
import type { DbtReport, Project } from "../support/project.ts";

/** A value of a raw table as SQL. */
type Values = Readonly<Record<string, string>>;

const now = "cast(now() at time zone 'UTC' as timestamp)";
const sample: Values = {
  sample_id: "1", Code: "'AB1'", state: "'no'", grade: "1", sealed: "true", taken_on: "date '2026-01-31'", weight: "1.00", measured_at: "timestamp '2026-01-31 10:00:00'",
  reading: "0.5", person_id: "1", low: "1", high: "2", dose: "'5'", rack: "'R'", slot: "1", batch_id: "1", batch_no: "1", loaded_at: now,
};
const visit: Values = { visit_id: "1", visited_on: "date '2026-02-01'", room: "'blue'", minutes: "30" };
const types: Readonly<Record<string, Values>> = {
  samples: {
    sample_id: "integer", Code: "varchar", state: "varchar", grade: "integer", sealed: "boolean", taken_on: "date", weight: "decimal(10,2)", measured_at: "timestamp",
    reading: "double precision", person_id: "integer", low: "integer", high: "integer", dose: "varchar", rack: "varchar", slot: "integer", batch_id: "integer", batch_no: "integer", loaded_at: "timestamp",
  },
  people: { id: "integer", loaded_at: "timestamp" },
  batches: { batch_id: "integer", batch_no: "integer" },
  visits: { visit_id: "integer", visited_on: "date", room: "varchar", minutes: "integer" },
  prices: { change_id: "integer", changed_at: "timestamp", test_id: "integer", price: "decimal(10,2)" },
};

const tables = Object.entries(types).map(([table, columns]) => `create table raw_lab.${table} (${Object.entries(columns).map(([name, type]) => `"${name}" ${type}`).join(", ")})`);

/** Rows that keep every promise, at its very edge where it has one. */
const good: readonly string[] = [
  insert("people", { id: "1", loaded_at: now }),
  insert("people", { id: "2", loaded_at: now }),
  insert("batches", { batch_id: "1", batch_no: "1" }),
  insert("batches", { batch_id: "2", batch_no: "1" }),
  ...["'O''Brien'", "'a\\b'", "'no'", "'0123'", "''", "'{{ x }}'", "null"].map((state, index) => insert("samples", { ...sample, sample_id: `${index + 1}`, Code: `'AB${index}'`, state, slot: `${index}`, weight: `${index}.25` })),
  insert("samples", { ...sample, sample_id: "8", Code: "'AB1-''x'''", taken_on: "date '2020-01-01'", weight: "-0.50", measured_at: "timestamp '2026-01-01 00:00:00'", slot: "8", batch_id: "2" }),
  insert("samples", { ...sample, sample_id: "9", Code: "'AB123456'", taken_on: "date '2029-12-31'", weight: "100.25", grade: "3", person_id: "null", slot: "9", rack: "'RR'", batch_no: "null", low: "99", high: "99", state: "'O''Brien'" }),
  insert("samples", { ...sample, sample_id: "10", Code: "'AB9'", taken_on: "null", weight: "null", low: "null", dose: "null", slot: "10", rack: "null", sealed: "null", grade: "null" }),
  ...["blue", "red", "blue", "red"].map((room, index) => insert("visits", { ...visit, visit_id: `${index + 1}`, visited_on: `date '2026-02-0${index + 1}'`, room: `'${room}'`, minutes: `${index * 33}`.replace(/^0$/, "1") })),
  ...[1, 2, 3].flatMap((test, index) => [
    insert("prices", { change_id: `${index * 2 + 1}`, changed_at: "timestamp '2026-01-01 00:00:00'", test_id: `${test}`, price: "10.00" }),
    insert("prices", { change_id: `${index * 2 + 2}`, changed_at: "timestamp '2026-01-02 00:00:00'", test_id: `${test}`, price: "20.00" }),
  ]),
];

/** By test: the values that break its promise and no other. */
const badSamples: Readonly<Record<string, Values>> = {
  stg_lab__samples__sample_id__unique: { sample_id: "1" },
  stg_lab__samples__sample_id__not_null: { sample_id: "null" },
  stg_lab__samples__code__unique: { Code: "'AB1'" },
  stg_lab__samples__code__not_null: { Code: "null" },
  stg_lab__samples__code__pattern: { Code: "'A1B2'" },
  stg_lab__samples__code__length: { Code: "'AB1234567'" },
  stg_lab__samples__state__values: { state: "'yes'" },
  stg_lab__samples__grade__values: { grade: "4" },
  stg_lab__samples__sealed__values: { sealed: "false" },
  stg_lab__samples__taken_on__range: { taken_on: "date '2030-01-01'" },
  stg_lab__samples__weight__range: { weight: "100.26" },
  stg_lab__samples__measured_at__range: { measured_at: "timestamp '2019-12-31 23:59:59'" },
  stg_lab__samples__reading__not_null: { reading: "null" },
  stg_lab__samples__reading__below: { reading: "10.5" },
  stg_lab__samples__person_id__in_stg_lab__people: { person_id: "99" },
  stg_lab__samples__low__holds: { low: "10", high: "11" },
  stg_lab__samples__holds: { low: "3", high: "2" },
  stg_lab__samples__unique: { rack: "'R'", slot: "1" },
  stg_lab__samples__slot__not_null: { slot: "null" },
  stg_lab__samples__rack__length: { rack: "'RRR'" },
  stg_lab__samples__in_stg_lab__batches: { batch_id: "2", batch_no: "2" },
};

const badVisits: Readonly<Record<string, Values>> = {
  stg_lab__visits__visited_on__not_null: { visited_on: "null" },
  stg_lab__visits__room__values: { room: "'pink'" },
  stg_lab__visits__room__length: { room: "'black'" },
  stg_lab__visits__minutes__range: { minutes: "0" },
  stg_lab__visits__holds: { minutes: "100" },
  stg_lab__visits__unique: { visited_on: "date '2026-02-01'" },
};

/** What breaks the other promises of the raw tables: keys, numbers of rows, what a change log needs. */
const badRaw: readonly string[] = [
  ...Object.values(badSamples).map((values, index) => insert("samples", { ...sample, sample_id: `${100 + index}`, Code: `'BB${index}'`, slot: `${100 + index}`, ...values })),
  insert("samples", { ...sample, sample_id: "200", Code: "'CC1'", slot: "200", dose: "'five'" }),
  ...Object.values(badVisits).map((values, index) => insert("visits", { ...visit, visit_id: `${100 + index}`, visited_on: `date '2026-03-0${index + 1}'`, ...values })),
  insert("people", { id: "1", loaded_at: now }),
  insert("people", { id: "null", loaded_at: now }),
  insert("batches", { batch_id: "1", batch_no: "1" }),
  insert("batches", { batch_id: "3", batch_no: "null" }),
  insert("batches", { batch_id: "null", batch_no: "3" }),
  ...["change_id", "changed_at", "test_id"].map((column) => insert("prices", { change_id: "90", changed_at: "timestamp '2026-01-01 00:00:00'", test_id: "90", price: "1", [column]: "null" })),
  `update raw_lab.samples set loaded_at = ${now} - interval '60 hours'`,
  `update raw_lab.people set loaded_at = ${now} - interval '40 hours'`,
];

/** Visits build although their rows break promises, so their key is sound. */
const sound = ["stg_lab__visits__visit_id__not_null", "stg_lab__visits__visit_id__unique"];

/** Breaks every promise of what was built, each in one place. A table is copied first: warehouses hold some promises themselves. */
const spoiled: readonly string[] = [
  ...["dim_person", "dim_test", "dim_date", "fct_samples", "fct_visits", "fct_long_visits", "mrt_visits_total", "mrt_visits_by_room"].flatMap(copied),
  "create table marts.versions as select * from intermediate.int_test_versioned",
  "drop view intermediate.int_test_versioned",
  "create table intermediate.int_test_versioned as select * from marts.versions",
  "insert into intermediate.int_test_versioned select * from marts.versions where test_id = 1 and valid_to is null",
  "update marts.versions set test_id = null where test_id = 2 and valid_to is null",
  "update marts.versions set valid_from = null where test_id = 3 and valid_to is null",
  "insert into intermediate.int_test_versioned select * from marts.versions where test_id is null or valid_from is null",
  "update marts.dim_test set is_current = true where test_id = 1",
  "update marts.dim_test set valid_to = timestamp '2026-01-05 00:00:00' where test_id = 2 and not is_current",
  "update marts.dim_test set valid_to = valid_from where test_id = 3 and is_current",
  "update marts.dim_test set test_key = (select test_key from marts.dim_test where test_id = 3 and is_current) where test_id = 3",
  "insert into marts.dim_test (test_id) values (9)",
  "insert into marts.dim_person (person_key, person_id) values ('k', 1), ('-1', null), (null, null)",
  "update marts.dim_date set date = date '2026-05-01' where date_key = 20260502",
  "update marts.dim_date set date_key = 20260602, date = null where date_key = 20260601",
  "update marts.dim_date set date_key = null where date_key = 20260603",
  "update marts.fct_samples set samples_key = null, measured_date_key = -1 where weight = 1.25",
  "update marts.fct_samples set samples_key = (select max(samples_key) from marts.fct_samples) where weight = 2.25",
  "update marts.fct_samples set person_key = null, test_key = null, measured_date_key = null where weight = 3.25",
  "update marts.fct_samples set person_key = 'k9', test_key = 'k9', measured_date_key = 9 where weight = 4.25",
  "delete from marts.fct_samples where weight = 100.25",
  "update marts.fct_visits set visits_key = null, visited_date_key = -1 where minutes = 1",
  "update marts.fct_visits set visits_key = 'k', visited_date_key = null where minutes = 33",
  "update marts.fct_visits set visits_key = 'k', visited_date_key = 9 where minutes = 66",
  "delete from marts.fct_visits where minutes = 99",
  "create table marts.long_visits as select * from intermediate.int_long_visits",
  "drop view intermediate.int_long_visits",
  "create table intermediate.int_long_visits as select * from marts.long_visits",
  "insert into intermediate.int_long_visits (visit_id, minutes) values (3, 66), (null, 1), (90, null)",
  "update marts.fct_long_visits set long_visits_key = null, visited_date_key = -1 where minutes = 33",
  "update marts.fct_long_visits set long_visits_key = 'k', visited_date_key = null where minutes = 66",
  "insert into marts.fct_long_visits (long_visits_key, visited_date_key) values ('k', 9)",
  "delete from marts.mrt_visits_total",
  "update marts.mrt_visits_by_room set visits_by_room_key = 'k'",
  "insert into marts.mrt_visits_by_room (room) values ('pink')",
];

describe.each(["duckdb", "postgres"] as const)("checks on %s", (name) => {
  let engine: Engine;
  let project: Project;
  let tests: readonly string[] = [];
  const isBelow = (test: string): boolean => /^(stg_)?lab__/.test(test);
  beforeAll(async () => {
    engine = await startEngine(name);
    project = generateProject(join(root, "fixtures", "checks"), name, await engine.environment("checks"));
    const written = join(root, "fixtures", "checks", "written");
    copyFileSync(join(written, "int_long_visits.sql"), join(folderIn(project, "dbt", "models", "intermediate", "lab"), "int_long_visits.sql"));
    copyFileSync(join(written, "below.sql"), join(folderIn(project, "dbt", "tests", "generic"), "below.sql"));
    await engine.change(project, ["create schema raw_lab", ...tables, ...good]);
  });
  afterAll(() => engine.stop());

  it("let good rows pass without a warning", () => {
    const [built, fresh] = dbt(project, [["build"], ["source", "freshness"]]);
    const found = testsIn(built);
    tests = found.map((one) => one.name);
    expect(found.filter((one) => one.status !== "pass")).toEqual([]);
    expect(tests).toEqual(expect.arrayContaining([...Object.keys(badSamples), ...Object.keys(badVisits), ...sound]));
    expect(fresh?.nodes.map((one) => one.status)).toEqual(["pass", "pass"]);
  });

  it("each fail of one bad row among what is built", async () => {
    await engine.change(project, spoiled);
    const [tested] = dbtKeepGoing(project, [["test"]]);
    const broken = testsIn(tested).filter((one) => one.status !== "pass");
    expect(broken.map((one) => one.name)).toEqual(tests.filter((one) => !isBelow(one)));
    expect(broken.filter((one) => one.failures !== 1)).toEqual([]);
    expect(broken.filter((one) => one.status !== "fail").map((one) => one.name)).toEqual(tests.filter((one) => one.endsWith("__days_in_calendar")));
  });

  it("each fail or warn of one bad row that arrives, and late sources are told", async () => {
    await engine.change(project, badRaw);
    const [built, fresh, forgotten] = dbtKeepGoing(project, [["build", ...withoutUnitTests], ["source", "freshness"], ["run", "--select", "int_long_visits", "--vars", "{forget_types: true}"]]);
    const broken = testsIn(built).filter((one) => one.status === "fail" || one.status === "warn");
    expect(broken.map((one) => one.name)).toEqual(tests.filter((one) => isBelow(one) && !sound.includes(one)));
    expect(broken.filter((one) => one.failures !== 1)).toEqual([]);
    const warned = broken.filter((one) => one.status === "warn").map((one) => one.name);
    expect(warned).toEqual([...Object.keys(badVisits), "lab__samples__dose__cleaned", "stg_lab__visits__row_count"].sort());
    expect(statusOf(fresh, ["lab.people", "lab.samples"])).toEqual(["error", "warn"]);
    expect(built?.nodes.filter((one) => one.status === "error")).toEqual([]);
    const after = ["int_test_versioned", "dim_person", "dim_test", "fct_samples", "fct_visits", "mrt_visits_total"];
    expect(statusOf(built, after)).toEqual(["skipped", "skipped", "skipped", "skipped", "success", "success"]);
    expect(forgotten?.nodes.map((one) => one.status), "a hand-written model whose columns are not what the spec says").toEqual(["error"]);
    expect(forgotten?.nodes[0]?.message).toMatch(/enforced contract that failed[^]*minutes/);
  });
});

interface Tested {
  readonly name: string;
  readonly status: string;
  readonly failures: number | null;
}

/** The data tests of a report in order of their names; `test.checks.<name>.<hash>` is their id. */
function testsIn(report: DbtReport | undefined): readonly Tested[] {
  const found = (report?.nodes ?? []).filter((one) => one.id.startsWith("test.") && one.status !== "skipped");
  return found.map((one) => ({ name: one.id.split(".")[2] ?? "", status: one.status, failures: one.failures })).sort((a, b) => (a.name < b.name ? -1 : 1));
}

function statusOf(report: DbtReport | undefined, names: readonly string[]): readonly string[] {
  return names.map((name) => report?.nodes.find((one) => one.id.endsWith(`.${name}`))?.status ?? "not there");
}

function insert(table: string, values: Values): string {
  const columns = Object.keys(values).map((one) => `"${one}"`);
  return `insert into raw_lab.${table} (${columns.join(", ")}) values (${Object.values(values).join(", ")})`;
}

function copied(table: string): readonly string[] {
  return [`create table marts.copy as select * from marts.${table}`, `drop table marts.${table}`, `alter table marts.copy rename to ${table}`];
}

