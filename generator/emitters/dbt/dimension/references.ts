import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension, MemberReference } from "../../../model/dimension.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import { named, typedSql } from "./rows.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { cteNames, type CteNames } from "../sql/cte-names.ts";
import { identifier, printOperand, type Aliases } from "../sql/expression.ts";
import type { Cte, Select } from "../sql/query.ts";

/** Every natural key that rows of facts name, once. */
export function referencedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const imports = new Map<string, string>();
  const names = cteNames();
  const selects = dimension.references.map((one) => referenceSelect(dimension, withoutUselessJoins(one), imports, names, dialect));
  const columns = dimension.naturalKey.map((one) => named(one.name, dialect));
  return [
    ...[...imports].map(([model, name]): Cte => ({ kind: "import", name: identifier(name, dialect), relation: { kind: "ref", model } })),
    { kind: "select", name: "listed", selects },
    ...(selects.length === 1 ? [] : [{ kind: "select", name: "final", selects: [{ distinct: true, columns, from: "listed" }] } as const]),
  ];
}

/** The keys that facts name and that the dimension does not know: CTE `absent`, from `members` or `versions`. */
export function absentCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const { referenced } = dimension.models;
  if (referenced === null) return [];
  const known = dimension.scdType === 2 ? "versions" : "members";
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const absent: Select = {
    columns: keys.map((key) => ({ sql: `referenced.${key}`, as: `referenced.${key}` })),
    from: "referenced",
    joins: [{ type: "left", relation: known, on: keys.map((key) => `referenced.${key} = ${known}.${key}`) }],
    where: [`${known}.${keys[0] ?? ""} is null`],
  };
  return [{ kind: "select", name: "absent", selects: [absent] }];
}

function referenceSelect(dimension: EntityDimension, { rows, key }: MemberReference, imports: Map<string, string>, names: CteNames, dialect: Dialect): Select {
  const cte = (input: typeof rows.base): string => {
    const known = imports.get(input.reference.model) ?? names.hand(input.alias, input.reference.model);
    imports.set(input.reference.model, known);
    return identifier(known, dialect);
  };
  const inputs = [rows.base, ...rows.joins.map((one) => one.input)];
  const aliases: Aliases = rows.joins.length === 0 ? { [rows.base.alias]: null } : Object.fromEntries(inputs.map((one) => [one.alias, one.alias]));
  const print = (value: (typeof key)[number]): string => printOperand(value, dialect, aliases);
  const renamed = (input: typeof rows.base): { readonly alias?: string } =>
    rows.joins.length === 0 || cte(input) === identifier(input.alias, dialect) ? {} : { alias: identifier(input.alias, dialect) };
  return {
    distinct: true,
    columns: dimension.naturalKey.map((one, index) => {
      const value = key[index];
      if (value === undefined) throw new Error(`${dimension.name} is named without ${one.name}`);
      return { sql: typedSql(value, one.type, dialect, aliases), as: identifier(one.name, dialect) };
    }),
    from: cte(rows.base),
    ...renamed(rows.base),
    joins: rows.joins.map((one) => ({
      type: one.type,
      relation: cte(one.input),
      ...renamed(one.input),
      on: one.on.map(({ left, right }) => `${print(left)} = ${print(right)}`),
    })),
    where: [...key.map((one) => `${print(one)} is not null`), ...conditionsOf(rows.where, dialect, aliases)],
  };
}

/** Left joins change neither the rows nor the keys that come from the base. */
function withoutUselessJoins(reference: MemberReference): MemberReference {
  const { rows, key } = reference;
  const read = [...key, ...(rows.where === null ? [] : [rows.where])].flatMap(columnsOf);
  const useless = rows.joins.every((one) => one.type === "left") && read.every((one) => one.input === rows.base.alias);
  return useless ? { ...reference, rows: { ...rows, joins: [] } } : reference;
}
