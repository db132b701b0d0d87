import { spawnSync } from "node:child_process";
import { cpSync, mkdirSync, mkdtempSync, readFileSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { beforeAll, describe, expect, it } from "vitest";
import { root } from "../../scripts/toolchain.mjs";
import { openDuckdb } from "../support/warehouse.ts";

const page = readFileSync(join(root, "docs", "getting-started.md"), "utf8");
const blocks = [...page.matchAll(/```sh\n([^`]*)```/g)].map((one) => one[1] ?? "");
const folder = mkdtempSync(join(tmpdir(), "dps-gen-getting-started-"));

/** Runs a command of the page in the folder; the package that npx would fetch is the one built here. */
function run(command: string): { readonly status: number | null; readonly output: string } {
  const local = command.replace(/npx dps-gen/g, `"${process.execPath}" "${join(root, "dist", "dps-gen.cjs")}"`);
  const { status, stdout, stderr } = spawnSync(local, { cwd: folder, shell: true, encoding: "utf8", env: { ...process.env, RUNTIME__DLTHUB_TELEMETRY: "false" } });
  return { status, output: `${stdout}${stderr}` };
}

describe("the page 'Getting started'", () => {
  beforeAll(() => {
    for (const block of blocks) {
      const { status, output } = run(block);
      if (status !== 0) throw new Error(`${block}\n${output}`);
    }
  });

  it("tells of the files that init writes", () => {
    for (const [, file] of page.matchAll(/\| `(specs\/[a-z]+\.yaml)` \|/g)) expect(readFileSync(join(folder, file ?? ""), "utf8")).not.toBe("");
  });

  it("ends with five sales of eight books for 78.70, one unknown and one not applicable", async () => {
    const warehouse = await openDuckdb(join(folder, "warehouse.duckdb"));
    expect(await warehouse.query("select count(*) as sales, sum(quantity) as books, sum(sales_amount) as amount, sum(case when customer_key = '-1' then 1 else 0 end) as unknown, sum(case when customer_key = '-2' then 1 else 0 end) as none from marts.fct_sales")).toEqual([{ sales: "5", books: "8", amount: "78.70", unknown: "1", none: "1" }]);
    await warehouse.close();
  });

  it("keeps Ada's old city when she moves", async () => {
    const customers = join(folder, "specs", "data", "customers.csv");
    cpSync(customers, `${customers}.before`);
    writeFileSync(customers, readFileSync(customers, "utf8").replace("1,Ada Berg,Oslo", "1,Ada Berg,Bergen"));
    expect(run("make build").status).toBe(0);
    const warehouse = await openDuckdb(join(folder, "warehouse.duckdb"));
    expect(await warehouse.query("select city, is_current from marts.dim_customer where customer_id = 1 order by valid_from")).toEqual([{ city: "Oslo", is_current: "false" }, { city: "Bergen", is_current: "true" }]);
    expect(await warehouse.query("select customer.city from marts.fct_sales as sale inner join marts.dim_customer as customer on sale.customer_key = customer.customer_key where customer.customer_id = 1")).toEqual([{ city: "Oslo" }]);
    await warehouse.close();
  });

  it("shows the mistake as the page does, and writes nothing", () => {
    const model = join(folder, "specs", "model.yaml");
    const before = readFileSync(model, "utf8");
    writeFileSync(model, before.replace("name: city, scd_type: 2", "name: cty, scd_type: 2"));
    const { status, output } = run("npx dps-gen specs");
    writeFileSync(model, before);
    expect(status).toBe(2);
    expect(output).toContain("Nothing was written");
    expect(output).toContain(/```\n(specs\/model[^\n]*)\n```/.exec(page)?.[1] ?? "the line of the page");
    expect(run("npx dps-gen explain model/unknown-column").output).toContain("unknown-column");
    expect(run("npx dps-gen specs").output).toMatch(/^Files: \d+ unchanged\.$/m);
  });

  it("builds what is written by hand beside the generated files along, and never touches it", async () => {
    const own = {
      "models/mine/sales_by_city.sql": "select customer.city, {{ doubled('sum(sale.quantity)') }} as pairs, '{{ var('team') }}' as team\nfrom {{ ref('fct_sales') }} as sale\ninner join {{ ref('dim_customer') }} as customer on sale.customer_key = customer.customer_key\ngroup by customer.city\n",
      "models/mine/_mine.yml": "version: 2\nmodels:\n  - name: sales_by_city\n    columns:\n      - name: pairs\n        data_tests: [not_null]\n",
      "macros/mine/doubled.sql": "{% macro doubled(term) %}2 * {{ term }}{% endmacro %}\n",
      "tests/mine/no_loss.sql": "select 1 from {{ ref('sales_by_city') }} having sum(pairs) <> 16\n",
    };
    for (const [path, text] of Object.entries(own)) {
      mkdirSync(dirname(join(folder, "dbt", path)), { recursive: true });
      writeFileSync(join(folder, "dbt", path), text);
    }
    const project = join(folder, "dbt", "dbt_project.yml");
    const shared = `# by the data team\nvars: {team: data}\n${readFileSync(project, "utf8")}\non-run-end: "select 1 -- {{ target.name }}"\n`;
    writeFileSync(project, shared);
    const settings = join(folder, "specs", "settings.yaml");
    writeFileSync(settings, readFileSync(settings, "utf8").replace(/^(settings:\n)/m, "$1  schemas: {marts: gold}\n"));
    expect(run("npx dps-gen specs").output).toMatch(/^Files: .*1 merged with edits/m);
    expect(run("npx dps-gen check specs").status).toBe(0);
    expect(readFileSync(project, "utf8")).toBe(shared.replaceAll("+schema: marts", "+schema: gold"));
    for (const [path, text] of Object.entries(own)) expect(readFileSync(join(folder, "dbt", path), "utf8"), path).toBe(text);
    const { status, output } = run("make build");
    expect(status, output).toBe(0);
    const warehouse = await openDuckdb(join(folder, "warehouse.duckdb"));
    expect(await warehouse.query("select sum(pairs) as pairs, min(team) as team from main.sales_by_city")).toEqual([{ pairs: "16", team: "data" }]);
    await warehouse.close();
  });
});
