import { rowAttributes } from "../model/attributes.ts";
import type { DimensionHistory, EntityDimension } from "../model/dimension.ts";
import { compareLists } from "./compare.ts";
import { evaluate, type Row } from "./expression.ts";
import { byMember, columnValues, type Keyed } from "./members.ts";
import { joinedRow, joinedRows, type Tables, type Values } from "./rows.ts";
import { instantOf } from "./time.ts";
import { fail, isDay, type Value } from "./value.ts";
import { instantIn } from "./zone.ts";

/** What is said of a member: from each moment on these values, or that it is gone (null). Moments, in microseconds, rise. */
export interface Life extends Keyed {
  readonly states: readonly State<Values>[];
}

interface State<Said> {
  readonly at: bigint;
  readonly said: Said | null;
}

interface Happening extends Keyed {
  readonly at: bigint;
  readonly isDelete: boolean;
  readonly sequence: readonly Value[];
  readonly ties: readonly Value[];
  readonly row: Row;
}

/** The lives of all members that the tables of a dimension with history tell of. For use within an `attempt`. */
export function livesOf(dimension: EntityDimension, tables: Tables): readonly Life[] {
  const isCut = dimension.joinedHistories.length > 0;
  const rows = joinedRows(isCut ? { ...dimension.rows, joins: [] } : dimension.rows, tables);
  const happenings = rows.flatMap((row) => happening(row, dimension));
  const moments = extractMoments(dimension, tables);
  return byMember(happenings).map((own) => {
    const states = dimension.history.kind === "extracts" && dimension.deletes !== "ignore" ? withAbsences(settled(own), moments) : settled(own);
    const cut = isCut ? cutByJoins(states, dimension, tables) : states;
    return { key: own[0]?.key ?? [], states: cut.map(({ at, said }) => ({ at, said: said === null ? null : columnValues(rowAttributes(dimension), said) })) };
  });
}

/** The lives that a dbt snapshot recorded, whose rows bear the names of the dimension. */
export function livesInSnapshot(dimension: EntityDimension, rows: readonly Values[]): readonly Life[] {
  const spans = rows.map((row) => ({ key: dimension.naturalKey.map(({ name }) => row.get(name) ?? null), row, from: micros(row.get("dbt_valid_from") ?? null), to: row.get("dbt_valid_to") ?? null }));
  return byMember(spans.filter(({ from, to }) => to === null || micros(to) > from)).map((own) => {
    const sorted = [...own].sort((one, other) => Number(one.from - other.from));
    const states = sorted.flatMap(({ row, from, to }, index): readonly State<Values>[] => {
      const isFollowed = to === null || sorted[index + 1]?.from === micros(to) || dimension.deletes === "ignore";
      return [{ at: from, said: row }, ...(isFollowed ? [] : [{ at: micros(to), said: null }])];
    });
    return { key: own[0]?.key ?? [], states };
  });
}

/** A row as something that happened; rows without a time never did, and deletes that are ignored neither. */
function happening(row: Row, dimension: EntityDimension): readonly Happening[] {
  const { at, zone, sequence, isDelete } = timesOf(dimension.history);
  const time = evaluate(at, row);
  const deletes = isDelete !== null && evaluate(isDelete, row) === true;
  if (time === null || (deletes && dimension.deletes === "ignore")) return [];
  const ties = dimension.ties.map((one) => evaluate(one, row));
  const key = [...columnValues(dimension.naturalKey, row).values()];
  return [{ key, at: moment(time, zone), isDelete: deletes, sequence: sequence.map((one) => evaluate(one, row)), ties, row }];
}

function timesOf(history: DimensionHistory): Pick<Extract<DimensionHistory, { kind: "events" }>, "zone" | "sequence" | "isDelete"> & { readonly at: Extract<DimensionHistory, { kind: "events" }>["effectiveAt"] } {
  switch (history.kind) {
    case "events": return { at: history.effectiveAt, zone: history.zone, sequence: history.sequence, isDelete: history.isDelete };
    case "extracts": return { at: history.extractDate, zone: history.zone, sequence: [], isDelete: null };
    case "current":
    case "snapshot": return fail("no history of its own");
  }
}

/** Of all that happened at one instant the last by sequence; then a delete, then the greatest values in order. */
function settled(happenings: readonly Happening[]): readonly State<Row>[] {
  const sorted = [...happenings].sort((one, other) => Number(one.at - other.at) || compareLists(one.sequence, other.sequence) || Number(one.isDelete) - Number(other.isDelete) || compareLists(one.ties, other.ties));
  return sorted.filter((one, index) => sorted[index + 1]?.at !== one.at).map(({ at, isDelete, row }) => ({ at, said: isDelete ? null : row }));
}

function extractMoments(dimension: EntityDimension, tables: Tables): readonly bigint[] {
  const { base } = dimension.rows;
  if (dimension.history.kind !== "extracts") return [];
  const { extractDate, zone } = dimension.history;
  const dates = joinedRows({ base, joins: [], where: null }, tables).flatMap((row) => evaluate(extractDate, row) ?? []);
  return inOrder(dates.map((one) => moment(one, zone)));
}

/** Whoever is missing from an extract is gone from then on. */
function withAbsences(states: readonly State<Row>[], moments: readonly bigint[]): readonly State<Row>[] {
  const first = states[0]?.at ?? 0n;
  return moments.filter((at) => at >= first).map((at) => states.find((one) => one.at === at) ?? { at, said: null });
}

/** What base and joined tables say together, at every moment at which one of them says something new. */
function cutByJoins(states: readonly State<Row>[], dimension: EntityDimension, tables: Tables): readonly State<Row>[] {
  const aliases = dimension.joinedHistories.map((one) => one.alias);
  const changes = aliases.flatMap((alias) => tables.get(alias) ?? []).flatMap((row) => [row.get("valid_from") ?? null, row.get("valid_to") ?? null]).flatMap((one) => (one === null ? [] : [micros(one)]));
  const first = states[0]?.at ?? 0n;
  return inOrder([...states.map((one) => one.at), ...changes.filter((at) => at > first)]).flatMap((at): readonly State<Row>[] => {
    const row = states.findLast((one) => one.at <= at)?.said ?? null;
    const then = new Map([...tables].map(([alias, rows]) => [alias, aliases.includes(alias) ? rows.filter((one) => isValid(one, at)) : rows]));
    return [{ at, said: row === null ? null : joinedRow(row, dimension.rows.joins, then) }];
  });
}

function isValid(row: Values, at: bigint): boolean {
  const to = row.get("valid_to") ?? null;
  return micros(row.get("valid_from") ?? null) <= at && (to === null || at < micros(to));
}

function inOrder(moments: readonly bigint[]): readonly bigint[] {
  return [...new Set(moments)].sort((one, other) => Number(one - other));
}

/** An instant in microseconds; of a day the one at which it begins in a zone. */
function moment(time: Value, zone: string): bigint {
  return isDay(time) ? instantIn(time, zone).micros : micros(time);
}

function micros(value: Value): bigint {
  return instantOf(value).micros;
}
