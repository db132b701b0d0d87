import { expect, it } from "vitest";
import type { Model } from "../../generator/model/types.ts";
import { compareModels } from "../../generator/plan/compare.ts";
import { modelOf, shop } from "./change.ts";

/** Properties whose change alone is no news: they name things, or follow from others whose change is told. */
const FOLLOWS = [
  "dimensions.date.entity", "dimensions.table.entity", "dimensions.table.models", "dimensions.table.references", "dimensions.table.ties", "dimensions.table.attributes.companion", "dimensions.table.columns", "dimensions.table.history",
  "facts.filter", "facts.process", "facts.sourceKeys", "facts.foreignKeys.alias", "facts.foreignKeys.role",
  "marts.filter", "marts.measures.fact", "marts.measures.filter",
  "project.dates", "project.timeGrain", "project.timezoneDeclared",
  "sources.dbtSource", "sources.freshness", "sources.loadedAtColumn", "sources.models", "sources.source", "sources.table",
];

const model = modelOf(`project_name: Shop\n${shop}`);

it("a change of any property of the model is told by a rule that knows it", () => {
  const silent = new Set<string>();
  for (const path of nodesOf({ ...model, inferred: [] }, [])) {
    for (const key of Object.keys(at(model, path))) {
      if (key === "origin" || ["name", "renamedFrom", "kind"].includes(key)) continue;
      const changed: Model = JSON.parse(JSON.stringify(model));
      Reflect.set(at(changed, path), key, other(key, Reflect.get(at(changed, path), key)));
      const found = compareModels(model, changed);
      const place = [...titles(path), key].join(".");
      expect(found.filter(({ rule }) => rule === "XX999"), place).toEqual([]);
      if (found.length === 0) silent.add(place);
    }
  }
  expect([...silent].sort()).toEqual([...FOLLOWS].sort());
});

/** Paths of the first node of every kind in each list, all the way down: whatever has a place in the specs. */
function nodesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (Array.isArray(value)) {
    const kinds = value.map((one: unknown) => (isObject(one) && "kind" in one ? one.kind : null));
    return value.flatMap((one: unknown, index) => (kinds.indexOf(kinds[index]) === index ? nodesOf(one, [...path, String(index)]) : []));
  }
  if (!isObject(value)) return [];
  const own = "origin" in value ? [path] : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => (key === "origin" ? [] : nodesOf(one, [...path, key])))];
}

/** A path without positions; dimensions are told apart by their kind. */
function titles(path: readonly string[]): readonly string[] {
  const kind = path[0] === "dimensions" ? Reflect.get(at(model, path.slice(0, 2)), "kind") : null;
  return path.flatMap((one, index) => (/^[0-9]+$/.test(one) ? (index === 1 && kind !== null ? [String(kind)] : []) : [one]));
}

function at(value: object, path: readonly string[]): object {
  return path.reduce((one, key) => {
    const next: unknown = Reflect.get(one, key);
    if (!isObject(next)) throw new Error(path.join("."));
    return next;
  }, value);
}

/** Fits into every list of the model that the shop leaves empty. */
const ANY_PART = { name: "other", origin: model.project.origin, columns: [], to: "other", toColumns: [], alias: "other", versions: model.dimensions[0], params: {}, key: [], on: [] };

/** Another value that the same property may have. */
function other(key: string, value: unknown): unknown {
  if (key === "type") return { kind: "binary" };
  if (key === "milestones") return { steps: [{ ...ANY_PART, column: "other" }], outOfOrder: "warn" };
  if (key === "rows" && isObject(value)) return { ...value, where: { kind: "literal", value: true } };
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string" || value === null) return `${value ?? ""}_other`;
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : [ANY_PART];
  return { ...value, novelty: true };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
