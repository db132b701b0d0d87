import { existsSync, mkdtempSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { generate } from "../../generate.ts";
import type { Design } from "../../rules/types.ts";
import { sampleData } from "../../verify/sample/sample.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode } from "../exit-code.ts";
import { countProblems, plural, report } from "../report.ts";
import { missingFiles } from "../verify/hand-written.ts";
import { findingsText, type Finding } from "../verify/report.ts";
import { playDays, sampleDays } from "../verify/steps.ts";
import { ensureTools } from "../verify/tools.ts";
import { userDays } from "../verify/user-data.ts";
import { importDags, readAsExtracted, warehouseFile, type Scratch } from "../verify/warehouse.ts";

/**
 * `verify SPEC`: generates into a scratch folder, plays several days of data through the real dbt on DuckDB, and checks that the star schema is
 * right: see ARCHITECTURE.md, "What verify checks".
 */
export async function run(context: CommandContext): Promise<number> {
  const { host, options, positionals } = context;
  const folder = options.out === null ? mkdtempSync(join(tmpdir(), "dps-gen-verify-")) : host.resolve(options.out);
  const result = await generate({ host, root: host.resolve(positionals[0] ?? ""), out: folder, warehouse: "duckdb", restore: true });
  const code = exitCode(result.diagnostics);
  if (code !== EXIT.clean || result.design === null) {
    await report(context, result, { command: "verify", exitCode: code, summary: `${countProblems(result)}. Nothing was verified.`, changes: [] });
    return code;
  }
  const missing = missingFiles(result.design, folder);
  if (missing.length > 0) {
    context.terminal.printError(`dps-gen: verify builds ${missing.join(", ")}, which you write by hand, and ${folder} holds no such file below dbt/models: name your repository with --out (the data go to a verify.duckdb of their own).\n`);
    if (options.out === null) rmSync(folder, { recursive: true, force: true });
    return EXIT.invalid;
  }
  const findings = verified(context, result.design, folder);
  const broken = findings.filter((one) => one.broken !== undefined).length;
  const kept = options.out !== null || broken > 0;
  if (!kept) rmSync(folder, { recursive: true, force: true });
  const outcome = broken === 0 ? `All ${findings.length} checks hold.` : `${plural(broken, "check")} of ${findings.length} do not hold.`;
  tell(context, findings, `${outcome}${kept ? ` The repository and its verify.duckdb are in ${folder}.` : ""}`, broken === 0 ? EXIT.clean : EXIT.broken);
  return broken === 0 ? EXIT.clean : EXIT.broken;
}

function verified(context: CommandContext, design: Design, folder: string): readonly Finding[] {
  const { host, options, terminal } = context;
  const say = (line: string): void => void (options.quiet || options.format !== "text" || terminal.print(`${line}\n`));
  const { project } = design.model;
  const file = warehouseFile({ folder });
  const environment = { [`${project.name.toUpperCase()}_DUCKDB_PATH`]: file, DBT_TARGET: "local", PII_SALT: "verify" };
  const scratch: Scratch = { folder, tools: ensureTools(join(folder, "requirements", "dbt.txt"), "DBT_BIN", say), environment };
  rmSync(file, { force: true });
  const days = options.data === null ? made(design, context, say) : userDays({ host, design, read: (file) => readAsExtracted(scratch, file) }, host.resolve(options.data));
  return [...playDays({ design, scratch, days, say }), ...dagFindings(scratch, say)];
}

function made(design: Design, { options }: CommandContext, say: (line: string) => void): ReturnType<typeof sampleDays> {
  const { days, problems } = sampleData(design.model, { seed: options.seed ?? 1, rows: options.rows ?? 40, days: options.days ?? 3 });
  for (const problem of problems) say(`without sample data: ${problem}; --data DIR takes your own`);
  return sampleDays(days, design);
}

function dagFindings(scratch: Scratch, say: (line: string) => void): readonly Finding[] {
  const requirements = join(scratch.folder, "requirements", "airflow.txt");
  if (!existsSync(requirements)) return [];
  say("importing the DAGs");
  const { dags, errors } = importDags(scratch, ensureTools(requirements, "AIRFLOW_BIN", say));
  const statement = "Airflow imports the DAG without an error or a warning";
  const good = dags.map((subject): Finding => ({ id: "DAG", subject, statement, rows: 1 }));
  return [...good, ...Object.entries(errors).map(([subject, message]): Finding => ({ id: "DAG", subject, statement, rows: 1, broken: { date: "import", answer: { columns: ["message"], rows: [[message]] } } }))];
}

function tell({ terminal, options }: CommandContext, findings: readonly Finding[], summary: string, code: number): void {
  terminal.progress(null);
  if (options.format === "json") return terminal.print(`${JSON.stringify({ format_version: 1, command: "verify", exit_code: code, summary, checks: findings.map(({ broken, ...one }) => ({ ...one, holds: broken === undefined, broken: broken ?? null })) }, null, 2)}\n`);
  const shown = options.quiet ? findings.filter((one) => one.broken !== undefined) : findings;
  terminal.print(shown.length === 0 ? "" : `\n${findingsText(shown)}\n`);
  if (!options.quiet || code !== EXIT.clean) terminal.print(`${summary}\n`);
}
