import type { Dialect } from "../../../dialects/types.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import { DEFINITION_HASH, MEMBER_COLUMNS, SOURCE_ROWS } from "../../../model/member-load.ts";
import type { LogicalType } from "../../../model/types.ts";
import { baseName, rowSelect } from "./rows.ts";
import { identifier, printOperand } from "../sql/expression.ts";
import type { ConfigArgument, Cte, SelectColumn } from "../sql/query.ts";

/** The CTE of the log's rows that a run reads. */
export const TOLD = "recent";

/** The column of `versions` that counts those of a member, where a merged dimension opens the first of them. */
export const VERSION_NUMBER = "version_number";

/** Whether `versions` has that column. */
export function numbersVersions({ isMerged, firstVersionFrom }: EntityDimension): boolean {
  return isMerged && firstVersionFrom === "beginning";
}

/**
 * The configuration of a dimension that is written member by member: all rows of a member are replaced at once, by the strategy that
 * swaps partitions, so that versions go that a late change takes away.
 */
export function mergeConfig({ columns }: EntityDimension): readonly ConfigArgument[] {
  return [
    { name: "materialized", value: "'incremental'" },
    { name: "incremental_strategy", value: "'partition_swap'" },
    { name: "unique_key", value: `['${columns.durableKey ?? ""}', '${columns.key}']` },
    { name: "on_schema_change", value: "'append_new_columns'" },
  ];
}

/**
 * The members to work out, of whom the log tells otherwise than the table, and the log's rows about them; all of them where the table is made anew. The
 * log is imported a second time for its keys: engines keep all of a CTE that is read twice.
 */
export function toldCtes(dimension: EntityDimension, definition: string, dialect: Dialect): readonly Cte[] {
  const base = baseName(dimension.rows, dialect);
  const keys = naturalKeys(dimension, dialect);
  const rows = rowSelect(dimension, [], dialect);
  const touched = [
    "select",
    [...[...keys, SOURCE_ROWS].map((name) => `    counted.${name}`), `    '${definition}' as ${DEFINITION_HASH}`].join(",\n"),
    "from counted",
    "{% if is_incremental() %}",
    `left join {{ this }} as stored\n    on ${sameMember("counted", "stored", keys)}\n    and stored.${DEFINITION_HASH} = '${definition}'`,
    `where stored.${identifier(dimension.columns.key, dialect)} is null`,
    "{% endif %}",
  ];
  const told = dimension.naturalKey.map((one) => `${printOperand(one.value, dialect, { [dimension.rows.base.alias]: base })} = touched.${identifier(one.name, dialect)}`);
  const recent = [`select ${base}.*`, `from ${base}`, "{% if is_incremental() %}", `inner join touched\n    on ${told.join("\n    and ")}`, "{% endif %}"];
  return [
    { kind: "import", name: "listed", relation: { kind: "ref", model: dimension.rows.base.reference.model } },
    { kind: "select", name: "counted", selects: [{ ...rows, from: "listed", columns: [...rows.columns.slice(0, keys.length), { sql: "count(*)", as: SOURCE_ROWS }], groupBy: keys.length }] },
    { kind: "text", name: "touched", sql: touched.join("\n") },
    { kind: "text", name: TOLD, sql: recent.join("\n") },
  ];
}

/** The rows to write: those of `final`, and for every member whose stored rows are to go a row that names it and has no key. */
export function replacedCte(dimension: EntityDimension, columns: readonly { readonly name: string; readonly type: LogicalType }[], definition: string, dialect: Dialect): Cte {
  const keys = naturalKeys(dimension, dialect);
  const gone = columns.map(({ name, type }) => {
    const column = identifier(name, dialect);
    return name === dimension.columns.durableKey ? `    stored.${column}` : `    cast(null as ${dialect.typeName(type)}) as ${column}`;
  });
  const sql = [
    "select",
    columns.map(({ name }) => `    final.${identifier(name, dialect)}`).join(",\n"),
    "from final",
    "{% if is_incremental() %}",
    "",
    "union all",
    "",
    "select distinct",
    gone.join(",\n"),
    "from {{ this }} as stored",
    `left join counted\n    on ${sameMember("stored", "counted", keys)}`,
    `where\n    counted.${SOURCE_ROWS} is null\n    or stored.${DEFINITION_HASH} is distinct from '${definition}'`,
    "{% endif %}",
  ];
  return { kind: "text", name: "changed", sql: sql.join("\n") };
}

/** The columns that a merged dimension keeps beside the others, of its own rows or of reserved ones. */
export function memberLoadColumns(isReserved: boolean, dialect: Dialect): readonly SelectColumn[] {
  return MEMBER_COLUMNS.map(({ name, type }) => ({ sql: isReserved ? `cast(null as ${dialect.typeName(type)})` : name, as: name }));
}

function sameMember(one: string, other: string, keys: readonly string[]): string {
  return [...keys, SOURCE_ROWS].map((name) => `${one}.${name} = ${other}.${name}`).join("\n    and ");
}

function naturalKeys({ naturalKey }: EntityDimension, dialect: Dialect): readonly string[] {
  return naturalKey.map((one) => identifier(one.name, dialect));
}
