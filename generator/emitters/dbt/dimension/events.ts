import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { Expression } from "../../../model/expression.ts";
import type { LogicalType } from "../../../model/types.ts";
import { instantOf } from "../days.ts";
import { deleteColumn, eventColumns } from "./deletes.ts";
import { TOLD } from "./merge.ts";
import { baseName, named, rowAliases, rowColumns, rowImports, rowSelect } from "./rows.ts";
import { ownRows, timelineCtes } from "./timeline.ts";
import type { StepName } from "../sql/cte-names.ts";
import { identifier, printExpression, printOperand } from "../sql/expression.ts";
import type { Cte, Select } from "../sql/query.ts";
import { newestFirst, rowNumber, windowed, type SortKey } from "../sql/ranking.ts";

/**
 * Everything that is known to have happened to members, up to the CTE `settled`: natural key, attributes, event_effective_at and,
 * where members can be deleted, event_is_delete; at most one row per key and instant.
 */
export function eventCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  return dimension.joinedHistories.length === 0 ? ownEventCtes(dimension, dialect) : timelineCtes(dimension, ownEventCtes(ownRows(dimension), dialect), dialect);
}

function ownEventCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const { history } = dimension;
  switch (history.kind) {
    case "events": {
      const select = eventSelect(dimension, history, dialect);
      const events: Cte = { kind: "select", name: "events", selects: [dimension.isMerged ? { ...select, from: TOLD } : select] };
      return [...rowImports(dimension.rows, dialect), events, settledCte(dimension, "events", "settled", dialect)];
    }
    case "extracts": {
      const extracted = timed(dimension, { at: history.extractDate, zone: history.zone, isDelete: null, sequence: [] }, dialect);
      const rows: readonly Cte[] = [...rowImports(dimension.rows, dialect), { kind: "select", name: "extracted", selects: [extracted] }];
      if (dimension.deletes === "ignore") return [...rows, settledCte(dimension, "extracted", "settled", dialect)];
      return [...rows, settledCte(dimension, "extracted", "present", dialect), ...absenceCtes(dimension, history, dialect)];
    }
    case "snapshot": return snapshotCtes(dimension, history.snapshot, dialect);
    case "current": throw new Error(`${dimension.name} has no history of its own`);
  }
}

const instant: LogicalType = { kind: "timestamp" };

function eventSelect(dimension: EntityDimension, history: Extract<EntityDimension["history"], { kind: "events" }>, dialect: Dialect): Select {
  const isDelete = history.isDelete === null ? null : `coalesce(${printExpression(history.isDelete, dialect, rowAliases(dimension.rows))}, false)`;
  return timed(dimension, { at: history.effectiveAt, zone: history.zone, isDelete, sequence: history.sequence }, dialect);
}

/** When a row says what it says, whether that is a deletion (SQL), and what orders rows of one time. */
interface Timing {
  readonly at: Expression;
  readonly zone: string;
  readonly isDelete: string | null;
  readonly sequence: readonly Expression[];
}

/** The rows with the time that counts, and their rank among those of one key and time; without a time nothing can be placed. */
function timed(dimension: EntityDimension, timing: Timing, dialect: Dialect): Select {
  const { at, zone, isDelete } = timing;
  const aliases = rowAliases(dimension.rows);
  const operand = printOperand(at, dialect, aliases);
  const time = { sql: at.type?.kind === "timestamp" ? printExpression(at, dialect, aliases) : instantOf(operand, at.type, zone, dialect), as: "event_effective_at" };
  const select = rowSelect(dimension, [time, ...deleteColumn(dimension, isDelete ?? "false"), { sql: rankSql(dimension, timing, dialect), as: "row_rank" }], dialect);
  const ignored = isDelete !== null && dimension.deletes === "ignore" ? [`not ${isDelete}`] : [];
  return { ...select, where: [...(select.where ?? []), `${operand} is not null`, ...ignored] };
}

/** Of several rows of one key at one time the last one by the stated sequence counts, then a deletion, then the greatest row; without ties the sequence settles it. */
function rankSql(dimension: EntityDimension, { at, isDelete, sequence }: Timing, dialect: Dialect): string {
  const aliases = rowAliases(dimension.rows);
  const sortKey = (one: Expression): SortKey => ({ name: "", type: one.type ?? instant, sql: printOperand(one, dialect, aliases) });
  const deletion: readonly SortKey[] = isDelete === null || dimension.deletes === "ignore" || dimension.ties.length === 0 ? [] : [{ name: "", type: { kind: "boolean" }, sql: isDelete }];
  const keys = [...dimension.naturalKey.map((one) => one.value), at].map((one) => printOperand(one, dialect, aliases));
  return rowNumber(keys, newestFirst(sequence.map(sortKey), [...deletion, ...dimension.ties.map(sortKey)], dialect));
}

/** One row of each key and time. */
function settledCte(dimension: EntityDimension, from: string, name: StepName, dialect: Dialect): Cte {
  const columns = [...rowColumns(dimension, dialect), ...eventColumns(dimension, dialect)];
  return { kind: "select", name, selects: [{ columns, from, where: ["row_rank = 1"] }] };
}

/** What an extract lacks that the one before it held was deleted: such rows become events at the first extract without them. */
function absenceCtes(dimension: EntityDimension, { extractDate, zone }: Extract<EntityDimension["history"], { kind: "extracts" }>, dialect: Dialect): readonly Cte[] {
  const columns = rowColumns(dimension, dialect);
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const base = baseName(dimension.rows, dialect);
  const date = printOperand(extractDate, dialect, { [dimension.rows.base.alias]: null });
  const time = instantOf(date, extractDate.type, zone, dialect);
  const next = windowed("lead(extract_at)", [], ["extract_at"]).replace(/\s*\n\s*/g, " ").replace("( ", "(").replace(" )", ")");
  const seen = windowed("lead(present.event_effective_at)", keys.map((key) => `present.${key}`), ["present.event_effective_at"]);
  const qualified = columns.map((one) => ({ sql: `present.${one.sql}`, as: `present.${one.sql}` }));
  return [
    { kind: "select", name: "extracts", selects: [{ distinct: true, columns: [{ sql: time, as: "extract_at" }], from: base, where: [`${date} is not null`] }] },
    { kind: "select", name: "calendar", selects: [{ columns: [{ sql: "extract_at", as: "extract_at" }, { sql: next, as: "next_extract_at" }], from: "extracts" }] },
    {
      kind: "select",
      name: "appearances",
      selects: [{
        columns: [...qualified, { sql: "calendar.next_extract_at", as: "calendar.next_extract_at" }, { sql: seen, as: "next_seen_at" }],
        from: "present",
        joins: [{ type: "inner", relation: "calendar", on: ["present.event_effective_at = calendar.extract_at"] }],
      }],
    },
    {
      kind: "select",
      name: "settled",
      selects: [
        { columns: [...columns, ...eventColumns(dimension, dialect)], from: "present" },
        {
          columns: [...columns, { sql: "next_extract_at", as: "event_effective_at" }, { sql: "true", as: "event_is_delete" }],
          from: "appearances",
          where: ["next_extract_at is not null", "next_seen_at is distinct from next_extract_at"],
        },
      ],
    },
  ];
}

/**
 * What a dbt snapshot recorded: a row is an event at its start, and a delete at its end unless the next one begins there. Rows without
 * length come from a day that ran twice; only the last of them holds.
 */
function snapshotCtes(dimension: EntityDimension, snapshot: string, dialect: Dialect): readonly Cte[] {
  const columns = rowColumns(dimension, dialect);
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const imported: Cte = { kind: "import", name: "snapshots", relation: { kind: "ref", model: snapshot } };
  const hasLength = "coalesce(dbt_valid_to > dbt_valid_from, true)";
  const seen: Select = {
    columns: [...columns, { sql: "dbt_valid_from", as: "event_effective_at" }, ...deleteColumn(dimension, "false")],
    from: "snapshots",
    where: [hasLength],
  };
  if (dimension.deletes === "ignore") return [imported, { kind: "select", name: "settled", selects: [seen] }];
  const next = { sql: windowed("lead(dbt_valid_from)", keys, ["dbt_valid_from"]), as: "next_valid_from" };
  const followed: Select = {
    columns: [...columns, named("dbt_valid_from", dialect), named("dbt_valid_to", dialect), next],
    from: "snapshots",
    where: [hasLength],
  };
  const gone: Select = {
    columns: [...columns, { sql: "dbt_valid_to", as: "event_effective_at" }, { sql: "true", as: "event_is_delete" }],
    from: "followed",
    where: ["dbt_valid_to is not null", "next_valid_from is distinct from dbt_valid_to"],
  };
  return [
    imported,
    { kind: "select", name: "followed", selects: [followed] },
    { kind: "select", name: "settled", selects: [{ ...seen, from: "followed", where: [] }, gone] },
  ];
}
