// The two dbt projects, and how a run of one is measured.
import { execFileSync } from "node:child_process";
import { cpSync, readFileSync, rmSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { ensurePython, root } from "../../scripts/toolchain.mjs";
import { measureCommand } from "../measure.mjs";

const here = dirname(fileURLToPath(import.meta.url));
const quiet = { DBT_SEND_ANONYMOUS_USAGE_STATS: "false", DO_NOT_TRACK: "1" };
/** Without npm's variables, of which a scheduler has none: dbt looks through all variables for each line that it logs. */
const plain = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));

/** @typedef {{ name: string, folder: string, warehouse: string, environment: Record<string, string> }} Project */

/**
 * The project that the compiler makes of the specs, and the one written by hand, each parsed once so that no run pays for that.
 * @param {string} work a scratch folder
 * @returns {{ ours: Project, theirs: Project }}
 */
export function projects(work) {
  execFileSync(process.execPath, [join(root, "dist", "dps-gen.cjs"), "generate", join(here, "specs"), "--out", join(work, "ours")], { stdio: ["ignore", "ignore", "inherit"] });
  cpSync(join(here, "peer"), join(work, "theirs"), { recursive: true });
  const ours = project("ours", join(work, "ours", "dbt"), "TPCH_DUCKDB_PATH", work);
  const theirs = project("theirs", join(work, "theirs"), "PEER_DUCKDB_PATH", work);
  for (const one of [ours, theirs]) runDbt(one, ["parse"]);
  return { ours, theirs };
}

/**
 * Puts a warehouse file in place for a project.
 * @param {Project} project
 * @param {string} file
 */
export function placeWarehouse(project, file) {
  rmSync(`${project.warehouse}.wal`, { force: true });
  cpSync(file, project.warehouse);
}

/**
 * One dbt command in a process of its own, with two threads and the options that the generated DAG gives it, measured from outside.
 * @param {Project} project
 * @param {readonly string[]} args
 */
export function runDbt(project, args) {
  const bin = ensurePython("dbt");
  const threads = args[0] === "parse" ? [] : ["--threads", "2"];
  return measureCommand(join(bin, "python"), [join(bin, "dbt"), "--no-version-check", "--log-level-file", "none", "--quiet", ...args, ...threads, "--profiles-dir", project.folder], { cwd: project.folder, env: { ...plain, ...quiet, ...project.environment } });
}

/**
 * Seconds that each model of the last run took, the longest first.
 * @param {Project} project
 */
export function modelTimes(project) {
  const { results } = JSON.parse(readFileSync(join(project.folder, "target", "run_results.json"), "utf8"));
  return results.map((one) => `${one.execution_time.toFixed(2)} ${one.unique_id.split(".").slice(2).join(".")}`).sort((a, b) => Number.parseFloat(b) - Number.parseFloat(a));
}

function project(name, folder, variable, work) {
  const warehouse = resolve(work, `${name}.duckdb`);
  return { name, folder, warehouse, environment: { [variable]: warehouse } };
}
