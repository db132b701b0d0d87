import type { Expression } from "../model/expression.ts";
import type { Fact, MilestoneEvents } from "../model/fact.ts";
import { carriedColumns } from "../model/fact-reads.ts";
import type { Relations } from "./relation.ts";

/** The rows of a source, each of which is to be one row of a fact. */
export interface FactSource {
  /** A table or a query in brackets, with the columns of the fact's base by their names. */
  readonly relation: string;
  /** Whether a value is a plain column of it. */
  readonly shows: (value: Expression) => value is Extract<Expression, { kind: "column" }>;
  /**
   * Of a fact that reads a window of its source: true of the rows, as `source`, that the last run must have read, whatever came before. Rows that came
   * late wait for a backfill, so nothing holds of the others. Null where every run reads all rows.
   */
  readonly recent: string | null;
}

/** The rows that a fact is made of, where each of one table, or all events of one process there, is one row of it; else null. */
export function factSource(fact: Fact, relations: Relations): FactSource | null {
  const { base, joins, where } = fact.rows;
  if (fact.rollup || fact.periodic !== null || where !== null || joins.some((one) => one.type !== "left")) return null;
  const { kind, model } = base.reference;
  const table = kind === "staging" ? relations.staging(model) : kind === "current" ? relations.intermediate(model) : null;
  if (table === null) return null;
  const shows = (value: Expression): value is Extract<Expression, { kind: "column" }> => value.kind === "column" && value.input === base.alias;
  return { relation: fact.events === null ? table : processes(fact, fact.events, table, relations), shows, recent: recent(fact, relations) };
}

/** One row for each process: of several events of a type the one that no other follows, and of other columns the value that none follows. */
function processes(fact: Fact, { process, type, time, order, milestones }: MilestoneEvents, table: string, { column }: Relations): string {
  const keys = process.map((one) => column(one.name));
  const same = keys.map((key) => `later.${key} is not distinct from event.${key}`).join(" and ");
  const follows = after(order.map((one) => column(one.name)));
  const unless = (condition: string): string => `not exists (select 1 from ${table} as later where ${same} and (${follows}) and ${condition})`;
  const told = milestones.map((one) => `max(case when is_newest and ${column(type)} = '${one.event.replaceAll("'", "''")}' then ${column(time.name)} end) as ${column(one.column)}`);
  const carried = carriedColumns(fact).map((one) => column(one.name));
  const shown = carried.map((name, index) => `max(case when holds_${index} then ${name} end) as ${name}`);
  const flags = [`${unless(`later.${column(type)} is not distinct from event.${column(type)}`)} as is_newest`, ...carried.map((name, index) => `${unless(`later.${name} is not null`)} as holds_${index}`)];
  return `(select ${[...keys, ...told, ...shown].join(", ")} from (select event.*, ${flags.join(", ")} from ${table} as event) as events group by ${keys.join(", ")})`;
}

/** True where an event comes after another one by columns in their order; what is NULL comes before all else. */
function after(order: readonly string[]): string {
  return order.map((name, index) => {
    const tied = order.slice(0, index).map((one) => `later.${one} is not distinct from event.${one} and `).join("");
    return `(${tied}(later.${name} > event.${name} or (event.${name} is null and later.${name} is not null)))`;
  }).join(" or ");
}

function recent({ name, load }: Fact, { column, mart }: Relations): string | null {
  if (load.lookback === null || load.lookback.loadedAt.kind !== "column") return null;
  const loaded = `source.${column(load.lookback.loadedAt.name)}`;
  return `coalesce(cast(${loaded} as timestamp) >= (select max(source_loaded_at) from ${mart(name)}) - interval ${load.lookback.days} day, true)`;
}
