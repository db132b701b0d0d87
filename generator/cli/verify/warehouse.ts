import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readFileSync } from "node:fs";
import { basename, join } from "node:path";
import { airflowScript, duckdbScript, readingScript } from "./python.ts";
import type { Tools } from "./tools.ts";

/** Rows of a query as texts. */
export interface Answer {
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** What dbt said of a node that is neither built nor passed. */
export interface NodeProblem {
  readonly node: string;
  readonly message: string;
}

/** A generated repository with its DuckDB file, and the tools to run it. */
export interface Scratch {
  readonly folder: string;
  readonly tools: Tools;
  readonly environment: Readonly<Record<string, string>>;
}

/** A CSV file that the generated extraction reads: how its text is written, and its fields by the names of their raw columns. */
export interface TextFile {
  readonly path: string;
  readonly encoding: string;
  readonly fields: Readonly<Record<string, string>>;
}

const MAX_OUTPUT = 1 << 28;
const SHOWN_ROWS = 5;

/** The DuckDB file that verify makes anew: not the one that a repository has, which may hold its user's data. */
export function warehouseFile({ folder }: Pick<Scratch, "folder">): string {
  return join(folder, "verify.duckdb");
}

/** Runs statements, then queries; of each at most `limit` rows. Throws with the engine's words. */
export function runSql(scratch: Scratch, statements: readonly string[], queries: readonly string[], limit = SHOWN_ROWS): readonly Answer[] {
  const asked = JSON.stringify({ statements, queries, limit });
  const run = spawnSync(scratch.tools.python, ["-c", duckdbScript, warehouseFile(scratch)], { input: asked, encoding: "utf8", maxBuffer: MAX_OUTPUT });
  if (run.status !== 0) throw new Error(`DuckDB refused:\n${run.stderr || String(run.error)}`);
  const answers: Answer[] = JSON.parse(run.stdout);
  return answers;
}

/** The path of a CSV copy of what the generated extraction reads from a CSV file; it lies where dbt's own results lie. Throws what cannot be read, and where. */
export function readAsExtracted({ folder, tools }: Scratch, { path, encoding, fields }: TextFile): string {
  const target = join(folder, "dbt", "target");
  mkdirSync(target, { recursive: true });
  const copy = join(mkdtempSync(join(target, "read-")), basename(path));
  const run = spawnSync(tools.python, ["-c", readingScript, join(folder, "extract"), path, encoding, copy, JSON.stringify(fields)], { encoding: "utf8" });
  if (run.status !== 0) throw new Error(run.stderr.trim() || String(run.error));
  return copy;
}

/**
 * Builds everything as of an instant (UTC), with or without the unit tests, which see no data; the nodes that failed or warned, as
 * dbt names them. Throws where dbt itself did not get that far.
 */
export function buildProject(scratch: Scratch, asOf: string, unitTests: boolean): readonly NodeProblem[] {
  const project = join(scratch.folder, "dbt");
  const args = ["build", ...(unitTests ? [] : ["--exclude-resource-type", "unit_test"]), "--quiet", "--vars", JSON.stringify({ as_of_run: asOf }), "--project-dir", project, "--profiles-dir", project];
  const results = join(project, "target", "run_results.json");
  const run = spawnSync(join(scratch.tools.bin, "dbt"), args, { cwd: project, env: { ...environment(), ...scratch.environment }, encoding: "utf8", maxBuffer: MAX_OUTPUT });
  if (run.status === null || run.status > 1 || !existsSync(results)) throw new Error(`dbt did not run:\n${run.stdout}\n${run.stderr || String(run.error ?? "")}`);
  const report: { readonly results: readonly { readonly unique_id: string; readonly status: string; readonly message: string | null }[] } = JSON.parse(readFileSync(results, "utf8"));
  return report.results.flatMap(({ unique_id, status, message }) => (["success", "pass", "no-op"].includes(status) ? [] : [{ node: unique_id, message: `${status}: ${message ?? ""}`.trim() }]));
}

/** Ours, without what npx adds: dbt looks for secrets in every variable for every line that it logs. */
function environment(): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
}

/** Imports the DAGs with the real Airflow; the names of those that it took, and the errors of the others. */
export function importDags({ folder }: Scratch, airflow: Tools): { readonly dags: readonly string[]; readonly errors: Readonly<Record<string, string>> } {
  const pools = join(folder, "airflow", "pools.json");
  const run = spawnSync(airflow.python, ["-c", airflowScript, join(folder, "airflow", "dags"), ...(existsSync(pools) ? [pools] : [])], { encoding: "utf8", maxBuffer: MAX_OUTPUT });
  if (run.status !== 0) throw new Error(`Airflow did not import the DAGs:\n${run.stdout}\n${run.stderr}`);
  const report: ReturnType<typeof importDags> = JSON.parse(run.stdout.trimEnd().split("\n").at(-1) ?? "");
  return report;
}
