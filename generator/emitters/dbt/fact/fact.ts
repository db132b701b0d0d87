import { dimensionsByName } from "../../../model/named.ts";
import type { Artifact } from "../../../artifact.ts";
import type { Expression } from "../../../model/expression.ts";
import { columnsOf } from "../../../model/expression-columns.ts";
import { PERIODS } from "../../../model/fact.ts";
import type { Fact, Measure } from "../../../model/fact.ts";
import { dimensionsRead } from "../../../model/fact-reads.ts";
import { sameType } from "../../../model/logical-type.ts";
import type { LogicalType } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { factIncrement } from "./increment.ts";
import { computedColumns } from "./columns.ts";
import type { ComputedColumn } from "./columns.ts";
import { dateKeySql, foreignKeySql, localDay, lookupJoin } from "./lookups.ts";
import type { LookupContext } from "./lookups.ts";
import { factRelations } from "./relations.ts";
import type { FactRelations } from "./relations.ts";
import { eventSteps } from "./milestone-events.ts";
import { windowSteps } from "./window.ts";
import { periodSteps } from "./periods.ts";
import { martsFolder } from "../project/folders.ts";
import { aggregateSql } from "../sql/aggregate.ts";
import { conditionsOf } from "../sql/conditions.ts";
import { identifier, printExpression, printOperand } from "../sql/expression.ts";
import { mapColumns } from "../../../model/map-columns.ts";
import { sqlModel } from "../sql/query.ts";
import type { Cte, JoinClause, Select, SelectColumn, SqlModel } from "../sql/query.ts";
import { surrogateKey } from "../sql/surrogate-key.ts";

/** One SQL model per fact. */
export function factArtifacts(design: Design): readonly Artifact[] {
  return design.model.facts.map((fact) =>
    sqlModel(`${martsFolder(fact.domain)}/${fact.name}.sql`, factSql(fact, design), [fact.name], fact.origin),
  );
}

/**
 * The query of a fact. Rows are joined, filtered and given their foreign keys in one select, since neither the row joins nor
 * the lookups can change how many there are; a roll-up groups there. Measures of measures follow in a second select.
 */
export function factSql(fact: Fact, design: Design): SqlModel {
  const { relations, context } = factContext(fact, design);
  const columns = computedColumns(fact);
  const steps =
    fact.rollup || columns.some((one) => isDerived(one) || localDayColumn(one, fact, context) !== null)
      ? twoSteps(fact, columns, relations, context)
      : oneStep(fact, columns, relations, context);
  const increment = factIncrement(fact, design);
  return { config: increment.config, ctes: [...relations.imports, ...relations.opened, ...windowSteps(fact, relations.read(fact.rows.base), design), ...eventSteps(fact, relations.read(fact.rows.base), design.dialect), ...periodsOf(fact, relations, design), ...steps, ...increment.steps] };
}

/** The relations that a fact reads, and how expressions over them print. */
export function factContext(fact: Fact, { model, dialect }: Design): { readonly relations: FactRelations; readonly context: LookupContext } {
  const relations = factRelations(fact, dimensionsByName(model), dialect);
  return { relations, context: printing(fact, relations.aliases, { model, dialect }) };
}

/** How expressions over a fact's rows print where their inputs are read under these aliases. */
function printing(fact: Fact, aliases: FactRelations["aliases"], { model, dialect }: Pick<Design, "model" | "dialect">): LookupContext {
  return {
    project: model.project,
    dialect,
    base: fact.rows.base.alias,
    print: (expression) => printExpression(expression, dialect, aliases),
    operand: (expression) => printOperand(expression, dialect, aliases),
  };
}

/** The periods of a periodic snapshot, from which its keys are looked up. */
function periodsOf(fact: Fact, relations: FactRelations, design: Design): readonly Cte[] {
  if (fact.periodic === null) return [];
  const { rows, context } = sourceRows(fact, relations, { cross: null }, design);
  return periodSteps(fact, fact.periodic, rows, context);
}

/** The source's rows of a fact without columns and without its lookups, beside another relation where one is named. */
export function sourceRows(
  fact: Fact,
  relations: FactRelations,
  beside: { readonly cross: string | null },
  { model, dialect }: Design,
): { readonly rows: Select; readonly context: LookupContext } {
  const alone = fact.rows.joins.length === 0 && beside.cross === null;
  const name = relations.rows(fact.rows.base);
  const aliases = { ...relations.aliases, [fact.rows.base.alias]: alone ? null : name };
  const context = printing(fact, aliases, { model, dialect });
  const crossed: readonly JoinClause[] = beside.cross === null ? [] : [{ type: "cross", relation: beside.cross, on: [] }];
  const joins = [...rowJoins(fact, relations, context), ...crossed];
  return { rows: { columns: [], from: name, joins, where: conditionsOf(fact.rows.where, dialect, aliases) }, context };
}

function oneStep(fact: Fact, columns: readonly ComputedColumn[], relations: FactRelations, context: LookupContext): readonly Cte[] {
  return [
    {
      kind: "select",
      name: "final",
      selects: [
        rowSelect(
          fact,
          columns.map((one) => rowColumn(one, fact, relations, context)),
          relations,
          context,
        ),
      ],
    },
  ];
}

/** Everything that is computed from rows first, then the key (of a roll-up) and the measures of measures. */
function twoSteps(fact: Fact, columns: readonly ComputedColumn[], relations: FactRelations, context: LookupContext): readonly Cte[] {
  const first = columns.filter((one) => !isDerived(one) && !(fact.rollup && one.role === "key"));
  const selected = first.map((one) => localDayColumn(one, fact, context) ?? rowColumn(one, fact, relations, context));
  const grouped = fact.rollup ? { groupBy: first.filter((one) => one.role !== "measure").length } : {};
  const name = fact.rollup ? "grouped" : "keyed";
  const final: Select = { columns: columns.map((one) => finalColumn(one, fact, context)), from: name };
  return [
    { kind: "select", name, selects: [{ ...rowSelect(fact, selected, relations, context), ...grouped }] },
    { kind: "select", name: "final", selects: [final] },
  ];
}

/** A select from the rows of a fact: joined, with the members they point to, and filtered. */
export function rowSelect(fact: Fact, columns: readonly SelectColumn[], relations: FactRelations, context: LookupContext): Select {
  const lookups = dimensionsRead(fact).flatMap((one) => {
    const relation = relations.lookups.get(one.name);
    return relation === undefined ? [] : [lookupJoin(one, relation, context)];
  });
  if (fact.periodic !== null) return { columns, from: PERIODS, joins: lookups };
  return {
    columns,
    from: relations.rows(fact.rows.base),
    joins: [...rowJoins(fact, relations, context), ...lookups],
    where: conditionsOf(fact.rows.where, context.dialect, relations.aliases),
  };
}

/** The joins of the tables that a fact is made of. */
export function rowJoins(fact: Fact, relations: FactRelations, context: LookupContext): readonly JoinClause[] {
  return fact.rows.joins.map((one) => ({
    type: one.type,
    relation: relations.rows(one.input),
    on: one.on.map(({ left, right }) => `${context.operand(left)} = ${context.operand(right)}`),
  }));
}

function rowColumn(column: ComputedColumn, fact: Fact, relations: FactRelations, context: LookupContext): SelectColumn {
  return { as: identifier(column.name, context.dialect), sql: rowSql(column, fact, relations, context) };
}

function rowSql(column: ComputedColumn, fact: Fact, relations: FactRelations, context: LookupContext): string {
  switch (column.role) {
    case "key":
      return surrogateKey(
        fact.grain.map((one) => ({ sql: context.print(one.value), type: one.type })),
        context.dialect,
      );
    case "foreign_key":
      return foreignKeySql(column.foreignKey, relations.lookups.get(column.name), context);
    case "grain":
      return valueSql(column.grain.value, column.type, context);
    case "degenerate":
      return valueSql(column.degenerate.value, column.type, context);
    case "event_time":
      return valueSql(column.eventTime.value, column.type, context);
    case "measure":
      return measureSql(column.measure, context);
    case "load_time":
      return valueSql(column.loadedAt, column.type, context);
  }
}

/** The value of a measure over the rows of a fact; in a roll-up an aggregate of them. */
export function measureSql(measure: Measure, context: LookupContext): string {
  const { value } = measure;
  if (value.kind === "period") return context.print({ kind: "column", input: PERIODS, name: measure.name, type: measure.type });
  if (value.kind !== "rollup") return valueSql(value.expression, measure.type, context);
  return aggregateSql(
    {
      aggregation: value.aggregation,
      sql: value.expression.kind === "literal" ? null : context.print(value.expression),
      condition: null,
      type: measure.type,
    },
    context.dialect,
  );
}

function finalColumn(column: ComputedColumn, fact: Fact, context: LookupContext): SelectColumn {
  const { dialect } = context;
  const as = identifier(column.name, dialect);
  if (column.role === "key" && fact.rollup)
    return {
      as,
      sql: surrogateKey(
        fact.grain.map((one) => ({ sql: identifier(one.name, dialect), type: one.type })),
        dialect,
      ),
    };
  const day = localDayColumn(column, fact, context);
  if (day !== null) return { as, sql: dateKeySql(day.as, context) };
  if (column.role === "measure" && isDerived(column)) return { as, sql: valueSql(inlined(column.measure, fact), column.type, context) };
  return { as, sql: as };
}

/** The day behind a date key, as a column of the first step, where its SQL is too long to stand in the key three times. */
function localDayColumn(column: ComputedColumn, fact: Fact, context: LookupContext): SelectColumn | null {
  if (fact.rollup || column.role !== "foreign_key" || column.foreignKey.lookup.kind !== "date") return null;
  const sql = localDay(column.foreignKey.lookup.value, context);
  if (sql.length <= longestDay) return null;
  const name = column.name.replace(/_key$/, "");
  return { as: computedColumns(fact).some((one) => one.name === name) ? `${name}_day` : name, sql };
}

const longestDay = 50;

/** A measure of measures over stored columns only: measures of measures that it reads are put in its place. */
function inlined(measure: Measure, fact: Fact): Expression {
  return mapColumns(measure.value.expression, (column) => {
    const read = fact.measures.find((one) => one.name === column.name);
    return column.input !== null || read === undefined || !readsMeasures(read)
      ? column
      : { kind: "cast", operand: inlined(read, fact), type: read.type };
  });
}

function isDerived(column: ComputedColumn): boolean {
  return column.role === "measure" && readsMeasures(column.measure);
}

function readsMeasures(measure: Measure): boolean {
  return measure.value.kind === "derived" || columnsOf(measure.value.expression).some((one) => one.input === null);
}

/** A value in its declared type, which an enforced contract compares: only a column or a cast of that very type needs none. */
function valueSql(expression: Expression, type: LogicalType, context: LookupContext): string {
  const sql = context.print(expression);
  const from = expression.type;
  if (from === null || !sameType(from, type)) return context.dialect.cast(context.operand(expression), from, type);
  return expression.kind === "column" || expression.kind === "cast" ? sql : `cast(${sql} as ${context.dialect.typeName(type)})`;
}
