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
const spec = {
  settings: { project: "hostile", timezone: "UTC" },
  contracts: [{
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
  dimensions: [{ name: "dim_t", source: "s.t", natural_key: "id", attributes: texts.map((_, at) => ({ name: `given${at}` })), unknown_member: Object.fromEntries(texts.map((text, at) => [`given${at}`, text])) }],
  pipelines: [{ name: "load_it", extract: { source_system: "s", connection: "files:landing/{table}.json" } }],
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
    extract(project, "load_it");
    dbt(project, [["build"]]);
  });
  afterAll(() => engine.stop());

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
