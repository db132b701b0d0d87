import { isBuiltIn } from "../../names.ts";
import type { Fact } from "../../fact.ts";
import { loadColumns } from "../../fact-record.ts";
import { scalar } from "../../logical-type.ts";
import type { LogicalType } from "../../types.ts";

/** A column of a fact table as roll-ups and marts see it. */
export interface FactColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
  readonly unit: string | null;
}

/** The columns of a fact table: keys, the grain of a roll-up, degenerate dimensions, event time, measures (ratios are no columns). */
export function factColumns(fact: Fact): readonly FactColumn[] {
  const columns = [
    column(fact.keyColumn, scalar("string"), "Key of the row."),
    ...fact.foreignKeys.map((one) =>
      column(one.name, scalar(isBuiltIn(one.dimension) ? "integer" : "string"), `Key of ${one.dimension}.`),
    ),
    ...(fact.rollup ? fact.grain.map((one) => column(one.name, one.type, "Part of the grain.")) : []),
    ...fact.degenerates.map((one) => column(one.name, one.type, one.description)),
    ...(fact.eventTime === null
      ? []
      : [column(fact.eventTime.column, scalar(fact.eventTime.precision === "date" ? "date" : "timestamp"), "Time of the event.")]),
    ...fact.measures.flatMap((one) => (one.ratio === null ? [column(one.name, one.type, one.description, one.unit)] : [])),
    ...loadColumns(fact),
  ].map((one) => ({ unit: null, ...one }));
  return columns.filter((one, index) => columns.findIndex((other) => other.name === one.name) === index);
}

function column(name: string, type: LogicalType, description: string, unit: string | null = null): FactColumn {
  return { name, type, description, unit };
}
