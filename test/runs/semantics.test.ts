import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { startEngine } from "../support/engines.ts";
import type { Engine } from "../support/engines.ts";
import { unitTestsThatTell } from "../support/faults.ts";
import type { PlantedFault } from "../support/faults.ts";
import { dbt, generateProject } from "../support/project.ts";
import type { Project } from "../support/project.ts";
import { exampleSpecs, shownRows } from "../support/worked-examples.ts";
import type { ShownRows } from "../support/worked-examples.ts";

interface Contract {
  readonly name: string;
  readonly history: string | { readonly kind: string };
  readonly schema: readonly { readonly column: string; readonly type: string }[];
}

const specs = exampleSpecs();
const contracts = Object.values(specs).flatMap((text): readonly Contract[] => parse(text)["contracts"] ?? []);
const schemas = [...new Set(contracts.map(({ name }) => `raw_${name.split(".")[0] ?? ""}`))];
const examples = shownRows();
const days = [...new Set(examples.map((one) => one.day))].sort();

/** A slip in each rule of bridges, mini-dimensions, processes told by events and increments, and the unit test that must tell it. */
const faults: readonly PlantedFault[] = [
  // A group without members is lost.
  { file: "marts/core/bridge_book_authors.sql", from: "then cast(1 as double)", to: "then cast(0 as double)", test: "bridge_book_authors_gives_every_group_its_members" },
  // A membership still holds at the moment at which it is over.
  { file: "marts/core/bridge_desk_duties.sql", from: "spans.starts_at < memberships.valid_to", to: "spans.starts_at <= memberships.valid_to", test: "bridge_desk_duties_gives_every_group_its_members" },
  // Depths are counted the other way.
  { file: "marts/core/bridge_subject_tree.sql", from: "own.level - higher.level", to: "higher.level - own.level", test: "bridge_subject_tree_puts_everyone_below_all_above" },
  // A way to the top still leads there at the moment at which it ends.
  { file: "marts/core/bridge_subject_tree_kept.sql", from: "spans.starts_at < walked.valid_to", to: "spans.starts_at <= walked.valid_to", test: "bridge_subject_tree_kept_puts_everyone_below_all_above" },
  // Members of whom the log tells something new keep their rows.
  { file: "marts/core/dim_staff.sql", from: "        and counted.source_rows = stored.source_rows\n", to: "", test: "dim_staff_writes_members_that_changed" },
  // Combinations are not made one.
  { file: "marts/core/dim_card_profile.sql", from: "select distinct", to: "select", test: "dim_card_profile_keeps_one_row_per_combination" },
  // The oldest event of a type counts.
  { file: "marts/core/fct_purchase_steps.sql", from: "order by event_id desc nulls last\n        ) as recency", to: "order by event_id asc\n        ) as recency", test: "fct_purchase_steps_takes_the_newest_of_events" },
  // An average of days is one of rows.
  { file: "reports/core/mrt_library_stock.sql", from: "max(date_key_count)", to: "count(*)", test: "mrt_library_stock_sums_up_its_fact" },
  // What holds under a condition counts without it.
  { file: "marts/core/fct_reader_days.sql", from: "when days >= 10", to: "when days > 10", test: "fct_reader_days_adds_up_its_source" },
  // A member that a key leads to is not the one that is looked up.
  { file: "marts/core/fct_brand_days.sql", from: "else coalesce(brand.brand_key, '-1')", to: "else '-1'", test: "fct_brand_days_adds_up_its_source" },
  // Every row is joined to every rate.
  { file: "marts/core/fct_sales.sql", from: "on sales.currency = rates.currency", to: "on true", test: "fct_sales_looks_up_and_computes" },
  // Rows that are there are appended again.
  { file: "marts/core/fct_door_counts.sql", from: "where stored.door_counts_key is null", to: "where true", test: "fct_door_counts_writes_what_changed" },
  // A key that finds its member later is not corrected.
  { file: "marts/core/fct_fines.sql", from: "        or final.reader_key is distinct from stored.reader_key\n", to: "", test: "fct_fines_writes_what_changed" },
  // NULL is compared with `<>`.
  { file: "marts/core/fct_fines_replaced.sql", from: "final.amount is distinct from stored.amount", to: "final.amount <> stored.amount", test: "fct_fines_replaced_writes_what_changed" },
  // The partition that a row moved away from stays as it is.
  { file: "marts/core/fct_payments_swapped.sql", from: "\n            or stored.payment_date_key is distinct from final.payment_date_key", to: "", test: "fct_payments_swapped_writes_what_changed" },
  // Who is back stays marked.
  { file: "marts/core/fct_payments_kept.sql", from: "        or stored.is_deleted\n", to: "", test: "fct_payments_kept_writes_what_changed" },
  // What is taken back is not negated.
  { file: "marts/core/fct_payments_booked.sql", from: "cast(-latest.amount as", to: "cast(latest.amount as", test: "fct_payments_booked_writes_what_changed" },
  // The window begins after its first instant.
  { file: "marts/core/fct_returns.sql", from: "loaded_at >= {{ window_start", to: "loaded_at > {{ window_start", test: "fct_returns_writes_what_changed" },
];

describe("the worked examples of docs/semantics", () => {
  let engine: Engine;
  let project: Project;
  /** What the tables held after each day, by the text of the question. */
  const held = new Map<ShownRows, readonly string[]>();
  beforeAll(async () => {
    engine = await startEngine("duckdb");
    const folder = mkdtempSync(join(tmpdir(), "dps-gen-pages-"));
    for (const [name, text] of Object.entries(specs)) writeFileSync(join(folder, name), text);
    project = generateProject(folder, "duckdb", await engine.environment("library"));
    await engine.change(project, [...schemas.map((one) => `create schema ${one}`), ...contracts.map(creation)]);
    for (const [index, day] of days.entries()) {
      await engine.change(project, examples.filter((one) => one.when === "on" && one.day === day).flatMap(arrival));
      // Tests of the project run once, on the last day.
      const tests = index < days.length - 1 ? ["--exclude-resource-type", "test", "--exclude-resource-type", "unit_test"] : [];
      dbt(project, [["build", "--show-all-deprecations", ...tests, "--vars", JSON.stringify({ as_of_run: `2026-03-0${Number(day.slice(-2)) + 1} 00:00:00` })]]);
      const warehouse = await engine.open(project);
      for (const one of examples.filter((each) => each.when === "after" && each.day === day)) held.set(one, (await warehouse.query(question(one))).map((row) => lineOf(Object.values(row))));
      await warehouse.close();
    }
  });
  afterAll(async () => {
    await engine.stop();
  });

  it("tell of days and tables that there are", () => {
    expect(days).toEqual(["2026-03-02", "2026-03-03", "2026-03-04"]);
    expect(examples.filter((one) => one.when === "on" && !contracts.some(({ name }) => name === one.table))).toEqual([]);
  });

  it.each(examples.filter((one) => one.when === "after").map((one) => [`${one.page}: ${one.table} after ${one.day}`, one] as const))("%s", (_, one) => {
    expect([...(held.get(one) ?? [])].sort()).toEqual(one.rows.map(lineOf).sort());
  });

  it("tells a slip in any of these models by its unit test", () => {
    expect(unitTestsThatTell(project, faults)).toEqual(faults.map((one) => one.test).sort());
  });
});

function creation({ name, schema }: Contract): string {
  return `create table raw_${name} (${schema.map(({ column, type }) => `${column} ${type === "string" ? "varchar" : type}`).join(", ")})`;
}

/** A table of today is shown as a whole, of all others what came. */
function arrival({ table, columns, rows }: ShownRows): readonly string[] {
  const isCurrent = contracts.find(({ name }) => name === table)?.history === "current_state";
  const values = rows.map((row) => `(${row.map((cell) => (cell === null ? "null" : `'${cell}'`)).join(", ")})`);
  return [...(isCurrent ? [`delete from raw_${table}`] : []), `insert into raw_${table} (${columns.join(", ")}) values ${values.join(", ")}`];
}

/**
 * The columns that a page shows, those of dimensions by the key of the row (`descendant_dim_unit.name`: by its key of that role); reserved members only
 * where a fact points to them.
 */
function question({ table, columns }: ShownRows): string {
  const paths = columns.map((one) => /^(\w*?)(dim_\w+)\.(\w+)$/.exec(one) ?? []);
  const joined = new Map(paths.flatMap(([, role = "", dimension]) => (dimension === undefined ? [] : [[`${role}${dimension}`, { role, dimension, key: `${dimension.slice(4)}_key` }] as const])));
  const joins = [...joined].map(([alias, { role, dimension, key }]) => `left join marts.${dimension} as ${alias} on ${table}.${role}${key} = ${alias}.${key}`);
  const [group] = joined;
  const leader = table.startsWith("dim_") ? `${table}.${table.slice(4)}_key` : table.startsWith("bridge_") && group !== undefined ? `${group[0]}.${group[1].key}` : null;
  const reserved = leader === null ? "" : `where ${leader} not in ('-1', '-2')`;
  return `select ${columns.map((one, index) => `${one.includes(".") ? one : `${table}.${one}`} as column_${index}`).join(", ")} from marts.${table} ${joins.join(" ")} ${reserved}`;
}

/** Midnight is the day, and seconds that are none go. */
function lineOf(row: readonly (string | null)[]): string {
  return row.map((cell) => (cell ?? "").replace(/^(\d{4}-\d\d-\d\d) 00:00:00$/, "$1").replace(/^(\d{4}-\d\d-\d\d \d\d:\d\d):00$/, "$1")).join(" | ");
}
