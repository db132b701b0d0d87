import { readFileSync, readdirSync } from "node:fs";
import { join } from "node:path";
import { format as formatText } from "prettier";
import { format as formatSql } from "sql-formatter";
import { describe, expect, it } from "vitest";

const snapshots = join(import.meta.dirname, "..", "snapshots");

/** Golden files below a tree whose path ends so. */
function golden(tree: string, ending: string): readonly string[] {
  return readdirSync(join(snapshots, tree), { recursive: true, encoding: "utf8" }).filter((path) => path.endsWith(ending)).map((path) => join(snapshots, tree, path)).sort();
}

/** Jinja calls as names, so that a SQL formatter reads the rest; models without control flow only. */
function withoutJinja(sql: string): string {
  return sql.replace(/^\{\{\s*config\([\s\S]*?\)\s*\}\}/, "").replace(/\{\{[\s\S]*?\}\}/g, (call) => `jinja_${call.replace(/[^a-z0-9]+/gi, "_")}`);
}

/** The tokens of a SQL text as far as layout can tell: white space and the case of keywords do not count. */
function tokens(sql: string): string {
  return sql.replace(/\s+/g, "").toLowerCase();
}

describe.each(["superstore/duckdb", "shop/duckdb", "shop/postgres"])("the SQL of %s", (tree) => {
  it("reads the same to an independent formatter, token by token", () => {
    const language = tree.endsWith("postgres") ? "postgresql" : "duckdb";
    const models = golden(join(tree, "dbt", "models"), ".sql");
    expect(models.length).toBeGreaterThan(5);
    for (const file of models) {
      const sql = withoutJinja(readFileSync(file, "utf8"));
      expect(tokens(formatSql(sql, { language })), file).toBe(tokens(sql));
    }
  });

  it("keeps lines within 120 columns, without tabs or trailing blanks", () => {
    for (const file of golden(join(tree, "dbt", "models"), ".sql")) {
      for (const line of readFileSync(file, "utf8").split("\n")) {
        expect(line, file).not.toMatch(/\t|\s$/);
        expect(line.length, `${file}: ${line}`).toBeLessThanOrEqual(120);
      }
    }
  });
});

it("writes YAML, JSON and Markdown that prettier reads", async () => {
  for (const [ending, parser] of [[".yml", "yaml"], [".json", "json"], [".md", "markdown"]] as const) {
    for (const file of golden("shop/duckdb", ending)) await expect(formatText(readFileSync(file, "utf8"), { parser }), file).resolves.not.toBe("");
  }
});
