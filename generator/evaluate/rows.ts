import type { Expression } from "../model/expression.ts";
import type { RowJoin, RowSource } from "../model/rows.ts";
import { compareValues } from "./compare.ts";
import { evaluate, type Row } from "./expression.ts";
import type { Value } from "./value.ts";

/** Values of a row by column. */
export type Values = ReadonlyMap<string, Value>;

/** The rows of each input of a row source, by its alias. */
export type Tables = ReadonlyMap<string, readonly Values[]>;

/** The rows that a row source gives over some tables: joined, then filtered. For use within an `attempt`. */
export function joinedRows(rows: RowSource, tables: Tables): readonly Row[] {
  const bases = (tables.get(rows.base.alias) ?? []).map((values): Row => ({ input, name }) => (input === rows.base.alias ? values.get(name) ?? null : null));
  const joined = bases.flatMap((row) => joinedRow(row, rows.joins, tables) ?? []);
  return joined.filter((row) => rows.where === null || evaluate(rows.where, row) === true);
}

/** A row with what it finds in the joined tables; null where an inner join finds nothing. */
export function joinedRow(row: Row, joins: readonly RowJoin[], tables: Tables): Row | null {
  let joined = row;
  for (const { input, type, on } of joins) {
    const before = joined;
    const found = (tables.get(input.alias) ?? []).find((values) => on.every(({ left, right }) => isEqual(evaluate(left, before), valueIn(right, input.alias, values))));
    if (found === undefined && type === "inner") return null;
    joined = (column) => (column.input === input.alias ? found?.get(column.name) ?? null : before(column));
  }
  return joined;
}

function valueIn(expression: Expression, alias: string, values: Values): Value {
  return evaluate(expression, ({ input, name }) => (input === alias ? values.get(name) ?? null : null));
}

/** NULL equals nothing. */
function isEqual(left: Value, right: Value): boolean {
  return left !== null && right !== null && compareValues(left, right) === 0;
}
