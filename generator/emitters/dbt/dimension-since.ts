import type { Dialect } from "../../dialects/types.ts";
import type { Attribute, EntityDimension } from "../../model/dimension.ts";
import { named } from "./dimension-rows.ts";
import { identifier } from "./sql/expression.ts";
import type { Cte, Select, SelectColumn } from "./sql/query.ts";
import { windowed } from "./sql/ranking.ts";
import { surrogateKey } from "./sql/surrogate-key.ts";

/** Tracked attributes that came later than the dimension (`since`). */
export function sinceColumns(dimension: EntityDimension): readonly Attribute[] {
  return dimension.attributes.filter((one) => one.scdType === 2 && one.since !== null);
}

/**
 * A tracked attribute as rows are compared: before it came it holds the first value a member ever had, so that its coming cuts no
 * version. `at` is the time of a row, `alive` a condition that rows with values of their own fulfil.
 */
export function comparedValue(attribute: Attribute, keys: readonly string[], at: string, alive: string | null, dialect: Dialect): SelectColumn {
  const name = identifier(attribute.name, dialect);
  if (attribute.since === null) return { sql: name, as: name };
  const later = `${at} >= ${sinceSql(attribute.since, dialect)}`;
  const own = alive === null ? later : `${later} and ${alive}`;
  const first = windowed(`first_value(case when ${own} then ${name} end)`, keys, [`case when ${own} then 0 else 1 end asc`, `${at} asc`]);
  return { sql: `case\n    when ${later} then ${name}\n    else ${first.replaceAll("\n", "\n    ")}\nend`, as: name };
}

/** A tracked attribute as versions show it: NULL where the version ended before the attribute came. `qualifier` is empty or `spans.`. */
export function shownValue(attribute: Attribute, qualifier: string, dialect: Dialect): SelectColumn {
  const name = identifier(attribute.name, dialect);
  if (attribute.since === null || attribute.scdType === 1) return { sql: `${qualifier}${name}`, as: `${qualifier}${name}` };
  return { sql: `case\n    when ${qualifier}valid_to <= ${sinceSql(attribute.since, dialect)} then null\n    else ${qualifier}${name}\nend`, as: name };
}

/**
 * Snapshot rows without the cut that dbt made in every member when a column came: touching rows that compare equal are one version.
 * The last CTE is `spans`: natural key, tracked attributes, valid_from, valid_to.
 */
export function mergedSpans(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const tracked = dimension.attributes.filter((one) => one.scdType === 2);
  const keyColumns = keys.map((key) => ({ sql: key, as: key }));
  const columns = [...keyColumns, ...tracked.map((one) => named(one.name, dialect))];
  const times = [{ sql: "valid_from", as: "valid_from" }, { sql: "valid_to", as: "valid_to" }];
  const introduced: Select = {
    columns: [...keyColumns, ...tracked.map((one) => comparedValue(one, keys, "dbt_valid_from", null, dialect)), { sql: "dbt_valid_from", as: "valid_from" }, { sql: "dbt_valid_to", as: "valid_to" }],
    from: "snapshots",
  };
  const hash = surrogateKey(tracked.map((one) => ({ sql: identifier(one.name, dialect), type: one.type })), dialect);
  const lag = (name: string, as: string): SelectColumn => ({ sql: windowed(`lag(${name})`, keys, ["valid_from"]), as });
  const starts = "case\n            when previous_hash = version_hash and previous_to = valid_from then 0\n            else 1\n        end";
  const number = windowed(`sum(\n        ${starts}\n    )`, keys, ["valid_from"]);
  const merged: Select = {
    columns: [...columns, { sql: "version_number", as: "version_number" }, { sql: "min(valid_from)", as: "valid_from" }, { sql: "case when count(*) = count(valid_to) then max(valid_to) end", as: "valid_to" }],
    from: "numbered",
    groupBy: columns.length + 1,
  };
  return [
    { kind: "select", name: "introduced", selects: [introduced] },
    { kind: "select", name: "hashed", selects: [{ columns: [...columns, ...times, { sql: hash, as: "version_hash" }], from: "introduced" }] },
    { kind: "select", name: "compared", selects: [{ columns: [...columns, ...times, { sql: "version_hash", as: "version_hash" }, lag("version_hash", "previous_hash"), lag("valid_to", "previous_to")], from: "hashed" }] },
    { kind: "select", name: "numbered", selects: [{ columns: [...columns, ...times, { sql: number, as: "version_number" }], from: "compared" }] },
    { kind: "select", name: "merged", selects: [merged] },
    { kind: "select", name: "spans", selects: [{ columns: [...keyColumns, ...tracked.map((one) => shownValue(one, "", dialect)), ...times], from: "merged" }] },
  ];
}

function sinceSql(since: string, dialect: Dialect): string {
  return `cast('${since}' as ${dialect.types.timestamp})`;
}
