import { annotation } from "../../diagnostics/format.ts";
import type { PlanReport, ReportedChange } from "../report.ts";
import { needsApproval } from "../rules.ts";
import { changeLine, detailRows } from "./text.ts";

/** A plan as annotations of GitHub Actions: violated policies are errors, what somebody must agree to is a warning. */
export function planAnnotations({ changes }: PlanReport): string {
  return changes.map((change) => annotation(levelOf(change), `${change.class.replace("_", "-")} ${change.rule}`, messageOf(change), placeOf(change))).join("");
}

/** How loud a change is said. */
export function levelOf({ classes, policy, approval }: ReportedChange): "error" | "warning" | "notice" {
  if (approval?.state === "approved") return "notice";
  if (policy?.verdict === "violated") return "error";
  return needsApproval(classes) || classes.includes("data_dependent") ? "warning" : "notice";
}

/** A change and what it reaches, a line each. */
export function messageOf(change: ReportedChange): string {
  const details = change.class === "cosmetic" ? [] : detailRows(change).map(([title, text]) => `${title}: ${text}`);
  return [changeLine(change), ...details].join("\n");
}

/** A place of the old specs names the file only: its lines are others now. */
function placeOf({ place }: ReportedChange): Parameters<typeof annotation>[3] {
  if (place === null) return null;
  const position = { line: place.line, column: place.column, endLine: place.end_line, endColumn: place.end_column };
  return { file: place.file, position: place.side === "new" ? position : null };
}
