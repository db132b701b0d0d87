import type { PlanReport, ReportedChange } from "../report.ts";
import { changeLine, detailRows } from "./text.ts";

/** By this comment a workflow finds the one comment of a pull request that it renews. */
export const STICKY_MARK = "<!-- dps-gen plan -->";

/** GitHub refuses comments of more than 65536 characters. */
const BUDGET = 60_000;
const LISTED = 50;

/**
 * A plan as a comment of a pull request: the summary first, details folded, at most 60 KB. All text of specs stands in code
 * elements, letter for letter: nothing in it is a tag, a link, a mention or a reference.
 */
export function planMarkdown({ summary, against, changes, files, diagnostics }: PlanReport): string {
  const problems = diagnostics.length === 0 ? [] : [`${diagnostics.length} ${diagnostics.length === 1 ? "problem was" : "problems were"} reported besides; see the run.\n\n`];
  const title = against === null ? "Plan" : `Plan against ${inert(against.ref)}`;
  const head = `${STICKY_MARK}\n### ${title}\n\n${inertWords(summary)}\n\n`;
  const shown = changes.slice(0, LISTED);
  const table = changes.length === 0 ? "" : `| class | change | reaches |\n|---|---|---|\n${shown.map(row).join("")}\n${rest(changes.length - LISTED)}`;
  const blocks = [table, ...problems, ...shown.filter((one) => one.class !== "cosmetic").map(details), fileList(files)];
  return fitted(head, blocks);
}

/** As many blocks as fit, and a word about those that do not. */
function fitted(head: string, blocks: readonly string[]): string {
  let text = head;
  const encoder = new TextEncoder();
  for (const block of blocks) {
    if (encoder.encode(text + block).length > BUDGET) return `${text}\nMore than fits here: run \`dps-gen plan\` for the rest.\n`;
    text += block;
  }
  return text;
}

function row(change: ReportedChange): string {
  const { affected } = change;
  const counted = [count(affected.models, "model"), count(affected.dags, "DAG"), count(affected.exposures, "exposure")].filter((one) => one !== "").join(", ");
  const whom = [...new Set([...affected.consumers, ...affected.owners])].slice(0, 6).map(inert).join(" ");
  const violated = change.approval?.state === "approved" ? " approved" : change.policy?.verdict === "violated" ? " **against the policy**" : "";
  return `| **${change.class.replace("_", "-")}** ${change.rule}${violated} | ${inert(changeLine(change))} | ${[counted, whom].filter((one) => one !== "").join("; ")} |\n`;
}

function details(change: ReportedChange): string {
  const place = change.place === null ? [] : [["where", `${change.place.file}:${change.place.line}${change.place.side === "old" ? " (before)" : ""}`] as const];
  const rows = [...place, ...detailRows(change)].map(([title, text]) => `- ${title}: ${inert(text)}\n`);
  const commands = (change.backfill?.commands ?? []).map((one) => `- run: ${inert(one)}\n`);
  return `<details><summary>${change.class.replace("_", "-")} ${change.rule}: ${inert(changeLine(change))}</summary>\n\n${rows.join("")}${commands.join("")}\n</details>\n`;
}

function fileList(files: PlanReport["files"]): string {
  if (files.length === 0) return "";
  const lines = files.slice(0, LISTED).map(({ action, path }) => `- ${action} ${inert(path)}\n`);
  return `<details><summary>${files.length} ${files.length === 1 ? "file" : "files"}</summary>\n\n${lines.join("")}${rest(files.length - LISTED)}\n</details>\n`;
}

function rest(more: number): string {
  return more > 0 ? `and ${more} more\n\n` : "";
}

function count(names: readonly string[], noun: string): string {
  return names.length === 0 ? "" : `${names.length} ${noun}${names.length === 1 ? "" : "s"}`;
}

/** Text of specs that is shown as it is, in Markdown and in HTML alike: whatever could be a sign of either is an entity, and code elements take no mentions. */
function inert(text: string): string {
  return `<code>${inertWords(text)}</code>`;
}

function inertWords(text: string): string {
  return text.replace(/[\s\p{C}\p{Zl}\p{Zp}]+/gu, " ").replace(/[^\p{L}\p{N} .,()→…]|\.(?=\S)/gu, (sign) => `&#${sign.codePointAt(0) ?? 0};`);
}
