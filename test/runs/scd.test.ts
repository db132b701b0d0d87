import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { useScenario, withoutUnitTests } from "../support/build.ts";
import type { Scenario } from "../support/build.ts";
import { unitTestsThatTell } from "../support/faults.ts";
import type { PlantedFault } from "../support/faults.ts";
import { dbt, dbtKeepGoing, extract } from "../support/project.ts";

const scenario: Scenario = {
  fixture: "scd",
  project: "scd",
  pipeline: "hr_daily",
  days: [4, 5, 6, 7].map((day) => ({
    files: [{ from: join(root, "fixtures", "scd", "landing", `2026-05-0${day}`), to: `landing/2026-05-0${day}` }],
    asOf: `2026-05-0${day + 1} 00:00:00`,
  })),
};

type Rows = readonly (readonly (string | null)[])[];

/** The tables of fixtures/scd/README.md, derived by hand. */
const ann = ["Anna", "Oslo", "North", "West", "Lead"];
const bo = ["Bo", "Oslo", "East", "West", "Clerk"];
const boOfTheLog = ["Bo", "Hamar", "East", "West", "Clerk"];
const cy = ["Cy", "Tromsø", "North", null, "Clerk"];
const beginning = "1900-01-01 00:00";
const open = "9999-12-31 00:00";

const logged: Rows = [
  ["1", ...ann, "Oslo", "Clerk", beginning, "2026-05-04 20:00", "false"],
  ["1", ...ann, "Moss", "Clerk", "2026-05-04 20:00", "2026-05-05 10:00", "false"],
  ["1", ...ann, "Bergen", "Clerk", "2026-05-05 10:00", "2026-05-06 10:00", "false"],
  ["1", ...ann, "Bergen", "Lead", "2026-05-06 10:00", open, "true"],
  ["2", ...boOfTheLog, "Hamar", "Clerk", beginning, "2026-05-04 10:00", "false"],
  ["2", ...boOfTheLog, "Oslo", "Clerk", "2026-05-04 10:00", "2026-05-06 10:00", "false"],
  ["2", ...boOfTheLog, "Oslo", "Clerk", "2026-05-07 10:00", open, "true"],
  ["3", ...cy, "Tromsø", "Clerk", beginning, "2026-05-06 10:00", "false"],
];

/** Versions of daily data, `later` days after the day of the file. */
const daily = (later: number): Rows => {
  const day = (number: number): string => `2026-05-0${number + later} 00:00`;
  return [
    ["1", ...ann, "Oslo", "Clerk", beginning, day(5), "false"],
    ["1", ...ann, "Bergen", "Clerk", day(5), day(6), "false"],
    ["1", ...ann, "Bergen", "Lead", day(6), open, "true"],
    ["2", ...bo, "Oslo", "Clerk", beginning, day(6), "false"],
    ["2", ...bo, "Oslo", "Clerk", day(7), open, "true"],
    ["3", ...cy, "Tromsø", "Clerk", beginning, day(6), "false"],
  ];
};

const card = (member: string, [name, office, region, previous]: readonly (string | null)[]) => [member, office ?? null, name ?? null, region ?? null, previous ?? null];

/** One slip in each model, each of another kind. */
const faults: readonly PlantedFault[] = [
  // The tie-break by sequence is dropped.
  { file: "intermediate/people/int_staff_logged_versioned.sql", from: "change_id desc nulls last,\n", to: "", test: "int_staff_logged_versioned_follows_history" },
  // A tracked attribute is not compared.
  { file: "intermediate/people/int_desk_logged_history_versioned.sql", from: '["office", "title"]', to: '["office"]', test: "int_desk_logged_history_versioned_follows_history" },
  // NULL is compared with `<>`: who is gone for good is not seen to be.
  { file: "intermediate/people/int_staff_listed_versioned.sql", from: "next_seen_at is distinct from next_extract_at", to: "next_seen_at <> next_extract_at", test: "int_staff_listed_versioned_follows_history" },
  // NULL is no earlier value.
  { file: "intermediate/people/int_card_listed_remembered.sql", from: "region is distinct from", to: "region <>", test: "int_card_listed_remembered_follows_history" },
  // Several rows of one instant are kept.
  { file: "intermediate/people/int_card_logged_remembered.sql", from: "where row_rank = 1", to: "where row_rank >= 1", test: "int_card_logged_remembered_follows_history" },
  // A version of a joined table holds only after the instant at which it begins.
  { file: "intermediate/people/int_staff_placed_versioned.sql", from: "event_effective_at >= followed.valid_from", to: "event_effective_at > followed.valid_from", test: "int_staff_placed_versioned_follows_history" },
  // No change cuts a version.
  { file: "intermediate/people/int_staff_placed_office_changes_versioned.sql", from: "    where previous_hash is distinct from version_hash\n", to: "", test: "int_staff_placed_office_changes_versioned_follows_history" },
  // A version that is over counts as current.
  { file: "marts/people/dim_staff_logged.sql", from: "valid_to is null as is_current", to: "true as is_current", test: "dim_staff_logged_shows_versions_from_when_to_when" },
  // A version that began before the beginning is cut off there.
  { file: "marts/people/dim_staff_listed.sql", from: "least(valid_from, cast('1900-01-01' as timestamp))", to: "cast('1900-01-01' as timestamp)", test: "dim_staff_listed_shows_versions_from_when_to_when" },
  // The first version of a member is not opened to the beginning.
  { file: "marts/people/dim_staff_placed.sql", from: ") is null\n                then", to: ") is not null\n                then", test: "dim_staff_placed_shows_versions_from_when_to_when" },
  // What a day that ran twice recorded first counts.
  { file: "marts/people/dim_staff_seen.sql", from: "dbt_valid_to > dbt_valid_from", to: "dbt_valid_to >= dbt_valid_from", test: "dim_staff_seen_follows_its_snapshot" },
  // Who is back was never gone.
  { file: "marts/people/dim_desk_seen_history.sql", from: "next_valid_from is distinct from dbt_valid_to", to: "next_valid_from is null", test: "dim_desk_seen_history_follows_its_snapshot" },
  // The first value is the last one.
  { file: "marts/people/dim_card_seen.sql", from: "order by event_is_delete asc, event_effective_at asc", to: "order by event_is_delete asc, event_effective_at desc", test: "dim_card_seen_follows_its_snapshot" },
  // Combinations are not made one.
  { file: "marts/people/dim_sale_flags.sql", from: "select distinct", to: "select", test: "dim_sale_flags_keeps_one_row_per_key" },
  // What was deleted is still there.
  { file: "intermediate/hr/int_hr__staff_changes_current.sql", from: "(op not in ('D') or op is null)", to: "op is not null", test: "int_hr__staff_changes_current_holds_what_is_true_now" },
];

describe.each(["duckdb", "postgres"] as const)("slowly changing dimensions on %s", (name) => {
  const { rows, rework, expectSameAgain } = useScenario(scenario, name);
  const minute = (column: string) => `substr(cast(${column} as varchar), 1, 16) as ${column}`;
  const flag = (column: string) => `case when ${column} then 'true' else 'false' end as ${column}`;
  const versions = (dimension: string) =>
    rows(`select staff_id, staff_name, first_office, region, prior_region, current_title, office, title, ${minute("valid_from")}, ${minute("valid_to")}, ${flag("is_current")} from marts.${dimension} where staff_id is not null order by staff_id, valid_from`);
  const cards = (dimension: string, extra = "") =>
    rows(`select staff_id, first_office, staff_name, region, previous_region${extra} from marts.${dimension} where staff_id is not null order by staff_id`);

  it("mixes all types out of a change log", async () => {
    expect(await versions("dim_staff_logged")).toEqual(logged);
  });

  it("mixes all types out of daily lists", async () => {
    expect(await versions("dim_staff_listed")).toEqual(daily(0));
  });

  it("mixes all types over what a snapshot saw", async () => {
    expect(await versions("dim_staff_seen")).toEqual(daily(1));
  });

  it("keeps one row per member where no type cuts versions", async () => {
    expect(await cards("dim_card_logged")).toEqual([card("1", ann), card("2", boOfTheLog)]);
    expect(await cards("dim_card_listed")).toEqual([card("1", ann), card("2", bo), card("3", cy)]);
    expect(await cards("dim_card_seen", `, ${flag("is_deleted")}`)).toEqual([[...card("1", ann), "false"], [...card("2", bo), "false"], [...card("3", cy), "true"]]);
  });

  it("keeps current rows and history in two tables, joined by the key of the member", async () => {
    for (const [desk, staff] of [["dim_desk_seen", daily(1)], ["dim_desk_logged", logged]] as const) {
      const current = `select staff_id, staff_name, office, title from marts.${desk} where staff_id is not null order by 1`;
      expect(await rows(current)).toEqual([["1", "Anna", "Bergen", "Lead"], ["2", "Bo", "Oslo", "Clerk"]]);
      const history = `
        select history.staff_id, history.staff_name, history.office, history.title, ${minute("valid_from")}, ${minute("valid_to")}, case when history.${desk.slice(4)}_key = desk.${desk.slice(4)}_key then 'true' else 'false' end as found
        from marts.${desk}_history as history left join marts.${desk} as desk on history.staff_id = desk.staff_id
        where history.staff_id is not null order by 1, 5`;
      expect(await rows(history)).toEqual(staff.map((row) => [row[0], row[1], row[6], row[7], row[8], row[9], row[0] === "3" ? "false" : "true"]));
    }
  });

  it("cuts versions wherever one of two histories changes", async () => {
    const sql = `select staff_id, office, floor, ${minute("valid_from")}, ${minute("valid_to")} from marts.dim_staff_placed where staff_id is not null order by staff_id, valid_from`;
    expect(await rows(sql)).toEqual([
      ["1", "Oslo", "1", beginning, "2026-05-04 20:00"],
      ["1", "Moss", "3", "2026-05-04 20:00", "2026-05-05 10:00"],
      ["1", "Bergen", "2", "2026-05-05 10:00", "2026-05-06 12:00"],
      ["1", "Bergen", "5", "2026-05-06 12:00", open],
      ["2", "Hamar", null, beginning, "2026-05-04 10:00"],
      ["2", "Oslo", "1", "2026-05-04 10:00", "2026-05-05 08:00"],
      ["2", "Oslo", "4", "2026-05-05 08:00", "2026-05-06 10:00"],
      ["2", "Oslo", "4", "2026-05-07 10:00", open],
      ["3", "Tromsø", null, beginning, "2026-05-06 10:00"],
    ]);
  });

  it("points facts to the combination of fast-changing values at their time", async () => {
    const sql = `
      select sale.sale_id, pay.salary_band, pay.level from marts.fct_sales as sale
      left join marts.dim_pay_profile as pay on sale.pay_profile_key = pay.pay_profile_key
      order by sale.sale_id`;
    expect(await rows(sql)).toEqual([
      ["1", "20000 to below 50000", "A"],
      ["2", "50000 and above", "A"],
      ["3", "50000 and above", "A"],
      ["4", "50000 and above", "B"],
      ["5", null, "B"],
      ["6", "50000 and above", "C"],
      ["7", "Not applicable", "Not applicable"],
      ["8", "Unknown", "Unknown"],
    ]);
    expect(await rows("select count(*) as rows from marts.dim_pay_profile where pay_profile_key not in ('-1', '-2')")).toEqual([["5"]]);
    expect(await rows("select amount from marts.mrt_sales_by_pay where salary_band = '50000 and above'")).toEqual([["1500.00"]]);
  });

  it("gathers flags in a junk dimension, and points from versions to an outrigger", async () => {
    const flags = `
      select flags.channel, case when flags.is_gift then 'true' when not flags.is_gift then 'false' end as is_gift, sum(sale.amount) as amount
      from marts.fct_sales as sale inner join marts.dim_sale_flags as flags on sale.sale_flags_key = flags.sale_flags_key
      group by 1, 2 order by 3`;
    expect(await rows(flags)).toEqual([["shop", "true", "500.00"], ["web", null, "600.00"], ["web", "true", "1100.00"], ["shop", "false", "1400.00"]]);
    const offices = `
      select distinct staff.office, office.office as pointed_to, office.floor from marts.dim_staff_placed as staff
      inner join marts.dim_office as office on staff.office_key = office.office_key where staff.staff_id is not null order by 1`;
    expect(await rows(offices)).toEqual([["Bergen", "Bergen", "5"], ["Hamar", null, null], ["Moss", "Moss", "3"], ["Oslo", "Oslo", "4"], ["Tromsø", null, null]]);
  });

  it("infers members from facts, and completes them in place", async () => {
    expect(await rows(`select staff_id, level, ${flag("is_inferred")} from marts.dim_seller where staff_id is not null order by 1`)).toEqual([
      ["1", "A", "false"],
      ["2", "B", "false"],
      ["9", "C", "false"],
      ["10", "Unknown", "true"],
    ]);
    const named = "select sale.sale_id, seller.staff_id from marts.fct_sales as sale inner join marts.dim_seller as seller on sale.seller_key = seller.seller_key where sale.sale_id > 5 order by 1";
    expect(await rows(named)).toEqual([["6", "9"], ["7", null], ["8", "10"]]);
  });

  it("labels reserved members in the columns that types add, too", async () => {
    expect(await rows("select first_office, prior_region, current_title from marts.dim_staff_seen where staff_id is null order by staff_seen_key")).toEqual([
      ["Unknown", "Unknown", "Unknown"],
      ["Not applicable", "Not applicable", "Not applicable"],
    ]);
    expect(await rows("select previous_region from marts.dim_card_seen where card_seen_key = '-1'")).toEqual([["Nowhere"]]);
  });

  it.runIf(name === "duckdb")("tells a slip in any of the models by its unit test", async () => {
    await rework((project) => expect(unitTestsThatTell(project, faults)).toEqual(faults.map((one) => one.test).sort()));
  });

  it("changes nothing when the last day runs again", expectSameAgain);

  it("protects history from a full refresh, and from a source that was emptied by accident", async () => {
    const before = await versions("dim_staff_seen");
    await rework((project) => {
      dbt(project, [["build", "--full-refresh", "--select", "+dim_staff_seen", ...withoutUnitTests, ...asOf("2026-05-08")]]);
      mkdirSync(join(project.folder, "landing", "2026-05-08"));
      writeFileSync(join(project.folder, "landing", "2026-05-08", "staff.csv"), "id,name,office,region,title\n");
      extract(project, scenario.pipeline);
      const [report] = dbtKeepGoing(project, [["build", "--select", "+dim_staff_seen", ...withoutUnitTests, ...asOf("2026-05-09")]]);
      const statuses = new Map((report?.nodes ?? []).map((one) => [one.id.split(".")[2], one.status]));
      expect([statuses.get("int_staff_seen_joined__few_departures"), statuses.get("snp_staff_seen"), statuses.get("dim_staff_seen")]).toEqual(["fail", "skipped", "skipped"]);
    });
    expect(await versions("dim_staff_seen")).toEqual(before);
    await rework((project) => void dbt(project, [["build", "--select", "+dim_staff_seen", ...withoutUnitTests, ...asOf("2026-05-09", { allow_mass_deletes: true })]]));
    expect(await rows("select count(*) as rows from marts.dim_staff_seen where is_current and staff_id is not null")).toEqual([["0"]]);
  });
});

/** Variables of a run that stands for the midnight at which a day begins. */
function asOf(day: string, more: Readonly<Record<string, boolean>> = {}): readonly string[] {
  return ["--vars", JSON.stringify({ as_of_run: `${day} 00:00:00`, ...more })];
}
