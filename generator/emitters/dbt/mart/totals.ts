import { factsByName } from "../../../model/named.ts";
import type { Artifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import type { Fact, Mart, MartMeasure } from "../../../model/fact.ts";
import { processOf } from "../../../model/names.ts";
import type { Design } from "../../../rules/types.ts";
import { shortName } from "../../../model/short-name.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import { sqlModel, type Cte, type Select } from "../sql/query.ts";

/** Data tests that a bridge loses and doubles nothing (warehouse semantics, F7): what a mart behind one adds up to is what its fact adds up to. */
export function martTotalArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.marts.flatMap((mart) => {
    const [read, ...others] = mart.facts;
    const fact = factsByName(model).get(read?.fact ?? "");
    if (fact === undefined || others.length > 0 || !keepsAll(mart)) return [];
    const measures = mart.measures.filter((one) => isAddedUp(one, fact));
    if (measures.length === 0) return [];
    return [sqlModel(`dbt/tests/${shortName(`${mart.name}__totals`, longestName)}.sql`, { config: [], ctes: totalCtes(mart, fact, measures, dialect) }, [mart.name], mart.origin)];
  });
}

/** PostgreSQL's limit, the shortest of all; stored failures bear the names of their tests. */
const longestName = 63;

/** Whether a mart goes through bridges and shows all rows that it counts, told by columns of the fact itself. */
function keepsAll({ facts, top }: Mart): boolean {
  const [read] = facts;
  if (read === undefined || read.bridges.length === 0 || top !== null) return false;
  return read.where === null || columnsOf(read.where).every((one) => one.input === null);
}

function isAddedUp({ counted, value }: MartMeasure, fact: Fact): boolean {
  if (counted === "in_full" || value.kind === "ratio" || value.where !== null) return false;
  const measure = fact.measures.find((one) => one.name === value.column);
  return value.aggregation === "count" || (value.aggregation === "sum" && measure?.additivity === "additive");
}

function totalCtes(mart: Mart, fact: Fact, measures: readonly MartMeasure[], dialect: Dialect): readonly Cte[] {
  const names = cteNames();
  const [of, over] = [identifier(names.hand(processOf(fact.name), fact.name), dialect), identifier(names.hand(mart.name), dialect)];
  const where = mart.facts[0]?.where ?? null;
  const expected: Select = {
    columns: measures.map(({ name, value }) => ({ as: `expected_${name}`, sql: value.kind === "aggregate" ? total(value.aggregation, value.column, dialect) : "0" })),
    from: of,
    where: conditionsOf(where, dialect),
  };
  const actual: Select = { columns: measures.map(({ name }) => ({ as: `actual_${name}`, sql: total("sum", name, dialect) })), from: over };
  return [
    { kind: "import", name: of, relation: { kind: "ref", model: fact.name } },
    { kind: "import", name: over, relation: { kind: "ref", model: mart.name } },
    { kind: "select", name: "expected", selects: [expected] },
    { kind: "select", name: "actual", selects: [actual] },
    { kind: "select", name: "compared", selects: measures.map(({ name }) => pair(name)) },
    { kind: "select", name: "final", selects: [differing] },
  ];
}

function total(aggregation: string, column: string, dialect: Dialect): string {
  return aggregation === "count" ? `count(${identifier(column, dialect)})` : `coalesce(sum(${identifier(column, dialect)}), 0)`;
}

function pair(name: string): Select {
  return {
    columns: [
      { sql: `'${name}'`, as: "measure" },
      { sql: `expected.expected_${name}`, as: "expected_total" },
      { sql: `actual.actual_${name}`, as: "actual_total" },
    ],
    from: "expected",
    joins: [{ type: "cross", relation: "actual", on: [] }],
  };
}

/** Shares are floats, which differ in their last digits. */
const differing: Select = {
  columns: ["measure", "expected_total", "actual_total"].map((name) => ({ sql: name, as: name })),
  from: "compared",
  where: ["abs(expected_total - actual_total) > 1e-6 * greatest(abs(expected_total), 1)"],
};
