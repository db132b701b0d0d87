import type { Dialect } from "../../../dialects/types.ts";
import { isTracked, trackedAttributes } from "../../../model/attributes.ts";
import type { Attribute, EntityDimension } from "../../../model/dimension.ts";
import { identifier } from "../sql/expression.ts";
import type { SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";

/** Tracked attributes that came later than the dimension (`since`). */
export function sinceColumns(dimension: EntityDimension): readonly Attribute[] {
  return trackedAttributes(dimension).filter((one) => one.since !== null);
}

/**
 * A tracked attribute as rows are compared: before it came it holds the first value a member ever had, so that its coming cuts no
 * version. `at` is the time of a row, `alive` a condition that rows with values of their own fulfil (null: all do).
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
  if (attribute.since === null || !isTracked(attribute)) return { sql: `${qualifier}${name}`, as: `${qualifier}${name}` };
  return { sql: `case\n    when ${qualifier}valid_to <= ${sinceSql(attribute.since, dialect)} then null\n    else ${qualifier}${name}\nend`, as: name };
}

/** A day as the instant at which it begins. */
export function sinceSql(since: string, dialect: Dialect): string {
  return `cast('${since}' as ${dialect.types.timestamp})`;
}
