import { modelsBelow } from "../model/dimension-models.ts";
import type { Fact, ForeignKey } from "../model/fact.ts";
import { bridgeMemberKey, validName } from "../model/names.ts";
import type { Model, ModelNode } from "../model/types.ts";
import type { RowSource } from "../model/rows.ts";
import { keepsRows } from "./facts.ts";
import { matched } from "./fields.ts";
import type { ObjectKind, Subject } from "./types.ts";

/** A column that bears another name now, in an object that both models have; `models` are the dbt models of that object. */
export interface ColumnRename {
  readonly subject: Subject;
  readonly was: ModelNode;
  readonly is: ModelNode;
  readonly models: { readonly before: readonly string[]; readonly after: readonly string[] };
}

/** Old names with the new ones. */
export type Words = ReadonlyMap<string, string>;

/** What was renamed between two models: objects with the dbt models below them, and columns by the new name of their object. */
export interface Renames {
  readonly objects: Words;
  readonly columns: ReadonlyMap<string, Words>;
  /** Roles of keys that bear another name, by the new name of their object. */
  readonly roles: ReadonlyMap<string, Words>;
  /** Aliases of bridges, and pipelines: apart, since tables may bear the same names. */
  readonly bridges: Words;
  readonly pipelines: Words;
  readonly found: readonly ColumnRename[];
}

type Part = ModelNode & { readonly renamedFrom: string | null };
type Whole = ModelNode & { readonly renamedFrom?: string | null };

/** What the new model says was renamed and the old one bears out: the old name was there and is gone, the new one was not. */
export function renamesOf(before: Model, after: Model): Renames {
  const objects = new Map<string, string>();
  const found: ColumnRename[] = [];
  const compare = <One extends Whole>(kind: ObjectKind, [old, now]: readonly [readonly One[], readonly One[]], parts: (one: One) => readonly Part[], models: (one: One) => readonly string[], others: (one: One) => readonly string[] = () => [], heirs: (was: One, is: One) => readonly (readonly [Part, Part])[] = () => []): void => {
    for (const [was, is] of pairs(old, now)) {
      const names = [[...models(was), ...others(was)], [...models(is), ...others(is)]] as const;
      if (was.name !== is.name) names[0].forEach((name, index) => objects.set(name, names[1][index] ?? name));
      const { added, removed } = matched(parts(was), parts(is));
      const both = [...added.flatMap((one) => removed.filter(({ name }) => name === one.renamedFrom).map((each) => [each, one] as const)), ...heirs(was, is)];
      found.push(...both.map(([each, one]) => ({ subject: { kind, name: is.name }, was: each, is: one, models: { before: models(was), after: models(is) } })));
    }
  };
  compare("contract", [before.sources, after.sources], (one) => one.columns, ({ name }) => [`source:${name}`], ({ name, models }) => [name, models.staging, models.current ?? models.staging]);
  compare("dimension", [before.dimensions, after.dimensions], (one) => (one.kind === "table" ? [...one.naturalKey, ...one.attributes, ...one.outriggers] : []), (one) => [...modelsBelow(one).map(({ name }) => name), one.name]);
  compare("bridge", [before.bridges, after.bridges], () => [], ({ name }) => [name]);
  compare("fact", [before.facts, after.facts], (one) => [...one.foreignKeys, ...one.degenerates, ...one.measures], ({ name }) => [name], () => [], keysNamedAnew);
  compare("mart", [before.marts, after.marts], (one) => [...one.groups, ...one.measures, ...one.calculations], ({ name }) => [name]);
  const columns = byObject(found, ({ was, is }) => [[was.name, is.name]]);
  const roles = byObject(found, ({ was, is }) => ("alias" in was && "alias" in is ? [[String(was.alias), String(is.alias)]] : []));
  const pipelines = new Map(pairs(before.pipelines, after.pipelines).flatMap(([was, is]) => (was.name === is.name ? [] : [[was.name, is.name] as const])));
  const bridges = new Map(pairs(before.bridges, after.bridges).flatMap(([was, is]) => (was.alias === is.alias ? [] : bridgeWords(was.alias, is.alias))));
  return { objects, columns, roles, bridges, pipelines, found };
}

/** A key is named after that of its dimension. A fact that keeps its rows keeps the old column, too: there the rename must be stated. */
function keysNamedAnew(was: Fact, is: Fact): readonly (readonly [ForeignKey, ForeignKey])[] {
  if (keepsRows(was) || keepsRows(is)) return [];
  const { added, removed } = matched(was.foreignKeys, is.foreignKeys);
  return added.filter(({ renamedFrom }) => renamedFrom === null).flatMap((one) => removed.filter(({ alias, dimension }) => alias === one.alias && dimension === one.dimension).map((each) => [each, one] as const));
}

function bridgeWords(was: string, is: string): readonly (readonly [string, string])[] {
  return [[was, is], ...(["member", "ancestor"] as const).map((side) => [bridgeMemberKey(was, side), bridgeMemberKey(is, side)] as const)];
}

function byObject(found: readonly ColumnRename[], words: (one: ColumnRename) => readonly (readonly [string, string])[]): ReadonlyMap<string, Words> {
  const named = [...new Set(found.map(({ subject }) => subject.name))];
  return new Map(named.map((object) => [object, new Map(found.filter(({ subject }) => subject.name === object).flatMap(words))]));
}

/** Objects of both models under the same name, and those that were renamed. */
function pairs<One extends Whole>(before: readonly One[], after: readonly One[]): readonly (readonly [One, One])[] {
  const { both, added, removed } = matched(before, after);
  return [...both, ...added.flatMap((is) => removed.filter(({ name }) => name === is.renamedFrom).map((was) => [was, is] as const))];
}

/**
 * The old model as it would be under the new names, so that what is left to compare are changes of meaning. Objects keep their own
 * name, by which a rename is told.
 */
export function underNewNames(before: Model, after: Model, renames: Renames): Model {
  if (renames.objects.size + renames.columns.size + renames.pipelines.size === 0) return before;
  const copy: Model = JSON.parse(JSON.stringify(before));
  for (const one of copy.sources) translateSource(one, scopeOf(one.name, null, [], renames, after), renames);
  for (const one of copy.handWritten) translate(one, scopeOf(one.name, null, [], renames, after));
  for (const one of copy.dimensions) translate(one, scopeOf(one.name, one.kind === "table" ? one.rows : null, [], renames, after));
  for (const one of copy.bridges) translate(one, scopeOf(one.name, one.kind === "hierarchy" ? null : one.rows, [one.group, one.member].map(({ dimension }) => ({ alias: dimension, dimension })), renames, after));
  for (const one of copy.bridges) translate(one, scopeOf(one.name, "rows" in one ? one.rows : null, [], renames, after));
  for (const one of copy.facts) translate(one, scopeOf(one.name, one.rows, one.foreignKeys, renames, after));
  for (const one of copy.marts) translate(one, martScope(scopeOf(one.name, null, one.facts.flatMap(({ fact, keys }) => [{ alias: fact, dimension: fact }, ...keys]), renames, after), renames));
  for (const one of copy.pipelines) translate(one, { names: NONE, own: new Map([...renames.objects, ...renames.pipelines]), tables: NONE_BY_TABLE, inputs: NONE_BY_TABLE, aliases: NONE, others: NONE });
  return copy;
}

/** In a mart the columns of facts and dimensions are named beside its own, which may bear the same names. */
function martScope(scope: Scope, { bridges }: Renames): Scope {
  const words = (one: Words): Words => new Map([...one, ...bridges]);
  return { ...scope, own: words(scope.own), aliases: words(scope.aliases), elsewhere: words(scope.others) };
}

/** A column that is named after its column in the source, before and after, was renamed with it. */
function translateSource(one: Model["sources"][number], scope: Scope, { objects, found }: Renames): void {
  translate(one, scope);
  for (const { subject, was, is } of found) {
    if (subject.kind !== "contract" || subject.name !== (objects.get(one.name) ?? one.name)) continue;
    const column = one.columns.find(({ name }) => name === is.name);
    const [old, now] = [sourceColumn(was), sourceColumn(is)];
    if (column !== undefined && validName(old) === was.name && validName(now) === is.name) Reflect.set(column, "physicalName", now);
  }
}

function sourceColumn(column: ModelNode): string {
  return "physicalName" in column ? String(column.physicalName) : "";
}

/** What the words in an object mean: names of its own columns, all other bare words, and columns by the name of their input or table. */
interface Scope {
  readonly names: Words;
  readonly own: Words;
  readonly tables: ReadonlyMap<string, Words>;
  readonly inputs: ReadonlyMap<string, Words>;
  /** What inputs and keys are called: `alias`, `input` and `role`. */
  readonly aliases: Words;
  /** Bare words but for names of its own columns; `elsewhere` where those of a mart's groups and measures are to be read so. */
  readonly others: Words;
  readonly elsewhere?: Words;
}

function scopeOf(name: string, rows: RowSource | null, keys: readonly { readonly alias: string; readonly dimension: string }[], { objects, columns, roles }: Renames, after: Model): Scope {
  const id = (old: string): string => objects.get(old) ?? old;
  const inputs = rows === null ? [] : [rows.base, ...rows.joins.map(({ input }) => input)];
  const read = [...inputs.map(({ alias, reference }) => [alias, id(reference.id)] as const), ...keys.map(({ alias, dimension }) => [alias, id(dimension)] as const)];
  const known = read.flatMap(([alias, object]) => [[alias, columns.get(object) ?? NONE] as const]);
  const heir = [...after.dimensions, ...after.bridges, ...after.facts].find((one) => one.name === id(name));
  const now = heir !== undefined && "rows" in heir ? [heir.rows.base, ...heir.rows.joins.map(({ input }) => input)] : [];
  const inputAliases = inputs.flatMap(({ alias, reference }) => {
    const heirs = now.filter((one) => one.reference.id === id(reference.id));
    const heir = heirs.find((one) => one.alias === alias) ?? heirs[0];
    return heir === undefined ? [] : [[alias, heir.alias] as const];
  });
  const names = columns.get(id(name)) ?? NONE;
  const others = new Map([...objects, ...known.flatMap(([, words]) => [...words])]);
  const roleAliases = [id(name), ...read.map(([, object]) => object)].flatMap((object) => [...(roles.get(object) ?? NONE)]);
  return { names, own: new Map([...others, ...names]), others, tables: columns, inputs: new Map(known), aliases: new Map([...objects, ...roleAliases, ...inputAliases]) };
}

const NONE: Words = new Map();
const NONE_BY_TABLE: ReadonlyMap<string, Words> = new Map();

/** Prose, values and names of the source are no names of ours. */
const PROSE: ReadonlySet<string> = new Set([
  "origin", "description", "businessDefinition", "grainStatement", "owner", "kind", "value", "type", "unit", "pattern", "event", "unknownLabel", "notApplicableLabel", "physicalName", "readFrom", "landedAs", "loadedAt", "loader",
]);

/** Objects and lists that hold nothing else. */
const FOREIGN: ReadonlySet<string> = new Set(["origin", "physical", "clean", "delete", "consumers", "exposures"]);

const ALIASES: ReadonlySet<string> = new Set(["alias", "input", "role"]);

/** Renames what an object says, in place; its own name stays. */
function translate(node: object, scope: Scope, top = true): void {
  if ("kind" in node && node.kind === "literal") return;
  const isColumn = "kind" in node && node.kind === "column" && "input" in node;
  for (const [key, value] of Object.entries(node)) {
    if (FOREIGN.has(key) || (top && (key === "name" || key === "renamedFrom")) || (key === "values" && isValues(value))) continue;
    const renamed = isColumn ? columnWord(node, key, value, scope) : word(key, value, scope);
    if (renamed !== null) Reflect.set(node, key, renamed);
    else if (typeof value === "object" && value !== null) translate(value, within(node, key, scope), false);
  }
}

function isValues(list: unknown): boolean {
  return Array.isArray(list) && list.every((one) => typeof one !== "object");
}

/** The columns of a reference belong to the table that it names. */
function within(node: object, key: string, scope: Scope): Scope {
  if (scope.elsewhere !== undefined && (key === "keys" || key === "value")) return { ...scope, own: scope.elsewhere };
  const table: unknown = key === "toColumns" ? Reflect.get(node, "to") : key === "columns" ? Reflect.get(node, "table") : null;
  return typeof table === "string" && table.includes(".") ? { ...scope, own: scope.tables.get(table) ?? NONE } : scope;
}

function columnWord(node: object, key: string, value: unknown, { own, inputs, aliases }: Scope): string | null {
  if (typeof value !== "string") return null;
  const input: unknown = Reflect.get(node, "input");
  if (key === "input") return aliases.get(value) ?? value;
  return key === "name" ? ((typeof input === "string" ? inputs.get(input) : own)?.get(value) ?? value) : null;
}

function word(key: string, value: unknown, { names, own, aliases }: Scope): string | null {
  if (typeof value !== "string" || PROSE.has(key)) return null;
  return (ALIASES.has(key) ? aliases : key === "name" ? names : own).get(value) ?? null;
}
