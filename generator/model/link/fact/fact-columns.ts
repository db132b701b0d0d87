import type { Fact } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";

/** A column of a fact table as roll-ups and marts see it. */
export interface FactColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
  readonly unit: string | null;
}

/** The columns of a fact table but its foreign keys: degenerate dimensions, event time and measures (ratios are no columns). */
export function factColumns(fact: Fact): readonly FactColumn[] {
  const time = fact.eventTime === null ? [] : [{ name: fact.eventTime.column, type: scalar(fact.eventTime.precision === "date" ? "date" : "timestamp"), description: "Time of the event.", unit: null }];
  const columns = [
    ...fact.degenerates.map((one) => ({ name: one.name, type: one.type, description: one.description, unit: null })),
    ...time,
    ...fact.measures.flatMap((one) => (one.ratio === null ? [{ name: one.name, type: one.type, description: one.description, unit: one.unit }] : [])),
  ];
  return columns.filter((one, index) => columns.findIndex((other) => other.name === one.name) === index);
}
