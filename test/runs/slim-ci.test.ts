import { execFileSync } from "node:child_process";
import { copyFileSync, cpSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { dbt, dbtKeepGoing, generateProject, type Project } from "../support/project.ts";

/** 200 models: of each thing a contract, a dimension, a fact over its events, and a mart. */
const things = Array.from({ length: 40 }, (_, index) => index + 1);
const specs = `settings: {project: slim, timezone: UTC}
contracts:
${things.map((at) => `  - name: shop.things_${at}
    primary_key: [id]
    schema: [{column: id, type: integer, rename: thing_${at}_id}, {column: name, type: string, rename: thing_name, description: Name of thing ${at}.}]
  - name: shop.events_${at}
    primary_key: [event_id]
    history: append_only
    schema: [{column: event_id, type: integer}, {column: thing_id, type: integer, references: shop.things_${at}.id}, {column: happened_on, type: date}, {column: amount, type: "decimal(10,2)"}]
`).join("")}dimensions:
${things.map((at) => `  - {name: dim_thing_${at}, source: shop.things_${at}, natural_key: thing_${at}_id, attributes: [thing_name]}\n`).join("")}fact_tables:
${things.map((at) => `  - name: fct_events_${at}
    grain: event
    source: shop.events_${at}
    event_time: happened_on
    foreign_keys: [dim_thing_${at}, {dimension: dim_date, role: event_date, on: happened_on}]
    measures: [{name: amount_${at}, source: amount, type: additive, aggregation: SUM}]
`).join("")}marts:
${things.map((at) => `  - {name: mrt_things_${at}, from: fct_events_${at}, by: [dim_thing_${at}.thing_name], measures: [amount_${at}]}\n`).join("")}`;

it("state:modified selects exactly what a change of the specs reaches, and nothing for a new dps-gen that writes the same", () => {
  const deployed = generateProject(written(specs), "duckdb", { SLIM_DUCKDB_PATH: join(tmpdir(), "deployed.duckdb") });
  dbt(deployed, [["parse"]]);
  // A pull request is checked out somewhere else, and has a warehouse of its own.
  const head = generateProject(written(specs), "duckdb", { SLIM_DUCKDB_PATH: join(mkdtempSync(join(tmpdir(), "dps-gen-slim-")), "branch.duckdb") });
  mkdirSync(join(head.folder, "state"));
  copyFileSync(join(deployed.folder, "dbt", "target", "manifest.json"), join(head.folder, "state", "manifest.json"));

  const before = texts(head);
  const next = upgraded();
  regenerate(head, specs, next);
  expect(changed(before, texts(head)), "another version of dps-gen").toEqual([".dps-gen/manifest.json"]);
  expect(selected(head, "state:modified")).toEqual([[]]);

  const edits = [
    ["Name of thing 1.", "What people call thing 1."],
    ["description: Name of thing 2.", "description: Name of thing 2., clean: [trim]"],
    ["{name: amount_3, source: amount,", "{name: amount_3, expression: amount * 2,"],
    ["fct_events_4, by: [dim_thing_4.thing_name]", "fct_events_4, by: [dim_thing_4.thing_name, event_date.year]"],
  ] as const;
  regenerate(head, edits.reduce((text, [from, to]) => text.replace(from, to), specs), next);
  expect(selected(head, "state:modified", "state:modified+")).toEqual([
    ["fct_events_3", "mrt_things_4", "stg_shop__things_2"],
    ["dim_thing_2", "fct_events_2", "fct_events_3", "mrt_things_2", "mrt_things_3", "mrt_things_4", "stg_shop__things_2"],
  ]);
  const compiled = readFileSync(join(head.folder, "dbt", "target", "compiled", "slim", "models", "marts", "core", "fct_events_3.sql"), "utf8");
  expect(compiled, "what is not built is read where it was deployed").toContain('"deployed"."staging"."stg_shop__events_3"');
});

/** The models that each selector takes, as ci/build.sh asks for them; what they read is looked for in the deployed state. */
function selected(project: Project, ...selectors: readonly string[]): readonly (readonly string[])[] {
  const reports = dbtKeepGoing(project, selectors.map((selector) => ["compile", "--select", selector, "--defer", "--state", "../state"]));
  expect(reports.filter(({ success }) => !success)).toEqual([]);
  return reports.map(({ nodes }) => nodes.flatMap(({ id }) => (id.startsWith("model.") || id.startsWith("snapshot.") ? [id.split(".")[2] ?? ""] : [])).sort());
}

function written(text: string): string {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-specs-"));
  writeFileSync(join(folder, "slim.yaml"), text);
  return folder;
}

function regenerate({ folder }: Project, text: string, command: string): void {
  execFileSync(process.execPath, [command, "generate", written(text), "--out", folder, "--warehouse", "duckdb"], { stdio: ["ignore", "ignore", "inherit"] });
}

/** The command as a later version and build of it that generates the same. */
function upgraded(): string {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-next-"));
  cpSync(join(root, "dist"), folder, { recursive: true, filter: (path) => !path.includes("code-cache") });
  const { version } = JSON.parse(readFileSync(join(root, "package.json"), "utf8"));
  const file = join(folder, "compiler.cjs");
  writeFileSync(file, readFileSync(file, "utf8").replace(`"${version}",build="`, '"99.0.0",build="next'));
  return join(folder, "dps-gen.cjs");
}

function texts({ folder }: Project): ReadonlyMap<string, string> {
  const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile());
  return new Map(files.map((one) => [join(one.parentPath, one.name).slice(folder.length + 1), readFileSync(join(one.parentPath, one.name), "utf8")]));
}

function changed(before: ReadonlyMap<string, string>, after: ReadonlyMap<string, string>): readonly string[] {
  return [...after].filter(([path, text]) => before.get(path) !== text && !path.includes(".dps-gen/cache/")).map(([path]) => path).sort();
}
