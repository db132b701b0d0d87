import { evaluateText } from "../../../evaluate/cast.ts";
import { evaluateExpression } from "../../../evaluate/expression.ts";
import { fail } from "../../../evaluate/value.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { columnsOf, partsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import type { RowSource } from "../../../model/rows.ts";
import { firstDayFor, GROUPS, payloadValues, type Role, type ScriptColumn } from "./script.ts";

/** Expressions over base rows that give columns of a unit test their roles. */
export interface RoleSource {
  readonly time: Expression | null;
  readonly sequence: readonly Expression[];
  readonly isDelete: Expression | null;
}

/**
 * The columns that a dimension reads of its base, each with the first role that fits: part of the key, time, sequence, operation, filter, else payload.
 * Fails where a role is played by more than a plain column of the base.
 */
export function baseColumns(dimension: EntityDimension, { time, sequence, isDelete }: RoleSource): readonly ScriptColumn[] {
  const { base, joins, where } = dimension.rows;
  const plain = (value: Expression): ColumnReference => (value.kind === "column" && value.input === base.alias ? value : fail("not a column of the base"));
  const roles = new Map<string, Role>();
  const give = (name: string, role: Role): unknown => roles.has(name) || roles.set(name, role);
  dimension.naturalKey.forEach((one, part) => give(plain(one.value).name, { kind: "key", part, parts: dimension.naturalKey.length }));
  if (time !== null) give(plain(time).name, { kind: "time", firstDay: firstDayFor(dimension) });
  sequence.forEach((one, index) => give(plain(one).name, { kind: "sequence", isLast: index === sequence.length - 1 }));
  for (const [name, role] of operationOf(isDelete, base.alias, roles)) give(name, role);
  for (const [name, role] of filtersOf(where, base.alias, roles)) give(name, role);
  const values = [...rowAttributes(dimension).map((one) => one.value), ...joins.flatMap((one) => one.on.map(({ left }) => left))];
  const terms = [...dimension.naturalKey.map((one) => one.value), ...(time === null ? [] : [time]), ...sequence, ...(isDelete === null ? [] : [isDelete]), ...(where === null ? [] : [where])];
  const read = new Map([...terms, ...values].flatMap(columnsOf).filter((one) => one.input === base.alias).map((one) => [one.name, one]));
  const payload = [...read.values()].filter((one) => !roles.has(one.name));
  payload.forEach((one, index) => roles.set(one.name, { kind: "payload", group: index % GROUPS, values: payloadValues(one.type, literalsFor(one.name, values)) }));
  return [...read.values()].map(({ name, type }) => ({ name, type, role: roles.get(name) ?? fail("no role") }));
}

/** How many groups the payload columns are in. */
export function groupsIn(columns: readonly ScriptColumn[]): number {
  return Math.max(0, ...columns.map(({ role }) => (role.kind === "payload" ? role.group + 1 : 0)));
}

/** Texts that expressions compare a column with: each of them shall occur. */
export function literalsFor(column: string, expressions: readonly Expression[]): readonly string[] {
  const within = (expression: Expression): readonly Expression[] => [expression, ...partsOf(expression).flatMap(within)];
  const compared = expressions.flatMap(within).filter((one) => (one.kind === "binary" || one.kind === "in") && partsOf(one).some((part) => part.kind === "column" && part.name === column));
  return [...new Set(compared.flatMap(partsOf).flatMap((part) => (part.kind === "literal" && part.value !== null ? [String(part.value)] : [])))].slice(0, 3);
}

/** Values of the columns that tell deletes, with which a row is one, and with which it is none. */
function operationOf(isDelete: Expression | null, base: string, taken: ReadonlyMap<string, Role>): readonly (readonly [string, Role])[] {
  if (isDelete === null) return [];
  const tried = combinations(isDelete, base, taken);
  const deletes = tried.find((row) => holds(isDelete, row)) ?? fail("nothing deletes");
  const keeps = tried.find((row) => !holds(isDelete, row)) ?? fail("everything deletes");
  return [...deletes].map(([name, text]) => [name, { kind: "operation", deletes: text, keeps: keeps.get(name) ?? null }]);
}

/** Values of the columns that a filter reads with which rows pass, and with which they do not. */
export function filtersOf(where: Expression | null, base: string, taken: ReadonlyMap<string, Role>): readonly (readonly [string, Role])[] {
  if (where === null) return [];
  const tried = combinations(where, base, taken);
  const passes = tried.find((row) => holds(where, row)) ?? fail("nothing passes");
  const fails = tried.find((row) => !holds(where, row)) ?? passes;
  return [...passes].map(([name, text]) => [name, { kind: "filter", passes: text, fails: fails.get(name) ?? null }]);
}

/** The same of rows whose columns of these names have other roles, by the column. */
export function filtersBeside(taken: readonly string[], { base, where }: RowSource): ReadonlyMap<string, { readonly passes: string | null; readonly fails: string | null }> {
  const found = filtersOf(where, base.alias, new Map(taken.map((name) => [name, { kind: "time", firstDay: "" }])));
  return new Map(found.flatMap(([name, role]) => (role.kind === "filter" ? [[name, role] as const] : [])));
}

type Texts = ReadonlyMap<string, string | null>;

/** Values for the columns of a condition, as far as they are few: those that it names, those of their types, others, NULL. */
function combinations(condition: Expression, base: string, taken: ReadonlyMap<string, Role>): readonly Texts[] {
  const columns = [...new Map(columnsOf(condition).map((one) => [one.name, one])).values()];
  if (columns.length === 0 || columns.some((one) => one.input !== base || taken.has(one.name))) return fail("asks for more than columns of its own");
  return columns.reduce<readonly Texts[]>((before, { name, type }) => {
    const texts = [...payloadValues(type, [...literalsFor(name, [condition]), ...(type.kind === "string" ? ["U"] : [])]), null];
    return before.flatMap((row) => texts.map((text) => new Map([...row, [name, text]]))).slice(0, 500);
  }, [new Map()]);
}

function holds(condition: Expression, texts: Texts): boolean {
  const found = evaluateExpression(condition, (column) => {
    const value = evaluateText(texts.get(column.name) ?? null, column.type);
    return "value" in value ? value.value : fail(value.failure);
  });
  return "value" in found && found.value === true;
}
