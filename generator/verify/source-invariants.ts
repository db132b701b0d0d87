import type { Attribute, EntityDimension } from "../model/dimension.ts";
import type { SourceTable } from "../model/source.ts";
import type { Model } from "../model/types.ts";
import type { Invariant } from "./invariant.ts";
import type { Relations } from "./relation.ts";

type About = (id: string, statement: string, offending: string) => Invariant;

/** A dimension read from one table as it stands: its columns under the names of both. */
interface Reading {
  readonly dimension: EntityDimension;
  readonly table: SourceTable;
  /** Columns of the key, then of the attributes: in the source, in the dimension. */
  readonly key: readonly Column[];
  readonly attributes: readonly (Column & { readonly attribute: Attribute })[];
  readonly relations: Relations;
}

interface Column {
  readonly source: string;
  readonly own: string;
}

/**
 * What must hold between a dimension and its source, both ways: who is current, and what was true when. For dimensions that read one table whole,
 * without computing their key; the others are left to the project's own tests.
 */
export function sourceInvariants(dimension: EntityDimension, model: Model, relations: Relations): readonly Invariant[] {
  const reading = readingOf(dimension, model, relations);
  if (reading === null) return [];
  const about: About = (id, statement, offending) => ({ id, subject: dimension.name, statement, offending, looked: `select count(*) from ${relations.mart(dimension.name)}` });
  const current = currentRows(reading);
  return [...(current === null ? [] : currentInvariants(reading, current, about)), ...pointInTime(reading, about)];
}

function readingOf(dimension: EntityDimension, model: Model, relations: Relations): Reading | null {
  const { base, joins, where } = dimension.rows;
  const table = model.sources.find((one) => one.name === base.reference.id);
  if (table === undefined || dimension.naturalKey.length === 0 || base.reference.kind !== "staging" || joins.length > 0 || where !== null || dimension.collapse !== null) return null;
  const { column } = relations;
  const key = dimension.naturalKey.flatMap(({ name, value }) => (value.kind === "column" ? [{ source: column(value.name), own: column(name) }] : []));
  const attributes = dimension.attributes.flatMap((attribute) => {
    const { name, value, companion, since } = attribute;
    return value.kind === "column" && companion === null && since === null ? [{ attribute, source: column(value.name), own: column(name) }] : [];
  });
  return key.length === dimension.naturalKey.length ? { dimension, table, key, attributes, relations } : null;
}

/** The rows of the source as they are now, or null where the dimension tells its history by columns of its own. */
function currentRows({ dimension, table, key, relations: { staging, column } }: Reading): string | null {
  const source = staging(table.models.staging);
  const { history } = table;
  switch (dimension.history.kind) {
    case "current":
    case "snapshot": return history.kind === "current_state" || history.kind === "append_only" ? source : null;
    case "extracts": return history.kind === "periodic_extract" ? `(select * from ${source} where ${column(history.extractDate)} = (select max(${column(history.extractDate)}) from ${source}))` : null;
    case "events": {
      if (history.kind !== "change_log") return null;
      const order = [history.effectiveAt, ...history.sequence].map((name) => `${column(name)} desc`).join(", ");
      const last = `select *, row_number() over (partition by ${key.map((one) => one.source).join(", ")} order by ${order}) as event_rank from ${source}`;
      return `(select * from (${last}) where event_rank = 1 and not (${deleted(table, column)}))`;
    }
  }
}

/** True for an event that tells of a deletion. */
function deleted({ history }: SourceTable, column: (name: string) => string): string {
  if (history.kind !== "change_log" || history.operation === null) return "false";
  const values = history.operation.delete.map((one) => `'${one.replaceAll("'", "''")}'`);
  return `coalesce(${column(history.operation.column)} in (${values.join(", ")}), false)`;
}

function currentInvariants({ dimension, key, attributes, relations }: Reading, current: string, about: About): readonly Invariant[] {
  if (dimension.deletes !== "close") return [];
  const shown = [...key, ...attributes.filter(({ attribute }) => attribute.scdType !== 0)];
  const members = `select ${shown.map((one) => one.own).join(", ")} from ${relations.mart(dimension.name)} where ${relations.column(dimension.columns.key)} not in ('-1', '-2')${dimension.columns.durableKey === null ? "" : " and is_current"}${dimension.infers ? " and not is_inferred" : ""}`;
  const rows = `select distinct ${shown.map((one) => `${one.source} as ${one.own}`).join(", ")} from ${current} where ${key.map((one) => `${one.source} is not null`).join(" and ")}`;
  return [
    about("D7", "every member of the source is current, as it is there", `(${rows}) except (${members})`),
    about("D8", "nobody is current whom the source does not have", `(${members}) except (${rows})`),
  ];
}

/** Of a change log with instants: at the time of each event the version says what the event said, and versions begin at events only. */
function pointInTime({ dimension, table, key, attributes, relations }: Reading, about: About): readonly Invariant[] {
  const { history } = table;
  const { staging, column, mart } = relations;
  const time = history.kind === "change_log" ? table.columns.find((one) => one.name === history.effectiveAt) : undefined;
  if (history.kind !== "change_log" || dimension.history.kind !== "events" || dimension.columns.durableKey === null || dimension.deletes !== "close" || time?.type.kind !== "timestamp") return [];
  const at = `event.${column(history.effectiveAt)}`;
  const same = key.map((one) => `version.${one.own} = event.${one.source}`).join(" and ");
  const order = history.sequence.map((name) => `${column(name)} desc`).join(", ") || "1";
  const last = `(select *, row_number() over (partition by ${[...key.map((one) => one.source), column(history.effectiveAt)].join(", ")} order by ${order}) as event_rank from ${staging(table.models.staging)})`;
  const tracked = attributes.filter(({ attribute }) => attribute.scdType === 2 || attribute.scdType === 6);
  const differs = tracked.map((one) => `version.${one.own} is distinct from event.${one.source}`);
  const joined = `${last} as event left join ${mart(dimension.name)} as version on ${same} and version.valid_from <= ${at} and ${at} < coalesce(version.valid_to, timestamp '9999-12-31')`;
  const gone = deleted(table, (name) => `event.${column(name)}`);
  const wrong = [`(${gone}) <> (version.valid_from is null)`, ...differs.map((one) => `(not (${gone}) and ${one})`)].join(" or ");
  const began = `version.valid_from <> timestamp '1900-01-01' and not exists (select 1 from ${staging(table.models.staging)} as event where ${same} and ${at} = version.valid_from)`;
  return [
    about("D9", "at the time of each change its version says what the change said", `select event.* from ${joined} where event.event_rank = 1 and (${wrong})`),
    about("D9", "versions begin when the source says that something changed", `select version.* from ${mart(dimension.name)} as version where ${began}`),
  ];
}
