import { cpSync, existsSync, mkdtempSync } from "node:fs";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { checked, type Environment, type Project } from "./project.ts";

/** What Airflow found in a folder of DAGs. */
export interface DagReport {
  readonly errors: Readonly<Record<string, string>>;
  readonly warnings: readonly string[];
  readonly dags: Readonly<Record<string, ReportedDag>>;
}

/** A DAG as Airflow sees it. */
export interface ReportedDag {
  readonly description: string | null;
  readonly doc: string;
  readonly schedule: string;
  readonly owner: string;
  readonly tags: readonly string[];
  readonly catchup: boolean;
  /** The parameters of a run: what counts where nobody says anything, and which of some values they take. */
  readonly params: Readonly<Record<string, { readonly default: unknown; readonly takes: readonly unknown[] }>>;
  readonly tasks: Readonly<Record<string, { readonly pool: string; readonly retries: number; readonly upstream: readonly string[]; readonly outlets: readonly string[] }>>;
}

/** Imports the DAGs of a project with the real Airflow; no database is needed. */
export function reportDags(project: Project): DagReport {
  const pools = join(project.folder, "airflow", "pools.json");
  const args = [join(root, "test", "airflow", "dag_report.py"), join(project.folder, "airflow", "dags"), ...(existsSync(pools) ? [pools] : [])];
  const output = checked(join(ensurePython("airflow"), "python"), args, project.folder, airflowEnvironment(project));
  return JSON.parse(output.trimEnd().split("\n").at(-1) ?? "");
}

/** Runs one DAG to its end with `airflow dags test`, on an empty metadata database. Throws with Airflow's words where it fails. */
export function runDag(project: Project, dag: string, date: string, params: Readonly<Record<string, string>> = {}): string {
  const environment = airflowEnvironment(project);
  const airflow = (...args: readonly string[]) => checked(join(ensurePython("airflow"), "airflow"), args, project.folder, environment);
  emptyDatabase ??= migrated();
  cpSync(emptyDatabase, join(environment["AIRFLOW_HOME"] ?? "", "airflow.db"));
  const pools = join(project.folder, "airflow", "pools.json");
  if (existsSync(pools)) airflow("pools", "import", pools);
  return airflow("dags", "test", dag, date, "--conf", JSON.stringify(params));
}

let emptyDatabase: string | undefined;

/** The file of a metadata database with Airflow's tables and no rows of ours. */
function migrated(): string {
  const home = mkdtempSync(join(tmpdir(), "dps-gen-airflow-"));
  checked(join(ensurePython("airflow"), "airflow"), ["db", "migrate"], home, { AIRFLOW_HOME: home, AIRFLOW__CORE__LOAD_EXAMPLES: "False" });
  return join(home, "airflow.db");
}

/** The environment in which Airflow finds a project's DAGs and the tools of its tasks. */
export function airflowEnvironment(project: Project): Environment {
  return {
    ...project.environment,
    AIRFLOW_HOME: mkdtempSync(join(tmpdir(), "dps-gen-airflow-")),
    AIRFLOW__CORE__DAGS_FOLDER: join(project.folder, "airflow", "dags"),
    AIRFLOW__CORE__PLUGINS_FOLDER: join(project.folder, "airflow", "plugins"),
    AIRFLOW__CORE__LOAD_EXAMPLES: "False",
    AIRFLOW__LOGGING__LOGGING_LEVEL: "WARNING",
    PATH: `${ensurePython("airflow")}${delimiter}${process.env["PATH"] ?? ""}`,
    DBT_BIN: join(ensurePython("dbt"), "dbt"),
    DLT_PYTHON: join(ensurePython("extract"), "python"),
  };
}
