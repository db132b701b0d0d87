import { describe, expect, it } from "vitest";
import { compile, nodeHost } from "../../generator/index.ts";
import { cleanedValue } from "../../generator/evaluate/cleaning.ts";
import { canonicalText } from "../../generator/evaluate/cast.ts";
import type { SourceTable } from "../../generator/model/source.ts";
import type { Model } from "../../generator/model/types.ts";
import { sampleData, type Sample } from "../../generator/verify/sample/sample.ts";
import { linked } from "../support/spec.ts";

async function modelOf(fixture: string): Promise<Model> {
  const { design } = await compile({ host: nodeHost(), root: `fixtures/${fixture}`, warehouse: "duckdb" });
  if (design === null) throw new Error(`${fixture} does not compile`);
  return design.model;
}

/** All rows of a table over the days, cleaned, by staging name. */
function cleanedRows(table: SourceTable, sample: Sample): readonly ReadonlyMap<string, string | null>[] {
  const columns = table.columns.filter((one) => !(table.landing === "text" && one.physicalName.startsWith("_")));
  const rows = sample.days.flatMap((day) => day.tables.filter((one) => one.table === table).flatMap((one) => one.rows));
  return rows.map((row) => new Map(columns.map((column, index) => {
    const cleaned = cleanedValue(column, row[index] ?? null);
    if ("failure" in cleaned) throw new Error(`${table.name}.${column.name}: ${cleaned.failure}`);
    return [column.name, cleaned.value === null ? null : canonicalText(cleaned.value)] as const;
  })));
}

describe.each(["shop", "ledger", "superstore", "jaffle-shop", "kimball-golden", "minimal", "bank"])("sample data of %s", (fixture) => {
  it("are taken by every contract", async () => {
    const model = await modelOf(fixture);
    const sample = sampleData(model, { seed: 3, rows: 30, days: 4 });
    expect(sample.problems).toEqual([]);
    for (const table of model.sources) {
      const rows = cleanedRows(table, sample);
      expect(rows.length).toBeGreaterThan(0);
      for (const row of rows) expect(broken(row, table), JSON.stringify([...row])).toEqual([]);
      for (const { columns, to, toColumns } of table.references) {
        const other = model.sources.find((one) => one.name === to);
        const known = new Set((other === undefined ? [] : cleanedRows(other, sample)).map((row) => JSON.stringify(toColumns.map((name) => row.get(name)))));
        for (const row of rows) if (!columns.some((name) => row.get(name) === null)) expect(known).toContain(JSON.stringify(columns.map((name) => row.get(name))));
      }
    }
  });
});

/** What a row does against its contract, checked plainly. */
function broken(row: ReadonlyMap<string, string | null>, table: SourceTable): readonly string[] {
  const missing = table.columns.filter((one) => !one.nullable && row.get(one.name) === null).map((one) => `${one.name} is NULL`);
  const checked = table.checks.filter(({ kind, column, params }) => {
    const value = row.get(column ?? "");
    if (value === null || value === undefined) return false;
    if (kind === "enum") return !(params.values ?? []).map(String).includes(value);
    if (kind === "regex") return !new RegExp(params.pattern ?? "").test(value);
    if (kind === "range") return Number(value) < Number(params.min ?? -Infinity) || Number(value) > Number(params.max ?? Infinity);
    return false;
  });
  return [...missing, ...checked.map((one) => `${one.column} ${one.kind}`)];
}

describe("sample data", () => {
  it("begin when all that happened before lies in the calendar", async () => {
    const model = await modelOf("ledger");
    const { days } = sampleData({ ...model, project: { ...model.project, dates: { ...model.project.dates, from: "2026-06-01" } } }, { seed: 2, rows: 4, days: 2 });
    expect(days.map((one) => one.date)).toEqual(["2026-06-21", "2026-06-22"]);
  });

  it("reach milestones in their order, or not at all", async () => {
    const model = await modelOf("ledger");
    const sample = sampleData(model, { seed: 2, rows: 80, days: 4 });
    const orders = model.sources.find((one) => one.name === "ledger.orders");
    const rows = orders === undefined ? [] : cleanedRows(orders, sample);
    const steps = ["ordered_at", "packed_on", "shipped_at", "delivered_at"];
    const reached = rows.map((row) => steps.flatMap((name) => row.get(name)?.slice(0, 10) ?? []));
    for (const one of reached) expect([...one].sort()).toEqual(one);
    expect(new Set(reached.map((one) => one.length)).size).toBeGreaterThan(2);
  });

  it("share every group out in full, and let nobody lie above itself", async () => {
    const model = await modelOf("bank");
    const { days } = sampleData(model, { seed: 5, rows: 40, days: 4 });
    for (const { tables } of days) {
      const rows = (name: string): readonly (readonly (string | null)[])[] => tables.find((one) => one.table.name === name)?.rows ?? [];
      const shares = new Map<string | null, number>();
      for (const [account, , percent] of rows("bank.account_holders")) shares.set(account ?? null, (shares.get(account ?? null) ?? 0) + Math.round(Number(percent) * 100));
      expect(new Set(shares.values())).toEqual(new Set([10_000]));
      const parents = new Map(rows("bank.units").map(([code, , parent]) => [code, parent === code ? null : parent]));
      for (const code of parents.keys()) {
        let steps = 0;
        for (let at = parents.get(code); at !== null && at !== undefined; at = parents.get(at)) {
          steps += 1;
          if (steps > parents.size) break;
        }
        expect(steps).toBeLessThanOrEqual(parents.size);
      }
    }
  });

  it("have one parent for each level of a hierarchy, in the table of the level or in another that it refers to", async () => {
    const parentsOf = (name: string, child: string, parent: string, model: Model): readonly number[] => {
      const table = model.sources.find((one) => one.name === name);
      const parents = new Map<string | null, Set<string | null>>();
      for (const row of table === undefined ? [] : cleanedRows(table, sampleData(model, { seed: 4, rows: 60, days: 4 }))) {
        const level = row.get(child) ?? null;
        parents.set(level, (parents.get(level) ?? new Set()).add(row.get(parent) ?? null));
      }
      return [...new Set([...parents.values()].map((one) => one.size))];
    };
    const superstore = await modelOf("superstore");
    expect([["state", "region"], ["region", "country"], ["product_name", "sub_category"], ["sub_category", "category"]].map(([child = "", parent = ""]) => parentsOf("superstore.orders", child, parent, superstore))).toEqual([[1], [1], [1], [1]]);
    const { model } = linked(`
contracts:
  - {name: shop.kinds, primary_key: [kind_id], columns: [{name: kind_id, type: integer}, {name: kind, type: string}]}
  - {name: shop.groups, primary_key: [group_id], columns: [{name: group_id, type: integer}, {name: group_name, type: string}, {name: kind_id, type: integer, references: shop.kinds.kind_id}]}
  - {name: shop.items, primary_key: [item_id], columns: [{name: item_id, type: integer}, {name: group_id, type: integer, references: shop.groups.group_id}]}
dimensions:
  - {name: dim_item, source: shop.items, natural_key: item_id, joins: [shop.groups, shop.kinds], attributes: [group_name, kind], hierarchy: [kind, group_name]}
`);
    expect(model === null ? [] : parentsOf("shop.groups", "group_name", "kind_id", model)).toEqual([1]);
  });

  it("follow from the seed", async () => {
    const model = await modelOf("shop");
    const texts = [1, 1, 2].map((seed) => JSON.stringify(sampleData(model, { seed, rows: 20, days: 3 }).days.map((day) => day.tables.map((one) => one.rows))));
    expect(texts[0]).toBe(texts[1]);
    expect(texts[0]).not.toBe(texts[2]);
  });

  it("hold changes, deletions, returns, late and repeated events", async () => {
    const model = await modelOf("shop");
    const { days } = sampleData(model, { seed: 1, rows: 60, days: 5 });
    const log = days.flatMap((day) => day.tables.filter((one) => one.table.name === "shop.products").flatMap((one) => one.rows.map((row) => ({ day: day.date, at: row[1] ?? "", operation: row[2], key: row[3], whole: JSON.stringify(row) }))));
    const deleted = log.filter((one) => one.operation === "D");
    expect(deleted.length).toBeGreaterThan(0);
    expect(deleted.some((gone) => log.some((one) => one.key === gone.key && one.at > gone.at && one.operation !== "D"))).toBe(true);
    expect(log.some((one) => one.at.slice(0, 10) < one.day)).toBe(true);
    expect(new Set(log.map((one) => one.whole)).size).toBeLessThan(log.length);
    const customers = days.map((day) => new Set(day.tables.find((one) => one.table.name === "shop.customers")?.rows.map((row) => row[0])));
    expect([...(customers[0] ?? [])].some((key) => !customers.at(-1)?.has(key))).toBe(true);
  });

  it("say which table no rows can be made for", async () => {
    const model = await modelOf("minimal");
    const [first, ...others] = model.sources;
    if (first === undefined) throw new Error("no source");
    const impossible = { ...first, checks: [{ kind: "range", column: first.primaryKey[0] ?? "", params: { min: 5, max: 5 }, severity: "error", description: "" }] } as const;
    const { problems } = sampleData({ ...model, sources: [impossible, ...others] }, { seed: 1, rows: 10, days: 1 });
    expect(problems[0]).toContain(first.name);
  });
});
