import type { Answer } from "./warehouse.ts";

/** Something that was checked; `broken` where it did not hold. */
export interface Finding {
  readonly id: string;
  readonly subject: string;
  readonly statement: string;
  /** Rows that were looked at. */
  readonly rows: number;
  /** The first day on which it did not hold, and some of the rows that break it. */
  readonly broken?: { readonly date: string; readonly answer: Answer };
}

/** The table of what was checked, in aligned columns, and the rows that break what does not hold. */
export function findingsText(findings: readonly Finding[]): string {
  const header = ["check", "table", "what holds", "rows", "result"];
  const rows = findings.map((one) => [one.id, one.subject, one.statement, one.id === "dbt" ? "" : String(one.rows), one.broken === undefined ? "holds" : "BROKEN"]);
  const widths = header.map((title, column) => Math.max(title.length, ...rows.map((row) => (row[column] ?? "").length)));
  const line = (cells: readonly string[]): string => cells.map((cell, column) => (column === 3 ? cell.padStart(widths[column] ?? 0) : cell.padEnd(widths[column] ?? 0))).join("  ").trimEnd();
  const broken = findings.flatMap((one) => (one.broken === undefined ? [] : [brokenText(one, one.broken)]));
  return `${[line(header), line(widths.map((width) => "-".repeat(width))), ...rows.map(line)].join("\n")}\n${broken.map((one) => `\n${one}`).join("")}`;
}

function brokenText({ id, subject, statement }: Finding, { date, answer }: NonNullable<Finding["broken"]>): string {
  const rows = answer.rows.map((row) => `  ${answer.columns.map((column, index) => `${column}: ${row[index] ?? "NULL"}`).join(", ")}\n`);
  return `${id} ${subject}, on ${date}: not true that ${statement}\n${rows.join("")}`;
}
