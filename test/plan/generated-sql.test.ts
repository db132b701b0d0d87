import * as fc from "fast-check";
import { readdirSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { compile, memoryHost } from "../../generator/index.ts";
import { planChanges, type PlannedChange } from "../../generator/plan/plan.ts";

const sweeps = process.env["ORACLE_SWEEP"] !== undefined;

/** The SQL of generated tables is made by code that knows nothing of plans: where it changes, so must the plan. */
it.each(["bank", "scd", "shop"])("whatever is edited in fixtures/%s, a table whose SQL changes is named by a change that is no matter of wording", async (name) => {
  const specs = documentOf(name);
  const before = await compiled(specs);
  const edits = editsOf(specs);
  await fc.assert(
    fc.asyncProperty(fc.constantFrom(...edits), async (edit) => {
      const after = await compiled(edit.result());
      if (before === null || after === null) return;
      const named = namedBy(planChanges(before.model, after.model, after.dialect));
      const differing = [...new Set([...before.tables.keys(), ...after.tables.keys()])].filter((one) => before.tables.get(one) !== after.tables.get(one));
      expect(differing.filter((one) => !named.has(one)), edit.title).toEqual([]);
    }),
    sweeps ? { numRuns: 400 } : { numRuns: 20, seed: 5 },
  );
}, 600_000);

type Specs = { readonly [kind: string]: unknown };

function documentOf(name: string): Specs {
  const folder = join(import.meta.dirname, "..", "..", "fixtures", name);
  const files = readdirSync(folder).filter((file) => file.endsWith(".yaml"));
  return Object.assign({}, ...files.map((file): unknown => parse(readFileSync(join(folder, file), "utf8"))));
}

async function compiled(specs: Specs) {
  const { design, files, diagnostics } = await compile({ host: memoryHost({ "/specs/specs.yaml": JSON.stringify(specs) }), root: "/specs" });
  if (design === null || diagnostics.some(({ severity }) => severity === "error")) return null;
  const tables = files.flatMap(({ path, text }) => {
    const found = /^dbt\/models\/.*\/((?:dim|fct|mrt|bridge)_\w+)\.sql$/.exec(path);
    return found === null ? [] : [[found[1] ?? "", meaningOf(text)] as const];
  });
  return { model: design.model, dialect: design.dialect, tables: new Map(tables) };
}

/** SQL without tags and comments, and without the order of what stands on lines of its own, such as columns, and of what versions are compared by. */
function meaningOf(sql: string): string {
  const unordered = sql.replace(/(?<=else \{\{ surrogate_key\()\[[^\]]*\]/g, (list) => (list.match(/\w+/g) ?? []).sort().join(" "));
  const lines = unordered.replace(/tags\s*=\s*\[[^\]]*\]/g, "").replace(/\{#[\s\S]*?#\}|--.*$/gm, "").split("\n");
  return lines.map((one) => one.trim().replace(/,$/, "")).sort().join("\n");
}

function namedBy(changes: readonly PlannedChange[]): ReadonlySet<string> {
  return new Set(changes.filter(({ worst }) => worst !== "cosmetic").flatMap(({ subject, impact }) => [subject.name, ...impact.models]));
}

interface Edit {
  readonly title: string;
  readonly result: () => Specs;
}

/** Every key left out, every list shortened or turned round, every condition turned, wherever they stand. */
function editsOf(specs: Specs): readonly Edit[] {
  const edits: Edit[] = [];
  const at = (path: readonly string[], title: string, change: (holder: object, key: string) => void): void => {
    const result = (): Specs => {
      const copy: Specs = JSON.parse(JSON.stringify(specs));
      change(nodeAt(copy, path.slice(0, -1)), path.at(-1) ?? "");
      return copy;
    };
    edits.push({ title: `${path.join(".")} ${title}`, result });
  };
  const visit = (value: unknown, path: readonly string[]): void => {
    if (path.length > 1) at(path, "left out", (holder, key) => (Array.isArray(holder) ? void holder.splice(Number(key), 1) : void Reflect.deleteProperty(holder, key)));
    if (typeof value === "boolean") at(path, "turned", (holder, key) => void Reflect.set(holder, key, !value));
    if (Array.isArray(value) && value.length > 1 && path.length > 1) at(path, "turned round", (holder, key) => void Reflect.set(holder, key, value.toReversed()));
    if (typeof value === "object" && value !== null) for (const [key, one] of Object.entries(value)) visit(one, [...path, key]);
  };
  visit(specs, []);
  return edits;
}

function nodeAt(specs: Specs, path: readonly string[]): object {
  return path.reduce((holder: object, key) => {
    const next: unknown = Reflect.get(holder, key);
    if (typeof next !== "object" || next === null) throw new Error(path.join("."));
    return next;
  }, specs);
}
