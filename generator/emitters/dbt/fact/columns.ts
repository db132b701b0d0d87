import { isBuiltIn } from "../../../model/names.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { Expression } from "../../../model/expression.ts";
import { LOADED_AT, recordColumns, type RecordColumn } from "../../../model/fact-record.ts";
import type { DegenerateDimension, Fact, ForeignKey, Measure } from "../../../model/fact.ts";
import type { LogicalType } from "../../../model/types.ts";

/** A column of a fact and what it is there for. Keys of dates are integers, all other keys are texts. */
export type FactColumn = { readonly name: string; readonly type: LogicalType } & (
  | { readonly role: "key" }
  | { readonly role: "foreign_key"; readonly foreignKey: ForeignKey }
  | { readonly role: "grain"; readonly grain: Fact["grain"][number] }
  | { readonly role: "degenerate"; readonly degenerate: DegenerateDimension }
  | { readonly role: "event_time"; readonly eventTime: NonNullable<Fact["eventTime"]> }
  | { readonly role: "measure"; readonly measure: Measure }
  | { readonly role: "load_time"; readonly loadedAt: Expression }
  | { readonly role: "record"; readonly record: RecordColumn }
);

/** A column that follows from the rows of the source. */
export type ComputedColumn = Exclude<FactColumn, { readonly role: "record" }>;

/**
 * The columns of a fact in order: key, foreign keys, degenerate dimensions, event time, measures, what its load records. Ratios are no
 * columns. A roll-up shows its grain, since nothing else says which rows were put together.
 */
export function factColumns(fact: Fact): readonly FactColumn[] {
  return [...computedColumns(fact), ...recordColumns(fact).map((record): FactColumn => ({ role: "record", name: record.name, type: record.type, record }))];
}

/** The columns that follow from the rows of the source; all but those that its load records. */
export function computedColumns(fact: Fact): readonly ComputedColumn[] {
  const columns: readonly ComputedColumn[] = [
    { role: "key", name: fact.keyColumn, type: scalar("string") },
    ...fact.foreignKeys.map((one): ComputedColumn => ({ role: "foreign_key", name: one.name, type: foreignKeyType(one), foreignKey: one })),
    ...(fact.rollup ? fact.grain : []).map((one): ComputedColumn => ({ role: "grain", name: one.name, type: one.type, grain: one })),
    ...fact.degenerates.map((one): ComputedColumn => ({ role: "degenerate", name: one.name, type: one.type, degenerate: one })),
    ...eventTimeColumn(fact),
    ...fact.measures
      .filter((one) => one.ratio === null)
      .map((one): ComputedColumn => ({ role: "measure", name: one.name, type: one.type, measure: one })),
    ...loadTime(fact),
  ];
  const names = new Set<string>();
  return columns.filter((one) => !names.has(one.name) && names.add(one.name));
}

/** The name and type of the column that holds a foreign key's dimension key. */
export function foreignKeyType(foreignKey: ForeignKey): LogicalType {
  return scalar(isBuiltIn(foreignKey.dimension) ? "integer" : "string");
}

function loadTime({ load }: Fact): readonly ComputedColumn[] {
  return load.lookback === null ? [] : [{ role: "load_time", name: LOADED_AT, type: scalar("timestamp"), loadedAt: load.lookback.loadedAt }];
}

function eventTimeColumn(fact: Fact): readonly ComputedColumn[] {
  if (fact.eventTime === null) return [];
  const type = scalar(fact.eventTime.precision === "date" ? "date" : "timestamp");
  return [{ role: "event_time", name: fact.eventTime.column, type, eventTime: fact.eventTime }];
}
