// Installs the tools of the tests and the demo, pinned and cached inside the checkout (.cache/): second runs are instant.
import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, statSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

export const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cache = join(root, ".cache");
const windows = process.platform === "win32";

/** With bytecode: where Python may not write any, each start of dbt or Airflow would compile thousands of modules anew. */
const install = ["pip", "install", "--quiet", "--no-deps", "--compile-bytecode"];

/**
 * The bin folder of a virtual environment that holds one of the locked sets of test/toolchain.
 * @param {"dbt" | "airflow" | "extract" | "lint" | "forge" | "tpch"} set
 */
export function ensurePython(set) {
  const lock = join(root, "test", "toolchain", `${set}.txt`);
  const folder = join(cache, "python", `${set}-${digest(install.join(" ") + readFileSync(lock, "utf8"))}`);
  const bin = binOf(folder);
  if (existsSync(join(folder, ".complete"))) return bin;
  return exclusively(`python-${set}`, () => {
    if (existsSync(join(folder, ".complete"))) return bin;
    const uv = ensureUv();
    process.stderr.write(`installing the Python tools '${set}' (once) …\n`);
    rmSync(folder, { recursive: true, force: true });
    run(findPython(), ["-m", "venv", "--without-pip", folder]);
    run(uv, [...install, "--python", join(bin, "python"), "-r", lock]);
    writeFileSync(join(folder, ".complete"), "");
    return bin;
  });
}

/** The uv executable, installed into a virtual environment of its own. */
function ensureUv() {
  const folder = join(cache, "python", "uv");
  const uv = join(binOf(folder), windows ? "uv.exe" : "uv");
  if (existsSync(join(folder, ".complete"))) return uv;
  return exclusively("uv", () => {
    if (existsSync(join(folder, ".complete"))) return uv;
    rmSync(folder, { recursive: true, force: true });
    run(findPython(), ["-m", "venv", folder]);
    run(join(binOf(folder), "python"), ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv==0.13.8"]);
    writeFileSync(join(folder, ".complete"), "");
    return uv;
  });
}

/** A Python of 3.11 or later with the venv module; says what is missing where there is none. */
function findPython() {
  const check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";
  for (const name of [process.env.PYTHON, "python3.11", "python3.12", "python3.13", "python3", "python"]) {
    if (name && spawnSync(name, ["-c", check], { stdio: "ignore" }).status === 0) return name;
  }
  throw new Error("Python 3.11 or later with the modules venv and ensurepip was not found: install it, or set PYTHON to it.");
}

function binOf(folder) {
  return join(folder, windows ? "Scripts" : "bin");
}

function digest(bytes) {
  return createHash("sha256").update(bytes).digest("hex").slice(0, 12);
}

function run(command, args) {
  execFileSync(command, args, { stdio: ["ignore", "inherit", "inherit"] });
}

/** Runs the work while no other process runs work of the same name; a lock of a dead process is taken over. */
function exclusively(name, work) {
  mkdirSync(cache, { recursive: true });
  const lock = join(cache, `${name}.lock`);
  for (;;) {
    try {
      mkdirSync(lock);
      writeFileSync(join(lock, "pid"), String(process.pid));
      break;
    } catch (error) {
      if (error.code !== "EEXIST") throw error;
      if (isStale(lock)) rmSync(renamed(lock), { recursive: true, force: true });
      else Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0, 300);
    }
  }
  try {
    return work();
  } finally {
    rmSync(lock, { recursive: true, force: true });
  }
}

function isStale(lock) {
  try {
    process.kill(Number(readFileSync(join(lock, "pid"), "utf8")), 0);
    return false;
  } catch (error) {
    if (error.code === "ESRCH") return true;
    return error.code === "ENOENT" && existsSync(lock) && Date.now() - statSync(lock).mtimeMs > 5_000;
  }
}

function renamed(lock) {
  const away = `${lock}.${process.pid}`;
  try {
    renameSync(lock, away);
  } catch {
    // another process took it over first
  }
  return away;
}
