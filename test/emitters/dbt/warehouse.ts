import { createLog } from "../../../generator/diagnostics/log.ts";
import { dialects } from "../../../generator/dialects/registry.ts";
import type { Dialect } from "../../../generator/dialects/types.ts";
import { currentStateArtifacts } from "../../../generator/emitters/dbt/staging/current-state.ts";
import { dimensionArtifacts } from "../../../generator/emitters/dbt/dimension/dimension.ts";
import { factArtifacts } from "../../../generator/emitters/dbt/fact/fact.ts";
import { martArtifacts } from "../../../generator/emitters/dbt/mart/mart.ts";
import { stagingArtifacts, strictCastMacros } from "../../../generator/emitters/dbt/staging/staging.ts";
import { memoryHost } from "../../../generator/memory-host.ts";
import { linkModel } from "../../../generator/model/link/link.ts";
import { renderArtifacts } from "../../../generator/output/render.ts";
import { decide } from "../../../generator/rules/decide.ts";
import type { Design } from "../../../generator/rules/types.ts";
import { readSpecs } from "../../../generator/spec/read.ts";
import { validateSpecs } from "../../../generator/spec/validate.ts";
import { openEngine, type Engine } from "../../dialects/engines.ts";
import { resolveJinja } from "./jinja.ts";

/** A warehouse of generated models on a real engine, built of spec texts. Raw tables hold text only, as our extraction lands them. */
export interface TestWarehouse {
  readonly design: Design;
  readonly engine: Engine;
  /** SQL of the generated models by name, as in the files. */
  readonly models: ReadonlyMap<string, string>;
  /** What dbt makes of the text of such a model. */
  readonly resolved: (text: string) => string;
  /** Replaces the rows of a raw table, and creates it the first time. */
  readonly land: (table: string, columns: readonly string[], rows: readonly (readonly (string | null)[])[]) => Promise<void>;
  /** Creates every model, in order of their dependencies; raw tables must be there. Views follow rows that land later, tables are quicker to ask. */
  readonly build: (as?: "view" | "table") => Promise<void>;
  readonly rows: (sql: string) => Promise<readonly (readonly (string | null)[])[]>;
}

/** Compiles specs up to the design; fails the test with the diagnostics where there is an error. */
export function designOf(specs: { readonly [file: string]: string }, warehouse: string): Design {
  const log = createLog();
  const documents = readSpecs(memoryHost(Object.fromEntries(Object.entries(specs).map(([name, text]) => [`/specs/${name}`, text]))), "/specs", log);
  const spec = validateSpecs(documents, log);
  const model = spec === null ? null : linkModel(spec, { warehouse }, log);
  const dialect = dialects.find((one) => one.name === warehouse);
  if (model === null || dialect === undefined || log.failed()) throw new Error(JSON.stringify(log.all(), null, 1));
  return decide(model, dialect, log);
}

/** Opens one warehouse per dialect. */
export async function openWarehouses(specs: { readonly [file: string]: string }): Promise<readonly TestWarehouse[]> {
  return Promise.all(dialects.map((dialect) => open(designOf(specs, dialect.name), dialect)));
}

async function open(design: Design, dialect: Dialect): Promise<TestWarehouse> {
  const engine = await openEngine(dialect);
  const files = renderArtifacts([...stagingArtifacts(design), ...currentStateArtifacts(design), ...dimensionArtifacts(design), ...factArtifacts(design), ...martArtifacts(design)]);
  const models = new Map(files.map((file) => [file.path.replace(/^.*\/|\.sql$/g, ""), file.text]));
  const macros = new Map(strictCastMacros(design).map((one) => [one.name, one]));
  const resolved = (text: string): string => resolveJinja(text, dialect, macros);
  return {
    design,
    engine,
    models,
    resolved,
    async land(table, columns, rows) {
      await engine.run(`create table if not exists raw_${table} (${columns.map((one) => `${dialect.quote(one)} ${dialect.types.string}`).join(", ")})`);
      await engine.run(`delete from raw_${table}`);
      if (rows.length > 0) await engine.run(`insert into raw_${table} values ${rows.map((row) => `(${row.map((one) => (one === null ? "null" : dialect.stringLiteral(one))).join(", ")})`).join(", ")}`);
    },
    async build(as = "view") {
      const pending = new Set(models.keys());
      while (pending.size > 0) {
        const ready = [...pending].filter((name) => ![...pending].some((other) => other !== name && new RegExp(`ref\\('${other}'\\)`).test(models.get(name) ?? "")));
        for (const name of ready) {
          await engine.run(`create ${as} ${name} as ${resolved(models.get(name) ?? "")}`);
          pending.delete(name);
        }
      }
    },
    rows: engine.rows,
  };
}
