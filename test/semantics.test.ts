import { basename } from "node:path";
import { describe, expect, it } from "vitest";
import { compile, memoryHost } from "../generator/index.ts";
import { exampleSpecs, rewriteSql, shownRows, shownSql, sqlToShow } from "./support/worked-examples.ts";

const specs = Object.fromEntries(Object.entries(exampleSpecs()).map(([name, text]) => [`/specs/${name}`, text]));
const { diagnostics, files } = await compile({ host: memoryHost(specs), root: "/specs", warehouse: "duckdb" });
const models = new Map(files.filter((one) => one.path.endsWith(".sql")).map((one) => [basename(one.path, ".sql"), one.text]));

describe("docs/semantics", () => {
  it("is a spec folder that compiles without a warning", () => {
    expect(diagnostics.map((one) => `${one.code}: ${one.message}`)).toEqual([]);
  });

  it("shows the SQL that is generated", () => {
    for (const shown of shownSql()) {
      const generated = sqlToShow(shown, models.get(shown.model) ?? "");
      if (process.env["UPDATE_SNAPSHOTS"] === "1") rewriteSql(shown, generated);
      else expect(shown.text, `${shown.page} (npm run update-snapshots writes it anew)`).toBe(generated);
    }
  });

  it("shows rows of models that there are", () => {
    expect(shownRows().filter((one) => one.when === "after" && !models.has(one.table)).map((one) => `${one.page}: ${one.table}`)).toEqual([]);
  });
});
