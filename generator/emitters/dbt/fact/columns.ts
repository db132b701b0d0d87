import { isBuiltIn } from "../../../model/names.ts";
import { scalar } from "../../../model/logical-type.ts";
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
);

/**
 * The columns of a fact in order: key, foreign keys, degenerate dimensions, event time, measures. Ratios are no columns.
 * A roll-up shows its grain, since nothing else says which rows were put together.
 */
export function factColumns(fact: Fact): readonly FactColumn[] {
  const columns: readonly FactColumn[] = [
    { role: "key", name: fact.keyColumn, type: scalar("string") },
    ...fact.foreignKeys.map((one): FactColumn => ({ role: "foreign_key", name: one.name, type: foreignKeyType(one), foreignKey: one })),
    ...(fact.rollup ? fact.grain : []).map((one): FactColumn => ({ role: "grain", name: one.name, type: one.type, grain: one })),
    ...fact.degenerates.map((one): FactColumn => ({ role: "degenerate", name: one.name, type: one.type, degenerate: one })),
    ...eventTimeColumn(fact),
    ...fact.measures
      .filter((one) => one.ratio === null)
      .map((one): FactColumn => ({ role: "measure", name: one.name, type: one.type, measure: one })),
  ];
  const names = new Set<string>();
  return columns.filter((one) => !names.has(one.name) && names.add(one.name));
}

/** The name and type of the column that holds a foreign key's dimension key. */
export function foreignKeyType(foreignKey: ForeignKey): LogicalType {
  return scalar(isBuiltIn(foreignKey.dimension) ? "integer" : "string");
}

function eventTimeColumn(fact: Fact): readonly FactColumn[] {
  if (fact.eventTime === null) return [];
  const type = scalar(fact.eventTime.precision === "date" ? "date" : "timestamp");
  return [{ role: "event_time", name: fact.eventTime.column, type, eventTime: fact.eventTime }];
}
