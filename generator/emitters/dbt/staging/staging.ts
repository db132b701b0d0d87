import type { Artifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import { typeText } from "../../../model/logical-type.ts";
import { rawName, type SourceTable } from "../../../model/source.ts";
import type { LogicalType } from "../../../model/types.ts";
import type { Design } from "../../../rules/types.ts";
import { cleanedColumn } from "./cleaning.ts";
import { newestFirst, oldestFirst, rowNumber } from "../sql/ranking.ts";
import { identifier } from "../sql/expression.ts";
import { sqlModel, type Cte, type SelectColumn } from "../sql/query.ts";
import { loadTime, sourceCtes } from "./source-rows.ts";
import { strictCast, strictCastMacro, type CastUse, type StrictCastMacro } from "./strict-casts.ts";

/** One staging view per source table: renamed, cleaned, typed, protected and, where the contract says so, without duplicates. */
export function stagingArtifacts({ model, dialect }: Design): readonly Artifact[] {
  return model.sources.map((table) => {
    const path = `dbt/models/staging/${table.source}/${table.models.staging}.sql`;
    return sqlModel(path, { config: [], ctes: stagingCtes(table, dialect) }, [table.name], table.origin);
  });
}

/** A column of a staging model. */
export interface StagingColumn {
  readonly name: string;
  readonly type: LogicalType;
  readonly description: string;
}

/** The columns of a table's staging model in order: those of the contract that are not dropped, then the load time. */
export function stagingColumns(table: SourceTable): readonly StagingColumn[] {
  const columns = table.columns.filter((one) => one.protect !== "drop").map(({ name, type, description }) => ({ name, type, description }));
  const loadedAt = table.loadedAtColumn;
  if (loadedAt === null || columns.some((one) => one.name === loadedAt)) return columns;
  return [...columns, { name: loadedAt, type: instant, description: "When the row was loaded, UTC." }];
}

/** The macros of strict casts that the staging models call, in code-point order. */
export function strictCastMacros({ model, dialect }: Design): readonly StrictCastMacro[] {
  const used = new Map<string, StrictCastMacro>();
  const add = (use: CastUse): void => {
    const macro = strictCastMacro(use, dialect);
    used.set(macro.name, macro);
  };
  for (const table of model.sources) {
    for (const column of table.columns) {
      if (column.protect !== "drop") for (const cast of cleanedColumn(column, table, dialect).casts) add(cast);
    }
    if (loadTime(table).length > 0) add(loadTimeCast);
  }
  return [...used.values()].sort((a, b) => (a.name < b.name ? -1 : 1));
}

/** The macro files of `strictCastMacros`. */
export function strictCastArtifacts(design: Design): readonly Artifact[] {
  return strictCastMacros(design).map(({ name, arguments: parameters, sql }) => ({
    kind: "template",
    path: `dbt/macros/${name}.sql`,
    mode: "generated",
    from: [],
    origin: null,
    blueprint: "dbt/strict-cast.sql",
    view: { name, parameters: parameters.map((one) => one.name).join(", "), sql },
  }));
}

const instant: LogicalType = { kind: "timestamp" };

const loadTimeCast: CastUse = { type: instant, strictness: "strict", zoned: false };

function stagingCtes(table: SourceTable, dialect: Dialect): readonly Cte[] {
  const renamed: Cte = { kind: "select", name: "renamed", selects: [{ columns: renamedColumns(table, dialect), from: "source" }] };
  return [...sourceCtes(table, dialect), renamed, ...deduplication(table, dialect)];
}

function renamedColumns(table: SourceTable, dialect: Dialect): readonly SelectColumn[] {
  const own = table.columns
    .filter((one) => one.protect !== "drop")
    .map((one) => ({ sql: cleanedColumn(one, table, dialect).sql, as: identifier(one.name, dialect) }));
  return [...own, ...loadTime(table).map(({ physical, name }) => ({ sql: strictCast(identifier(physical, dialect), loadTimeCast), as: identifier(name, dialect) }))];
}

function deduplication(table: SourceTable, dialect: Dialect): readonly Cte[] {
  const { deduplicate } = table;
  if (deduplicate === null) return [];
  const ordered = deduplicate.keep === "latest" ? newestFirst : oldestFirst;
  const columns = stagingColumns(table);
  const stated = deduplicate.by.flatMap((name) => columns.find((one) => one.name === name) ?? []);
  const rank = rowNumber(table.primaryKey.map((name) => identifier(name, dialect)), ordered(stated, tieBreakers(table, columns, deduplicate.by), dialect));
  const names = columns.map(({ name }) => ({ sql: identifier(name, dialect), as: identifier(name, dialect) }));
  return [
    { kind: "select", name: "ranked", selects: [{ columns: [...names, { sql: rank, as: "row_rank" }], from: "renamed" }] },
    { kind: "select", name: "deduplicated", selects: [{ columns: names, from: "ranked", where: ["row_rank = 1"] }] },
  ];
}

/** The load time, then all other columns in order; none where file and row number are stated, which no two landed rows share. */
function tieBreakers(table: SourceTable, columns: readonly StagingColumn[], by: readonly string[]): readonly StagingColumn[] {
  const physical = table.columns.filter((one) => by.includes(one.name)).map(rawName);
  if (table.landing === "text" && physical.includes("_source") && physical.includes("_source_row")) return [];
  const others = columns.filter((one) => !by.includes(one.name) && !table.primaryKey.includes(one.name) && isSortable(typeText(one.type)));
  return [...others.filter((one) => one.name === table.loadedAtColumn), ...others.filter((one) => one.name !== table.loadedAtColumn)];
}

function isSortable(type: string): boolean {
  return type !== "json" && !type.startsWith("struct");
}
