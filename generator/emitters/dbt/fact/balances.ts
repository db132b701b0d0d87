import type { Fact, Measure, PeriodicSnapshot } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { differs } from "./comparison.ts";
import { factContext, sourceRows } from "./fact.ts";
import { localDay } from "./lookups.ts";
import { castTo } from "../sql/aggregate.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type Select, type SqlModel } from "../sql/query.ts";

/**
 * Balances and totals of a periodic snapshot that are not those of its source's rows up to the last period (warehouse semantics, F9): since
 * there is a row for every period, the balances of the last one hold all movements. Null where nothing is added up.
 */
export function balancesSql(fact: Fact, periodic: PeriodicSnapshot, design: Design): SqlModel | null {
  const { dialect } = design;
  const added = fact.measures.filter(isAddedUp);
  if (added.length === 0) return null;
  const read = { ...fact, foreignKeys: [], sourceKeys: [] };
  const { relations } = factContext(read, design);
  const { rows, context } = sourceRows(read, relations, { cross: "newest" }, design);
  const own = identifier(relations.names.hand(fact.process, fact.name), dialect);
  const day = localDay(periodic.time, context);
  const expected: Select = {
    ...rows,
    columns: added.map(({ name, type, value }) => ({
      as: `expected_${name}`,
      sql: `coalesce(${castTo(`sum(${context.print(value.expression)})`, dialect.typeName(type))}, 0)`,
    })),
    where: [...(rows.where ?? []), `${day} <= newest.last_period_end`],
  };
  const actual: Select = {
    columns: added.map(({ name, value }) => {
      const column = `${own}.${identifier(name, dialect)}`;
      const last = `\n    case\n        when ${own}.period_end = newest.last_period_end\n            then ${column}\n    end\n`;
      return { as: `actual_${name}`, sql: `coalesce(sum(${value.kind === "period" && value.how === "movements" ? last : column}), 0)` };
    }),
    from: own,
    joins: [{ type: "cross", relation: "newest", on: [] }],
  };
  const ctes: readonly Cte[] = [
    ...relations.imports,
    { kind: "import", name: own, relation: { kind: "ref", model: fact.name } },
    { kind: "select", name: "newest", selects: [{ columns: [{ as: "last_period_end", sql: "max(period_end)" }], from: own }] },
    { kind: "select", name: "expected", selects: [expected] },
    { kind: "select", name: "actual", selects: [actual] },
    { kind: "select", name: "compared", selects: [compared(added)] },
  ];
  return { config: [], ctes };
}

function compared(added: readonly Measure[]): Select {
  const columns = added.flatMap(({ name }) => [`expected.expected_${name}`, `actual.actual_${name}`]);
  return {
    columns: unchanged(columns),
    from: "expected",
    joins: [{ type: "cross", relation: "actual", on: [] }],
    whereAny: added.map((one) => differs(one, `expected.expected_${one.name}`, `actual.actual_${one.name}`)),
  };
}

function isAddedUp({ value, ratio }: Measure): boolean {
  return ratio === null && value.kind === "period" && value.how !== "readings" && value.aggregation === "sum";
}
