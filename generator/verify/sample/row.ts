import { evaluateText } from "../../evaluate/cast.ts";
import { evaluateExpression } from "../../evaluate/expression.ts";
import { dayText } from "../../evaluate/time.ts";
import { isInteger } from "../../model/logical-type.ts";
import type { SourceColumn, SourceReference, SourceTable } from "../../model/source.ts";
import { candidate } from "./candidate.ts";
import { rawText } from "../../evaluate/uncleaning.ts";
import { placeBelow } from "./parents.ts";
import { takeShare } from "./shares.ts";
import { misplaced } from "./sequences.ts";
import { isLandingColumn, keyOf, othersThan, type SampleRow, type TableState, type Today } from "./state.ts";

const ATTEMPTS = 60;

/**
 * A new row that the contract takes, or null where none was found (the state then says why). `fixed` values are kept: those of a member
 * that changes, of its key, and of the columns that history is told by.
 */
export function newRow(state: TableState, today: Today, fixed: SampleRow): SampleRow | null {
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const row = draft(state, today, fixed);
    if (row === null) return null;
    if (conforms(row, state, fixed)) return row;
  }
  state.problem ??= `no row was found that meets all checks, keys and references of ${state.table.name}`;
  return null;
}

function draft(state: TableState, today: Today, fixed: SampleRow): SampleRow | null {
  const { table } = state;
  const row = new Map(fixed);
  for (const reference of table.references) {
    for (const [name, value] of referenced(reference, state, today, row)) row.set(name, value);
  }
  for (const column of table.columns) {
    if (isLandingColumn(column, table)) continue;
    const known = row.get(column.name);
    const value = known === undefined ? columnValue(column, state, today) : taken(column, known, today);
    if (value === null) return refuse(state, column);
    row.set(column.name, value.text);
  }
  for (const { by, columns } of state.dependencies) {
    const decided = state.decided.get(dependencyKey(by, row));
    for (const name of columns) if (decided !== undefined) row.set(name, decided.get(name) ?? null);
  }
  withdraw(row, state, today);
  placeBelow(row, state);
  for (const one of state.sharings) if (one !== null) takeShare(row, othersThan(row, state), one);
  return row;
}

/** Takes steps back that lie before earlier ones, where they may be absent. */
function withdraw(row: Map<string, string | null>, { table, sequences }: TableState, today: Today): void {
  for (let found = misplaced(row, sequences); found !== null; found = misplaced(row, sequences)) {
    const free = [found[1], found[0]].find((name) => {
      const column = columnNamed(name, table);
      return column !== undefined && isOptional(column, table) && taken(column, null, today) !== null;
    });
    if (free === undefined) return;
    row.set(free, null);
  }
}

function refuse(state: TableState, column: SourceColumn): null {
  state.problem ??= `no sample value fits the type, checks and cleaning of ${state.table.name}.${column.physicalName}`;
  return null;
}

/** Values of the columns of a reference: a living member of the other table, or NULL where that may be. */
function referenced(reference: SourceReference, state: TableState, today: Today, row: SampleRow): SampleRow {
  if (reference.columns.some((name) => row.has(name))) return new Map();
  const living = [...(today.stateOf(reference.to)?.members.values() ?? [])].filter((one) => one.alive);
  const optional = reference.columns.every((name) => isOptional(columnNamed(name, state.table), state.table));
  if (living.length === 0 || (optional && today.random.chance(0.1))) return optional ? new Map(reference.columns.map((name) => [name, null])) : new Map();
  const member = today.random.pick(living);
  return new Map(reference.columns.map((name, index) => [name, member.row.get(reference.toColumns[index] ?? "") ?? null]));
}

/** A value for a column, or null where none of many candidates can be told in the source's own form. */
function columnValue(column: SourceColumn, state: TableState, today: Today): { readonly text: string | null } | null {
  const { table } = state;
  const { random } = today;
  const absent = { text: null };
  if (isOptional(column, table) && random.chance(0.08) && rawText(column, null, random) !== null) return absent;
  for (let attempt = 0; attempt < ATTEMPTS; attempt++) {
    const text = isSoleKey(column, table) ? keyText(column, state, today) : candidate(column, { table, random, day: today.day, variety: today.variety });
    const value = text === null ? null : evaluateText(text, column.type);
    if (text !== null && value !== null && "value" in value && rawText(column, text, random) !== null) return { text };
  }
  return isOptional(column, table) && rawText(column, null, random) !== null ? absent : null;
}

/** A stated value, if the source has a form for it. */
function taken(column: SourceColumn, text: string | null, today: Today): { readonly text: string | null } | null {
  return rawText(column, text, today.random) === null ? null : { text };
}

/** Keys of one column count on, where their type and checks let them. */
function keyText(column: SourceColumn, state: TableState, today: Today): string | null {
  const { table } = state;
  const checked = table.checks.some((one) => one.column === column.name && ["enum", "regex", "range"].includes(one.kind));
  const next = ++state.counter;
  if (checked) return candidate(column, { table, random: today.random, day: today.day, variety: 1_000_000 });
  if (isInteger(column.type) || column.type.kind === "decimal") return String(next);
  if (column.type.kind === "date") return dayText({ kind: "day", day: today.day - next });
  if (column.type.kind !== "string") return candidate(column, { table, random: today.random, day: today.day, variety: 1_000_000 });
  const longest = Number(table.checks.find((one) => one.column === column.name && one.kind === "length")?.params.max ?? 12);
  return odd[next - 1]?.slice(0, longest) ?? `K${next}`.slice(0, longest);
}

/** Keys that a careless hash or comparison confuses. */
const odd = ["a|b", "a", "b|c", "A", "null", "-1", "1:a"];

function conforms(row: SampleRow, state: TableState, fixed: SampleRow): boolean {
  const { table } = state;
  const key = keyOf(row, table);
  const known = state.members.get(key);
  if (table.primaryKey.length > 0 && known !== undefined && !table.primaryKey.every((name) => fixed.has(name))) return false;
  if (uniqueKeys(table).some((columns) => (state.taken.get(takenKey(columns, row)) ?? key) !== key)) return false;
  if (misplaced(row, state.sequences) !== null) return false;
  return table.checks.every((check) => check.kind !== "custom" || check.params.expression === undefined || holds(check.params.expression, row));
}

function holds(expression: Parameters<typeof evaluateExpression>[0], row: SampleRow): boolean {
  const result = evaluateExpression(expression, (column) => {
    const value = evaluateText(row.get(column.name) ?? null, column.type);
    return "value" in value ? value.value : null;
  });
  return !("value" in result) || result.value !== false;
}

/** Remembers what later rows must keep to. */
export function remember(row: SampleRow, state: TableState): void {
  for (const columns of uniqueKeys(state.table).filter((one) => !hasNull(one, row))) state.taken.set(takenKey(columns, row), keyOf(row, state.table));
  for (const { by } of state.dependencies) {
    const key = dependencyKey(by, row);
    if (!state.decided.has(key)) state.decided.set(key, row);
  }
}

function uniqueKeys(table: SourceTable): readonly (readonly string[])[] {
  return table.checks.flatMap((one) => (one.kind !== "unique" ? [] : [one.params.columns ?? (one.column === null ? table.primaryKey : [one.column])]));
}

/** NULL equals no other NULL: it may stand in many rows of a unique column. */
function hasNull(columns: readonly string[], row: SampleRow): boolean {
  return columns.some((name) => (row.get(name) ?? null) === null);
}

function takenKey(columns: readonly string[], row: SampleRow): string {
  return JSON.stringify([columns, columns.map((name) => row.get(name) ?? null)]);
}

function dependencyKey(by: readonly string[], row: SampleRow): string {
  return JSON.stringify([by, by.map((name) => row.get(name) ?? null)]);
}

function isSoleKey(column: SourceColumn, table: SourceTable): boolean {
  return table.primaryKey.length === 1 && table.primaryKey[0] === column.name;
}

function isOptional(column: SourceColumn | undefined, table: SourceTable): boolean {
  if (column === undefined || !column.nullable || table.primaryKey.includes(column.name)) return false;
  return !table.checks.some((one) => one.kind === "not_null" && one.column === column.name);
}

function columnNamed(name: string, table: SourceTable): SourceColumn | undefined {
  return table.columns.find((one) => one.name === name);
}
