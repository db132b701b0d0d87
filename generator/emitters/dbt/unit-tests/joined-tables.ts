import { castValue } from "../../../evaluate/cast.ts";
import { evaluate } from "../../../evaluate/expression.ts";
import { keyText } from "../../../evaluate/members.ts";
import { joinedRow, type Tables, type Values } from "../../../evaluate/rows.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { RowJoin } from "../../../model/rows.ts";
import type { LogicalType } from "../../../model/types.ts";
import { all, firstDayFor, GROUPS, payloadValues, scriptedValues, type ScriptColumn, type State } from "./script.ts";

const instant: LogicalType = { kind: "timestamp" };

/** Where the versions of a joined table begin and end: one after the other, a gap, and back; moments as in `momentText`. */
const spans: readonly (readonly { readonly from: number; readonly to: number | null; readonly state: State }[])[] = [
  [{ from: 0, to: 3, state: 0 }, { from: 3, to: 5, state: 1 }, { from: 6, to: null, state: 2 }],
  [{ from: 1, to: null, state: 1 }],
];

/**
 * Rows for all tables that a dimension joins: the first two values that the base refers to are there, all others are missing. A joined history has
 * several versions of the first.
 */
export function joinedTables(dimension: EntityDimension, base: readonly Values[]): Tables {
  const { rows } = dimension;
  const tables = new Map<string, readonly Values[]>([[rows.base.alias, base]]);
  for (const [index, join] of rows.joins.entries()) {
    const before = rows.joins.slice(0, index);
    const referring = base.flatMap((values) => joinedRow(({ input, name }) => (input === rows.base.alias ? values.get(name) ?? null : null), before, tables) ?? []);
    const keys = referring.map((row) => join.on.map(({ left }) => evaluate(left, row))).filter((key) => !key.includes(null));
    const two = [...new Map(keys.map((key) => [keyText(key), key])).values()].slice(0, 2);
    tables.set(join.input.alias, two.flatMap((key, position) => joinRows(join, key, position, dimension)));
  }
  return tables;
}

function joinRows(join: RowJoin, key: readonly Value[], position: number, dimension: EntityDimension): readonly Values[] {
  const isTimed = dimension.joinedHistories.some((one) => one.alias === join.input.alias);
  const keys = new Map(join.on.map(({ right }, index) => (right.kind === "column" ? [right.name, castValue(key[index] ?? null, right.type)] : fail("joined by no column"))));
  const payload = payloadColumns(join, dimension, keys);
  const firstDay = firstDayFor(dimension);
  const times: readonly ScriptColumn[] = isTimed ? [{ name: "valid_from", type: instant, role: { kind: "time", firstDay } }, { name: "valid_to", type: instant, role: { kind: "end", firstDay } }] : [];
  const script = isTimed ? (spans[position] ?? []).map(({ from, to, state }) => ({ member: null, at: from, until: to, state: all(state) })) : [{ member: null, at: null, state: all(position) }];
  return scriptedValues(script, [...payload, ...times]).map((values) => new Map([...keys, ...values]));
}

function payloadColumns({ input }: RowJoin, dimension: EntityDimension, keys: Values): readonly ScriptColumn[] {
  const read = [...rowAttributes(dimension).map((one) => one.value), ...dimension.rows.joins.flatMap((one) => one.on.map(({ left }) => left))].flatMap(columnsOf);
  const columns = [...new Map(read.filter((one) => one.input === input.alias && !keys.has(one.name)).map((one) => [one.name, one])).values()];
  return columns.map(({ name, type }, index) => ({ name, type, role: { kind: "payload", group: index % GROUPS, values: payloadValues(type, []) } }));
}
