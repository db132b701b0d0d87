import type { Dialect } from "../../../dialects/types.ts";
import { sharedAttributes } from "../../../model/attributes.ts";
import type { Attribute, EntityDimension } from "../../../model/dimension.ts";
import { eventColumns, seesDeletes } from "./deletes.ts";
import { eventCtes } from "./events.ts";
import { memberColumns, named } from "./rows.ts";
import { sinceSql } from "./since.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, SelectColumn } from "../sql/query.ts";
import { rowNumber, windowed } from "../sql/ranking.ts";

/**
 * The members of a dimension without versions that remembers something of them, out of all their events. The last CTE, `members`,
 * offers the natural key, the attributes and, for tombstones, is_deleted.
 */
export function rememberedCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const columns = [...memberColumns(dimension, dialect), ...(dimension.deletes === "tombstone" ? [named("is_deleted", dialect)] : [])];
  const where = dimension.deletes === "close" && seesDeletes(dimension) ? ["not is_deleted"] : [];
  return [
    ...eventCtes(dimension, dialect),
    ...newestCtes(dimension, dialect),
    { kind: "select", name: "members", selects: [{ columns, from: "newest", where }] },
  ];
}

/**
 * What all versions of a member share, out of its events: the first value (Type 0), the newest one (Types 1, 3 and 6) and the one
 * before it (Type 3). Deletes carry no values. The last CTE, `newest`, has one row per natural key.
 */
export function newestCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const window = windowsOf(dimension, dialect);
  const keys = window.keys.map((key) => ({ sql: key, as: key }));
  const shared = sharedAttributes(dimension);
  const previous = shared.filter((one) => one.companion?.shows === "previous");
  const lives = dimension.scdType === 1 && seesDeletes(dimension);
  const deleted: readonly SelectColumn[] = lives ? [named("is_deleted", dialect)] : [];
  // A delete of what was never seen buries nobody.
  const seen: readonly SelectColumn[] = dimension.scdType === 1 && dimension.deletes === "tombstone" ? [named("event_is_delete", dialect)] : [];
  const rank = { sql: rowNumber(window.keys, window.newestFirst), as: "age_rank" };
  const aged: readonly SelectColumn[] = [
    ...keys,
    ...shared.filter((one) => !previous.includes(one)).map((one) => sharedValue(one, window)),
    ...(lives ? [{ sql: windowed("first_value(event_is_delete)", window.keys, ["event_effective_at desc"]), as: "is_deleted" }] : []),
  ];
  const columns = [...keys, ...shared.map((one) => named(one.name, dialect)), ...deleted];
  const newest: Cte = { kind: "select", name: "newest", selects: [{ columns, from: previous.length === 0 ? "aged" : "recalled", where: ["age_rank = 1", ...seen.map(({ sql }) => `not ${sql}`)] }] };
  if (previous.length === 0) return [{ kind: "select", name: "aged", selects: [{ columns: [...aged, ...seen, rank], from: "settled" }] }, newest];
  const before = previous.map((one) => ({ sql: windowed(`first_value(${window.name(one)})`, window.keys, window.newestFirst), as: newestName(one) }));
  const event = eventColumns(dimension, dialect);
  const recalled = shared.map((one) => (previous.includes(one) ? previousValue(one, window, dialect) : named(one.name, dialect)));
  return [
    { kind: "select", name: "aged", selects: [{ columns: [...aged, ...before, ...event, rank], from: "settled" }] },
    { kind: "select", name: "recalled", selects: [{ columns: [...keys, ...recalled, ...deleted, ...seen, named("age_rank", dialect)], from: "aged" }] },
    newest,
  ];
}

/** The partition of the windows, and the column of rows that holds an attribute's values. */
interface Windows {
  readonly keys: readonly string[];
  readonly name: (attribute: Attribute) => string;
  /** Deletes come last, so that they count only for members that were never there; empty where there are none. */
  readonly deletesLast: readonly string[];
  readonly newestFirst: readonly string[];
  readonly dialect: Dialect;
}

function windowsOf(dimension: EntityDimension, dialect: Dialect): Windows {
  const deletesLast = seesDeletes(dimension) ? ["event_is_delete asc"] : [];
  return {
    deletesLast,
    newestFirst: [...deletesLast, "event_effective_at desc"],
    keys: dimension.naturalKey.map((one) => identifier(one.name, dialect)),
    name: (one) => identifier(one.companion?.of ?? one.name, dialect),
    dialect,
  };
}

/** In the newest row its own value is the one to show; the first one must be looked for. */
function sharedValue(attribute: Attribute, { keys, name, deletesLast, dialect }: Windows): SelectColumn {
  const as = identifier(attribute.name, dialect);
  if (attribute.scdType !== 0) return { sql: name(attribute), as };
  const order = attribute.since === null ? deletesLast : [`case when ${deletesLast.length === 0 ? "" : "event_is_delete or "}event_effective_at < ${sinceSql(attribute.since, dialect)} then 1 else 0 end asc`];
  return { sql: windowed(`first_value(${name(attribute)})`, keys, [...order, "event_effective_at asc"]), as };
}

/** The value of the last event whose value is not the newest one; NULL counts as a value. */
function previousValue(attribute: Attribute, { keys, name, deletesLast }: Windows, dialect: Dialect): SelectColumn {
  const known = attribute.since === null ? [] : [`event_effective_at >= ${sinceSql(attribute.since, dialect)}`];
  const differs = [...(deletesLast.length === 0 ? [] : ["not event_is_delete"]), ...known, `${name(attribute)} is distinct from ${newestName(attribute)}`].join("\n        and ");
  const cases = (yes: string, no: string): string => `case\n    when\n        ${differs}\n        then ${yes}${no}\nend`;
  const call = `first_value(\n    ${cases(name(attribute), "").replaceAll("\n", "\n    ")}\n)`;
  return { sql: windowed(call, keys, [`${cases("0", "\n    else 1").replaceAll("\n", "\n        ")} asc`, "event_effective_at desc"]), as: identifier(attribute.name, dialect) };
}

function newestName(attribute: Attribute): string {
  return `event_newest_${attribute.companion?.of ?? attribute.name}`;
}
