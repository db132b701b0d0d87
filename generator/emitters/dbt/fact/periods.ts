import type { Dialect } from "../../../dialects/types.ts";
import { PERIODS, type Fact, type Measure, type PeriodicSnapshot, type PeriodValue } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";
import type { LogicalType } from "../../../model/types.ts";
import { localDay, type LookupContext } from "./lookups.ts";
import { aggregateSql } from "../sql/aggregate.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type Select, type SelectColumn } from "../sql/query.ts";
import { newestFirst, windowed } from "../sql/ranking.ts";

/** A measure with the name of its column and its value in a period. */
interface PeriodMeasure {
  readonly name: string;
  readonly type: LogicalType;
  readonly value: PeriodValue;
}

/** What the steps of a periodic snapshot are written with. */
interface Steps {
  readonly periodic: PeriodicSnapshot;
  readonly measures: readonly PeriodMeasure[];
  /** Columns that tell what is followed, as SQL names. */
  readonly entity: readonly string[];
  readonly dialect: Dialect;
}

const DATE = scalar("date");

/**
 * The periods of a periodic snapshot: what happened in each is put on a scaffold of all periods from the first row of what is followed to
 * the last closed one, then balances are summed up and readings carried forward. `rows` selects the source's rows without columns.
 */
export function periodSteps(fact: Fact, periodic: PeriodicSnapshot, rows: Select, context: LookupContext): readonly Cte[] {
  const { dialect } = context;
  const measures = fact.measures.flatMap(periodMeasure);
  const steps: Steps = { periodic, measures, entity: periodic.entity.map((one) => identifier(one.name, dialect)), dialect };
  const carried = measures.filter(isCarried);
  return [
    select("dated", { ...rows, columns: datedColumns(steps, context) }),
    select("activity", activity(steps)),
    select("horizon", { columns: [{ as: "last_period", sql: lastPeriod(periodic, context) }], from: "activity" }),
    select("spans", { columns: [...unchanged(steps.entity), { as: "first_period", sql: "min(period_start)" }], from: "activity", groupBy: steps.entity.length }),
    { kind: "select", name: "combined", selects: [known(steps), scaffold(steps)] },
    select("settled", settled(steps)),
    ...(carried.length === 0 ? [] : [select("counted", counted(steps, carried))]),
    select(PERIODS, closed(steps, carried.length === 0 ? "settled" : "counted")),
  ];
}

function periodMeasure({ name, type, value, ratio }: Measure): readonly PeriodMeasure[] {
  return value.kind === "period" && ratio === null ? [{ name, type, value }] : [];
}

function isCarried({ value }: PeriodMeasure): boolean {
  return value.how === "readings" && value.absent === "carry_forward";
}

/** Each row with the period it counts in; of readings, the last one in the period that is not empty. */
function datedColumns({ periodic, measures, dialect }: Steps, context: LookupContext): readonly SelectColumn[] {
  const start = truncated(periodic.period, localDay(periodic.time, context), dialect);
  const entity = periodic.entity.map((one) => ({ as: identifier(one.name, dialect), sql: context.print(one.value) }));
  return [
    ...entity,
    { as: "period_start", sql: start },
    ...measures.map(({ name, value }): SelectColumn => {
      const sql = context.print(value.expression);
      if (value.how !== "readings") return { as: identifier(name, dialect), sql };
      // The value itself is the last tie: an extract may hold a row twice.
      const order = newestFirst(
        [periodic.time, ...periodic.ties, value.expression].map((one) => ({ name: "", type: one.type ?? DATE, sql: context.operand(one) })),
        [],
        dialect,
      );
      const filled = `case when ${context.operand(value.expression)} is null then 1 else 0 end`;
      return { as: identifier(name, dialect), sql: windowed(`first_value(${sql})`, [...entity.map((one) => one.sql), start], [filled, ...order]) };
    }),
  ];
}

function activity({ entity, measures, dialect }: Steps): Select {
  return {
    columns: [
      ...unchanged([...entity, "period_start"]),
      ...measures.map(({ name, type, value }) => {
        const sql = identifier(name, dialect);
        return { as: sql, sql: aggregateSql({ aggregation: value.aggregation, sql, condition: null, type }, dialect) };
      }),
    ],
    from: "dated",
    groupBy: entity.length + 1,
  };
}

/** The last period that is over: the one before the period of the latest row, or of the day that the run stands for. */
function lastPeriod({ period, through }: PeriodicSnapshot, context: LookupContext): string {
  const { dialect } = context;
  const latest = "max(period_start)";
  const run = `cast(\n    nullif('{{ var("as_of_run", "") }}', '')\n    as ${dialect.types.timestamp}\n)`;
  const column = { kind: "column", input: null, name: "as_of_run", type: scalar("timestamp") } as const;
  const day = localDay(column, { ...context, operand: () => run });
  const open = through === "run" ? `coalesce(\n    ${truncated(period, day, dialect).replaceAll("\n", "\n    ")},\n    ${latest}\n)` : latest;
  return shifted(period, -1, open, dialect);
}

function known({ entity, measures, dialect }: Steps): Select {
  const columns = [...entity, "period_start", ...measures.map((one) => identifier(one.name, dialect))];
  return {
    columns: columns.map((one) => ({ as: one, sql: `activity.${one}` })),
    from: "activity",
    joins: [{ type: "cross", relation: "horizon", on: [] }],
    where: ["activity.period_start <= horizon.last_period"],
  };
}

function scaffold({ entity, measures, periodic, dialect }: Steps): Select {
  return {
    columns: [
      ...entity.map((one) => ({ as: one, sql: `spans.${one}` })),
      { as: "period_start", sql: dialect.series("spans.first_period", "horizon.last_period", periodic.period) },
      ...measures.map(({ name, type }) => ({ as: identifier(name, dialect), sql: `cast(null as ${dialect.typeName(type)})` })),
    ],
    from: "spans",
    joins: [{ type: "cross", relation: "horizon", on: [] }],
  };
}

/** One row per period: at most one of those put together has values. */
function settled({ entity, measures, dialect }: Steps): Select {
  return {
    columns: [
      ...unchanged([...entity, "period_start"]),
      ...measures.map(({ name, value }) => {
        const sql = identifier(name, dialect);
        const zero = value.absent === "zero" || value.how === "movements";
        return { as: sql, sql: zero ? `coalesce(max(${sql}), 0)` : `max(${sql})` };
      }),
    ],
    from: "combined",
    groupBy: entity.length + 1,
  };
}

/** How many readings there were up to a period: periods of one count share the last one. */
function counted(steps: Steps, carried: readonly PeriodMeasure[]): Select {
  const { entity, measures, dialect } = steps;
  return {
    columns: [
      ...unchanged([...entity, "period_start", ...measures.map((one) => identifier(one.name, dialect))]),
      ...carried.map((one) => ({ as: readings(one, steps), sql: windowed(`count(${identifier(one.name, dialect)})`, entity, ["period_start"]) })),
    ],
    from: "settled",
  };
}

function closed(steps: Steps, from: string): Select {
  const { entity, measures, periodic, dialect } = steps;
  const end = periodic.period === "day" ? "period_start" : `${shifted(periodic.period, 1, "period_start", dialect)} - 1`;
  return {
    columns: [
      ...unchanged(entity),
      { as: "period_end", sql: end },
      ...measures.map((one): SelectColumn => {
        const sql = identifier(one.name, dialect);
        const type = dialect.typeName(one.type);
        if (one.value.how === "movements") return { as: sql, sql: castWindow(windowed(`sum(${sql})`, entity, ["period_start"]), type) };
        if (isCarried(one)) return { as: sql, sql: windowed(`max(${sql})`, [...entity, readings(one, steps)], []) };
        return { as: sql, sql: one.value.absent === "zero" ? `cast(${sql} as ${type})` : sql };
      }),
    ],
    from,
  };
}

/** A name that no measure and no column of the entity has. */
function readings({ name }: PeriodMeasure, { measures, periodic }: Steps): string {
  const wanted = `${name}_readings`;
  return [...measures, ...periodic.entity].some((one) => one.name === wanted) ? `${wanted}_so_far` : wanted;
}

function castWindow(sql: string, type: string): string {
  return `cast(\n    ${sql.replaceAll("\n", "\n    ")} as ${type}\n)`;
}

function truncated(period: PeriodicSnapshot["period"], day: string, dialect: Dialect): string {
  return period === "day" ? day : dialect.call("date_trunc", [`'${period}'`, day], [scalar("string"), DATE], DATE);
}

function shifted(period: PeriodicSnapshot["period"], by: 1 | -1, day: string, dialect: Dialect): string {
  const sum = `${day} ${by === 1 ? "+" : "-"} ${period === "day" ? "1" : `interval '1 ${period}'`}`;
  return period === "day" ? sum : dialect.cast(sum, null, DATE);
}

function select(name: Extract<Cte, { kind: "select" }>["name"], one: Select): Cte {
  return { kind: "select", name, selects: [one] };
}
