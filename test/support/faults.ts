import { readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { dbtKeepGoing } from "./project.ts";
import type { Project } from "./project.ts";

/** A slip in the SQL of a generated model, below `dbt/models`, and the unit test that must tell it. */
export interface PlantedFault {
  readonly file: string;
  readonly from: string;
  readonly to: string;
  readonly test: string;
}

/** Runs the unit tests that must tell with all faults planted and takes the faults back; those that fail, in order of their names. */
export function unitTestsThatTell(project: Project, faults: readonly PlantedFault[]): readonly string[] {
  const originals = faults.map(({ file, from, to }) => {
    const path = join(project.folder, "dbt", "models", file);
    const sql = readFileSync(path, "utf8");
    if (!sql.includes(from)) throw new Error(`${file} has no ${from}`);
    writeFileSync(path, sql.replaceAll(from, () => to));
    return { path, sql };
  });
  try {
    const [report] = dbtKeepGoing(project, [["test", "--no-partial-parse", "--select", ...faults.map((one) => one.test)]]);
    return (report?.nodes ?? []).filter((one) => one.id.startsWith("unit_test.") && one.status !== "pass").map((one) => one.id.split(".").at(-1) ?? one.id).sort();
  } finally {
    for (const { path, sql } of originals) writeFileSync(path, sql);
  }
}
