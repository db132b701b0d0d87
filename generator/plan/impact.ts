import type { Model } from "../model/types.ts";
import { modelsBelow } from "../model/dimension-models.ts";
import { layersOf, pipelinesOf } from "../model/reach.ts";
import { columnLineage, VERSIONS, type ColumnLineage } from "./column-lineage.ts";
import type { RuleId } from "./rules.ts";
import { touchedByOpenEnd, touchedByZone } from "./settings-touches.ts";
import type { ModelChange, Touch } from "./types.ts";

/** Whom and what a change reaches, every list in code-point order. */
export interface Impact {
  /** dbt models, the changed one included. */
  readonly models: readonly string[];
  /** `model.column`; `model.*` where all rows are meant. */
  readonly columns: readonly string[];
  readonly dags: readonly string[];
  readonly exposures: readonly string[];
  /** Teams that answer for what is reached. */
  readonly owners: readonly string[];
  /** Teams that use the contracts and exposures that are reached. */
  readonly consumers: readonly string[];
}

/** Answers what a change reaches, in the old model and in the new one. */
export function impacts(before: Model, after: Model): (change: ModelChange) => Impact {
  const sides = [before, after].map((model) => ({ model, lineage: columnLineage(model), ...teams(model) }));
  return (change) => {
    const found = sides.map((side) => reached(change, side));
    const merged = (pick: (one: Impact) => readonly string[]): readonly string[] => [...new Set(found.flatMap(pick))].sort();
    return {
      models: merged((one) => one.models),
      columns: withoutCovered(merged((one) => one.columns)),
      dags: merged((one) => one.dags),
      exposures: merged((one) => one.exposures),
      owners: merged((one) => one.owners),
      consumers: merged((one) => one.consumers),
    };
  };
}

interface Side extends Teams {
  readonly model: Model;
  readonly lineage: ColumnLineage;
}

function reached(change: ModelChange, { model, lineage, owners, consumers, exposures }: Side): Impact {
  const touched = [...closure(touchesOf(change, model), lineage, VALUES.has(change.rule) && !change.keepsVersions).values()];
  const names = new Set(touched.map((one) => one.model));
  const layers = layersOf(model);
  const models = [...names].filter((name) => layers.has(name));
  const pipelines = pipelinesOf(model);
  const own = change.subject.kind === "pipeline" ? [change.subject.name] : [];
  const told = (map: ReadonlyMap<string, readonly string[]>): readonly string[] => [...names, ...(touched.length === 0 ? [change.subject.name, `source:${change.subject.name}`] : [])].flatMap((name) => map.get(name) ?? []);
  return {
    models,
    columns: touched.filter((one) => layers.has(one.model)).map((one) => `${one.model}.${one.column}`),
    dags: [...own, ...models.flatMap((name) => pipelines.get(name) ?? [])],
    exposures: models.flatMap((name) => exposures.get(name) ?? []),
    owners: told(owners),
    consumers: told(consumers),
  };
}

/** A change of the settings that changes values or relations touches everything that it can. */
function touchesOf(change: ModelChange, model: Model): readonly Touch[] {
  if (change.subject.kind !== "project") return change.touches;
  if (change.rule === "CC101" || change.rule === "CC102") return [];
  if (change.part === "timezone") return touchedByZone(model);
  if (change.part === "openEnd") return touchedByOpenEnd(model);
  return [...layersOf(model).keys()].map((name) => ({ model: name, column: "*" }));
}

/** The rules of changes by which values are others than before. */
const VALUES: ReadonlySet<RuleId> = new Set(["GR601", "GR801", "HS701", "HS901", "SC301", "CC951", "XX999"]);

function closure(from: readonly Touch[], { next }: ColumnLineage, values: boolean): ReadonlyMap<string, Touch> {
  const found = new Map<string, Touch>();
  const waiting = [...from];
  for (let one = waiting.pop(); one !== undefined; one = waiting.pop()) {
    const id = `${one.model}\u0000${one.column}`;
    if (found.has(id) || (one.column === VERSIONS && !values)) continue;
    found.set(id, one);
    waiting.push(...next(one));
  }
  return new Map([...found].filter(([, { column }]) => column !== VERSIONS));
}

/** Where all of a model is reached its columns go without saying. */
function withoutCovered(columns: readonly string[]): readonly string[] {
  const whole = new Set(columns.filter((one) => one.endsWith(".*")).map((one) => one.slice(0, -2)));
  return columns.filter((one) => one.endsWith(".*") || !whole.has(one.slice(0, one.lastIndexOf("."))));
}

/** Owners, consumers and exposures by dbt model or source table. */
interface Teams {
  readonly owners: ReadonlyMap<string, readonly string[]>;
  readonly consumers: ReadonlyMap<string, readonly string[]>;
  readonly exposures: ReadonlyMap<string, readonly string[]>;
}

function teams(model: Model): Teams {
  const owners = new Map<string, readonly string[]>();
  const consumers = new Map<string, readonly string[]>();
  const exposures = new Map<string, readonly string[]>();
  for (const one of model.sources) {
    for (const name of [`source:${one.name}`, one.models.staging]) owners.set(name, listed(one.owner));
    consumers.set(`source:${one.name}`, one.consumers);
  }
  for (const one of model.dimensions) {
    if (one.kind === "table") for (const name of [one.name, ...modelsBelow(one).map((below) => below.name)]) owners.set(name, listed(one.owner));
  }
  for (const one of [...model.handWritten, ...model.bridges]) owners.set(one.name, listed(one.owner));
  for (const one of [...model.facts, ...model.marts]) {
    owners.set(one.name, listed(one.owner));
    exposures.set(one.name, one.exposures.map(({ name }) => name));
    consumers.set(one.name, one.exposures.flatMap(({ owner }) => listed(owner)));
  }
  for (const one of model.pipelines) owners.set(one.name, listed(one.owner));
  return { owners, consumers, exposures };
}

function listed(name: string | null): readonly string[] {
  return name === null ? [] : [name];
}
