import { builtInKey } from "../model/calendar.ts";
import type { Expression } from "../model/expression.ts";
import type { Fact, ForeignKey } from "../model/fact.ts";
import type { Dimension, EntityDimension } from "../model/dimension.ts";
import { DELETED, entriesKeyColumn, keepsDeleted, keepsEntries } from "../model/fact-record.ts";
import type { Model } from "../model/types.ts";
import { factSource, type FactSource } from "./fact-source.ts";
import type { Invariant } from "./invariant.ts";
import type { Relations } from "./relation.ts";

/** What must hold of a fact after every run: its grain, its rows, and that each key points to the member and version it should. */
export function factInvariants(fact: Fact, model: Model, relations: Relations): readonly Invariant[] {
  const table = relations.mart(fact.name);
  const about: About = (id, statement, offending) => ({ id, subject: fact.name, statement, offending, looked: `select count(*) from ${table}` });
  const key = relations.column(fact.keyColumn);
  return [
    about("F1", "every row has a grain of its own", `select ${key} from ${table} group by ${key} having count(*) > 1 or ${key} is null`),
    ...conservation(fact, relations, about),
    ...milestones(fact, relations, about),
    ...periods(fact, relations, about),
    ...fact.foreignKeys.flatMap((one) => pointing(one, fact, model, relations, about)),
  ];
}

type About = (id: string, statement: string, offending: string) => Invariant;

/** Every row of the source is there once, or of a window every row that the last run must have read; and none is there that the source lacks. */
function conservation(fact: Fact, relations: Relations, about: About): readonly Invariant[] {
  const source = factSource(fact, relations);
  if (source === null) return [];
  const table = heldRows(fact, relations);
  if (fact.load.lookback === null) return [about("F2", "no row of the source is lost or doubled", `select * from (select (select count(*) from ${source.relation} as source) as source_rows, (select count(*) from ${table} as fact) as fact_rows) where source_rows <> fact_rows`)];
  const rowOf = rowsOf(fact, source, relations);
  if (rowOf === null || source.recent === null) return [];
  const shown = fact.degenerates.map((one) => relations.column(one.name)).join(", ");
  const missing = `select source.* from ${source.relation} as source where ${source.recent} and not exists (select 1 from ${table} as fact where ${rowOf})`;
  const extra = `select ${shown} from ${table} as fact where not exists (select 1 from ${source.relation} as source where ${rowOf})`;
  return [about("F2", "no row of the source that was loaded within the window is lost", missing), about("F2", "no row is there that the source does not have", extra)];
}

/** The rows of a fact that its source still has: none marked deleted, and of entries the last one of each row unless it takes the row back. */
function heldRows(fact: Fact, { mart }: Relations): string {
  const table = mart(fact.name);
  if (keepsDeleted(fact)) return `(select * from ${table} where not ${DELETED})`;
  if (!keepsEntries(fact)) return table;
  const last = `row_number() over (partition by ${entriesKeyColumn(fact)} order by entry_number desc) as recency`;
  return `(select * from (select *, ${last} from ${table}) as numbered where recency = 1 and entry_type <> 'reversal')`;
}

/** An accumulating snapshot has one row per process, with the milestones and lags that its source has now: none left over from an earlier run. */
function milestones(fact: Fact, relations: Relations, about: About): readonly Invariant[] {
  const source = factSource(fact, relations);
  const rowOf = source === null ? null : rowsOf(fact, source, relations);
  if (fact.milestones === null || source === null || rowOf === null) return [];
  const { column } = relations;
  return fact.milestones.steps.flatMap(({ name, value, column: time }) => {
    if (!source.shows(value)) return [];
    const key = fact.foreignKeys.find((one) => one.alias === name);
    const unreached = key === undefined ? "false" : `(source.${column(value.name)} is null) <> (fact.${column(key.name)} = -2)`;
    const offending = `select fact.*, source.${column(value.name)} as expected_time from ${heldRows(fact, relations)} as fact inner join ${source.relation} as source on ${rowOf} where fact.${column(time)} is distinct from source.${column(value.name)} or ${unreached}`;
    return [about("F10", `${name} is what the source says now`, offending)];
  });
}

/** The periods of whatever a periodic snapshot follows and shows come one after the other. */
function periods({ name, periodic, degenerates }: Fact, { column, mart }: Relations, about: About): readonly Invariant[] {
  if (periodic === null || !periodic.entity.every((one) => degenerates.some((other) => other.name === one.name))) return [];
  const entity = periodic.entity.map((one) => column(one.name)).join(", ");
  const next = { day: "period_end + 1", week: "period_end + 7", month: "last_day(period_end + 1)" }[periodic.period];
  const followed = `select *, lead(period_end) over (partition by ${entity} order by period_end) as next_period_end from ${mart(name)}`;
  return [about("F9", "no period is missing between two", `select * from (${followed}) where next_period_end <> ${next}`)];
}

function pointing(foreignKey: ForeignKey, fact: Fact, model: Model, relations: Relations, about: About): readonly Invariant[] {
  const dimension = model.dimensions.find((one) => one.name === foreignKey.dimension);
  if (dimension === undefined) return [];
  const column = relations.column(foreignKey.name);
  const key = relations.column(dimension.kind === "table" ? dimension.columns.key : builtInKey(dimension));
  const resolves = about("F3", `${foreignKey.name} points to a member`, `select ${column} from ${heldRows(fact, relations)} where ${column} is null or ${column} not in (select ${key} from ${relations.mart(dimension.name)})`);
  // A mini-dimension knows no members: its keys are looked up in the table behind it.
  const through = foreignKey.lookup.kind === "lookup" ? foreignKey.lookup.through : undefined;
  const lookedUp = model.dimensions.find((one) => one.name === through) ?? dimension;
  return [resolves, ...asOf(foreignKey, fact, lookedUp, model, relations, about)];
}

/** Recomputes the key of each row from its source: the member, in the version valid at the time of the event. Of a window only for rows that the last run must have read. */
function asOf(foreignKey: ForeignKey, fact: Fact, dimension: Dimension, model: Model, relations: Relations, about: About): readonly Invariant[] {
  const source = factSource(fact, relations);
  const { lookup } = foreignKey;
  if (source === null || dimension.kind !== "table" || lookup.kind !== "lookup" || lookup.earlyArriving !== "unknown") return [];
  const rowOf = rowsOf(fact, source, relations);
  const memberOf = matched(lookup.on.map((one) => ({ value: one.value, name: one.member })), "member", source, relations);
  const during = lookup.asOf === null ? "true" : moment(lookup.asOf, source, dimension, model, relations);
  if (rowOf === null || memberOf === null || during === null) return [];
  const named = lookup.on.map((one) => `source.${relations.column(one.value.kind === "column" ? one.value.name : "")} is null`).join(" or ");
  const expected = `coalesce(member.${relations.column(lookup.through === undefined ? dimension.columns.key : (dimension.profile?.key ?? dimension.columns.key))}, case when ${named} then '-2' else '-1' end)`;
  const found = `fact.${relations.column(foreignKey.name)}`;
  const joined = `${heldRows(fact, relations)} as fact inner join ${source.relation} as source on ${rowOf} left join ${relations.mart(dimension.name)} as member on ${memberOf} and ${during}`;
  return [about("F3", `${foreignKey.name} is the version valid at the time of the event`, `select fact.*, ${expected} as expected_key from ${joined} where ${found} is distinct from ${expected}${source.recent === null ? "" : ` and ${source.recent}`}`)];
}

/** True where a row of the fact is that of a row of the source; null where its grain is not to be seen in it. */
function rowsOf(fact: Fact, source: FactSource, relations: Relations): string | null {
  return matched(fact.grain.map((one) => ({ value: one.value, name: shownAs(one.value, fact, source) })), "fact", source, relations);
}

/** The degenerate dimension that shows a column of the source, or null. */
function shownAs(value: Expression, fact: Fact, source: FactSource): string | null {
  return fact.degenerates.find((one) => source.shows(one.value) && source.shows(value) && one.value.name === value.name)?.name ?? null;
}

/** Equalities of source columns with columns of another relation; null where a value is computed, or not to be seen there. */
function matched(pairs: readonly { readonly value: Expression; readonly name: string | null }[], alias: string, source: FactSource, { column }: Relations): string | null {
  const terms = pairs.map(({ value, name }) => (source.shows(value) && name !== null ? `source.${column(value.name)} = ${alias}.${column(name)}` : null));
  return terms.includes(null) ? null : terms.join(" and ");
}

/** True in the version that holds at the event; a day begins at midnight in the project's zone. */
function moment({ value, precision, dates }: NonNullable<Extract<ForeignKey["lookup"], { kind: "lookup" }>["asOf"]>, source: FactSource, dimension: EntityDimension, { project }: Model, { column }: Relations): string | null {
  if (!source.shows(value) || dimension.columns.durableKey === null) return null;
  const time = `source.${column(value.name)}`;
  const end = "coalesce(member.valid_to, timestamp '9999-12-31')";
  if (precision === "instant") return `member.valid_from <= ${time} and ${time} < ${end}`;
  const midnight = (day: string): string => `timezone('UTC', timezone('${project.timezone}', cast(${day} as timestamp)))`;
  if (dates === "start_of_day") return `member.valid_from <= ${midnight(time)} and ${midnight(time)} < ${end}`;
  return `member.valid_from < ${midnight(`${time} + 1`)} and ${midnight(`${time} + 1`)} <= ${end}`;
}
