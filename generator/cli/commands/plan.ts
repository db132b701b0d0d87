import { formatDiagnostics } from "../../diagnostics/format.ts";
import { planAnnotations } from "../../plan/format/github.ts";
import { planMarkdown } from "../../plan/format/markdown.ts";
import { planSarif } from "../../plan/format/sarif.ts";
import { planText } from "../../plan/format/text.ts";
import { anyNeedsApproval, isWritten, reportOf, violations, type PlanReport } from "../../plan/report.ts";
import { plan, type Planning } from "../../planning.ts";
import { version } from "../../version.ts";
import { cacheOf } from "../caches.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT, exitCode, worstOf } from "../exit-code.ts";
import { runGit } from "../git.ts";
import { growHeapSlowly } from "../heap.ts";
import { countProblems } from "../report.ts";
import { stageTexts } from "../stages.ts";

/** `plan SPEC`: what generate would do, and what the change of the specs means; nothing is written. */
export async function run(context: CommandContext): Promise<number> {
  const { host, terminal, options, positionals } = context;
  const folder = positionals[0] ?? "";
  const planning = await plan({
    host,
    root: host.resolve(folder),
    out: host.resolve(options.out ?? "."),
    warehouse: options.warehouse,
    against: options.against,
    git: runGit,
    ...cacheOf(options),
    today: new Date().toISOString().slice(0, 10),
    onStage: (stage) => terminal.progress(stageTexts[stage]),
    onFiles: growHeapSlowly,
  });
  terminal.progress(null);
  const code = codeOf(planning, options["detailed-exitcode"]);
  const printed: unknown = JSON.parse(formatDiagnostics(planning.diagnostics, planning.documents, { format: "json", color: false, folder }));
  const whole = reportOf(planning, { folder, exitCode: code, printed: Array.isArray(printed) ? printed : [] });
  const report = planning.design === null ? { ...whole, summary: "The specs do not compile, so nothing was planned." } : whole;
  terminal.print(textOf(report, planning, context));
  return code;
}

/** With `--detailed-exitcode` every finding counts; without it only what stops a run, and a policy that is violated. */
function codeOf({ diagnostics, planned, changes }: Planning, detailed: boolean): number {
  const violated = violations(planned).length > 0 ? [EXIT.unapproved] : [];
  if (!detailed) return worstOf([exitCode(diagnostics), ...violated]);
  const stale = changes.some(isWritten);
  return worstOf([exitCode(diagnostics, { stale }), ...violated, ...(anyNeedsApproval(planned) ? [EXIT.unapproved] : [])]);
}

function textOf(report: PlanReport, planning: Planning, { terminal, options, positionals }: CommandContext): string {
  const folder = positionals[0] ?? "";
  const problems = countProblems(planning);
  const summary = `${problems === "" ? "" : `${problems}. `}${report.summary}\n`;
  switch (options.format) {
    case "json":
      return `${JSON.stringify({ ...report, summary: summary.trim() }, null, 2)}\n`;
    case "markdown":
      return planMarkdown(report);
    case "sarif":
      return `${JSON.stringify(planSarif(report, version), null, 2)}\n`;
    case "github":
      return `${formatDiagnostics(planning.diagnostics, planning.documents, { format: "github", color: false, folder })}${planAnnotations(report)}${summary}`;
    case "text": {
      const told = formatDiagnostics(planning.diagnostics, planning.documents, { format: "text", color: terminal.color, folder });
      return `${told}${told === "" ? "" : "\n"}${planText(report)}${summary}`;
    }
  }
}
