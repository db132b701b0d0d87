import { within, type Origin } from "../../diagnostics/origin.ts";
import { bridgeColumns } from "../../model/bridge.ts";
import { modelsBelow } from "../../model/dimension-models.ts";
import { martKeyColumn, rollingColumn } from "../../model/names.ts";
import type { Model } from "../../model/types.ts";

/** A name of what is generated: a relation in the warehouse, a column, a DAG, or a dbt exposure. */
export interface GeneratedName {
  readonly kind: "model" | "column" | "dag" | "exposure";
  readonly name: string;
  /** Where the name must be unique: a dbt project, a model, or Airflow. */
  readonly place: string;
  /** The spec's own word behind the name, to be shortened or renamed. */
  readonly part: string;
  readonly origin: Origin;
}

/** Every name of relations, columns, DAGs and exposures that a model leads to. */
export function generatedNames(model: Model): readonly GeneratedName[] {
  const exposures = [...model.facts, ...model.marts].flatMap((one) => one.exposures);
  return [
    ...relations(model),
    ...columns(model),
    ...model.pipelines.map(({ name, origin }) => ({ kind: "dag" as const, name, place: "Airflow", part: name, origin })),
    ...exposures.map(({ name, origin }) => ({
      kind: "exposure" as const,
      name,
      place: "the exposures of dbt",
      part: name,
      origin: within(origin, "name"),
    })),
  ];
}

function relations(model: Model): readonly GeneratedName[] {
  const found: GeneratedName[] = [];
  const add = (name: string | null, part: string, origin: Origin): void => {
    if (name !== null) found.push({ kind: "model", name, place: "the dbt project", part, origin: within(origin, "name") });
  };
  for (const { name, models, origin } of model.sources) {
    add(models.staging, name, origin);
    add(models.current, name, origin);
  }
  for (const one of model.dimensions) {
    add(one.name, one.name, one.origin);
    for (const { name } of modelsBelow(one)) add(name, one.name, one.origin);
  }
  for (const one of [...model.handWritten, ...model.bridges, ...model.facts, ...model.marts]) add(one.name, one.name, one.origin);
  return found;
}

function columns(model: Model): readonly GeneratedName[] {
  const found: GeneratedName[] = [];
  const add = (place: string, names: readonly { readonly name: string; readonly origin: Origin }[]): void => {
    for (const { name, origin } of names) found.push({ kind: "column", name, place, part: name, origin });
  };
  for (const one of model.sources) add(one.models.staging, one.columns);
  for (const one of model.handWritten) add(one.name, one.columns);
  for (const one of model.dimensions) {
    if (one.kind !== "table") continue;
    const keys = [one.columns.key, one.columns.durableKey].filter((name) => name !== null);
    add(one.name, [...keys.map((name) => ({ name, origin: within(one.origin, "name") })), ...one.naturalKey, ...one.attributes, ...one.outriggers]);
  }
  for (const one of model.bridges) add(one.name, bridgeColumns(one).map(({ name }) => ({ name, origin: within(one.origin, "name") })));
  for (const one of model.facts) {
    add(one.name, [{ name: one.keyColumn, origin: within(one.origin, "name") }, ...one.foreignKeys, ...one.degenerates, ...one.measures]);
  }
  for (const one of model.marts) {
    const key = one.groups.length === 0 ? [] : [{ name: martKeyColumn(one.name), origin: within(one.origin, "name") }];
    const { rolling } = one;
    const moving = rolling === null ? [] : rolling.measures.map((measure) => ({ name: rollingColumn(measure, rolling.periods, rolling.unit), origin: within(one.origin, "rolling") }));
    add(one.name, [...key, ...one.groups, ...one.measures, ...one.calculations, ...moving]);
  }
  return found;
}
