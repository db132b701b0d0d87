import { execFileSync, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";
import { python } from "./python.ts";

/** Environment of a generated project under test: where its warehouse is, and quiet tools. */
export type Environment = Readonly<Record<string, string>>;

/** A generated repository in a scratch folder. */
export interface Project {
  readonly folder: string;
  readonly environment: Environment;
}

/** What one dbt command said. */
export interface DbtReport {
  readonly success: boolean;
  readonly exception: string;
  readonly nodes: readonly { readonly id: string; readonly status: string; readonly message: string; readonly failures: number | null }[];
}

/** Compiles a spec folder with the built command, as a user would, into a new scratch folder. */
export function generateProject(specs: string, warehouse: "duckdb" | "postgres", environment: Environment): Project {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-run-"));
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", specs, "--out", folder, "--warehouse", warehouse], { stdio: ["ignore", "ignore", "inherit"] });
  return { folder, environment };
}

/** Runs the generated extraction of one pipeline with the real dlt. */
export function extract(project: Project, pipeline: string): string {
  const script = join("extract", `${pipeline}.py`);
  const run = python("extract", [script], { cwd: project.folder, environment: { ...project.environment, RUNTIME__DLTHUB_TELEMETRY: "false" } });
  if (run.status !== 0) throw new Error(`${script} ended with ${run.status}:\n${run.stdout}\n${run.stderr}`);
  return run.stdout;
}

/** Runs dbt commands one after the other in one process; throws with dbt's own words where one fails. */
export function dbt(project: Project, commands: readonly (readonly string[])[]): readonly DbtReport[] {
  const { reports, said } = dbtReports(project, commands, {});
  if (reports.some((one) => !one.success)) throw new Error(`dbt failed:\n${failures(reports) || said}`);
  return reports;
}

/** Runs dbt commands one after the other, failing tests or not; warnings stay warnings. */
export function dbtKeepGoing(project: Project, commands: readonly (readonly string[])[]): readonly DbtReport[] {
  return dbtReports(project, commands, { KEEP_GOING: "1" }).reports;
}

function dbtReports(project: Project, commands: readonly (readonly string[])[], more: Environment): { readonly reports: readonly DbtReport[]; readonly said: string } {
  const folder = join(project.folder, "dbt");
  const environment = { ...project.environment, ...more, DBT_PROFILES_DIR: folder };
  const run = python("dbt", [join(root, "test", "support", "several_commands.py")], { cwd: folder, environment, input: JSON.stringify(commands) });
  const lines = run.stdout.trimEnd().split("\n");
  const last = lines.pop() ?? "";
  if (!last.startsWith("[")) throw new Error(`dbt did not report:\n${run.stdout}\n${run.stderr}`);
  const reports: DbtReport[] = JSON.parse(last);
  return { reports, said: `${lines.slice(-80).join("\n")}\n${run.stderr}` };
}

/** What failed, in dbt's words. */
function failures(reports: readonly DbtReport[]): string {
  const nodes = reports.flatMap((one) => one.nodes).filter((one) => !["success", "pass", "skipped", "no-op"].includes(one.status));
  return [...reports.map((one) => one.exception), ...nodes.map((one) => `${one.status} ${one.id}: ${one.message}`)].filter((line) => line !== "").join("\n");
}

/** Runs a tool and returns what it printed; throws with it where the tool fails. */
export function checked(command: string, args: readonly string[], cwd: string, environment: Environment = {}): string {
  const run = spawnSync(command, [...args], { cwd, env: { ...process.env, ...environment }, encoding: "utf8", maxBuffer: 1 << 28 });
  if (run.status !== 0) throw new Error(`${command} ${args.join(" ")} ended with ${run.status}:\n${run.stdout}\n${run.stderr}\n${run.error ?? ""}`);
  return run.stdout;
}

/** The folder of open data beside the checkout, or null where it is missing. */
export function sharedData(name: string): string | null {
  const folder = join(root, "..", "shared", "data", name);
  return existsSync(folder) && readdirSync(folder).length > 0 ? folder : null;
}

/** A folder inside a project, made with its parents. */
export function folderIn(project: Project, ...parts: readonly string[]): string {
  const folder = join(project.folder, ...parts);
  mkdirSync(folder, { recursive: true });
  return folder;
}
