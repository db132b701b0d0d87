import type { Dialect } from "../../../dialects/types.ts";
import { isTracked, sharedAttributes, trackedAttributes } from "../../../model/attributes.ts";
import type { Attribute, EntityDimension } from "../../../model/dimension.ts";
import { MEMBER_COLUMNS } from "../../../model/member-load.ts";
import { eventColumns, seesDeletes } from "./deletes.ts";
import { eventCtes } from "./events.ts";
import { named } from "./rows.ts";
import { numbersVersions, VERSION_NUMBER } from "./merge.ts";
import { newestCtes } from "./shared.ts";
import { comparedValue, shownValue, sinceColumns } from "./since.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/**
 * The versions of a dimension as a pure function of all its events (warehouse semantics, SCD2 from history): a version where
 * something tracked changed, ended by the next one or by a delete. Offers the natural key, the attributes, is_deleted (tombstones
 * only), valid_from and valid_to, NULL while open.
 */
export function versionedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  return [...eventCtes(dimension, dialect), ...spanCtes(dimension, dialect), ...versionCtes(dimension, dialect)];
}

function versionCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const shares = sharedAttributes(dimension).length > 0;
  return [
    ...(shares ? newestCtes(dimension, dialect) : []),
    { kind: "select", name: "versions", selects: [finalSelect(dimension, shares, dialect)] },
  ];
}

function spanCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const tracked = trackedAttributes(dimension);
  const since = sinceColumns(dimension).length > 0;
  const sees = seesDeletes(dimension);
  const event = eventColumns(dimension, dialect);
  const alive = sees ? "not event_is_delete" : null;
  const introduced: Select = {
    columns: [...keys.map((key) => ({ sql: key, as: key })), ...tracked.map((one) => comparedValue(one, keys, "event_effective_at", alive, dialect)), ...event],
    from: "settled",
  };
  const hashed: Select = {
    columns: [...keys.map((key) => ({ sql: key, as: key })), ...trackedColumns(dimension, tracked, keys, dialect), ...event, { sql: versionHash(dimension, tracked, dialect), as: "version_hash" }],
    from: since ? "introduced" : "settled",
  };
  const base = [...keys.map((key) => ({ sql: key, as: key })), ...tracked.map((one) => named(one.name, dialect))];
  const compared: Select = {
    columns: [...base, ...event, { sql: "version_hash", as: "version_hash" }, { sql: windowed("lag(version_hash)", keys, ["event_effective_at"]), as: "previous_hash" }],
    from: "hashed",
  };
  const spans: Select = {
    columns: [...base, ...(sees ? [{ sql: "event_is_delete", as: "is_deleted" }] : []), { sql: "event_effective_at", as: "valid_from" }, { sql: windowed("lead(event_effective_at)", keys, ["event_effective_at"]), as: "valid_to" }, ...versionNumber(dimension, keys)],
    from: "compared",
    where: ["previous_hash is distinct from version_hash", ...neverThere(dimension)],
  };
  return [
    ...(since ? [{ kind: "select", name: "introduced", selects: [introduced] } as const] : []),
    { kind: "select", name: "hashed", selects: [hashed] },
    { kind: "select", name: "compared", selects: [compared] },
    { kind: "select", name: "spans", selects: [spans] },
  ];
}

/** Where the dimension itself works its versions out, it knows the first of a member by this; else it has to look for it. */
function versionNumber(dimension: EntityDimension, keys: readonly string[]): readonly SelectColumn[] {
  if (!numbersVersions(dimension)) return [];
  const counts = seesDeletes(dimension) && dimension.deletes !== "tombstone";
  return [{ sql: windowed(counts ? "count(case when not event_is_delete then 1 end)" : "row_number()", keys, ["event_effective_at"]), as: VERSION_NUMBER }];
}

/** A delete of what was never seen buries nobody. */
function neverThere(dimension: EntityDimension): readonly string[] {
  return dimension.deletes === "tombstone" ? ["not (event_is_delete and previous_hash is null)"] : [];
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
function versionHash(dimension: EntityDimension, tracked: readonly Attribute[], dialect: Dialect): string {
  const parts = tracked.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const hash = parts.length === 0 ? "'unchanged'" : surrogateKey(parts, dialect);
  if (!seesDeletes(dimension)) return hash;
  return `case\n    when event_is_delete then 'deleted'\n    else ${hash.replaceAll("\n", "\n    ")}\nend`;
}

function finalSelect(dimension: EntityDimension, shares: boolean, dialect: Dialect): Select {
  const { isMerged } = dimension;
  const qualifier = shares || isMerged ? "spans." : "";
  const span = (name: string): SelectColumn => ({ sql: `${qualifier}${name}`, as: `${qualifier}${name}` });
  const members = [
    ...dimension.naturalKey.map((one) => span(identifier(one.name, dialect))),
    ...dimension.attributes.map((one) => shownValue(one, isTracked(one) ? qualifier : "newest.", dialect)),
  ];
  const tombstones = dimension.deletes === "tombstone";
  const numbers = numbersVersions(dimension) ? [span(VERSION_NUMBER)] : [];
  const counts = isMerged ? MEMBER_COLUMNS.map(({ name }) => ({ sql: `touched.${name}`, as: `touched.${name}` })) : [];
  const columns = [...members, ...(tombstones ? [span("is_deleted")] : []), span("valid_from"), span("valid_to"), ...numbers, ...counts];
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const join = (relation: string) => ({ type: "inner", relation, on: keys.map((key) => `spans.${key} = ${relation}.${key}`) } as const);
  return { columns, from: "spans", joins: [...(shares ? [join("newest")] : []), ...(isMerged ? [join("touched")] : [])], where: seesDeletes(dimension) && !tombstones ? [`not ${span("is_deleted").sql}`] : [] };
}
