import { execFileSync, spawnSync } from "node:child_process";
import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join } from "node:path";

const WINDOWS = process.platform === "win32";

/** The Python of a virtual environment, and how it came about. */
export interface Tools {
  readonly python: string;
  readonly bin: string;
}

/**
 * The tools that a generated repository pins in one of its requirements files: those that `variable` names, if it is set (`DBT_BIN`, the path
 * of dbt; `AIRFLOW_BIN`), else a virtual environment in the user's cache, made on first use (`say` is told). Throws what Python or pip said where that fails.
 */
export function ensureTools(requirements: string, variable: string, say: (line: string) => void): Tools {
  const given = process.env[variable];
  if (given !== undefined && given !== "") return toolsIn(join(given, ".."));
  const files = [requirements, join(requirements, "..", "overrides.txt")].filter(existsSync);
  const hash = createHash("sha256");
  for (const file of files) hash.update(readFileSync(file));
  const folder = join(cacheFolder(), "python", hash.digest("hex").slice(0, 16));
  const bin = join(folder, WINDOWS ? "Scripts" : "bin");
  if (existsSync(join(folder, ".complete"))) return toolsIn(bin);
  say(`installing ${readFileSync(requirements, "utf8").trim().split("\n").join(", ")} into ${folder} (once)`);
  install(folder, bin, files);
  return toolsIn(bin);
}

/** Where downloads are kept between runs: `DPS_GEN_CACHE`, or `dps-gen` in the user's cache folder. */
function cacheFolder(): string {
  const { DPS_GEN_CACHE, XDG_CACHE_HOME, LOCALAPPDATA } = process.env;
  return DPS_GEN_CACHE ?? join(XDG_CACHE_HOME ?? LOCALAPPDATA ?? join(homedir(), ".cache"), "dps-gen");
}

/** A half-made environment never has the final name's mark, and is made anew. */
function install(folder: string, bin: string, [requirements = "", overrides]: readonly string[]): void {
  if (existsSync(folder)) renameSync(folder, `${folder}.${process.pid}.old`);
  rmSync(`${folder}.${process.pid}.old`, { recursive: true, force: true });
  mkdirSync(join(folder, ".."), { recursive: true });
  run(findPython(), ["-m", "venv", folder]);
  const python = join(bin, "python");
  run(python, ["-m", "pip", "install", "--quiet", "--disable-pip-version-check", "uv"]);
  run(python, ["-m", "uv", "pip", "install", "--quiet", "--compile-bytecode", "--python", python, "-r", requirements, ...(overrides === undefined ? [] : ["--override", overrides])]);
  writeFileSync(join(folder, ".complete"), "");
}

function toolsIn(bin: string): Tools {
  return { python: join(bin, WINDOWS ? "python.exe" : "python"), bin };
}

function findPython(): string {
  const check = "import sys, venv, ensurepip; sys.exit(sys.version_info < (3, 11))";
  const found = [process.env["PYTHON"], "python3", "python3.13", "python3.12", "python3.11", "python"].find((name) => name !== undefined && spawnSync(name, ["-c", check], { stdio: "ignore" }).status === 0);
  if (found === undefined) throw new Error("verify needs Python 3.11 or later with venv: install it, or set PYTHON to it, or set DBT_BIN to a dbt that is installed.");
  return found;
}

function run(command: string, args: readonly string[]): void {
  execFileSync(command, args, { stdio: ["ignore", "ignore", "inherit"] });
}
