import { dimensionsByName } from "../../../model/named.ts";
import { builtInKey } from "../../../model/calendar.ts";
import { PERIODS } from "../../../model/fact.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { DELETED, keepsDeleted, keepsEntries } from "../../../model/fact-record.ts";
import type { Fact, ForeignKey } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import type { DataTest } from "../properties/data-tests.ts";
import { existsIn, holds, notNull, sameRowCount, unique } from "../properties/data-tests.ts";
import { columnProse } from "../properties/describe.ts";
import { countedElsewhere } from "./conservation.ts";
import { factColumns } from "./columns.ts";
import type { FactColumn } from "./columns.ts";
import { formerColumn } from "./former-names.ts";
import { isIncremental } from "./increment.ts";
import type { ColumnProperties, ModelProperties } from "../properties/model-properties.ts";
import { onlyWhere, sentence, words } from "../properties/prose.ts";
import { identifier } from "../sql/expression.ts";

/** A fact: its grain is unique, each key points to a member, and no row of its source was lost or doubled. */
export function factProperties(fact: Fact, design: Design): ModelProperties {
  const stored = isIncremental(fact, design);
  return {
    name: fact.name,
    description: [sentence(fact.description), sentence(fact.grainStatement) || `One row per ${words(fact.process)}.`, onlyWhere(fact.filter)]
      .filter((one) => one !== "")
      .join(" "),
    owner: fact.owner,
    access: "public",
    contract: fact.contractEnforced,
    contractVersion: fact.contractVersion,
    isLarge: true,
    renamedFrom: stored ? fact.renamedFrom : null,
    tests: [...conservationTests(fact), ...calendarTests(fact, design)],
    columns: factColumns(fact).map((one) => (stored ? withFormerName(factColumn(one, fact, design), formerColumn(one, fact, design.model)) : factColumn(one, fact, design))),
  };
}

/** Stored rows are brought along by it. */
function withFormerName(column: ColumnProperties, name: string | null): ColumnProperties {
  return name === null ? column : { ...column, meta: { ...column.meta, renamed_from: name } };
}

/** A left join cannot drop rows and a lookup cannot double them: the count says that it was so. Where rows are dropped or put together, a test of its own counts. */
function conservationTests(fact: Fact): readonly DataTest[] {
  return countedElsewhere(fact) ? [] : [{ ...sameRowCount(fact.rows.base.reference.model), ...stillThere(fact) }];
}

/** Days outside of the calendar are kept under one key, as unknown: that there are some is worth a warning, for `settings.dates` may have run out. */
function calendarTests({ foreignKeys }: Fact, { dialect }: Design): readonly DataTest[] {
  const keys = foreignKeys.filter(({ lookup }) => lookup.kind === "date").map(({ name }) => `${identifier(name, dialect)} <> -1`);
  if (keys.length === 0) return [];
  return [{ ...holds(keys.join(" and "), "days_in_calendar"), severity: "warn", description: "Days outside of the calendar share one key." }];
}

/** Rows that the source lost are no part of what is tested against it, or against members that may have gone with them. */
function stillThere(fact: Fact): Pick<DataTest, "where"> {
  return keepsDeleted(fact) ? { where: `not ${DELETED}` } : {};
}

/** Whether entries may point to members that are gone: what was booked of them stays, and so does what took it back. */
function outlivesMembers(foreignKey: ForeignKey, fact: Fact, design: Design): boolean {
  const dimension = entityOf(foreignKey, design);
  return keepsEntries(fact) && dimension !== null && dimension.columns.durableKey === null && dimension.deletes === "close";
}

function factColumn(column: FactColumn, fact: Fact, design: Design): ColumnProperties {
  const base = { name: column.name, type: column.type };
  switch (column.role) {
    case "key":
      return {
        ...base,
        description: keepsEntries(fact) ? "Key of the entry: a hash of its row's key and its number." : `Key of the row: a hash of ${fact.grain.map((one) => words(one.name)).join(" and ")}.`,
        primaryKey: true,
        tests: [notNull, unique],
      };
    case "foreign_key":
      return {
        ...base,
        description: keyProse(column.foreignKey, design),
        tests: [notNull, ...(outlivesMembers(column.foreignKey, fact, design) ? [] : [{ ...existsIn(column.foreignKey.dimension, keyOf(column.foreignKey, design)), ...stillThere(fact) }])],
      };
    case "grain":
      return { ...base, description: columnProse(column.name, "") };
    case "degenerate":
      return { ...base, description: columnProse(column.name, column.degenerate.description) };
    case "event_time":
      return { ...base, description: fact.periodic !== null ? `Last day of the ${fact.periodic.period}.` : column.eventTime.precision === "date" ? "Day of the event." : "Time of the event, UTC." };
    case "measure":
      return {
        ...base,
        description: columnProse(column.name, column.measure.description, column.measure.unit),
        meta: { additivity: column.measure.additivity, aggregation: column.measure.aggregation },
      };
    case "load_time":
      return { ...base, description: "When the row of the source was loaded, UTC; the latest is the watermark of the next run." };
    case "record":
      return { ...base, description: column.record.description, tests: column.name === "deleted_at" ? [] : [notNull] };
  }
}

function keyProse(foreignKey: ForeignKey, design: Design): string {
  const dimension = entityOf(foreignKey, design);
  const role = foreignKey.role === null ? "" : ` in the role ${words(foreignKey.role)}`;
  if (foreignKey.dimension === "dim_time") return `${columnProse(foreignKey.role ?? "time", "").replace(/\.$/, "")} as a time of day.`;
  if (dimension === null) return `${columnProse(foreignKey.role ?? "date", "").replace(/\.$/, "")} as yyyymmdd.`;
  const version =
    foreignKey.lookup.kind === "lookup" && foreignKey.lookup.asOf !== null
      ? ` as it was at the ${foreignKey.lookup.asOf.value.kind === "column" && foreignKey.lookup.asOf.value.input === PERIODS ? "end of the period" : "time of the event"}`
      : "";
  return `The ${words(dimension.entity)}${role}${version}.`;
}

function keyOf(foreignKey: ForeignKey, design: Design): string {
  const dimension = dimensionsByName(design.model).get(foreignKey.dimension);
  if (dimension === undefined) throw new Error(`${foreignKey.name} points to ${foreignKey.dimension}, which does not exist`);
  return dimension.kind === "table" ? dimension.columns.key : builtInKey(dimension);
}

function entityOf(foreignKey: ForeignKey, design: Design): EntityDimension | null {
  const dimension = dimensionsByName(design.model).get(foreignKey.dimension);
  return dimension === undefined || dimension.kind !== "table" ? null : dimension;
}
