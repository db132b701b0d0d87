import type { Dialect } from "../../../dialects/types.ts";
import type { Fact, MartMeasure } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import { closedBalance, closedSql, ofFact, type DatedRows } from "./balances.ts";
import type { FactRows } from "./rows.ts";
import { aggregateSql, castTo, plainAggregate } from "../sql/aggregate.ts";
import { identifier, printCondition } from "../sql/expression.ts";

/** Where the measures of a mart are aggregated: over the rows of a fact and what is joined to it, or over its dated rows. */
export interface MeasureContext {
  readonly fact: Fact;
  readonly rows: FactRows;
  /** Null where no measure is a balance. */
  readonly dated: DatedRows | null;
  readonly dialect: Dialect;
}

/** The SQL of a mart's measure over the rows of its fact, in its declared type. */
export function martMeasureSql(measure: MartMeasure, context: MeasureContext): string {
  const { dated, dialect } = context;
  const { value, type } = measure;
  const condition = conditionSql(measure, context);
  if (value.kind === "ratio") {
    const [above, below] = [partSql(value.numerator, condition, context), partSql(value.denominator, condition, context)];
    return castTo(dialect.divide(above, `nullif(${below}, 0)`, true), dialect.typeName(type));
  }
  const balance = closedBalance(measure, context.fact);
  if (balance !== null && dated !== null) return castTo(closedSql(measure, balance, dated, dialect), dialect.typeName(type));
  return aggregateSql({ aggregation: value.aggregation, sql: columnSql(value.column, context), condition, type }, dialect);
}

/** A part of a ratio, aggregated its own way; what was counted is added up, and an average of a part would not be one, so it is summed. */
function partSql(name: string, condition: string | null, context: MeasureContext): string {
  const aggregation = context.fact.measures.find((one) => one.name === name)?.aggregation ?? "sum";
  const applied = aggregation === "avg" || aggregation === "count" ? "sum" : aggregation;
  return plainAggregate({ aggregation: applied, sql: columnSql(name, context), condition, type: scalar("float") }, context.dialect);
}

function columnSql(name: string, { rows, dated, dialect }: MeasureContext): string {
  return dated === null ? ofFact(name, rows, dialect) : identifier(dated.column(name), dialect);
}

function conditionSql(measure: MartMeasure, { rows, dated, dialect }: MeasureContext): string | null {
  const { where } = measure.value;
  if (where === null) return null;
  return dated === null ? printCondition(rows.placed(where), dialect) : identifier(dated.counts(measure), dialect);
}
