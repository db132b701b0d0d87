import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { startEngine, type Engine } from "../support/engines.ts";
import { dbt, extract, generateProject, type Project } from "../support/project.ts";

/** Texts that mean something to SQL, Jinja, Python, YAML or a driver, and nothing to a contract. */
const texts = [
  "O'Brien", "a\\b", "\\", "'", "''", "no", "0123", "1.0", "[1, 2]", "{'a': 1}", "None", "True", "null", "~", "1e3", "{{ env_var('HOME') }}", "{% raw %}", "{%- endif -%}", "{# c #}", "{{{",
  "a{", "{", "{{", "}}", "#}", "{{ '{' }}", "a\nb", "a\r\nb", "a\n  b\n    c", " lead", "trail ", "\n", "x\n", "$$x$$", "$1", "--c", "/* c */", "';drop table x;--", "\\N{DASH}", "E'\\n'", "\\'", "%s %(a)s %%",
  "a\tb", '"dq"', "`", "ref('x')", "env_var('HOME')", "日本😀", "a\u00a0b", "!!python/object:os.system", "*a", "&a", ":x", "?",
];
const numbered = (prefix: string, column: (text: string) => object): readonly object[] => texts.map((text, at) => ({ column: `${prefix}${at}`, type: "string", ...column(text) }));
/** Each check is a query of its own, so not every text gets one. */
const checked = (text: string): boolean => /[{}\r\n'(%]|^\W/.test(text);
/** Names that files give their columns. */
const fields = ["Prix d'achat", 'Screen (")', "a\\b", "50% off", "{{ env_var('HOME') }}", "{%y", "2nd line", "Ende ", " lead", "select", "user", "order", "a`b", "%s", "$1", "a.b", "a:b", "a;b--", "?", "Größe", "ID", "id", "▶", "_dlt_id", "xmin", "q".repeat(100)];
/** Those that a warehouse may have given a column, and dbt can quote. */
const columns = fields.filter((one) => !/["`\\{}]/.test(one) && one !== "ID" && one !== "xmin" && one.length < 64);
const named = (names: readonly string[], more: (at: number) => object): readonly object[] => names.map((column, at) => ({ column, rename: `field${at}`, ...more(at) }));
/** Some are texts, some are cleaned and cast, tested, hashed. */
const uses = (at: number): object => [{ type: "string", nullable: false }, { type: "integer", clean: ["trim"], on_failure: "warn" }, { type: "string", clean: ["upper"], checks: [{ type: "enum", params: { values: [`V${at}`] } }] }, { type: "string", protect: "hash", pii: true }][at % 4] ?? {};
const value = (at: number): string => (at % 4 === 1 ? String(at) : `v${at}`);
const spec = {
  settings: { project: "hostile", timezone: "UTC" },
  contracts: [
    { name: "s.fields", primary_key: [fields[0]], deduplicate: { by: [fields[4]] }, checks: [{ type: "custom", params: { expression: "\"50% off\" <> '%'" } }], schema: named(fields, uses) },
    { name: "typed.fields", primary_key: [columns[0]], loaded_at: columns[3], sla: { freshness_hours: 87_600 }, checks: [{ type: "custom", params: { expression: "\"%s\" <> '%'" } }], schema: named(columns, (at) => (at === 3 ? { type: "timestamp" } : uses(at))) },
    {
      name: "typed.shards", primary_key: ["_table", "id"], loaded_at: "Loaded", sla: { freshness_hours: 24 }, deduplicate: { by: ["note"] },
      physical: { tables: ["shards_2025", "Shards 26"], closed: ["shards_2025"] },
      schema: [{ column: "id", type: "integer" }, { column: "note", type: "string", nullable: false }, { column: "_table", type: "string", rename: "shard", checks: [{ type: "enum", params: { values: ["shards_2025", "Shards 26"] } }] }, { column: "of", from: "_table", type: "integer", rename: "shard_year", clean: [{ replace: { search: "Shards ", by: "20" } }, { replace: { search: "shards_", by: "" } }] }],
    },
    {
    name: "s.t",
    primary_key: ["id"],
    history: "append_only",
    schema: [
      { column: "id", type: "integer" },
      { column: "listed", type: "string", checks: [{ type: "enum", params: { values: texts } }] },
      { column: "mapped", type: "string", clean: [{ map: { values: Object.fromEntries(texts.map((text, at) => [text, `to ${text} ${at}`])), else: "fail" } }] },
      { column: "nothing", type: "string", clean: [{ nullif: texts }] },
      ...numbered("given", (text) => ({ clean: [{ default: text }] })),
      ...numbered("changed", (text) => ({ clean: [{ replace: { search: text, by: `<${text}>` } }] })),
      ...numbered("limited", (text) => (checked(text) ? { checks: [{ type: "enum", params: { values: [text] } }] } : {})),
    ],
  }],
  dimensions: [...["s", "typed"].map((source) => ({ name: `dim_${source}`, source: `${source}.fields`, natural_key: "field0", attributes: ["field4", "field1", "field2"] })), { name: "dim_t", source: "s.t", natural_key: "id", attributes: texts.map((_, at) => ({ name: `given${at}` })), unknown_member: Object.fromEntries(texts.map((text, at) => [`given${at}`, text])) }],
  pipelines: [{ name: "load_it", extract: { source_system: "s", connection: "files:landing/{table}.*" } }],
};

describe.each(["duckdb", "postgres"] as const)("texts of specs that mean something to a tool, on %s", (name) => {
  let engine: Engine;
  let project: Project;

  beforeAll(async () => {
    engine = await startEngine(name);
    const specs = mkdtempSync(join(tmpdir(), "dps-gen-hostile-"));
    writeFileSync(join(specs, "spec.yaml"), JSON.stringify(spec));
    project = generateProject(specs, name, await engine.environment("hostile"));
    mkdirSync(join(project.folder, "landing"));
    writeFileSync(join(project.folder, "landing", "t.json"), JSON.stringify(texts.map(row)));
    writeFileSync(join(project.folder, "landing", "fields.csv"), `${[fields, fields.map((_, at) => value(at))].map((row) => row.map((one) => `"${one.replaceAll('"', '""')}"`).join(",")).join("\n")}\n`);
    extract(project, "load_it");
    const quoted = columns.map((one) => `"${one}"`);
    const values = columns.map((_, at) => (at === 3 ? "timestamp '2026-01-01 10:00:00'" : at % 4 === 1 ? String(at) : `'${value(at)}'`));
    await engine.change(project, [
      "create schema raw_typed",
      `create table raw_typed.fields as select ${values.map((one, at) => `${one} as ${quoted[at]}`).join(", ")}`,
      `create table raw_typed.shards_2025 as select 1 as id, 'a' as note, timestamp '2025-01-01 10:00:00' as "Loaded"`,
      `create table raw_typed."Shards 26" as select 'gone' as extra, 'b' as note, timestamp '${new Date().toISOString().slice(0, 19)}' as "Loaded", cast(id as bigint) as id from (select 1 as id union all select 2) as ids`,
    ]);
    dbt(project, [["source", "freshness"], ["build"]]);
  });
  afterAll(() => engine.stop());

  it("may be the names of columns, in files and in tables", async () => {
    const warehouse = await engine.open(project);
    for (const [source, names] of [["s", fields], ["typed", columns]] as const) {
      const [found] = await warehouse.query(`select * from staging.stg_${source}__fields`);
      const plain = names.map((_, at) => at).filter((at) => at % 4 !== 3);
      expect(plain.map((at) => found?.[`field${at}`])).toEqual(plain.map((at) => (at % 4 === 2 ? value(at).toUpperCase() : value(at))));
      expect(await warehouse.query(`select s_key from marts.dim_s where field0 = 'v0'`.replace(/\bs_key|dim_s\b/g, (one) => one.replace("s", source)))).toHaveLength(1);
    }
    await warehouse.close();
  });

  it("are put together from raw tables of one layout, each row with the name of its table", async () => {
    const warehouse = await engine.open(project);
    expect((await warehouse.query("select id, note, shard, shard_year, loaded from staging.stg_typed__shards order by shard_year, id")).map((one) => [one["id"], one["note"], one["shard"], one["shard_year"]])).toEqual([["1", "a", "shards_2025", "2025"], ["1", "b", "Shards 26", "2026"], ["2", "b", "Shards 26", "2026"]]);
    await warehouse.close();
  });

  it("come out of staging and of the unknown member as they stand in the spec, and pass their own checks", async () => {
    const warehouse = await engine.open(project);
    const rows = await warehouse.query("select * from staging.stg_s__t order by id");
    const unknown = await warehouse.query("select * from marts.dim_t where t_key = '-1'");
    await warehouse.close();
    expect(rows.map((one) => one["mapped"])).toEqual(texts.map((text, at) => `to ${text} ${at}`));
    expect(rows.map((one) => one["nothing"])).toEqual(texts.map(() => null));
    for (const [at, text] of texts.entries()) {
      expect(rows[0]?.[`given${at}`]).toBe(text);
      expect(rows[0]?.[`changed${at}`]).toBe(`<${text}>`);
      expect(unknown[0]?.[`given${at}`]).toBe(text);
    }
  });
});

function row(text: string, at: number): object {
  const same = (prefix: string, value: (one: string) => string | null): object => Object.fromEntries(texts.map((one, position) => [`${prefix}${position}`, value(one)]));
  return { id: at, listed: text, mapped: text, nothing: text, ...same("given", () => null), ...same("changed", (one) => one), ...same("limited", (one) => one) };
}
