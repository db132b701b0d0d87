// Runs commands and measures them: wall clock, CPU time (user and system) and peak memory of the child.
import { spawnSync } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

const here = dirname(fileURLToPath(import.meta.url));

/** @typedef {{ wallMs: number, cpuMs: number, rssMb: number }} Measured */

/**
 * Runs node and measures it from inside, so that nothing of the parent is counted.
 * @param {readonly string[]} args
 * @returns {Measured}
 */
export function measureNode(args, options = {}) {
  return measured((report) => [process.execPath, ["-r", join(here, "probe.cjs"), ...args], { ...options, env: { ...process.env, ...options.env, BENCH_REPORT: report } }]);
}

/**
 * Runs any command with its children, measured by Python's resource module.
 * @param {string} python
 * @param {readonly string[]} command
 * @returns {Measured}
 */
export function measureCommand(python, command, options = {}) {
  return measured((report) => [python, [join(here, "probe.py"), report, ...command], options]);
}

/** The medians of `rounds` runs: of wall clock, CPU time and memory, each for itself. */
export function median(rounds, run) {
  return middle(Array.from({ length: rounds }, run));
}

/**
 * The medians of some runs.
 * @param {readonly Measured[]} runs
 * @returns {Measured}
 */
export function middle(runs) {
  const of = (key) => runs.map((run) => run[key]).sort((a, b) => a - b)[Math.floor(runs.length / 2)];
  return { wallMs: of("wallMs"), cpuMs: of("cpuMs"), rssMb: of("rssMb") };
}

function measured(call) {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-bench-"));
  try {
    const report = join(folder, "report.json");
    const [file, args, options] = call(report);
    const start = performance.now();
    const result = spawnSync(file, args, { encoding: "utf8", maxBuffer: 1 << 28, ...options });
    const wallMs = performance.now() - start;
    if (result.status !== 0 || !existsSync(report)) throw new Error(`${file} ${args.join(" ")}\n${result.stdout}${result.stderr}${result.error ?? ""}`);
    return { wallMs, ...JSON.parse(readFileSync(report, "utf8")) };
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}
