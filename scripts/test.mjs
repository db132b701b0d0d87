// The whole test command: everything that README and docs promise, in the order in which it fails fastest.
import { spawnSync } from "node:child_process";
import { existsSync } from "node:fs";
import { join } from "node:path";
import { ensurePython, root } from "./toolchain.mjs";

const npx = process.platform === "win32" ? "npx.cmd" : "npx";
const steps = [
  ["types", npx, ["tsc", "--noEmit"]],
  ["lint", npx, ["oxlint", "--deny-warnings", "generator", "test", "scripts", "bench"]],
  ["build", process.execPath, ["scripts/build.mjs"]],
  ["unit tests", npx, ["vitest", "run", "--project", "unit"]],
  ["demo", process.execPath, ["scripts/demo.mjs"]],
  ["real dbt, Airflow and packaging", npx, ["vitest", "run", "--project", "runs", "--project", "package"]],
];

let passed = 0;
if (!existsSync(join(root, "node_modules", "vitest"))) spawnSync(process.platform === "win32" ? "npm.cmd" : "npm", ["install", "--no-audit", "--no-fund"], { cwd: root, stdio: "inherit" });
for (const set of ["dbt", "extract", "lint", "airflow"]) ensurePython(set);
for (const [name, command, args] of steps) {
  const started = performance.now();
  process.stdout.write(`\n== ${name}\n`);
  const { status, error } = spawnSync(command, args, { cwd: root, stdio: "inherit", env: { ...process.env, CI: "true", THOROUGH: "1" } });
  process.stdout.write(`== ${name}: ${status === 0 ? "ok" : "failed"} after ${((performance.now() - started) / 1000).toFixed(1)} s\n`);
  if (status !== 0) {
    process.stdout.write(`${error ? `${error.message}\n` : ""}${passed} passed, 1 failed\n`);
    process.exit(1);
  }
  passed++;
}
process.stdout.write(`${passed} passed, 0 failed\n`);
