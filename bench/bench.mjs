// Measures start-up, cold runs, runs without a change and with one, at three sizes; prints the tables of bench/README.md.
//   npm run bench -- [--sizes 20,1000,10000] [--dbt path/to/bin/dbt] [--write]
import { execFileSync } from "node:child_process";
import { cpSync, existsSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { measureCommand, measureNode, median, middle } from "./measure.mjs";
import { connectAreas, touchSpec, writeSpecs } from "./specs.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const dist = join(root, "dist");
const work = join(tmpdir(), `dps-gen-bench-${process.pid}`);
// A copy, so that a build meanwhile does not change what is measured.
const cli = join(work, "dist", "dps-gen.cjs");
const { values: options } = parseArgs({ options: { sizes: { type: "string", default: "20,1000,10000" }, dbt: { type: "string" }, write: { type: "boolean", default: false } } });

if (!existsSync(dist)) throw new Error("there is no dist/: run npm run build first");
try {
  cpSync(dist, join(work, "dist"), { recursive: true });
  const text = `${machine()}\n\n${startUp()}\n\n${sizes(options.sizes.split(",").map(Number))}\n`;
  console.log(text);
  if (options.write) writeResults(text);
} finally {
  rmSync(work, { recursive: true, force: true });
}

function machine() {
  return `Node ${process.versions.node}, ${process.platform} ${process.arch}, ${cpus().length} cores. Times of one run on one machine: compare the ratios.`;
}

/**
 * Bare node, help, a small compile and a copy of its files in turn, so that a busy moment hits all three; the CPU time tells more where others use
 * the machine. The first run of each is not counted: it keeps the compiled code for the next ones. Each run writes a folder of its
 * own: file systems make new files several times slower for a minute where many were deleted.
 */
function startUp() {
  const specs = join(work, "specs-20");
  writeSpecs(specs, 20);
  const rounds = 15;
  const [bare, help, compile, copy] = [[], [], [], []];
  for (let round = -1; round < rounds; round++) {
    if (round === 0) for (const list of [bare, help, compile, copy]) list.length = 0;
    const out = join(work, `start-up-${round}`);
    bare.push(measureNode(["-e", "0"]));
    help.push(measureNode([cli, "--help"]));
    compile.push(measureNode([cli, specs, "--out", out]));
    copy.push(measureNode([join(root, "bench", "write-again.mjs"), out, `${out}-again`]));
  }
  const of = { bare: middle(bare), help: middle(help), compile: middle(compile), copy: middle(copy) };
  const over = (one, key) => `+${(one[key] - of.bare[key]).toFixed(0)} ms`;
  const row = (name, one, limit) => `| ${name} | ${one.wallMs.toFixed(0)} ms | ${limit === null ? " |  | " : `${over(one, "wallMs")} | ${limit} | ${over(one, "cpuMs")}`} |`;
  return [`| start-up (median of ${rounds}) | wall clock | over bare node | limit | CPU over bare node |`, "|---|---|---|---|---|", row("`node -e 0`", of.bare, null), row("`dps-gen --help`", of.help, "+15 ms"), row("20 models, cold", of.compile, "+150 ms"), row("its files copied", of.copy, "")].join("\n");
}

function sizes(list) {
  const rows = list.map(measureSize);
  const seconds = ({ cpuMs }) => `${(cpuMs / 1000).toFixed(2)} s`;
  const ratio = (a, b) => (b === null ? "" : (a.cpuMs / b.cpuMs).toFixed(3));
  const clock = ({ wallMs }) => `${(wallMs / 1000).toFixed(2)} s`;
  const columns = [
    ["models", (one) => String(one.models)],
    ["files", (one) => String(one.files)],
    ["read and hash all, CPU", (one) => seconds(one.floor)],
    ["cold, CPU", (one) => seconds(one.cold)],
    ["no change, CPU", (one) => seconds(one.idle)],
    ["no change / read and hash (limit 2)", (one) => ratio(one.idle, one.floor)],
    ["`check`, CPU", (one) => seconds(one.check)],
    ["`check` / read and hash (limit 2)", (one) => ratio(one.check, one.floor)],
    ["read and hash all, no change, one spec changed, wall clock", (one) => [one.floor, one.idle, one.changed].map(clock).join(", ")],
    ["one spec changed over no change, wall clock (limit 100 ms)", (one) => `+${(one.changed.wallMs - one.idle.wallMs).toFixed(0)} ms`],
    ["one spec changed over no change, CPU", (one) => `+${(one.changed.cpuMs - one.idle.cpuMs).toFixed(0)} ms`],
    ["`plan` of one changed spec, CPU", (one) => seconds(one.plan)],
    ["`plan` / `check` (limit 2)", (one) => ratio(one.plan, one.check)],
    ["one spec changed, all hanging together, CPU", (one) => seconds(one.whole)],
    ["peak memory in MB: cold, no change, `check`, one spec changed, `plan`, all hanging together (limit 400)", (one) => [one.cold, one.idle, one.check, one.changed, one.plan, one.whole].map(({ rssMb }) => rssMb.toFixed(0)).join(", ")],
    ["`dbt parse`, CPU", (one) => (one.parse === null ? "" : seconds(one.parse))],
    ["cold / dbt parse (limit 0.12)", (one) => ratio(one.cold, one.parse)],
    ["no change / dbt's (limit 0.1)", (one) => ratio(one.idle, one.partial)],
  ].filter(([, cell]) => rows.some((one) => cell(one) !== ""));
  const table = [columns.map(([title]) => title), columns.map(() => "---"), ...rows.map((one) => columns.map(([, cell]) => cell(one)))].map((cells) => `| ${cells.join(" | ")} |`).join("\n");
  const [small, large] = [rows.find(({ models }) => models === 1000), rows.find(({ models }) => models === 10000)];
  const growth = small === undefined || large === undefined ? "" : `\n\nFrom 1,000 to 10,000 models the cold run costs ${(large.cold.cpuMs / small.cold.cpuMs).toFixed(1)} times as much (limit 11).`;
  return `${table}${growth}`;
}

function measureSize(models) {
  process.stderr.write(`${models} models …\n`);
  const [specs, out] = [join(work, `specs-${models}`), join(work, `out-${models}`)];
  writeSpecs(specs, models);
  const run = () => measureNode([cli, specs, "--out", out]);
  const fresh = () => {
    rmSync(out, { recursive: true, force: true });
    return run();
  };
  const rounds = models > 2000 ? 1 : 3;
  const cold = median(rounds, fresh);
  // In turns, so that a busy moment hits all three.
  const [idles, floors, changes] = [[], [], []];
  let round = 0;
  for (; round < 11; round++) {
    idles.push(run());
    floors.push(measureNode([join(root, "bench", "read-and-hash.mjs"), specs, out]));
    touchSpec(specs, round);
    changes.push(run());
  }
  const rows = { cold, idle: middle(idles), floor: middle(floors), changed: middle(changes) };
  git(specs, "init", "-q");
  git(specs, "add", "-A");
  git(specs, "-c", "user.name=bench", "-c", "user.email=bench@example.org", "commit", "-qm", "specs");
  const check = median(5, () => measureNode([cli, "check", specs, "--out", out]));
  touchSpec(specs, ++round);
  run();
  const plan = median(5, () => measureNode([cli, "plan", specs, "--out", out, "--against", "HEAD"]));
  const files = readdirSync(out, { recursive: true, withFileTypes: true }).filter((entry) => entry.isFile()).length;
  const parses = measureDbt(join(out, "dbt"));
  // The worst case: every area is one with the others, so that no part of the specs can be compiled alone.
  connectAreas(specs);
  run();
  const whole = median(rounds, () => {
    touchSpec(specs, ++round);
    return run();
  });
  return { models, files, ...rows, check, plan, whole, ...parses };
}

function git(folder, ...args) {
  execFileSync("git", ["-C", folder, ...args], { stdio: "ignore" });
}

/** CPU of a full and of a partial parse by the real dbt, where one is given. */
function measureDbt(project) {
  if (options.dbt === undefined) return { parse: null, partial: null };
  const python = join(dirname(resolve(options.dbt)), process.platform === "win32" ? "python.exe" : "python");
  const dbt = (args) => measureCommand(python, [resolve(options.dbt), "--quiet", "parse", ...args, "--project-dir", project, "--profiles-dir", project], { env: { ...process.env, DBT_SEND_ANONYMOUS_USAGE_STATS: "false" } });
  return { parse: dbt(["--no-partial-parse"]), partial: (dbt([]), dbt([])) };
}

function writeResults(text) {
  const file = join(root, "bench", "README.md");
  const page = readFileSync(file, "utf8");
  const [start, end] = ["<!-- results -->", "<!-- end of results -->"];
  writeFileSync(file, `${page.slice(0, page.indexOf(start) + start.length)}\n\n${text}\n${page.slice(page.indexOf(end))}`);
}
