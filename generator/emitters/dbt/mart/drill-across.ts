import { dimensionsByName } from "../../../model/named.ts";
import type { Dialect } from "../../../dialects/types.ts";
import { builtInKey } from "../../../model/calendar.ts";
import type { Dimension } from "../../../model/dimension.ts";
import type { Mart, MartGroup, MartMeasure } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { named } from "../dimension/rows.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";

/**
 * Drill-across: aggregates of several facts, and members without facts, are stacked and grouped once more. Grouping takes
 * equal NULLs together, which a full outer join cannot do on every warehouse.
 */
export function combinedCtes(mart: Mart, aggregates: readonly string[], included: string | null, design: Design): readonly Cte[] {
  const { dialect } = design;
  const stacked = aggregates.map((from, index): Select => ({
    columns: [...names(mart.groups, dialect), ...measureColumns(mart, index, dialect)],
    from,
  }));
  const members = included === null ? [] : [memberSelect(mart, included, aggregates, design)];
  const combined: Select = {
    columns: [
      ...names(mart.groups, dialect),
      ...mart.measures.map((one) => ({ as: identifier(one.name, dialect), sql: combinedMeasure(one, dialect) })),
    ],
    from: "stacked",
    ...(mart.groups.length === 0 ? {} : { groupBy: mart.groups.length }),
  };
  return [
    { kind: "select", name: "stacked", selects: [...stacked, ...members] },
    { kind: "select", name: "combined", selects: [combined] },
  ];
}

function names(groups: readonly MartGroup[], dialect: Dialect): readonly SelectColumn[] {
  return groups.map((one) => named(one.name, dialect));
}

function measureColumns(mart: Mart, fact: number, dialect: Dialect): readonly SelectColumn[] {
  return mart.measures.map((one) => ({
    as: identifier(one.name, dialect),
    sql: one.fact === fact ? identifier(one.name, dialect) : `cast(null as ${dialect.typeName(one.type)})`,
  }));
}

/** At most one of the stacked rows of a group holds the measure. A sum or a count of nothing is 0; other aggregates of nothing are unknown. */
function combinedMeasure(measure: MartMeasure, dialect: Dialect): string {
  const only = `max(${identifier(measure.name, dialect)})`;
  const { value } = measure;
  const adds = value.kind === "aggregate" && (value.aggregation === "sum" || value.aggregation.startsWith("count"));
  if (!adds) return only;
  return measure.type.kind === "bigint" ? `coalesce(${only}, 0)` : `cast(coalesce(${only}, 0) as ${dialect.typeName(measure.type)})`;
}

/** The members of a dimension as they are now, each with its groups; other groups are NULL and then only members without facts count. */
function memberSelect(mart: Mart, included: string, aggregates: readonly string[], { model, dialect }: Design): Select {
  const dimension = dimensionsByName(model).get(mart.include?.dimension ?? "");
  if (dimension === undefined) throw new Error(`${mart.name} includes ${mart.include?.dimension}, which does not exist`);
  const groups = mart.groups.map((group) => ({ group, attribute: attributeOf(group, dimension.name) }));
  const own = groups.flatMap((one) => (one.attribute === null ? [] : [{ group: one.group.name, attribute: one.attribute }]));
  const unmatched = own.length === groups.length ? [] : aggregates.map((one) => noRow(one, included, own, dialect));
  return {
    distinct: true,
    columns: [
      ...groups.map(({ group, attribute }) => ({
        as: identifier(group.name, dialect),
        sql: attribute === null ? `cast(null as ${dialect.typeName(group.type)})` : identifier(attribute, dialect),
      })),
      ...measureColumns(mart, -1, dialect),
    ],
    from: identifier(included, dialect),
    where: [...memberConditions(dimension), ...conditionsOf(mart.include?.where ?? null, dialect), ...unmatched],
  };
}

function attributeOf(group: MartGroup, dimension: string): string | null {
  for (const key of group.keys) if (key.kind === "attribute" && key.dimension === dimension) return key.attribute;
  return null;
}

function memberConditions(dimension: Dimension): readonly string[] {
  if (dimension.kind !== "table") return [`${builtInKey(dimension)} >= 0`];
  const members = `${dimension.columns.key} not in ('-1', '-2')`;
  const current = dimension.scdType === 2 ? ["is_current"] : [];
  return [members, ...current, ...(dimension.deletes === "tombstone" ? ["not is_deleted"] : [])];
}

function noRow(
  aggregate: string,
  included: string,
  own: readonly { readonly group: string; readonly attribute: string }[],
  dialect: Dialect,
): string {
  const same = own.map(
    (one) =>
      `${aggregate}.${identifier(one.group, dialect)} is not distinct from ${identifier(included, dialect)}.${identifier(one.attribute, dialect)}`,
  );
  return `not exists (\n    select 1\n    from ${aggregate}\n    where ${same.join("\n        and ")}\n)`;
}
