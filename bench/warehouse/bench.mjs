// Builds the star of TPC-H twice, as generated and as written by hand, compares the two and measures them; prints the tables of README.md.
//   npm run bench:warehouse -- [--scale 1] [--rounds 3] [--only full,daily,tests,growth] [--models] [--write]
import { cpSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { cpus, tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { fileURLToPath } from "node:url";
import { parseArgs } from "node:util";
import { root } from "../../scripts/toolchain.mjs";
import { compareStars } from "./compare.mjs";
import { changeCustomers, customersAlone, rawWarehouse, secondDay } from "./data.mjs";
import { modelTimes, placeWarehouse, projects, runDbt } from "./project.mjs";

const { values: options } = parseArgs({
  options: { scale: { type: "string", default: "1" }, rounds: { type: "string", default: "3" }, only: { type: "string", default: "full,daily,tests,growth" }, models: { type: "boolean", default: false }, write: { type: "boolean", default: false } },
});
const rounds = Number(options.rounds);
const work = join(tmpdir(), `dps-gen-warehouse-${process.pid}`);

if (!existsSync(join(root, "dist"))) throw new Error("there is no dist/: run npm run build first");
mkdirSync(work);
try {
  const text = await measureAll();
  console.log(text);
  if (options.write) writeResults(text);
} finally {
  rmSync(work, { recursive: true, force: true });
}

async function measureAll() {
  const raw = await rawWarehouse(Number(options.scale));
  const wanted = new Set(options.only.split(","));
  const pair = projects(work);
  const idle = least(() => runDbt(pair.ours, ["run", "--exclude", "*"]));
  const full = wanted.has("full") ? fullBuilds(pair, raw, ["run"]) : null;
  const rows = full === null ? {} : await compareStars(pair.ours.warehouse, pair.theirs.warehouse);
  const daily = full === null || !wanted.has("daily") ? null : await dailyRun(pair);
  const tested = wanted.has("tests") ? fullBuilds(pair, raw, ["build"], 1) : null;
  const growth = wanted.has("growth") ? await memberGrowth(pair.ours, raw) : null;
  const tables = [full && fullTable(full, tested), daily && dailyTable(daily, full.ours, idle), growth && growthTable(growth, idle)];
  return [machine(rows), ...tables.filter((one) => one !== null)].join("\n\n");
}

/** Both in turn, so that a busy moment hits both. */
function fullBuilds({ ours, theirs }, raw, command, times = rounds) {
  const runs = { ours: [], theirs: [] };
  for (let round = 0; round < times; round++) {
    for (const one of [ours, theirs]) {
      placeWarehouse(one, raw);
      const run = runDbt(one, command);
      runs[one.name].push(run);
      note(`full ${command}`, one, run);
    }
  }
  return { ours: lowest(runs.ours), theirs: lowest(runs.theirs) };
}

/** The second day on what the first one built; the other side is built anew of the same rows, and must agree. */
async function dailyRun({ ours, theirs }) {
  const built = join(work, "built.duckdb");
  cpSync(ours.warehouse, built);
  await secondDay(built);
  await secondDay(theirs.warehouse);
  const run = least(() => {
    placeWarehouse(ours, built);
    return runDbt(ours, ["run"]);
  });
  note("daily run", ours, run);
  const rebuilt = runDbt(theirs, ["run"]);
  await compareStars(ours.warehouse, theirs.warehouse);
  rmSync(built);
  return { run, rebuilt };
}

/** The dimension of customers alone, on a day on which as many of them change, at one and ten times their number. */
async function memberGrowth(ours, raw) {
  const members = [];
  const [file, built] = [join(work, "customers.duckdb"), join(work, "built.duckdb")];
  const select = ["run", "--select", "+dim_customer"];
  for (const times of [1, 10]) {
    await customersAlone(raw, file, times);
    placeWarehouse(ours, file);
    const full = runDbt(ours, select);
    cpSync(ours.warehouse, built);
    await changeCustomers(built, 1500);
    const daily = least(() => {
      placeWarehouse(ours, built);
      return runDbt(ours, select);
    });
    note(`${times} times the customers`, ours, daily);
    members.push({ times, full, daily });
  }
  return members;
}

function least(run) {
  return lowest(Array.from({ length: rounds }, run));
}

/** The run with the least user CPU: what others do on the machine only ever adds to it. The memory is the median. */
function lowest(runs) {
  const [best] = [...runs].sort((a, b) => a.userMs - b.userMs);
  const memory = runs.map((one) => one.rssMb).sort((a, b) => a - b);
  return { ...best, rssMb: memory[Math.floor(memory.length / 2)] };
}

function machine(rows) {
  const counts = Object.entries(rows).map(([table, count]) => `${table} ${count.toLocaleString("en-GB")}`).join(", ");
  return `Scale factor ${options.scale}, ${cpus().length} cores, dbt with two threads; least user CPU of ${rounds} runs, median of the peak memory. Rows: ${counts}.`;
}

function fullTable(full, tested) {
  const row = (name, { ours, theirs }, limit) =>
    `| ${name} | ${seconds(ours)} | ${seconds(theirs)} | ${(ours.userMs / theirs.userMs).toFixed(2)} | ${ours.rssMb.toFixed(0)} MB | ${theirs.rssMb.toFixed(0)} MB | ${(ours.rssMb / theirs.rssMb).toFixed(2)} | ${limit} |`;
  return table(["full build", "user CPU", "by hand", "ratio", "peak memory", "by hand", "ratio", "limit"], [row("`dbt run`", full, "1.00"), ...(tested === null ? [] : [row("`dbt build`, with the tests of each", tested, "")])]);
}

function dailyTable({ run, rebuilt }, full, idle) {
  const net = (one) => one.userMs - idle.userMs;
  return table(
    ["a day with 1 % changed rows", "user CPU", "of the full build", "limit"],
    [
      `| \`dbt run\` | ${seconds(run)} | ${percent(run.userMs / full.userMs)} | 15 % |`,
      `| the same without dbt's own ${seconds(idle)} (a run that selects nothing) | ${seconds({ userMs: net(run) })} | ${percent(net(run) / net(full))} | |`,
      `| by hand, built anew | ${seconds(rebuilt)} | | |`,
    ],
  );
}

function growthTable(growth, idle) {
  const [small, large] = growth;
  const rows = growth.map(({ times, full, daily }) => `| ${times} × | ${seconds(full)} | ${seconds(daily)} | ${seconds({ userMs: daily.userMs - idle.userMs })} |`);
  const ratio = (large.daily.userMs / small.daily.userMs).toFixed(2);
  return `${table(["customers, 1,500 of them changed", "full build", "the day", "without dbt's own"], rows)}\n\nTen times the customers cost ${ratio} times as much a day, and ${(large.full.userMs / small.full.userMs).toFixed(2)} times as much to build.`;
}

function table(titles, rows) {
  return [`| ${titles.join(" | ")} |`, `|${titles.map(() => "---|").join("")}`, ...rows].join("\n");
}

function seconds({ userMs }) {
  return `${(userMs / 1000).toFixed(2)} s`;
}

function percent(share) {
  return `${(share * 100).toFixed(1)} %`;
}

function note(what, project, run) {
  process.stderr.write(`${what}, ${project.name}: ${seconds(run)}, ${run.rssMb.toFixed(0)} MB\n`);
  if (options.models) process.stderr.write(`  ${modelTimes(project).slice(0, 14).join("\n  ")}\n`);
}

function writeResults(text) {
  const file = join(dirname(fileURLToPath(import.meta.url)), "README.md");
  const page = readFileSync(file, "utf8");
  const [start, end] = ["<!-- results -->", "<!-- end of results -->"];
  writeFileSync(file, `${page.slice(0, page.indexOf(start) + start.length)}\n\n${text}\n${page.slice(page.indexOf(end))}`);
}
