import type { Dialect } from "../../../dialects/types.ts";
import { rowAttributes } from "../../../model/attributes.ts";
import type { Attribute, EntityDimension } from "../../../model/dimension.ts";
import type { ColumnReference, Expression } from "../../../model/expression.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { RowJoin } from "../../../model/rows.ts";
import { deleteColumn, eventColumns, seesDeletes } from "./deletes.ts";
import { named, typedSql } from "./rows.ts";
import { rowNames } from "../sql/cte-names.ts";
import { identifier, printOperand } from "../sql/expression.ts";
import { mapColumns } from "../../../model/map-columns.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";

/** A dimension of the base's own columns only, as the joins and attributes need them: its events are the base's. */
export function ownRows(dimension: EntityDimension): EntityDimension {
  const { alias } = dimension.rows.base;
  const read = [...rowAttributes(dimension).map((one) => one.value), ...dimension.rows.joins.flatMap((one) => one.on.map(({ left }) => left))].flatMap(columnsOf);
  const columns = new Map(read.filter((one) => one.input === alias).map((one) => [one.name, one]));
  const attributes = [...columns.values()].map((one): Attribute => ({
    name: held(one), origin: dimension.origin, type: one.type, value: one, description: "", unit: null, pii: false, renamedFrom: null,
    scdType: 1, companion: null, since: null, unknownLabel: null, notApplicableLabel: null,
  }));
  return { ...dimension, attributes, rows: { ...dimension.rows, joins: [] }, joinedHistories: [] };
}

/**
 * The events of the base, cut again where a joined table changed meanwhile: each row holds what all tables said at its instant. `own`
 * are the events of the base; the last CTE, `settled`, has the attributes.
 */
export function timelineCtes(dimension: EntityDimension, own: readonly Cte[], dialect: Dialect): readonly Cte[] {
  const base = own.map((one, index): Cte => (index === own.length - 1 && one.kind === "select" ? { ...one, name: "timeline" } : one));
  const { joins } = dimension.rows;
  const names = rowNames(dimension.rows);
  const cteOf = ({ input }: RowJoin): string => identifier(names.get(input.alias) ?? input.alias, dialect);
  const imports = joins.map((join): Cte => ({ kind: "import", name: cteOf(join), relation: { kind: "ref", model: join.input.reference.model } }));
  const steps: Cte[] = [];
  let from = "timeline";
  let columns = ownRows(dimension).attributes.map((one) => one.name);
  for (const join of joins) {
    const added = addedColumns(join, dimension);
    const step = { join, relation: cteOf(join), dimension, from, columns, added, dialect };
    const isTimed = dimension.joinedHistories.some((one) => one.alias === join.input.alias);
    steps.push(...(isTimed ? cutCtes(step) : [plainCte(step)]));
    columns = [...columns, ...added.map(held)];
    from = `${join.input.alias}_${isTimed ? "cut" : "joined"}`;
  }
  const members = [...dimension.naturalKey.map((one) => named(one.name, dialect)), ...rowAttributes(dimension).map((one) => ({ sql: typedSql(flat(one.value), one.type, dialect, {}), as: identifier(one.name, dialect) }))];
  const settled: Select = { columns: [...members, ...eventColumns(dimension, dialect)], from: identifier(from, dialect) };
  return [...imports, ...base, ...steps, { kind: "select", name: "settled", selects: [settled] }];
}

interface Step {
  readonly join: RowJoin;
  /** The CTE of the joined table. */
  readonly relation: string;
  readonly dimension: EntityDimension;
  readonly from: string;
  /** Columns of the tables before. */
  readonly columns: readonly string[];
  readonly added: readonly ColumnReference[];
  readonly dialect: Dialect;
}

/** Values of today: a table without history cuts nothing. */
function plainCte({ join, relation, dimension, from, columns, added, dialect }: Step): Cte {
  const before = [...dimension.naturalKey.map((one) => one.name), ...columns].map((name) => qualified(from, name, dialect));
  const select: Select = {
    columns: [...before, ...added.map((one) => ({ sql: `${relation}.${identifier(one.name, dialect)}`, as: identifier(held(one), dialect) })), ...eventColumns(dimension, dialect).map((one) => ({ sql: `${from}.${one.sql}`, as: one.as }))],
    from,
    joins: [{ type: join.type, relation, on: keysEqual(join, from, relation, dialect) }],
  };
  return { kind: "select", name: `${join.input.alias}_joined`, selects: [select] };
}

/** A row for each event before, as the joined table was then, and one for each change of that table, or end of its row, in between. */
function cutCtes({ join, relation, dimension, from, columns, added, dialect }: Step): readonly Cte[] {
  const { alias } = join.input;
  const [spans, versions] = ["spanned", "followed"] as const;
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const partition = join.on.map(({ right }) => printOperand(flatTo(right), dialect));
  const versionColumns = [...new Set([...partition, ...added.map((one) => identifier(one.name, dialect))])].map((name) => ({ sql: name, as: name }));
  const times = [named("valid_from", dialect), named("valid_to", dialect)];
  const followed: Select = { columns: [...versionColumns, ...times, { sql: windowed("lead(valid_from)", partition, ["valid_from"]), as: "next_valid_from" }], from: relation };
  const before = [...dimension.naturalKey.map((one) => one.name), ...columns];
  const spanned: Select = {
    columns: [...before.map((name) => named(name, dialect)), ...eventColumns(dimension, dialect), { sql: windowed("lead(event_effective_at)", keys, ["event_effective_at"]), as: "event_ends_at" }],
    from: identifier(from, dialect),
  };
  const own = before.map((name) => qualified(spans, name, dialect));
  const values = added.map((one) => ({ sql: `${versions}.${identifier(one.name, dialect)}`, as: identifier(held(one), dialect) }));
  const missing = added.map((one) => ({ sql: `cast(null as ${dialect.typeName(one.type)})`, as: identifier(held(one), dialect) }));
  const at = (time: string): readonly SelectColumn[] => [{ sql: time, as: "event_effective_at" }, ...deleteColumn(dimension, `${spans}.event_is_delete`)];
  const on = keysEqual(join, spans, versions, dialect);
  const inside = (time: string): readonly string[] => [`${spans}.event_effective_at < ${time}`, `(${spans}.event_ends_at > ${time} or ${spans}.event_ends_at is null)`];
  const [start, end] = [`${versions}.valid_from`, `${versions}.valid_to`];
  const valid = [`${spans}.event_effective_at >= ${start}`, `(${spans}.event_effective_at < ${end} or ${end} is null)`];
  const alive = seesDeletes(dimension) ? [`not ${spans}.event_is_delete`] : [];
  const [base, followedBy] = [{ from: `${alias}_${spans}`, alias: spans }, { relation: `${alias}_${versions}`, alias: versions }];
  const selects: readonly Select[] = [
    { columns: [...own, ...values, ...at(`${spans}.event_effective_at`)], ...base, joins: [{ type: "left", ...followedBy, on: [...on, ...valid] }] },
    { columns: [...own, ...values, ...at(start)], ...base, joins: [{ type: "inner", ...followedBy, on: [...on, ...inside(start)] }], where: alive },
    { columns: [...own, ...missing, ...at(end)], ...base, joins: [{ type: "inner", ...followedBy, on: [...on, ...inside(end)] }], where: [...alive, `${versions}.next_valid_from is distinct from ${end}`] },
  ];
  return [
    { kind: "select", name: `${alias}_${versions}`, selects: [followed] },
    { kind: "select", name: `${alias}_${spans}`, selects: [spanned] },
    { kind: "select", name: `${alias}_cut`, selects },
  ];
}

/** The columns of a joined table that attributes or later joins read. */
function addedColumns({ input }: RowJoin, dimension: EntityDimension): readonly ColumnReference[] {
  const read = [...rowAttributes(dimension).map((one) => one.value), ...dimension.rows.joins.flatMap((one) => one.on.map(({ left }) => left))].flatMap(columnsOf);
  return [...new Map(read.filter((one) => one.input === input.alias).map((one) => [one.name, one])).values()];
}

function keysEqual({ on }: RowJoin, left: string, right: string, dialect: Dialect): readonly string[] {
  const under = (relation: string): { readonly [input: string]: string } => ({ [relation]: relation });
  return on.map((pair) => {
    const here = mapColumns(pair.left, (one) => ({ ...one, input: left, name: held(one) }));
    const there = mapColumns(pair.right, (one) => ({ ...one, input: right }));
    return `${printOperand(here, dialect, under(left))} = ${printOperand(there, dialect, under(right))}`;
  });
}

/** The name under which the timeline holds a column: two tables may have columns of one name. */
function held({ input, name }: ColumnReference): string {
  return `${input ?? ""}__${name}`;
}

function flat(value: Expression): Expression {
  return mapColumns(value, (one) => ({ ...one, input: null, name: held(one) }));
}

function flatTo(value: Expression): Expression {
  return mapColumns(value, (one) => ({ ...one, input: null }));
}

function qualified(relation: string, name: string, dialect: Dialect): SelectColumn {
  const sql = `${relation}.${identifier(name, dialect)}`;
  return { sql, as: sql };
}
