import type { Dialect } from "../../../dialects/types.ts";
import { carriedColumns } from "../../../model/fact-reads.ts";
import type { Fact } from "../../../model/fact.ts";
import { identifier } from "../sql/expression.ts";
import { unchanged, type Cte, type SelectColumn } from "../sql/query.ts";
import { newestFirst, rowNumber, windowed } from "../sql/ranking.ts";

/** The CTE in which the events of each process are one row. */
export const PROCESSES = "settled";

/**
 * Events of a process as one row: of several events of a type the newest counts, so that a corrected milestone is overwritten and one that is
 * told without a time is withdrawn; anything else is what the newest event says that says anything.
 */
export function eventSteps(fact: Fact, from: string, dialect: Dialect): readonly Cte[] {
  const { events } = fact;
  if (events === null) return [];
  const process = events.process.map((one) => identifier(one.name, dialect));
  const [type, time] = [identifier(events.type, dialect), identifier(events.time.name, dialect)];
  const order = newestFirst(events.order, [], dialect);
  const carried = carriedColumns(fact).map(({ name }) => identifier(name, dialect));
  const ranked: readonly SelectColumn[] = [
    ...unchanged(process),
    { as: "milestone_type", sql: type },
    { as: "milestone_time", sql: time },
    { as: "recency", sql: rowNumber([...process, type], order) },
    ...carried.map((one) => ({ as: one, sql: windowed(`first_value(${one})`, process, [`case when ${one} is null then 1 else 0 end`, ...order]) })),
  ];
  const settled: readonly SelectColumn[] = [
    ...unchanged([...process, ...carried]),
    ...events.milestones.map(({ column, event }) => {
      const newest = `milestone_type = ${dialect.stringLiteral(event)} and recency = 1`;
      return { as: identifier(column, dialect), sql: `max(\n    case\n        when ${newest}\n            then milestone_time\n    end\n)` };
    }),
  ];
  return [
    { kind: "select", name: "ranked", selects: [{ columns: ranked, from }] },
    { kind: "select", name: PROCESSES, selects: [{ columns: settled, from: "ranked", groupBy: process.length + carried.length }] },
  ];
}
