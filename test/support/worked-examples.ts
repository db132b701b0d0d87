import { readdirSync, readFileSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { root } from "../../scripts/toolchain.mjs";

/** Rows of a table on a page: what a source holds or gets on a day, or what a model holds after the run of a day. Empty cells are null. */
export interface ShownRows {
  readonly page: string;
  readonly table: string;
  readonly when: "on" | "after";
  readonly day: string;
  readonly columns: readonly string[];
  readonly rows: readonly (readonly (string | null)[])[];
}

/** SQL on a page: a generated model, or some of its CTEs. */
export interface ShownSql {
  readonly page: string;
  readonly model: string;
  readonly ctes: readonly string[];
  readonly text: string;
}

const folder = join(root, "docs", "semantics");

/** The pages of docs/semantics by file name, in order. */
export function examplePages(): ReadonlyMap<string, string> {
  return new Map(readdirSync(folder).filter((one) => one.endsWith(".md")).sort().map((name) => [name, readFileSync(join(folder, name), "utf8")]));
}

/** The spec files that the YAML of all pages is. */
export function exampleSpecs(): Readonly<Record<string, string>> {
  const blocks = [...examplePages()].flatMap(([page, text]) => [...text.matchAll(/```yaml\n([\s\S]*?)```/g)].map(([, yaml = ""], index) => [`${page.replace(".md", "")}-${index + 1}.yaml`, yaml] as const));
  return Object.fromEntries(blocks);
}

/** All rows that the pages show. */
export function shownRows(): readonly ShownRows[] {
  const pattern = /^`([\w.]+)` (on|after) (\d{4}-\d\d-\d\d):\n\n((?:\|.*\n)+)/gm;
  return [...examplePages()].flatMap(([page, text]) => [...text.matchAll(pattern)].map(([, table = "", when, day = "", lines = ""]): ShownRows => {
    const [columns = [], , ...rows] = lines.trimEnd().split("\n").map(cells);
    return { page, table, when: when === "on" ? "on" : "after", day, columns, rows: rows.map((row) => row.map((cell) => (cell === "" ? null : cell))) };
  }));
}

/** All SQL that the pages show. */
export function shownSql(): readonly ShownSql[] {
  const pattern = /```sql (\w+)\.sql(?:: ([\w, ]+))?\n([\s\S]*?)```/g;
  return [...examplePages()].flatMap(([page, text]) => [...text.matchAll(pattern)].map(([, model = "", ctes, sql = ""]): ShownSql => ({ page, model, ctes: ctes?.split(", ") ?? [], text: sql })));
}

/** What a page should show of a generated model: all of it, or the CTEs that it names. */
export function sqlToShow({ model, ctes }: ShownSql, generated: string): string {
  if (ctes.length === 0) return generated;
  return `${ctes.map((name) => {
    const [cte] = new RegExp(`^${name} as \\(\\n[\\s\\S]*?^\\)`, "m").exec(generated) ?? [];
    if (cte === undefined) throw new Error(`${model} has no CTE ${name}`);
    return cte;
  }).join(",\n\n")}\n`;
}

/** Writes SQL in place of what a page shows. */
export function rewriteSql({ page, model, ctes }: ShownSql, sql: string): void {
  const path = join(folder, page);
  const fence = `\`\`\`sql ${model}.sql${ctes.length === 0 ? "" : `: ${ctes.join(", ")}`}\n`;
  const text = readFileSync(path, "utf8");
  const start = text.indexOf(fence) + fence.length;
  writeFileSync(path, text.slice(0, start) + sql + text.slice(text.indexOf("```", start)));
}

function cells(line: string): readonly string[] {
  return line.split("|").slice(1, -1).map((one) => one.trim());
}
