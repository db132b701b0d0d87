import type { Dialect } from "../../../dialects/types.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { DimensionColumn, EntityDimension } from "../../../model/dimension.ts";
import type { Expression } from "../../../model/expression.ts";
import { sameType } from "../../../model/logical-type.ts";
import type { RowSource } from "../../../model/rows.ts";
import type { LogicalType } from "../../../model/types.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { rowNames } from "../sql/cte-names.ts";
import { identifier, printExpression, printOperand, type Aliases } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";
import { rowNumber } from "../sql/ranking.ts";

/** A name of a column as it stands in a select list. */
export function named(name: string, dialect: Dialect): SelectColumn {
  return { sql: identifier(name, dialect), as: identifier(name, dialect) };
}

/** The natural key and the attributes that rows hold, as columns to select from a relation of rows. */
export function rowColumns(dimension: EntityDimension, dialect: Dialect): readonly SelectColumn[] {
  return [...dimension.naturalKey, ...rowAttributes(dimension)].map((one) => named(one.name, dialect));
}

/** The natural key and all attributes of a dimension as columns to select from its members or versions. */
export function memberColumns(dimension: EntityDimension, dialect: Dialect): readonly SelectColumn[] {
  return [...dimension.naturalKey, ...dimension.attributes].map((one) => named(one.name, dialect));
}

/** Import CTEs of all inputs of a row source. */
export function rowImports(rows: RowSource, dialect: Dialect): readonly Cte[] {
  const names = rowNames(rows);
  return [rows.base, ...rows.joins.map((one) => one.input)].map((input) => ({
    kind: "import",
    name: importName(input.alias, names, dialect),
    relation: { kind: "ref", model: input.reference.model },
  }));
}

/** The rows of a dimension: natural key, attributes and whatever else is asked for; rows without a key are no members. */
export function rowSelect(dimension: EntityDimension, extra: readonly SelectColumn[], dialect: Dialect): Select {
  const { rows } = dimension;
  const names = rowNames(rows);
  const aliases = rowAliases(rows);
  const print = (expression: Expression): string => printOperand(expression, dialect, aliases);
  return {
    columns: [...[...dimension.naturalKey, ...rowAttributes(dimension)].map((one) => memberColumn(one, dialect, aliases)), ...extra],
    from: importName(rows.base.alias, names, dialect),
    joins: rows.joins.map((one) => ({
      type: one.type,
      relation: importName(one.input.alias, names, dialect),
      on: one.on.map(({ left, right }) => `${print(left)} = ${print(right)}`),
    })),
    where: [...dimension.naturalKey.map((one) => `${print(one.value)} is not null`), ...conditionsOf(rows.where, dialect, aliases)],
  };
}

/** Names of the inputs in a select: one alone needs none. */
export function rowAliases(rows: RowSource): Aliases {
  return rows.joins.length === 0 ? { [rows.base.alias]: null } : Object.fromEntries(rowNames(rows));
}

/** The CTE that imports the base of a row source. */
export function baseName(rows: RowSource, dialect: Dialect): string {
  return importName(rows.base.alias, rowNames(rows), dialect);
}

function importName(alias: string, names: ReadonlyMap<string, string>, dialect: Dialect): string {
  return identifier(names.get(alias) ?? alias, dialect);
}

/** SQL of an expression in exactly its column's type: what is computed has the engine's own idea of it. */
export function typedSql(value: Expression, type: LogicalType, dialect: Dialect, aliases: Aliases): string {
  const sql = printExpression(value, dialect, aliases);
  const known = value.kind === "column" || value.kind === "cast" || (type.kind === "string" && value.kind !== "literal");
  if (value.type !== null && sameType(value.type, type) && known) return sql;
  return value.type === null || sameType(value.type, type) ? `cast(${sql} as ${dialect.typeName(type)})` : dialect.cast(printOperand(value, dialect, aliases), value.type, type);
}

/** One row per member of the current state: joined, filtered, and collapsed where several rows share a key. The last CTE holds them. */
export function memberCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const { collapse } = dimension;
  const imports = rowImports(dimension.rows, dialect);
  if (collapse === null) return [...imports, { kind: "select", name: "members", selects: [rowSelect(dimension, [], dialect)] }];
  if (collapse.kind === "distinct") return [...imports, { kind: "select", name: "members", selects: [{ ...rowSelect(dimension, [], dialect), distinct: true }] }];
  const columns = rowColumns(dimension, dialect);
  const rank = { sql: rowNumber(keyExpressions(dimension, dialect), keepOrder(dimension, collapse.order, dialect)), as: "row_rank" };
  return [
    ...imports,
    { kind: "select", name: "ranked", selects: [rowSelect(dimension, [rank], dialect)] },
    { kind: "select", name: "members", selects: [{ columns, from: "ranked", where: ["row_rank = 1"] }] },
  ];
}

function keyExpressions(dimension: EntityDimension, dialect: Dialect): readonly string[] {
  return dimension.naturalKey.map((one) => printExpression(one.value, dialect, rowAliases(dimension.rows)));
}

/** The stated order, then all attributes, so that the same rows always give the same member. */
function keepOrder(dimension: EntityDimension, order: Extract<EntityDimension["collapse"], { kind: "keep" }>["order"], dialect: Dialect): readonly string[] {
  const aliases = rowAliases(dimension.rows);
  const first = order[0]?.direction ?? "descending";
  const terms = [...order, ...rowAttributes(dimension).map((one) => ({ value: one.value, direction: first }))];
  return terms.map(({ value, direction }) => {
    const sql = printOperand(value, dialect, aliases);
    return `${value.type?.kind === "string" ? dialect.bytewise(sql) : sql} ${direction === "descending" ? "desc" : "asc"} nulls last`;
  });
}

function memberColumn(column: DimensionColumn, dialect: Dialect, aliases: Aliases): SelectColumn {
  const sql = typedSql(column.value, column.type, dialect, aliases);
  const name = identifier(column.name, dialect);
  const bare = column.value.kind === "column" && column.value.name === column.name && sql === `${identifier(column.value.input ?? "", dialect)}.${name}`;
  return { sql, as: bare ? sql : name };
}
