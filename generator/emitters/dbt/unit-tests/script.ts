import { evaluateText } from "../../../evaluate/cast.ts";
import { edgesOf } from "../../../evaluate/edges.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { dayFromText, dayText, instantOf, instantText } from "../../../evaluate/time.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { LogicalType } from "../../../model/types.ts";
import { keyValue } from "./cleaning.ts";
import { shownValue, type UnitRow } from "./unit-test.ts";

/** What a column is for in the rows of a unit test. Texts are canonical; null is NULL. */
export type Role =
  | { readonly kind: "key"; readonly part: number; readonly parts: number }
  | { readonly kind: "time" | "end"; readonly firstDay: string }
  | { readonly kind: "sequence"; readonly isLast: boolean }
  | { readonly kind: "operation"; readonly deletes: string | null; readonly keeps: string | null }
  | { readonly kind: "filter"; readonly passes: string | null; readonly fails: string | null }
  | { readonly kind: "payload"; readonly group: number; readonly values: readonly string[] };

/** A column of the rows of a unit test. */
export interface ScriptColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly role: Role;
}

/** Which value a payload column holds: the n-th of its values, or NULL. */
export type State = number | null;

/** A row of a unit test, told apart from its columns. */
export interface ScriptRow {
  /** Number of the member; null for a key that is NULL. */
  readonly member: number | null;
  /** Number of the moment, see `momentText`; null for NULL. */
  readonly at: number | null;
  readonly until?: number | null;
  /** Order of rows at one moment: of all sequence columns, or of the last one alone. */
  readonly sequence?: number | null;
  readonly last?: number;
  readonly isDelete?: boolean;
  readonly isFiltered?: boolean;
  /** State of each group of payload columns. */
  readonly state: (group: number) => State;
}

/** How many groups the payload columns are in at most; those of a group change together. */
export const GROUPS = 8;

/** Rows of a unit test as values. */
export function scriptedValues(rows: readonly ScriptRow[], columns: readonly ScriptColumn[]): readonly Values[] {
  return rows.map((row) => new Map(columns.map((column) => [column.name, typed(textOf(column, row), column.type)])));
}

/** Rows of values as dbt is given them. */
export function givenRows(rows: readonly Values[]): readonly UnitRow[] {
  return rows.map((row) => Object.fromEntries([...row].map(([name, value]) => [name, shownValue(value)])));
}

/** All payload columns in one state. */
export function all(state: State): (group: number) => State {
  return () => state;
}

/** Values that a column goes through: those that expressions compare it with, then the edges of its type. */
export function payloadValues(type: LogicalType, compared: readonly string[]): readonly string[] {
  return [...new Set([...compared, ...edgesOf(type)])].filter((text) => "value" in evaluateText(text, type));
}

/** The day of the first moment: the fifth is the one on which the first attribute came that was not always there. */
export function firstDayFor({ attributes }: EntityDimension): string {
  const since = attributes.flatMap((one) => one.since ?? []).sort();
  const day = dayFromText(since[0] ?? "");
  return day === null ? FIRST_DAY : dayText({ kind: "day", day: day.day - 4 });
}

/** The columns of a span from when to when something holds. */
export function spanColumns(firstDay: string, prefix = ""): readonly ScriptColumn[] {
  const type: LogicalType = { kind: "timestamp" };
  return [{ name: `${prefix}valid_from`, type, role: { kind: "time", firstDay } }, { name: `${prefix}valid_to`, type, role: { kind: "end", firstDay } }];
}

/** The day of the first moment where nothing asks for another one: a leap day follows. */
export const FIRST_DAY = "2024-02-27";

/** The n-th moment of a unit test: one a day, and the fourth a microsecond after the third where the type can tell. */
function momentText(type: LogicalType, at: number, firstDay: string): string {
  const first = dayFromText(firstDay) ?? fail("no day");
  const day = (number: number): string => dayText({ kind: "day", day: first.day + number });
  if (type.kind === "date") return day(at);
  return at === 3 ? instantText({ kind: "instant", micros: instantOf({ kind: "day", day: first.day + 2 }).micros + 1n }) : `${day(at)} 00:00:00.000000`;
}

function textOf({ type, role }: ScriptColumn, row: ScriptRow): string | null {
  switch (role.kind) {
    case "key": return row.member === null ? null : known(keyValue(type, keyPart(row.member, role.part, role.parts)));
    case "time": return row.at === null ? null : momentText(type, row.at, role.firstDay);
    case "end": return row.until === undefined || row.until === null ? null : momentText(type, row.until, role.firstDay);
    case "sequence": {
      const order = role.isLast && row.last !== undefined ? row.last : row.sequence ?? null;
      return order === null ? null : known(keyValue(type, order));
    }
    case "operation": return row.isDelete === true ? role.deletes : role.keeps;
    case "filter": return row.isFiltered === true ? role.fails : role.passes;
    case "payload": {
      const state = row.state(role.group);
      return state === null ? null : role.values[state % Math.max(role.values.length, 1)] ?? null;
    }
  }
}

/** The n-th value of a part of a key: members differ in the last part of their key, and in the one before. */
export function keyPart(member: number, part: number, parts: number): number {
  if (parts === 1) return member;
  return part === parts - 1 ? member % 2 : part === parts - 2 ? Math.floor(member / 2) : 0;
}

/** The text of a key that tells rows apart; within an `attempt`. */
export function known(value: string | number | null): string {
  return value === null ? fail("a type without values that differ") : String(value);
}

/** The value of a text in a type; within an `attempt`, which ends where it is none. */
export function typed(text: string | null, type: LogicalType): Value {
  const value = evaluateText(text, type);
  return "value" in value ? value.value : fail(value.failure);
}
