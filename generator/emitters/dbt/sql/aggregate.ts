import type { Dialect } from "../../../dialects/types.ts";
import type { Aggregation } from "../../../model/fact.ts";
import type { LogicalType } from "../../../model/types.ts";

/** An aggregate of a value (null: of rows), over the rows that meet a condition (null: all), in a stated type. */
export interface Aggregate {
  readonly aggregation: Aggregation;
  readonly sql: string | null;
  readonly condition: string | null;
  readonly type: LogicalType;
  /** What rows that do not meet the condition add to a sum; a sum of unknown values alone is then unknown, too. */
  readonly others?: "zero" | "nothing";
}

/** The SQL of an aggregate. A filtered sum over no matching row is 0; the cast gives the type that contracts state, since sums widen. */
export function aggregateSql(aggregate: Aggregate, dialect: Dialect): string {
  const sql = plainAggregate(aggregate, dialect);
  if (aggregate.type.kind === "bigint" && aggregate.aggregation.startsWith("count")) return sql;
  return castTo(sql, dialect.typeName(aggregate.type));
}

/** A plain cast; SQL of several lines stands indented in its parentheses. */
export function castTo(sql: string, type: string): string {
  return sql.includes("\n") ? `cast(\n    ${sql.replaceAll("\n", "\n    ")} as ${type}\n)` : `cast(${sql} as ${type})`;
}

/** The aggregate in whatever type the warehouse gives it. The least and the greatest text are those of byte order, as everywhere. */
export function plainAggregate({ aggregation, sql, condition, type, others = "zero" }: Aggregate, dialect: Dialect): string {
  switch (aggregation) {
    case "count":
      return sql === null && condition === null ? "count(*)" : `count(${filtered(sql ?? "1", condition, null)})`;
    case "count_distinct":
      return `count(distinct ${filtered(sql ?? "1", condition, null)})`;
    case "sum":
      return `sum(${filtered(sql ?? "1", condition, others === "zero" ? "0" : null)})`;
    case "avg":
      return `avg(${filtered(sql ?? "1", condition, null)})`;
    case "median":
      return medianSql(filtered(sql ?? "1", condition, null), dialect);
    case "min":
    case "max":
      return `${aggregation}(${filtered(ordered(sql ?? "1", type, dialect), condition, null)})`;
  }
}

/**
 * Half the sum of the lower and the upper value in the middle. A percentile between the two is worked out on floats by PostgreSQL, and is none of the exact
 * numbers; the zero lets whole numbers of any size be added.
 */
function medianSql(value: string, dialect: Dialect): string {
  const indented = (sql: string): string => sql.replaceAll("\n", "\n    ");
  const middle = (order: string): string => {
    const within = value.includes("\n") ? `\n    order by${indented(value).trimEnd()}${order}\n` : `order by ${value}${order}`;
    return indented(`percentile_disc(0.5) within group (${within})`);
  };
  return dialect.divide(`(\n    0.0\n    + ${middle("")}\n    + ${middle(" desc")}\n)`, "2", true);
}

/** A value as something to compare; an operator in it takes the collation of its last part for all of it. */
function ordered(sql: string, type: LogicalType, dialect: Dialect): string {
  return type.kind === "string" ? dialect.bytewise(sql) : sql;
}

function filtered(sql: string, condition: string | null, otherwise: string | null): string {
  if (condition === null) return sql.includes("\n") ? `\n    ${sql.replaceAll("\n", "\n    ")}\n` : sql;
  const last = otherwise === null ? [] : [`else ${otherwise}`];
  const line = ["case", `when ${condition} then ${sql}`, ...last, "end"].join(" ");
  if (line.length <= 50) return line;
  return `\n    case\n        when ${condition} then ${sql}${last.map((one) => `\n        ${one}`).join("")}\n    end\n`;
}
