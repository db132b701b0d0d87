import { factsByName } from "../../../model/named.ts";
import type { Artifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { Mart } from "../../../model/fact.ts";
import type { MartCalculation } from "../../../model/mart-calculation.ts";
import type { Design } from "../../../rules/types.ts";
import { named } from "../dimension/rows.ts";
import { reportsFolder } from "../project/folders.ts";
import { martColumns, positionColumn } from "./columns.ts";
import { overShares } from "./allocation.ts";
import { combinedCtes } from "./drill-across.ts";
import { closedBalance, datedRows } from "./balances.ts";
import { martMeasureSql } from "./measures.ts";
import { martRelations } from "./rows.ts";
import type { FactRows } from "./rows.ts";
import { windowCtes } from "./windows.ts";
import { castTo } from "../sql/aggregate.ts";
import { conditionsOf } from "../sql/conditions.ts";
import type { StepName } from "../sql/cte-names.ts";
import { identifier, printExpression } from "../sql/expression.ts";
import { sqlModel } from "../sql/query.ts";
import type { Cte, Select, SelectColumn, SqlModel } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/** One SQL model per mart. */
export function martArtifacts(design: Design): readonly Artifact[] {
  return design.model.marts.map((mart) =>
    sqlModel(`${reportsFolder(mart.domain)}/${mart.name}.sql`, martSql(mart, design), [mart.name], mart.origin),
  );
}

/**
 * The query of a mart: every fact is aggregated by the groups on its own (joining facts would multiply rows), the results are
 * brought together, then comes what is worked out from the measures, moving sums and the best of each group, and last the key.
 */
export function martSql(mart: Mart, design: Design): SqlModel {
  const relations = martRelations(mart, design.model, design.dialect);
  const several = mart.facts.length > 1;
  const aggregates = relations.facts.map((rows, index) =>
    aggregateCtes(mart, index, rows, several ? (`${rows.relation}_aggregated` as const) : "aggregated", design),
  );
  const ctes = [...relations.imports, ...relations.facts.flatMap((one) => one.before), ...aggregates.flat()];
  if (several || relations.included !== null)
    ctes.push(
      ...combinedCtes(
        mart,
        aggregates.flatMap((one) => one.at(-1)?.name ?? []),
        relations.included,
        design,
      ),
    );
  ctes.push(...calculatedCtes(mart, ctes.at(-1)?.name ?? "", design));
  ctes.push(...windowCtes(mart, ctes.at(-1)?.name ?? "", design.dialect));
  return { config: [], ctes: [...ctes, finalCte(mart, ctes.at(-1)?.name ?? "", design)] };
}

/** The CTEs that aggregate one fact; balances need their dates beside them first. */
function aggregateCtes(whole: Mart, index: number, rows: FactRows, name: StepName, { model, dialect }: Design): readonly Cte[] {
  const read = factsByName(model).get(whole.facts[index]?.fact ?? "");
  if (read === undefined) throw new Error(`${whole.name} reads a fact that does not exist`);
  const { mart, fact } = overShares(whole, index, read);
  const measures = mart.measures.filter((one) => one.fact === index);
  const dated = measures.some((one) => closedBalance(one, fact) !== null) ? datedRows(mart, index, rows, fact, dialect) : null;
  const aggregated = measures.map((one): SelectColumn => ({
    as: identifier(one.name, dialect),
    sql: martMeasureSql(one, { fact, rows, dated, dialect }),
  }));
  const filter = mart.facts[index]?.where ?? null;
  const where = filter === null ? [] : conditionsOf(rows.placed(filter), dialect);
  if (dated === null) {
    const select = { columns: [...rows.groups, ...aggregated], from: identifier(rows.relation, dialect), joins: rows.joins, where };
    return [{ kind: "select", name, selects: [grouped(select, rows.groups.length)] }];
  }
  const before = `${rows.relation}_dated` as const;
  const names = rows.groups.map((one) => ({ as: one.as, sql: one.as }));
  return [
    { kind: "select", name: before, selects: [{ ...dated.select, where }] },
    { kind: "select", name, selects: [grouped({ columns: [...names, ...aggregated], from: before }, names.length)] },
  ];
}

/** What is worked out from the measures, beside them; none where nothing is. */
function calculatedCtes(mart: Mart, from: string, { dialect }: Design): readonly Cte[] {
  if (mart.calculations.length === 0) return [];
  const columns = [...mart.groups, ...mart.measures].map((one) => named(one.name, dialect));
  const values = mart.calculations.map((one): SelectColumn => ({ as: identifier(one.name, dialect), sql: calculatedSql(one, dialect) }));
  return [{ kind: "select", name: "calculated", selects: [{ columns: [...columns, ...values], from }] }];
}

/** Numbers and times are cast to the type that the contract of the model states; texts and conditions have it of themselves. */
function calculatedSql({ expression, type }: MartCalculation, dialect: Dialect): string {
  const sql = printExpression(expression, dialect);
  const isPlain = expression.kind !== "raw" && expression.type !== null && (type.kind === "string" || type.kind === "boolean");
  return isPlain ? sql : castTo(sql, dialect.typeName(type));
}

function finalCte(mart: Mart, from: string, { dialect }: Design): Cte {
  const key = mart.groups.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
  const columns = martColumns(mart).map((one) =>
    one.role === "key" ? { as: one.name, sql: surrogateKey(key, dialect) } : named(one.name, dialect),
  );
  const where = mart.top === null ? [] : [`${positionColumn(mart)} <= ${mart.top.n}`];
  return { kind: "select", name: "final", selects: [{ columns, from, where }] };
}

function grouped(select: Select, groups: number): Select {
  return groups === 0 ? select : { ...select, groupBy: groups };
}
