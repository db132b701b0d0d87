// The whole test command: everything that README and docs promise, in the order in which it fails fastest.
import { spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { ensurePython, root } from "./toolchain.mjs";

const vitest = "node_modules/vitest/vitest.mjs";
const steps = [
  ["types", ["node_modules/typescript/bin/tsc", "--noEmit"]],
  ["lint", ["node_modules/oxlint/bin/oxlint", "--deny-warnings", "generator", "test", "scripts", "bench"]],
  ["build", ["scripts/build.mjs"]],
  ["unit tests", [vitest, "run", "--project", "unit"]],
  ["demo", ["scripts/demo.mjs"]],
  ["real dbt, Airflow and packaging", [vitest, "run", "--project", "runs", "--project", "package"]],
];

// dbt looks for secrets in every variable for every line that it logs: those that npm sets make it a third slower.
const inherited = Object.fromEntries(Object.entries(process.env).filter(([name]) => !name.startsWith("npm_")));
// Hundreds of megabytes of warehouses and repositories. PostgreSQL may run as a user of its own, who has to pass.
const scratch = mkdtempSync(join(tmpdir(), "dps-gen-test-"));
chmodSync(scratch, 0o755);
const environment = { ...inherited, CI: "true", THOROUGH: "1", TMPDIR: scratch, TMP: scratch, TEMP: scratch };
let passed = 0;
if (!existsSync(join(root, "node_modules", "vitest"))) spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", ["install", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
for (const set of ["dbt", "extract", "lint", "forge", "airflow"]) ensurePython(set);
for (const [name, args] of steps) {
  const started = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status, error } = spawnSync(process.execPath, args, { cwd: root, stdio: "inherit", env: environment });
  process.stdout.write(`== ${name}: ${status === 0 ? "ok" : "failed"} after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  if (status !== 0) {
    process.stdout.write(`${error ? `${error.message}\n` : ""}What the tests wrote is left in ${scratch}\n${passed} passed, 1 failed\n`);
    process.exit(1);
  }
  passed++;
}
rmSync(scratch, { recursive: true, force: true, maxRetries: 5 });
process.stdout.write(`${passed} passed, 0 failed\n`);
