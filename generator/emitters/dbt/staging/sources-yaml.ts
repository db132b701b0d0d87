import type { Artifact, Data } from "../../../artifact.ts";
import { grouped } from "../../../model/grouped.ts";
import { isName } from "../../../model/names.ts";
import { fieldName, namesShard, rawName, rawTables, type Shard, type SourceColumn, type SourceTable } from "../../../model/source.ts";
import type { Design } from "../../../rules/types.ts";
import { cleaningFailures } from "./cleaning.ts";
import { testEntries } from "../properties/data-tests.ts";
import { sourceColumnMeta, sourceColumnProse } from "../properties/describe.ts";
import { stagingFolder } from "../project/folders.ts";
import { ownerOf } from "../properties/model-properties.ts";
import { literalProse, sentence, words } from "../properties/prose.ts";
import { identifier } from "../sql/expression.ts";

/** One file of dbt sources per source system; tables in several physical schemas make several dbt sources. */
export function sourceArtifacts(design: Design): readonly Artifact[] {
  return [...grouped(design.model.sources, (one) => one.source)].map(([source, tables]): Artifact => ({
    kind: "data",
    format: "yaml",
    path: `${stagingFolder(source)}/_stg_${source}__sources.yml`,
    mode: "generated",
    from: tables.map((one) => one.name),
    origin: null,
    value: {
      version: 2,
      sources: [...grouped(tables, (one) => one.dbtSource)].map(([name, own]) => sourceEntry(name, source, own, design)),
    },
  }));
}

function sourceEntry(name: string, source: string, tables: readonly SourceTable[], design: Design): Data {
  const [first] = tables;
  if (first === undefined) throw new Error(`${name} has no table`);
  const { schema, database } = first.physical;
  const loaders = new Set(tables.map((one) => one.loader));
  const owners = new Set(tables.map((one) => ownerOf(one.owner, one.models.staging, design.model)));
  const [owner] = owners;
  return {
    name,
    description: `Raw tables of ${words(source)}.`,
    ...(database === null ? {} : { database }),
    schema,
    ...(loaders.size === 1 ? { loader: first.loader } : {}),
    ...(isName(schema) ? {} : { quoting: { schema: true } }),
    ...(owners.size === 1 && owner !== undefined ? { config: { meta: { owner } } } : {}),
    tables: tables.flatMap((one) => rawTables(one).map((raw) => tableEntry(one, raw, loaders.size > 1, owners.size > 1, design))),
  };
}

function tableEntry(table: SourceTable, raw: Shard, ownLoader: boolean, ownOwner: boolean, design: Design): Data {
  const { sla } = table;
  const meta = {
    ...(ownOwner ? { owner: ownerOf(table.owner, table.models.staging, design.model) } : {}),
    ...(table.version === "" ? {} : { contract_version: table.version }),
    ...(sla.availabilityPercent === null ? {} : { availability_percent: sla.availabilityPercent }),
    ...(sla.supportHours === null ? {} : { support_hours: sla.supportHours }),
    ...(table.consumers.length === 0 ? {} : { consumers: table.consumers }),
    ...(table.notificationChannel === null ? {} : { notification_channel: table.notificationChannel }),
    ...(table.breakingChangePolicy === null ? {} : { breaking_change_policy: table.breakingChangePolicy }),
  };
  const config = { ...(raw.isClosed ? {} : freshness(table, design)), ...(Object.keys(meta).length === 0 ? {} : { meta }) };
  return {
    name: raw.name,
    ...(raw.table === raw.name ? {} : { identifier: raw.table }),
    description: sentence(table.description) || `Raw rows of ${literalProse(table.name)}.`,
    ...(ownLoader ? { loader: table.loader } : {}),
    ...(isName(raw.table) ? {} : { quoting: { identifier: true } }),
    ...(Object.keys(config).length === 0 ? {} : { config }),
    columns: [...grouped(table.columns.filter((one) => !namesShard(one, table)), rawName)].map(([name, own]) => columnEntry(name, own, table, raw, design)),
  };
}

/** A raw column, with what is said of the columns that are read from it. */
function columnEntry(name: string, columns: readonly SourceColumn[], table: SourceTable, raw: Shard, design: Design): Data {
  const [only, ...more] = columns;
  const isOne = only !== undefined && more.length === 0;
  const pii = columns.some((one) => one.pii) ? { pii: true } : {};
  const meta = isOne ? sourceColumnMeta(only) : pii;
  const tests = columns.flatMap((one) => cleaningTests(one, table, raw, design));
  return {
    name,
    description: `${isOne ? sourceColumnProse(only) : `Holds ${columns.map((one) => one.name).join(", ")}.`}${calledInFiles(only)}`,
    quote: true,
    ...(Object.keys(meta).length === 0 ? {} : { config: { meta } }),
    ...(tests.length === 0 ? {} : { data_tests: tests }),
  };
}

/** What files call a column that could not be landed under that name. */
function calledInFiles(column: SourceColumn | undefined): string {
  return column?.landedAs === undefined ? "" : ` In files it is called ${literalProse(fieldName(column))}.`;
}

/** Values that nothing could be made of became NULL in staging where the contract says `warn`; here they are still there to be counted. */
function cleaningTests(column: SourceColumn, table: SourceTable, raw: Shard, { dialect }: Design): readonly Data[] {
  const failures = cleaningFailures(column, table, dialect);
  if (failures === null) return [];
  const expression = `not (${failures.replaceAll("\n", " ")})`;
  return testEntries([{ kind: "expression_holds", label: "cleaned", arguments: { expression }, severity: "warn" }], `${table.dbtSource}__${raw.name}`, column.name);
}

/** Stale after the contract's hours: a warning, an error. */
function freshness(table: SourceTable, { dialect }: Design): { readonly [key: string]: Data } {
  const { loadedAt, freshness: limits } = table;
  if (loadedAt === null || (limits.warnAfter === null && limits.errorAfter === null)) return {};
  const field = identifier(loadedAt, dialect);
  const isText = table.landing === "text" && table.columns.some((one) => rawName(one) === loadedAt);
  return {
    loaded_at_field: isText ? `cast(${field} as ${dialect.types.timestamp})` : field,
    freshness: {
      ...(limits.warnAfter === null ? {} : { warn_after: period(limits.warnAfter) }),
      ...(limits.errorAfter === null ? {} : { error_after: period(limits.errorAfter) }),
    },
  };
}

function period(hours: number): Data {
  if (Number.isInteger(hours)) return { count: hours, period: "hour" };
  return { count: Math.max(1, Math.round(hours * 60)), period: "minute" };
}
