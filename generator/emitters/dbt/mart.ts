import type { Artifact } from "../../artifact.ts";
import type { Fact, Mart } from "../../model/fact.ts";
import type { Design } from "../../rules/types.ts";
import { named } from "./dimension-rows.ts";
import { reportsFolder } from "./folders.ts";
import { martColumns } from "./mart-columns.ts";
import { combinedCtes } from "./mart-drill-across.ts";
import { balanceOf, balanceWindow, columnSql, inRelation, martMeasureSql, readColumns } from "./mart-measures.ts";
import { martRelations } from "./mart-rows.ts";
import type { FactRows } from "./mart-rows.ts";
import { windowCtes } from "./mart-windows.ts";
import { conditionsOf } from "./sql/conditions.ts";
import { identifier } from "./sql/expression.ts";
import { sqlModel } from "./sql/query.ts";
import type { Cte, Select, SelectColumn, SqlModel } from "./sql/query.ts";
import { surrogateKey } from "./sql/surrogate-key.ts";

/** One SQL model per mart. */
export function martArtifacts(design: Design): readonly Artifact[] {
  return design.model.marts.map((mart) =>
    sqlModel(`${reportsFolder(mart.domain)}/${mart.name}.sql`, martSql(mart, design), [mart.name], mart.origin),
  );
}

/**
 * The query of a mart: every fact is aggregated by the groups on its own (joining facts would multiply rows), the results are
 * brought together, then come moving sums and the best of each group, and last the key.
 */
export function martSql(mart: Mart, design: Design): SqlModel {
  const relations = martRelations(mart, new Map(design.model.dimensions.map((one) => [one.name, one])), design.dialect);
  const several = mart.facts.length > 1;
  const aggregates = relations.facts.map((rows, index) =>
    aggregateCtes(mart, index, rows, several ? `${rows.relation}_aggregated` : "aggregated", design),
  );
  const ctes = [...relations.imports, ...aggregates.flat()];
  if (several || relations.included !== null)
    ctes.push(
      ...combinedCtes(
        mart,
        aggregates.flatMap((one) => one.at(-1)?.name ?? []),
        relations.included,
        design,
      ),
    );
  ctes.push(...windowCtes(mart, ctes.at(-1)?.name ?? "", design.dialect));
  return { config: [], ctes: [...ctes, finalCte(mart, ctes.at(-1)?.name ?? "", design)] };
}

/** The CTEs that aggregate one fact; balances need their dates beside them first. */
function aggregateCtes(mart: Mart, index: number, rows: FactRows, name: string, design: Design): readonly Cte[] {
  const fact = factOf(mart, index, design);
  const relation = rows.joins.length === 0 ? null : rows.relation;
  const source = {
    from: identifier(rows.relation, design.dialect),
    joins: rows.joins,
    where: conditionsOf(filterOf(mart, index, relation), design.dialect),
  };
  const measures = mart.measures.filter((one) => one.fact === index);
  const aggregated = (from: string | null): readonly SelectColumn[] =>
    measures.map((one) => ({
      as: identifier(one.name, design.dialect),
      sql: martMeasureSql(one, { fact, relation: from, dialect: design.dialect }),
    }));
  const balances = measures.flatMap((one) =>
    one.value.kind === "aggregate" && one.value.aggregation === "sum" ? (balanceOf(one.value.column, fact) ?? []) : [],
  );
  if (balances.length === 0) {
    const columns = [...rows.groups, ...aggregated(relation)];
    return [{ kind: "select", name, selects: [grouped({ ...source, columns }, rows.groups.length)] }];
  }
  const windows = balances.flatMap((one) => balanceWindow(one, rows.groups.map(({ sql }) => sql), relation, design.dialect) ?? []);
  const dated = `${rows.relation}_dated`;
  const columns = unique([...rows.groups, ...factColumnsRead(mart, index, fact, relation, design), ...windows]);
  const names = rows.groups.map((one) => ({ as: one.as, sql: one.as }));
  return [
    { kind: "select", name: dated, selects: [{ ...source, columns }] },
    { kind: "select", name, selects: [grouped({ columns: [...names, ...aggregated(null)], from: dated }, names.length)] },
  ];
}

function factColumnsRead(mart: Mart, index: number, fact: Fact, relation: string | null, { dialect }: Design): readonly SelectColumn[] {
  const read = mart.measures.filter((one) => one.fact === index).flatMap((one) => readColumns(one, fact));
  return read.map((column) => ({ as: identifier(column, dialect), sql: columnSql(column, { relation, dialect }) }));
}

function finalCte(mart: Mart, from: string, { dialect }: Design): Cte {
  const key = mart.groups.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const columns = martColumns(mart).map((one) =>
    one.role === "key" ? { as: one.name, sql: surrogateKey(key, dialect) } : named(one.name, dialect),
  );
  const where = mart.top === null ? [] : [`row_position <= ${mart.top.n}`];
  return { kind: "select", name: "final", selects: [{ columns, from, where }] };
}

function factOf(mart: Mart, index: number, design: Design): Fact {
  const fact = design.model.facts.find((one) => one.name === mart.facts[index]?.fact);
  if (fact === undefined) throw new Error(`${mart.name} reads a fact that does not exist`);
  return fact;
}

function filterOf(mart: Mart, index: number, relation: string | null): Parameters<typeof conditionsOf>[0] {
  const where = mart.facts[index]?.where ?? null;
  return where === null ? null : inRelation(where, relation);
}

function grouped(select: Select, groups: number): Select {
  return groups === 0 ? select : { ...select, groupBy: groups };
}

function unique(columns: readonly SelectColumn[]): readonly SelectColumn[] {
  const names = new Set<string>();
  return columns.filter((one) => !names.has(one.as) && names.add(one.as));
}
