import { sameValue } from "../../../evaluate/compare.ts";
import type { Row } from "../../../evaluate/expression.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { dayText } from "../../../evaluate/time.ts";
import { fail, type Value } from "../../../evaluate/value.ts";
import { builtInKey } from "../../../model/calendar.ts";
import type { Dimension } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { ColumnReference } from "../../../model/expression.ts";
import { rowExpressions } from "../../../model/fact-reads.ts";
import type { Fact } from "../../../model/fact.ts";
import { dimensionsByName } from "../../../model/named.ts";
import type { Model } from "../../../model/types.ts";
import { foreignKeyType } from "../fact/columns.ts";
import { memberValue, versionStarts } from "./fact-rows.ts";
import { literalsFor } from "./roles.ts";
import { givenRows, payloadValues, typed } from "./script.ts";
import type { UnitTest } from "./unit-test.ts";

/** A key that a roll-up takes over from its source, and the two members of its dimension that a unit test speaks of. */
export interface HeldKey {
  readonly alias: string;
  /** Its column in the source. */
  readonly column: string;
  readonly type: ColumnReference["type"];
  readonly dimension: string;
  readonly keyColumn: string;
  /** The key and all attributes that the roll-up reads, in whatever role. */
  readonly members: readonly Values[];
}

/** The keys that a roll-up takes over. For use within an `attempt`, which ends where an attribute has no two values. */
export function heldKeys(fact: Fact, model: Model): readonly HeldKey[] {
  const keys = [...new Map([...fact.sourceKeys, ...fact.foreignKeys].map((one) => [one.alias, one])).values()];
  return keys.flatMap((foreignKey) => {
    const { alias, dimension: name, lookup } = foreignKey;
    if (lookup.kind !== "inherited") return [];
    const dimension = dimensionsByName(model).get(name) ?? fail("no such dimension");
    const roles = keys.filter((one) => one.dimension === name).map((one) => one.alias);
    const read = columnsOfFact(fact).filter((one) => roles.includes(one.input ?? ""));
    const keyColumn = dimension.kind === "table" ? dimension.columns.key : builtInKey(dimension);
    const type = foreignKeyType(foreignKey);
    const members = memberKeys(dimension, model).map((key, index) => new Map([[keyColumn, typed(key, type)], ...read.map((one): [string, Value] => [one.name, attribute(one, index, fact)])]));
    return [{ alias, column: lookup.column, type, dimension: name, keyColumn, members }];
  });
}

/** A row of the source that also knows the attributes of the members that it points to. */
export function withAttributes(row: Row, held: readonly HeldKey[], base: string): Row {
  return (column) => {
    const key = held.find((one) => one.alias === column.input);
    if (key === undefined) return row(column);
    const value = row({ kind: "column", input: base, name: key.column, type: key.type });
    return key.members.find((one) => sameValue(one.get(key.keyColumn) ?? null, value))?.get(column.name) ?? null;
  };
}

/** The members as dbt is given them, of the dimensions whose attributes are read. */
export function givenHeld(held: readonly HeldKey[]): UnitTest["given"] {
  const read = held.filter((one) => one.members.some((member) => member.size > 1));
  return [...new Map(read.map((one) => [one.dimension, { input: `ref('${one.dimension}')`, rows: givenRows(one.members) }])).values()];
}

/** All columns that a fact reads. */
export function columnsOfFact(fact: Fact): readonly ColumnReference[] {
  return [...rowExpressions(fact), ...fact.rows.joins.flatMap((join) => join.on.map((one) => one.left))].flatMap(columnsOf);
}

function memberKeys(dimension: Dimension, { project }: Model): readonly string[] {
  switch (dimension.kind) {
    case "table": return [`${dimension.entity}_1`, `${dimension.entity}_2`];
    case "date": return versionStarts(project).map((day) => dayText({ kind: "day", day }).replaceAll("-", ""));
    case "time": return dimension.grain === "minute" ? ["0", "2359"] : ["0", "235959"];
  }
}

/** What the n-th member has of an attribute: something that another key is looked up by, or that an expression compares it with, else anything. */
function attribute({ input, name, type }: ColumnReference, index: number, fact: Fact): Value {
  const isReference = fact.foreignKeys.some(({ lookup }) => lookup.kind === "lookup" && lookup.on.some(({ value }) => value.kind === "column" && value.input === input && value.name === name));
  const values = isReference ? [memberValue(type, 0) ?? fail("no such key"), memberValue(type, 1) ?? fail("no such key")] : payloadValues(type, literalsFor(name, rowExpressions(fact)));
  return typed(values[index] ?? fail("a type without two values"), type);
}
