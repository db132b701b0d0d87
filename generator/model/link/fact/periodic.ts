import { within } from "../../../diagnostics/origin.ts";
import { snapshotDiagnostics } from "../../diagnostics/snapshots.ts";
import type { FactSpec, ForeignKeySpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import { PERIODS, type Fact, type PeriodicSnapshot } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { dimensionModel } from "../../names.ts";
import { resolveColumn } from "../rows/columns.ts";
import { inputScope, type NamedInput } from "../rows/inputs.ts";
import { isKeyType } from "../rows/names.ts";
import type { Readable } from "../rows/readable.ts";
import type { FactDraft } from "./draft.ts";
import { linkEventTime } from "./event-time.ts";
import { keyColumns } from "./key-columns.ts";

/** The periods of a periodic snapshot, and the draft whose keys and grain are over them. */
export interface LinkedPeriods {
  readonly periodic: PeriodicSnapshot;
  readonly draft: FactDraft;
  readonly eventTime: NonNullable<Fact["eventTime"]>;
  readonly grain: Fact["grain"];
}

/** The column that holds the last day of a period: the event time of a periodic snapshot. */
const PERIOD_END = "period_end";

/** How periods are made of the rows of a periodic snapshot; null where a part of it was refused or is missing (reported). */
export function linkPeriods(draft: FactDraft): LinkedPeriods | null {
  const { spec, linked } = draft;
  const period = stated(spec.period, "period: day, week or month", draft);
  const time = timeOf(draft);
  const entity = entityColumns(draft);
  const through = throughOf(draft);
  if (period === null || time === null || entity === null || through === null) return null;
  const ties = tiesOf(linked.base.readable, time).flatMap((name): readonly Expression[] => {
    const column = linked.base.readable.columns.find((one) => one.name === name);
    return column === undefined ? [] : [{ kind: "column", input: linked.base.alias, name, type: column.type }];
  });
  const end: Expression = { kind: "column", input: PERIODS, name: PERIOD_END, type: scalar("date") };
  return {
    periodic: { period, time, through, entity, ties },
    draft: overPeriods(draft, entity),
    eventTime: { value: end, column: PERIOD_END, precision: "date" },
    grain: [
      ...entity.map(({ name, type }) => ({ name, type, value: { kind: "column", input: PERIODS, name, type } as const })),
      { name: PERIOD_END, type: scalar("date"), value: end },
    ],
  };
}

/** Of readings of one time the one that was changed last counts, in a change log, then the greatest key. */
function tiesOf({ table, primaryKey }: Readable, time: Expression): readonly string[] {
  const history = table?.history;
  const changed = history?.kind === "change_log" ? [history.effectiveAt, ...history.sequence] : [];
  return [...new Set([...changed, ...primaryKey])].filter((name) => time.kind !== "column" || time.name !== name);
}

/** Each extract holds the whole table, so it is a reading of its day; other rows say themselves when they count. */
function timeOf(draft: FactDraft): Expression | null {
  const { spec, linked, context } = draft;
  const { id, table, reference } = linked.base.readable;
  const history = table?.history;
  const extracted = history?.kind === "periodic_extract" && spec.event_time === null ? history.extractDate : null;
  const sql = extracted === null ? spec.event_time : ({ kind: "expression", sql: extracted } as const);
  if (stated(sql, "event_time: <column>, which says when a row counts", draft) === null || sql === null) return null;
  const value = linkEventTime(draft, sql)?.value ?? null;
  const column = value?.kind === "column" && value.input === linked.base.alias ? (table ?? context.handWritten.get(reference.id))?.columns.find((one) => one.name === value.name) : undefined;
  if (value === null || column?.nullable !== true || extracted !== null) return value;
  const origin = within(spec.origin, "event_time");
  context.log.add(snapshotDiagnostics.report("snapshot-time-nullable", { origin }, { name: draft.name, column: column.name, source: id }));
  return null;
}

/** The stated grain, or the columns that lead to the entity's dimension. */
function entityColumns(draft: FactDraft): PeriodicSnapshot["entity"] | null {
  const { spec, linked, context } = draft;
  if (spec.grain_key.length > 0) {
    const values = spec.grain_key.map((name, index) => resolveColumn(name, linked.scope, within(spec.origin, "grain_key", index), context.log));
    return asGrain(values, spec.grain_key, draft);
  }
  if (stated(spec.entity, "entity: <dimension> (or grain_key: [columns]), which says what is followed", draft) === null) return null;
  const name = dimensionModel(spec.entity ?? "");
  const origin = within(spec.origin, "entity");
  const dimension = context.dimensions.get(name);
  if (dimension?.kind !== "table") {
    if (!draft.declared.has(name)) {
      const known = [...context.dimensions.values()].flatMap((one) => (one.kind === "table" ? [one.name] : [])).join(", ") || "none";
      context.log.add(snapshotDiagnostics.report("unknown-entity", { origin }, { name: spec.entity ?? "", known }));
    }
    return null;
  }
  const pairs = keyColumns(entityKey(spec) ?? bare(name), origin, dimension, draft);
  return pairs === null ? null : asGrain(pairs.map((one) => one.value), pairs.map((one) => one.member), draft);
}

function asGrain(values: readonly (Expression | null)[], names: readonly string[], { context, spec }: FactDraft): PeriodicSnapshot["entity"] | null {
  const columns = values.map((value, index) => {
    if (value === null) return null;
    const type = value.type ?? scalar("string");
    const name = value.kind === "column" ? value.name : (names[index] ?? "");
    return isKeyType(name, type, within(spec.origin, "entity"), context) ? { name, type, value } : null;
  });
  const found = columns.flatMap((one) => (one === null ? [] : [one]));
  return found.length === columns.length ? found : null;
}

function entityKey(spec: FactSpec): ForeignKeySpec | undefined {
  return spec.foreign_keys.find((one) => spec.entity !== null && dimensionModel(one.dimension) === dimensionModel(spec.entity));
}

function bare(dimension: string): ForeignKeySpec {
  return { dimension, on: [], role: null, as_of: null, early_arriving: null, renamed_from: null };
}

/** A run closes periods only where it stands for a day that is told, never by the clock of the warehouse. */
function throughOf({ spec, context }: FactDraft): PeriodicSnapshot["through"] | null {
  if (spec.through !== "run" || context.project.asOfRun === "logical_date") return spec.through ?? "latest_row";
  context.log.add(snapshotDiagnostics.report("run-without-date", { origin: within(spec.origin, "through") }, {}));
  return null;
}

/** The fact as it looks once its rows are periods: what is followed and the period's end are all the columns there are. */
function overPeriods(draft: FactDraft, entity: PeriodicSnapshot["entity"]): FactDraft {
  const { spec, linked } = draft;
  const { readable } = linked.base;
  const columns = [...entity, { name: PERIOD_END, type: scalar("date") }].map(({ name, type }) => ({
    name,
    type,
    otherName: null,
    description: readable.columns.find((one) => one.name === name)?.description ?? "",
    unit: null,
    pii: readable.columns.find((one) => one.name === name)?.pii ?? false,
    wallClock: false,
  }));
  const base: NamedInput = { alias: PERIODS, readable: { ...readable, columns, keys: [columns.map((one) => one.name)] } };
  const implied = spec.entity === null || entityKey(spec) !== undefined ? [] : [bare(spec.entity)];
  return {
    ...draft,
    spec: { ...spec, foreign_keys: [...implied, ...spec.foreign_keys], event_time: { kind: "expression", sql: PERIOD_END } },
    linked: { ...linked, base, inputs: [base], scope: inputScope([base]) },
  };
}

function stated<T>(value: T | null, missing: string, { spec, name, context }: FactDraft): T | null {
  if (value === null) {
    context.log.add(snapshotDiagnostics.report("snapshot-incomplete", { origin: within(spec.origin, "fact_type") }, { name, missing }));
  }
  return value;
}
