import { expect, it } from "vitest";
import { generate } from "../../generator/generate.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import { edited } from "../plan/change.ts";

it("R10: a renamed pipeline and mart take their files along, with edits, and so do tasks that are written by hand", async () => {
  const task = "tasks: [{name: tell, after: docs}], owner: ops,";
  const host = memoryHost({ "/specs/shop.yaml": edited(["owner: ops,", task]) });
  const run = () => generate({ host, root: "/specs", out: "/out" });
  await run();
  const [before, after] = ["airflow/dags/daily__tell.py", "airflow/dags/nightly__tell.py"];
  host.write(`/out/${before}`, "def make_task(task_id): ...\n");
  const mart = host.files()["/out/dbt/models/reports/core/mrt_sales_by_city.sql"] ?? "";
  host.write("/out/dbt/models/reports/core/mrt_sales_by_city.sql", `${mart}-- mine\n`);
  host.write("/specs/shop.yaml", edited(["{name: daily, owner: ops,", `{name: nightly, renamed_from: daily, ${task}`], ["- name: mrt_sales_by_city\n", "- name: mrt_sales_by_town\n    renamed_from: mrt_sales_by_city\n"]));
  const { changes, diagnostics } = await run();
  expect(diagnostics.filter(({ severity }) => severity === "error")).toEqual([]);
  expect(changes.filter(({ action }) => action === "move").map(({ path }) => path)).toEqual(expect.arrayContaining(["airflow/dags/nightly.py", after, "dbt/models/reports/core/mrt_sales_by_town.sql", "extract/nightly.py"]));
  const files = host.files();
  expect([files[`/out/${before}`], files[`/out/${after}`]]).toEqual([undefined, "def make_task(task_id): ...\n"]);
  expect(files["/out/dbt/models/reports/core/mrt_sales_by_town.sql"]).toContain("-- mine");
  expect(files["/out/airflow/dags/nightly.py"]).toContain("from nightly__tell import make_task");
});
