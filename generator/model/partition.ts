import type { Fact } from "./fact.ts";
import { scalar } from "./logical-type.ts";
import { isBuiltIn } from "./names.ts";
import type { LogicalType } from "./types.ts";

/** A column of a fact whose values divide its rows into partitions. */
export interface PartitionColumn {
  readonly name: string;
  readonly type: LogicalType;
  /** False for keys, of which every row has one. */
  readonly nullable: boolean;
}

/** The columns that a fact may be divided by: its keys, degenerate dimensions and a day of the event. An instant would make a partition of every row. */
export function partitionColumns(fact: Pick<Fact, "foreignKeys" | "degenerates" | "eventTime">): readonly PartitionColumn[] {
  const keys = fact.foreignKeys.map((one): PartitionColumn => ({ name: one.name, type: scalar(isBuiltIn(one.dimension) ? "integer" : "string"), nullable: false }));
  const { eventTime } = fact;
  const day: readonly PartitionColumn[] = eventTime?.precision === "date" ? [{ name: eventTime.column, type: scalar("date"), nullable: true }] : [];
  const kept = fact.degenerates.map(({ name, type }): PartitionColumn => ({ name, type, nullable: true }));
  const all = [...keys, ...day, ...kept];
  return all.filter(({ name, type }, index) => !instants.includes(type.kind) && all.findIndex((one) => one.name === name) === index);
}

/** The column that a fact is divided by as `load.partition_by` says: a column of its own, or the role of one of its keys; null where it has none such. */
export function partitionColumn(fact: Fact): PartitionColumn | null {
  const { partitionBy } = fact.load;
  const key = fact.foreignKeys.find((one) => one.alias === partitionBy)?.name;
  return partitionColumns(fact).find((one) => one.name === partitionBy || one.name === key) ?? null;
}

const instants: readonly string[] = ["timestamp", "timestamp_ntz", "time", "float", "json", "binary", "array", "struct"];
