import { keyParts, rowAttributes } from "../model/attributes.ts";
import type { EntityDimension } from "../model/dimension.ts";
import { evaluate, type Row } from "./expression.ts";
import { byMember, columnValues, keyText } from "./members.ts";
import { firstBy, type RankTerm } from "./ranking.ts";
import { joinedRows, type Tables } from "./rows.ts";
import type { Member } from "./versions.ts";

/**
 * One member for each natural key of a dimension that collapses its rows: the first one by the stated order, ties broken by all attributes; without a
 * natural key one for each combination of values. For use within an `attempt`.
 */
export function collapsedMembers(dimension: EntityDimension, tables: Tables): readonly Member[] {
  const rows = joinedRows(dimension.rows, tables).map((row) => ({ key: [...columnValues(dimension.naturalKey, row).values()], row }));
  if (dimension.naturalKey.length > 0) return byMember(rows).flatMap((own) => firstBy(own, orderOf(dimension)).map((one) => memberOf(one.row, dimension)));
  const combinations = new Map(rows.map(({ row }) => [keyText([...columnValues(keyParts(dimension), row).values()]), row]));
  return [...combinations.values()].map((row) => memberOf(row, dimension));
}

function memberOf(row: Row, dimension: EntityDimension): Member {
  return { key: [...columnValues(dimension.naturalKey, row).values()], values: columnValues(rowAttributes(dimension), row), isDeleted: false };
}

function orderOf({ collapse, attributes }: EntityDimension): readonly RankTerm<{ readonly row: Row }>[] {
  const order = collapse?.kind === "keep" ? collapse.order : [];
  const direction = order[0]?.direction ?? "descending";
  const values = attributes.filter((one) => one.companion === null).map((one) => ({ value: one.value, direction }));
  return [...order, ...values].map((term) => ({ value: ({ row }) => evaluate(term.value, row), direction: term.direction }));
}
