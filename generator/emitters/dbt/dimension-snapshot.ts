import type { Dialect } from "../../dialects/types.ts";
import type { EntityDimension } from "../../model/dimension.ts";
import { named } from "./dimension-rows.ts";
import { mergedSpans, sinceColumns } from "./dimension-since.ts";
import { identifier } from "./sql/expression.ts";
import type { Cte, Select, SelectColumn } from "./sql/query.ts";
import { rowNumber, windowed } from "./sql/ranking.ts";

/**
 * The versions that a dbt snapshot recorded, with the Type 1 values of today. Offers what `versionedCtes` offers; members that are
 * gone keep the Type 1 values of their last version. Tombstones fill the gaps that deletes left.
 */
export function snapshotVersionCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const { history, models } = dimension;
  if (history.kind !== "snapshot" || models.joined === null) throw new Error(`${dimension.name} has no snapshot`);
  const overwritten = dimension.attributes.filter((one) => one.scdType === 1);
  const spanned = spanCtes(dimension, dialect);
  const imports: readonly Cte[] = [
    { kind: "import", name: "snapshots", relation: { kind: "ref", model: history.snapshot } },
    ...(overwritten.length === 0 ? [] : [{ kind: "import", name: "members", relation: { kind: "ref", model: models.joined } } as const]),
  ];
  if (overwritten.length === 0) return [...imports, ...renameLast(spanned, "versions")];
  return [...imports, ...spanned, ...newestCtes(dimension, dialect), { kind: "select", name: "versions", selects: [versionSelect(dimension, dialect)] }];
}

function spanCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const columns = keyAndTracked(dimension, dialect);
  const recorded: Cte = {
    kind: "select",
    name: "spans",
    selects: [{ columns: [...columns, { sql: "dbt_valid_from", as: "valid_from" }, { sql: "dbt_valid_to", as: "valid_to" }], from: "snapshots" }],
  };
  const spans = sinceColumns(dimension).length === 0 ? [recorded] : mergedSpans(dimension, dialect);
  return dimension.deletes === "tombstone" ? [...renameLast(spans, "recorded"), ...tombstoneCtes(dimension, columns, dialect)] : spans;
}

/** A gap between two versions, or after the last one, is the time in which the member was deleted. */
function tombstoneCtes(dimension: EntityDimension, columns: readonly SelectColumn[], dialect: Dialect): readonly Cte[] {
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const times = [named("valid_from", dialect), named("valid_to", dialect)];
  const next = { sql: windowed("lead(valid_from)", keys, ["valid_from"]), as: "next_valid_from" };
  const live: Select = { columns: [...columns, { sql: "false", as: "is_deleted" }, ...times], from: "followed" };
  const gone: Select = {
    columns: [...columns, { sql: "true", as: "is_deleted" }, { sql: "valid_to", as: "valid_from" }, { sql: "next_valid_from", as: "valid_to" }],
    from: "followed",
    where: ["valid_to is not null", "(next_valid_from is null or next_valid_from > valid_to)"],
  };
  return [
    { kind: "select", name: "followed", selects: [{ columns: [...columns, ...times, next], from: "recorded" }] },
    { kind: "select", name: "spans", selects: [live, gone] },
  ];
}

/** Type 1 values: of today where the member is still there, else those that its last version recorded. */
function newestCtes(dimension: EntityDimension, dialect: Dialect): readonly Cte[] {
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  const columns = [...keys.map((key) => ({ sql: key, as: key })), ...dimension.attributes.filter((one) => one.scdType === 1).map((one) => named(one.name, dialect))];
  const qualified = columns.map((one) => ({ sql: `snapshots.${one.sql}`, as: `snapshots.${one.sql}` }));
  const rank = rowNumber(keys.map((key) => `snapshots.${key}`), ["snapshots.dbt_valid_from desc"]);
  return [
    {
      kind: "select",
      name: "departed",
      selects: [{
        columns: [...qualified, { sql: rank, as: "age_rank" }],
        from: "snapshots",
        joins: [{ type: "left", relation: "members", on: keys.map((key) => `snapshots.${key} = members.${key}`) }],
        where: [`members.${keys[0] ?? ""} is null`],
      }],
    },
    { kind: "select", name: "newest", selects: [{ columns, from: "members" }, { columns, from: "departed", where: ["age_rank = 1"] }] },
  ];
}

function versionSelect(dimension: EntityDimension, dialect: Dialect): Select {
  const overwritten = new Set(dimension.attributes.filter((one) => one.scdType === 1).map((one) => one.name));
  const members = [...dimension.naturalKey, ...dimension.attributes].map((one) => `${overwritten.has(one.name) ? "newest" : "spans"}.${identifier(one.name, dialect)}`);
  const spans = [...(dimension.deletes === "tombstone" ? ["is_deleted"] : []), "valid_from", "valid_to"].map((name) => `spans.${name}`);
  const keys = dimension.naturalKey.map((one) => identifier(one.name, dialect));
  return {
    columns: [...members, ...spans].map((sql) => ({ sql, as: sql })),
    from: "spans",
    joins: [{ type: "inner", relation: "newest", on: keys.map((key) => `spans.${key} = newest.${key}`) }],
  };
}

function keyAndTracked(dimension: EntityDimension, dialect: Dialect): readonly SelectColumn[] {
  return [...dimension.naturalKey, ...dimension.attributes.filter((one) => one.scdType === 2)].map((one) => named(one.name, dialect));
}

function renameLast(ctes: readonly Cte[], name: string): readonly Cte[] {
  return ctes.map((one, index) => (index === ctes.length - 1 ? { ...one, name } : one));
}
