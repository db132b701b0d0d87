import type { Dialect } from "../../../dialects/types.ts";
import { namesShard, rawName, SHARD_FIELD, type SourceTable } from "../../../model/source.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, SelectColumn } from "../sql/query.ts";

/** The raw rows of a source table as the CTE `source`: those of its table, or of several put together column by column. */
export function sourceCtes(table: SourceTable, dialect: Dialect): readonly Cte[] {
  const { dbtSource, shards } = table;
  if (shards === undefined) return [{ kind: "import", name: "source", relation: { kind: "source", source: dbtSource, table: table.table } }];
  const names = cteNames();
  const read = shards.map((one) => ({ ...one, cte: names.hand(one.name, `${one.name}_rows`) }));
  const columns = fields(table, dialect);
  const told = (name: string): readonly SelectColumn[] => (table.columns.some((one) => namesShard(one, table)) ? [{ sql: dialect.stringLiteral(name), as: identifier(SHARD_FIELD, dialect) }] : []);
  return [
    ...read.map((one): Cte => ({ kind: "import", name: one.cte, relation: { kind: "source", source: dbtSource, table: one.name } })),
    { kind: "select", name: "source", selects: read.map((one) => ({ columns: [...columns, ...told(one.table)], from: one.cte })) },
  ];
}

/** The load time where it is no column of the contract. */
export function loadTime(table: SourceTable): readonly { readonly physical: string; readonly name: string }[] {
  const { loadedAt: physical, loadedAtColumn: name } = table;
  if (physical === null || name === null || table.columns.some((one) => one.name === name)) return [];
  return [{ physical, name }];
}

/** The raw columns that staging reads. What is dropped is not among them, unless it says the zone of another. */
function fields(table: SourceTable, dialect: Dialect): readonly SelectColumn[] {
  const zones = new Set(table.columns.flatMap(({ zone }) => (zone?.kind === "column" ? [zone.column] : [])));
  const own = table.columns.filter((one) => !namesShard(one, table) && (one.protect !== "drop" || zones.has(one.name))).map(rawName);
  const names = [...new Set([...own, ...loadTime(table).map(({ physical }) => physical)])].map((one) => identifier(one, dialect));
  return names.map((one) => ({ sql: one, as: one }));
}
