import { castValue } from "../../../evaluate/cast.ts";
import { evaluate } from "../../../evaluate/expression.ts";
import { keyText } from "../../../evaluate/members.ts";
import { joinedRow, type Tables, type Values } from "../../../evaluate/rows.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { Expression } from "../../../model/expression.ts";
import type { RowInput, RowJoin, RowSource } from "../../../model/rows.ts";
import { all, GROUPS, payloadValues, scriptedValues, spanColumns, type ScriptColumn, type State } from "./script.ts";

/** Where the versions of a joined table begin and end: one after the other, a gap, and back; moments as in `momentText`. */
const spans: readonly (readonly { readonly from: number; readonly to: number | null; readonly state: State }[])[] = [
  [{ from: 0, to: 3, state: 0 }, { from: 3, to: 5, state: 1 }, { from: 6, to: null, state: 2 }],
  [{ from: 1, to: null, state: 1 }],
];

/** What a dimension or fact reads of the tables that it joins: expressions over them, and the aliases of those that are read as versions, from a first day on. */
export interface JoinedRead {
  readonly rows: RowSource;
  readonly read: readonly Expression[];
  readonly timed: readonly string[];
  readonly firstDay: string;
}

/** The inputs of a row source; fails where a model is among them twice, as dbt gives it one set of rows, which cannot be those of two roles. */
export function inputsOnce(rows: RowSource): readonly RowInput[] {
  const inputs = [rows.base, ...rows.joins.map((one) => one.input)];
  return new Set(inputs.map((one) => one.reference.model)).size < inputs.length ? fail("a table that is joined in several roles") : inputs;
}

/**
 * Rows for all tables that are joined: the first two values that the base refers to are there, all others are missing. A joined history has
 * several versions of the first.
 */
export function joinedTables(reading: JoinedRead, base: readonly Values[]): Tables {
  const { rows } = reading;
  inputsOnce(rows);
  const tables = new Map<string, readonly Values[]>([[rows.base.alias, base]]);
  for (const [index, join] of rows.joins.entries()) {
    const before = rows.joins.slice(0, index);
    const referring = base.flatMap((values) => joinedRow(({ input, name }) => (input === rows.base.alias ? values.get(name) ?? null : null), before, tables) ?? []);
    const keys = referring.map((row) => join.on.map(({ left }) => evaluate(left, row))).filter((key) => !key.includes(null));
    const two = [...new Map(keys.map((key) => [keyText(key), key])).values()].slice(0, 2);
    tables.set(join.input.alias, two.flatMap((key, position) => joinRows(join, key, position, reading)));
  }
  return tables;
}

function joinRows(join: RowJoin, key: readonly Value[], position: number, reading: JoinedRead): readonly Values[] {
  const { firstDay } = reading;
  const isTimed = reading.timed.includes(join.input.alias);
  const keys = new Map(join.on.map(({ right }, index) => (right.kind === "column" ? [right.name, castValue(key[index] ?? null, right.type)] : fail("joined by no column"))));
  const payload = payloadColumns(join, reading, keys);
  const times = isTimed ? spanColumns(firstDay) : [];
  const script = isTimed ? (spans[position] ?? []).map(({ from, to, state }) => ({ member: null, at: from, until: to, state: all(state) })) : [{ member: null, at: null, state: all(position) }];
  return scriptedValues(script, [...payload, ...times]).map((values) => new Map([...keys, ...values]));
}

function payloadColumns({ input }: RowJoin, { rows, read }: JoinedRead, keys: Values): readonly ScriptColumn[] {
  const all = [...read, ...rows.joins.flatMap((one) => one.on.map(({ left }) => left))].flatMap(columnsOf);
  const columns = [...new Map(all.filter((one) => one.input === input.alias && !keys.has(one.name)).map((one) => [one.name, one])).values()];
  return columns.map(({ name, type }, index) => ({ name, type, role: { kind: "payload", group: index % GROUPS, values: payloadValues(type, []) } }));
}
