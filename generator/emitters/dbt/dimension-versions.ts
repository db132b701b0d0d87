import type { Dialect } from "../../dialects/types.ts";
import type { Attribute, EntityDimension } from "../../model/dimension.ts";
import type { Expression } from "../../model/expression.ts";
import type { LogicalType } from "../../model/types.ts";
import { importName, memberColumns, named, rowAliases, rowImports, rowSelect } from "./dimension-rows.ts";
import { comparedValue, shownValue, sinceColumns } from "./dimension-since.ts";
import { instantOf } from "./days.ts";
import { identifier, printExpression, printOperand } from "./sql/expression.ts";
import type { Cte, Select, SelectColumn } from "./sql/query.ts";
import { newestFirst, rowNumber, windowed, type SortKey } from "./sql/ranking.ts";
import { surrogateKey } from "./sql/surrogate-key.ts";

/**
 * The versions of a dimension as a pure function of all its events (warehouse semantics, SCD2 from history): one event per key and
 * instant, a version where something tracked changed, ended by the next one or by a delete. Offers the natural key, the attributes,
 * is_deleted (tombstones only), valid_from and valid_to, NULL while open.
 */
export function versionedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  return [...rowImports(dimension.rows, dialect), ...eventCtes(dimension, dialect), ...versionCtes(dimension, dialect)];
}

const instant: LogicalType = { kind: "timestamp" };

/** Up to `settled`: natural key, attributes, event_effective_at, event_is_delete; at most one row per key and instant. */
function eventCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const { history } = dimension;
  switch (history.kind) {
    case "events": {
      const events: Cte = { kind: "select", name: "events", selects: [eventSelect(dimension, history, dialect)] };
      return [events, ...settledCtes(dimension, "events", "settled", history.sequence.map((one, index) => ({ name: `event_sequence_${index + 1}`, type: one.type ?? instant })), dialect)];
    }
    case "extracts": {
      const extracted = timed(dimension, history.extractDate, history.zone, "false", [], dialect);
      const rows: Cte = { kind: "select", name: "extracted", selects: [extracted] };
      if (dimension.deletes === "ignore") return [rows, ...settledCtes(dimension, "extracted", "settled", [], dialect)];
      return [rows, ...settledCtes(dimension, "extracted", "present", [], dialect), ...absenceCtes(dimension, history, dialect)];
    }
    case "current":
    case "snapshot": throw new Error(`${dimension.name} has no history of its own`);
  }
}

function eventSelect(dimension: EntityDimension, history: Extract<EntityDimension["history"], { kind: "events" }>, dialect: Dialect): Select {
  const aliases = rowAliases(dimension.rows);
  const deleted = history.isDelete === null ? "false" : `coalesce(${printExpression(history.isDelete, dialect, aliases)}, false)`;
  const sequence = history.sequence.map((one, index) => ({ sql: printExpression(one, dialect, aliases), as: `event_sequence_${index + 1}` }));
  return timed(dimension, history.effectiveAt, history.zone, deleted, sequence, dialect);
}

/** The rows with the time that counts; without one nothing can be placed. */
function timed(dimension: EntityDimension, at: Expression, zone: string, isDelete: string, extra: readonly SelectColumn[], dialect: Dialect): Select {
  const aliases = rowAliases(dimension.rows);
  const operand = printOperand(at, dialect, aliases);
  const time = { sql: at.type?.kind === "timestamp" ? printExpression(at, dialect, aliases) : instantOf(operand, at.type, zone, dialect), as: "event_effective_at" };
  const select = rowSelect(dimension, [time, ...extra, { sql: isDelete, as: "event_is_delete" }], dialect);
  return { ...select, where: [...(select.where ?? []), `${operand} is not null`] };
}

/** Of several rows of one key at one instant the last one by the stated sequence, then by all attributes. */
function settledCtes(dimension: EntityDimension, from: string, name: string, sequence: readonly SortKey[], dialect: Dialect): readonly Cte[] {
  const ties: readonly SortKey[] = [{ name: "event_is_delete", type: { kind: "boolean" } }, ...dimension.attributes];
  const columns = [...memberColumns(dimension, dialect), named("event_effective_at", dialect), named("event_is_delete", dialect)];
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const rank = { sql: rowNumber([...keys, "event_effective_at"], newestFirst(sequence, ties, dialect)), as: "row_rank" };
  const ignored = dimension.deletes === "ignore" ? ["not event_is_delete"] : [];
  return [
    { kind: "select", name: "ranked", selects: [{ columns: [...columns, rank], from, where: ignored }] },
    { kind: "select", name, selects: [{ columns, from: "ranked", where: ["row_rank = 1"] }] },
  ];
}

/** What an extract lacks that the one before it held was deleted: such rows become events at the first extract without them. */
function absenceCtes(dimension: EntityDimension, { extractDate, zone }: Extract<EntityDimension["history"], { kind: "extracts" }>, dialect: Dialect): readonly Cte[] {
  const columns = memberColumns(dimension, dialect);
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const base = importName(dimension.rows.base.alias, dialect);
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
        { columns: [...columns, named("event_effective_at", dialect), named("event_is_delete", dialect)], from: "present" },
        {
          columns: [...columns, { sql: "next_extract_at", as: "event_effective_at" }, { sql: "true", as: "event_is_delete" }],
          from: "appearances",
          where: ["next_extract_at is not null", "next_seen_at is distinct from next_extract_at"],
        },
      ],
    },
  ];
}

function versionCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const tracked = dimension.attributes.filter((one) => one.scdType === 2);
  const overwritten = dimension.attributes.filter((one) => one.scdType === 1);
  const since = sinceColumns(dimension).length > 0;
  const introduced: Select = {
    columns: [...keys.map((key) => ({ sql: key, as: key })), ...tracked.map((one) => comparedValue(one, keys, "event_effective_at", "not event_is_delete", dialect)), named("event_effective_at", dialect), named("event_is_delete", dialect)],
    from: "settled",
  };
  const hashed: Select = {
    columns: [...keys.map((key) => ({ sql: key, as: key })), ...trackedColumns(dimension, tracked, keys, dialect), named("event_effective_at", dialect), named("event_is_delete", dialect), { sql: versionHash(tracked, dialect), as: "version_hash" }],
    from: since ? "introduced" : "settled",
  };
  const base = [...keys.map((key) => ({ sql: key, as: key })), ...tracked.map((one) => named(one.name, dialect))];
  const compared: Select = {
    columns: [...base, named("event_effective_at", dialect), named("event_is_delete", dialect), { sql: "version_hash", as: "version_hash" }, { sql: windowed("lag(version_hash)", keys, ["event_effective_at"]), as: "previous_hash" }],
    from: "hashed",
  };
  const spans: Select = {
    columns: [...base, { sql: "event_is_delete", as: "is_deleted" }, { sql: "event_effective_at", as: "valid_from" }, { sql: windowed("lead(event_effective_at)", keys, ["event_effective_at"]), as: "valid_to" }],
    from: "compared",
    where: ["previous_hash is distinct from version_hash"],
  };
  return [
    ...(since ? [{ kind: "select", name: "introduced", selects: [introduced] } as const] : []),
    { kind: "select", name: "hashed", selects: [hashed] },
    { kind: "select", name: "compared", selects: [compared] },
    { kind: "select", name: "spans", selects: [spans] },
    ...newestCtes(overwritten, keys, dialect),
    { kind: "select", name: "versions", selects: [finalSelect(dimension, overwritten.length > 0, dialect)] },
  ];
}

/** A delete carries no values worth keeping: a tombstone shows those that were valid last. */
function trackedColumns(dimension: EntityDimension, tracked: readonly Attribute[], keys: readonly string[], dialect: Dialect): readonly SelectColumn[] {
  return tracked.map((one) => {
    const name = identifier(one.name, dialect);
    if (dimension.deletes !== "tombstone") return { sql: name, as: name };
    const last = windowed(`lag(${name})`, keys, ["event_effective_at"]).replaceAll("\n", "\n        ");
    return { sql: `case\n    when event_is_delete then ${last}\n    else ${name}\nend`, as: name };
  });
}

/** One text for all that is tracked, never NULL; two deletes in a row are no change. */
function versionHash(tracked: readonly Attribute[], dialect: Dialect): string {
  const parts = tracked.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const hash = parts.length === 0 ? "'unchanged'" : surrogateKey(parts, dialect);
  return `case\n    when event_is_delete then 'deleted'\n    else ${hash.replaceAll("\n", "\n    ")}\nend`;
}

/** Type 1: the values of the newest event of a key that is no delete. */
function newestCtes(overwritten: readonly Attribute[], keys: readonly string[], dialect: Dialect): readonly Cte[] {
  if (overwritten.length === 0) return [];
  const columns = [...keys.map((key) => ({ sql: key, as: key })), ...overwritten.map((one) => named(one.name, dialect))];
  const rank = rowNumber(keys, ["event_is_delete asc", "event_effective_at desc"]);
  return [
    { kind: "select", name: "aged", selects: [{ columns: [...columns, { sql: rank, as: "age_rank" }], from: "settled" }] },
    { kind: "select", name: "newest", selects: [{ columns, from: "aged", where: ["age_rank = 1"] }] },
  ];
}

function finalSelect(dimension: EntityDimension, overwrites: boolean, dialect: Dialect): Select {
  const qualifier = overwrites ? "spans." : "";
  const span = (name: string): SelectColumn => ({ sql: `${qualifier}${name}`, as: `${qualifier}${name}` });
  const members = [
    ...dimension.naturalKey.map((one) => span(identifier(one.name, dialect))),
    ...dimension.attributes.map((one) => shownValue(one, one.scdType === 1 ? "newest." : qualifier, dialect)),
  ];
  const tombstones = dimension.deletes === "tombstone";
  const columns = [...members, ...(tombstones ? [span("is_deleted")] : []), span("valid_from"), span("valid_to")];
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const join = { type: "inner", relation: "newest", on: keys.map((key) => `spans.${key} = newest.${key}`) } as const;
  return { columns, from: "spans", joins: overwrites ? [join] : [], where: tombstones ? [] : [`not ${span("is_deleted").sql}`] };
}
