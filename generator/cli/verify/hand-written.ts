import { existsSync, readdirSync } from "node:fs";
import { join } from "node:path";
import type { Design } from "../../rules/types.ts";

/** Names of the hand-written models of which no file lies in a repository's dbt project. */
export function missingFiles({ model }: Design, folder: string): readonly string[] {
  const models = join(folder, "dbt", "models");
  if (model.handWritten.length === 0) return [];
  const files = new Set(existsSync(models) ? readdirSync(models, { recursive: true, encoding: "utf8" }).map((path) => path.replace(/^.*[\\/]/, "")) : []);
  return model.handWritten.map(({ name }) => name).filter((name) => !files.has(`${name}.sql`) && !files.has(`${name}.py`));
}
