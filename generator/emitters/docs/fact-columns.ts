import { isBuiltIn } from "../../model/names.ts";
import type { Expression } from "../../model/expression.ts";
import { loadColumns } from "../../model/fact-record.ts";
import { PERIODS } from "../../model/fact.ts";
import type { Fact, ForeignKey, Measure } from "../../model/fact.ts";
import { mapColumns } from "../../model/map-columns.ts";
import { scalar } from "../../model/logical-type.ts";
import type { Model } from "../../model/types.ts";
import { originsOf, type OriginsOf } from "./origins.ts";
import { generated, type ShownColumn } from "./shown.ts";

/** The columns of a fact in the order of its table; ratios are no columns. */
export function factColumns(fact: Fact, model: Model): readonly ShownColumn[] {
  const rows = originsOf(model, fact.rows, [...fact.foreignKeys, ...fact.sourceKeys]);
  const origins: OriginsOf = (value) => rows(beforePeriods(value, fact));
  const grain = fact.rollup
    ? fact.grain.map((one) => ({ name: one.name, type: one.type, meaning: "Part of the grain.", ...origins(one.value) }))
    : [];
  const columns: readonly ShownColumn[] = [
    generated(fact.keyColumn, scalar("string"), `Key of the row, from ${fact.grain.map((one) => one.name).join(", ")}.`),
    ...fact.foreignKeys.map((one) => foreignKey(one, origins, fact.rows.base.reference.id)),
    ...grain,
    ...fact.degenerates.map((one) => ({ name: one.name, type: one.type, meaning: one.description, ...origins(one.value) })),
    ...eventTime(fact, origins),
    ...fact.measures.filter((one) => one.ratio === null).map((one) => measure(one, origins)),
    ...loadColumns(fact).map((one) => generated(one.name, one.type, one.description)),
  ];
  const names = new Set<string>();
  return columns.filter((one) => !names.has(one.name) && names.add(one.name));
}

/** What a column of the periods of a periodic snapshot, or a milestone that events tell, was in the source's rows. */
function beforePeriods(value: Expression, { periodic, events, rows }: Fact): Expression {
  if (events !== null) {
    const milestones = new Set(events.milestones.map((one) => one.column));
    return mapColumns(value, (column) => (column.input === rows.base.alias && milestones.has(column.name) ? { ...column, name: events.time.name } : column));
  }
  if (periodic === null) return value;
  return mapColumns(value, (column) => {
    if (column.input !== PERIODS) return column;
    return periodic.entity.find((one) => one.name === column.name)?.value ?? periodic.time;
  });
}

function foreignKey(key: ForeignKey, origins: OriginsOf, source: string): ShownColumn {
  const role = key.role === null ? "" : ` in the role ${key.role}`;
  const base = {
    name: key.name,
    type: scalar(isBuiltIn(key.dimension) ? "integer" : "string"),
    meaning: `Key of ${key.dimension}${role}.`,
    pii: "",
  };
  switch (key.lookup.kind) {
    case "lookup":
      return { ...base, from: [...new Set(key.lookup.on.flatMap((one) => origins(one.value).from))] };
    case "combination":
      return { ...base, from: [...new Set(key.lookup.values.flatMap((one) => origins(one.value).from))] };
    case "date":
    case "time":
      return { ...base, from: origins(key.lookup.value).from };
    case "inherited":
      return { ...base, from: [`${source}.${key.lookup.column}`] };
  }
}

function eventTime({ eventTime: time, periodic }: Fact, origins: OriginsOf): readonly ShownColumn[] {
  if (time === null) return [];
  const meaning = periodic !== null ? `Last day of the ${periodic.period}.` : time.precision === "date" ? "Day of the event." : "Time of the event, UTC.";
  return [{ name: time.column, type: scalar(time.precision === "date" ? "date" : "timestamp"), meaning, ...origins(time.value) }];
}

function measure(one: Measure, origins: OriginsOf): ShownColumn {
  const unit = one.unit === null ? "" : `, in ${one.unit}`;
  const how = `${one.additivity.replace("_", "-")}, ${one.aggregation.replace("_", " ")}${unit}`;
  const meaning = one.description === "" ? `A measure: ${how}.` : `${one.description.trim()} (${how})`;
  return { name: one.name, type: one.type, meaning, ...origins(one.value.expression) };
}
