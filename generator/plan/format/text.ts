import type { PlanReport, ReportedChange } from "../report.ts";

const LISTED = 12;
const FILES = 20;
const CONTROL = /[\u0000-\u001f\u007f-\u009f\u061c\u200b\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ufeff]/g;

/** A plan for people; "" where there is nothing to say but the summary. */
export function planText({ changes, files }: PlanReport): string {
  const written = files.slice(0, FILES).map(({ action, path }) => `  ${action} ${path}\n`);
  const more = files.length > FILES ? `  … and ${files.length - FILES} more\n` : "";
  const list = files.length === 0 ? "" : `Files:\n${written.join("")}${more}\n`;
  return `${changes.map(changeText).join("\n")}${changes.length === 0 ? "" : "\n"}${list}`;
}

/** One line that names a change: object, column, what happened, from what to what. */
export function changeLine({ object, part, message, before, after }: Pick<ReportedChange, "object" | "part" | "message" | "before" | "after">): string {
  const values = before !== null && after !== null ? `: ${before} → ${after}` : before !== null ? `: was ${before}` : after !== null ? `: ${after}` : "";
  return plain(`${object}${part === null ? "" : `.${part}`}: ${message}${values}`);
}

/** A text on one line, without characters that move the cursor. */
export function plain(text: string): string {
  return text.replace(/\s+/g, " ").replace(CONTROL, "\ufffd");
}

/** What a change reaches and asks for, as titles with texts; empty ones are left out. */
export function detailRows(change: ReportedChange): readonly (readonly [title: string, text: string])[] {
  const { affected, policy, approval, ddl, backfill, past } = change;
  const rows: readonly (readonly [string, string])[] = [
    ["classes", change.classes.length > 1 ? change.classes.map((one) => one.replace("_", "-")).join(", ") : ""],
    ["models", listed(affected.models)],
    ["columns", listed(affected.columns)],
    ["follows", listed(change.consequences)],
    ["DAGs", listed(affected.dags)],
    ["exposures", listed(affected.exposures)],
    ["owners", listed(affected.owners)],
    ["consumers", listed(affected.consumers)],
    ["policy", policy === null ? "" : `${policy.policy} (${policy.verdict.replace("_", " ")}): ${policy.message}`],
    ["approval", approval === null ? "" : approvalText(approval)],
    ...ddl.filter(({ risk }) => risk !== "none").map(({ action, relations, risk, note }) => ["DDL", `${action.replaceAll("_", " ")} (${risk} risk) of ${listed(relations)}: ${note}`] as const),
    ...(backfill === null ? [] : [["backfill", `${backfill.from === null ? "all days" : `from ${backfill.from} on`} of ${listed(backfill.tables)}`] as const]),
    ["past", past.extent === "none" ? "" : past.message],
  ];
  return rows.filter(([, text]) => text !== "");
}

function approvalText({ state, hash, by, reason, expires }: NonNullable<ReportedChange["approval"]>): string {
  switch (state) {
    case "needed": return `needed; its hash is ${hash}`;
    case "expired": return `expired on ${expires ?? ""}; its hash is ${hash}`;
    case "approved": return `given${by === null ? "" : ` by ${by}`}: ${reason ?? ""}`;
  }
}

function changeText(change: ReportedChange): string {
  const { place } = change;
  const where = place === null ? "" : `${place.file}:${place.line}:${place.column}${place.side === "old" ? " (before)" : ""} - `;
  const details = change.class === "cosmetic" ? [] : detailRows(change).map(([title, text]) => `  ${`${title}:`.padEnd(11)}${plain(text)}\n`);
  const commands = (change.backfill?.commands ?? []).map((one) => `    ${plain(one)}\n`);
  return `${plain(where)}${change.class.replace("_", "-")} ${change.rule}: ${changeLine(change)}\n${details.join("")}${commands.join("")}`;
}

function listed(names: readonly string[]): string {
  const more = names.length - LISTED;
  return `${names.slice(0, LISTED).join(", ")}${more > 0 ? ` and ${more} more` : ""}`;
}
