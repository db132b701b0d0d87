import { mkdtempSync, readdirSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { writeSpecs } from "../../bench/specs.mjs";

/** The specs of a project of areas that have nothing to do with each other, by path. */
export function areaSpecs(models: number): ReadonlyMap<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen areas "));
  try {
    writeSpecs(folder, models);
    const files = readdirSync(folder, { recursive: true, withFileTypes: true }).filter((one) => one.isFile()).map((one) => join(one.parentPath, one.name)).sort();
    return new Map(files.map((file) => [file.slice(folder.length + 1).replaceAll("\\", "/"), readFileSync(file, "utf8")]));
  } finally {
    rmSync(folder, { recursive: true });
  }
}

/** Changes that somebody may make to an area, by name: what they replace in one of its files. */
export const edits: { readonly [name: string]: { readonly file: string; readonly edit: (text: string) => string } } = {
  "describes a dimension": { file: "model.yaml", edit: (text) => text.replace("Products of", "All products of") },
  "describes a column": { file: "contracts.yaml", edit: (text) => text.replace("Who ordered.", "Who has ordered it.") },
  "adds a column": { file: "contracts.yaml", edit: (text) => text.replace(/(name: \w+\.products[^]*?schema:\n)/, "$1      - {column: colour, type: string, description: Its colour.}\n") },
  "keeps no versions": { file: "model.yaml", edit: (text) => text.replace("type: 2", "type: 1").replace("{name: label, scd_type: 2}", "{name: label, scd_type: 1}") },
  "drops a measure": { file: "model.yaml", edit: (text) => text.replace("    measures: [quantity, amount]", "    measures: [quantity]") },
  "widens a type": { file: "contracts.yaml", edit: (text) => text.replace("decimal(10,2)", "decimal(14,2)") },
  "gives it to a new team": { file: "model.yaml", edit: (text) => text.replace("owner: team_", "owner: new_team_") },
  "runs by the hour": { file: "model.yaml", edit: (text) => text.replace("@daily", "@hourly") },
  "renames a dimension": { file: "model.yaml", edit: (text) => text.replaceAll("product_a", "article_a") },
  "renames a dimension, and says so": { file: "model.yaml", edit: (text) => text.replaceAll("customer_a", "client_a").replace(/(- name: client_(a\d+)\n)/, "$1    renamed_from: customer_$2\n") },
  "waits for another area": { file: "model.yaml", edit: (text) => text.replace("  schedule:", "  depends_on: [daily_a0001]\n  schedule:") },
  "waits for the first area": { file: "model.yaml", edit: (text) => text.replace("  schedule:", "  depends_on: [daily_a0000]\n  schedule:") },
  "reads a model that is written by hand": { file: "model.yaml", edit: (text) => `${text}models: [{name: int_${areaOf(text)}_notes, reads: [${areaOf(text)}.customers], primary_key: [note_id], columns: [{name: note_id, type: integer, description: Number of the note.}]}]\n` },
  "has a task that is written by hand": { file: "model.yaml", edit: (text) => text.replace("  schedule:", "  tasks: [{name: tell, after: docs}]\n  schedule:") },
  "infers its source": { file: "model.yaml", edit: (text) => text.replace(/ {4}source: \w+\.products\n/, "") },
  "moves to another domain": { file: "model.yaml", edit: (text) => text.replaceAll(/domain: a\d+/g, "domain: a0001") },
  "earns a warning": { file: "model.yaml", edit: (text) => text.replace("expression: quantity * price", "expression: quantity / price") },
  "is wrong": { file: "model.yaml", edit: (text) => text.replace("natural_key: product_id", "natural_key: product_idd") },
  "is no YAML": { file: "contracts.yaml", edit: (text) => `${text}  : [` },
};

/** The name of an area, as its specs have it. */
function areaOf(text: string): string {
  return /a\d{4}/.exec(text)?.[0] ?? "a0000";
}
