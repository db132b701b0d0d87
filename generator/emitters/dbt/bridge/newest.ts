import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, SelectColumn } from "../sql/query.ts";
import { rowNumber } from "../sql/ranking.ts";

/** The rows of a dimension that tell of its members once. */
export interface Members {
  readonly relation: string;
  readonly ctes: readonly Cte[];
}

/** One row per member: the dimension itself, or the newest version of each in CTE `latest`, those who are gone included. `columns` are what is read of them. */
export function newestMembers(dimension: EntityDimension, relation: string, columns: readonly string[], dialect: Dialect): Members {
  const { durableKey } = dimension.columns;
  if (durableKey === null) return { relation, ctes: [] };
  const listed = [...new Set(columns)].map((name): SelectColumn => ({ sql: identifier(name, dialect), as: identifier(name, dialect) }));
  const rank = { sql: rowNumber([identifier(durableKey, dialect)], ["valid_from desc"]), as: "row_rank" };
  return {
    relation: "latest",
    ctes: [
      { kind: "select", name: "ranked", selects: [{ columns: [...listed, rank], from: relation }] },
      { kind: "select", name: "latest", selects: [{ columns: listed, from: "ranked", where: ["row_rank = 1"] }] },
    ],
  };
}
