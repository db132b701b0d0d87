import type { Aggregation } from "./fact.ts";
import { decimal, digits, isExact, isInteger, scalar } from "./logical-type.ts";
import type { LogicalType } from "./types.ts";

/** The type of an aggregate: sums widen so that they cannot overflow, averages and medians are floats, counts are bigint. */
export function aggregateType(aggregation: Aggregation, type: LogicalType): LogicalType {
  switch (aggregation) {
    case "count":
    case "count_distinct":
      return scalar("bigint");
    case "avg":
    case "median":
      return scalar("float");
    case "min":
    case "max":
      return type;
    case "sum":
      if (isInteger(type)) return scalar("bigint");
      return isExact(type) ? decimal(38, digits(type).scale) : scalar("float");
  }
}
