import type { EntityDimension } from "../../model/dimension.ts";
import type { ColumnReference, Expression } from "../../model/expression.ts";
import { columnsOf } from "../../model/expression-columns.ts";
import type { Fact } from "../../model/fact.ts";
import type { RowJoin } from "../../model/rows.ts";
import type { Model } from "../../model/types.ts";

/** Columns of a table that follow from others: rows that agree in `by` agree in `columns`. All are staging names. */
export interface Dependency {
  readonly by: readonly string[];
  readonly columns: readonly string[];
  /** True where a row may change all of them together (a city that lies in another region), false where it keeps what it has. */
  readonly moves: boolean;
}

/**
 * What the specs take for granted of a table beyond its contract, and data tests of the project check: attributes of a
 * dimension that collapses by `distinct` follow from its key, what a roll-up takes over follows from its grain, and each level
 * of a hierarchy follows from the finer one.
 */
export function dependenciesOf(table: string, model: Model): readonly Dependency[] {
  const collapsed = model.dimensions.flatMap((one) => {
    if (one.kind !== "table" || one.collapse?.kind !== "distinct" || one.rows.base.reference.id !== table) return [];
    const of = columnsUnder(one.rows.base.alias);
    return [{ by: one.naturalKey.flatMap((key) => of(key.value)), columns: one.attributes.flatMap((attribute) => of(attribute.value)), moves: false }];
  });
  const levels = model.dimensions.flatMap((one) => (one.kind === "table" ? levelsOf(one, table) : []));
  return [...collapsed, ...model.facts.flatMap((one) => (one.rollup ? rolledUp(one, table, model) : [])), ...levels].filter((one) => one.by.length > 0 && one.columns.length > 0);
}

function rolledUp(rollup: Fact, table: string, model: Model): readonly Dependency[] {
  const base = model.facts.find((one) => one.name === rollup.rows.base.reference.id);
  if (base === undefined || base.rollup || base.rows.base.reference.id !== table) return [];
  const of = columnsUnder(base.rows.base.alias);
  const valueOf = (column: string): readonly string[] => {
    const own = [...base.degenerates, ...base.grain].find((one) => one.name === column);
    if (own !== undefined) return of(own.value);
    const key = base.foreignKeys.find((one) => one.name === column);
    return key === undefined ? [] : lookedUp(key.lookup).flatMap(of);
  };
  const inputs = (value: Expression): readonly string[] => columnsOf(value).map((one) => one.name);
  const by = rollup.grain.flatMap((one) => inputs(one.value)).flatMap(valueOf);
  const inherited = rollup.foreignKeys.flatMap((one) => (one.lookup.kind === "inherited" ? [one.lookup.column] : []));
  const taken = [...inherited, ...rollup.degenerates.flatMap((one) => inputs(one.value))].flatMap(valueOf);
  const event = base.eventTime === null ? [] : of(base.eventTime.value);
  return [{ by, columns: [...new Set([...taken, ...event])].filter((one) => !by.includes(one)), moves: false }];
}

/** Pairs of levels from the finest up, as each decides the next; a parent in another table follows from the columns that lead there. */
function levelsOf(dimension: EntityDimension, table: string): readonly Dependency[] {
  const { rows, hierarchy, repeatedLevels } = dimension;
  const inputs = [rows.base, ...rows.joins.map((one) => one.input)].filter((one) => one.reference.id === table);
  const terms = new Map([...dimension.naturalKey, ...dimension.attributes].map((one) => [one.name, one.value]));
  const pairs = hierarchy.flatMap((parent, index) => ({ parent: terms.get(parent), child: terms.get(hierarchy[index + 1] ?? ""), name: hierarchy[index + 1] ?? "" })).reverse();
  return pairs.flatMap(({ parent, child, name }) => {
    if (parent === undefined || child === undefined || repeatedLevels.includes(name)) return [];
    return inputs.flatMap(({ alias }) => {
      const by = columnsUnder(alias)(child);
      const columns = columnsOf(parent).flatMap((one) => leadingFrom(alias, one, rows.joins));
      return by.length === 0 || by.length < columnsOf(child).length ? [] : [{ by, columns: columns.filter((one) => !by.includes(one)), moves: true }];
    });
  });
}

/** The columns of an input by which a column of it, or of a table that is joined to it, is found. */
function leadingFrom(alias: string, column: ColumnReference, joins: readonly RowJoin[]): readonly string[] {
  if (column.input === alias) return [column.name];
  const join = joins.find((one) => one.input.alias === column.input);
  return join === undefined ? [] : join.on.flatMap(({ left }) => columnsOf(left)).flatMap((one) => leadingFrom(alias, one, joins));
}

function lookedUp(lookup: Fact["foreignKeys"][number]["lookup"]): readonly Expression[] {
  switch (lookup.kind) {
    case "lookup": return [...lookup.on.map((one) => one.value), ...(lookup.asOf === null ? [] : [lookup.asOf.value])];
    case "combination": return lookup.values.map((one) => one.value);
    case "date":
    case "time": return [lookup.value];
    case "inherited": return [];
  }
}

function columnsUnder(alias: string): (value: Expression) => readonly string[] {
  return (value) => columnsOf(value).flatMap((one) => (one.input === alias ? [one.name] : []));
}
