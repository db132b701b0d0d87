import type { Dialect } from "../../dialects/types.ts";
import { keyParts } from "../../model/attributes.ts";
import type { Attribute, DimensionColumn, EntityDimension } from "../../model/dimension.ts";
import type { Project } from "../../model/project.ts";
import type { LogicalType } from "../../model/types.ts";
import { memberColumns, named } from "./dimension-rows.ts";
import { identifier } from "./sql/expression.ts";
import type { Select, SelectColumn } from "./sql/query.ts";
import { surrogateKey, type KeyPart } from "./sql/surrogate-key.ts";

/** The members of a dimension without versions under their keys, and the reserved members (Kimball: special rows instead of NULL keys). */
export function currentSelects(dimension: EntityDimension, from: string, dialect: Dialect): readonly Select[] {
  const key = { sql: surrogateKey(parts(keyParts(dimension), dialect), dialect), as: dimension.columns.key };
  const tombstones = dimension.deletes === "tombstone";
  const deleted: readonly SelectColumn[] = tombstones ? [named("is_deleted", dialect)] : [];
  const alive: readonly SelectColumn[] = tombstones ? [{ sql: "false", as: "is_deleted" }] : [];
  return [
    { columns: [key, ...memberColumns(dimension, dialect), ...deleted], from },
    ...reserved.map((member): Select => ({ columns: reservedColumns(dimension, member, alive, dialect), from: null })),
  ];
}

/**
 * The versions of a dimension under their keys, and the reserved members. The relation `from` offers valid_from (when the
 * version was first seen, which the key is made of), valid_to (NULL while open) and, for tombstones, is_deleted.
 */
export function versionSelects(dimension: EntityDimension, from: string, project: Project, dialect: Dialect): readonly Select[] {
  const natural = parts(keyParts(dimension), dialect);
  const keys = [
    { sql: surrogateKey([...natural, { sql: "valid_from", type: instant }], dialect), as: dimension.columns.key },
    ...(dimension.columns.durableKey === null ? [] : [{ sql: surrogateKey(natural, dialect), as: dimension.columns.durableKey }]),
    ...(dimension.profile === null ? [] : [{ sql: surrogateKey(parts(dimension.attributes, dialect), dialect), as: dimension.profile.key }]),
  ];
  const tombstones = dimension.deletes === "tombstone";
  const spans: readonly SelectColumn[] = [
    ...(tombstones ? [named("is_deleted", dialect)] : []),
    { sql: firstVersion(dimension, dialect), as: "valid_from" },
    { sql: project.openEnd === null ? "valid_to" : `coalesce(valid_to, ${timestamp(project.openEnd)})`, as: "valid_to" },
    { sql: tombstones ? "valid_to is null and not is_deleted" : "valid_to is null", as: "is_current" },
  ];
  const reservedSpans: readonly SelectColumn[] = [
    ...(tombstones ? [{ sql: "false", as: "is_deleted" }] : []),
    { sql: timestamp(lowDate), as: "valid_from" },
    { sql: project.openEnd === null ? `cast(null as ${dialect.types.timestamp})` : timestamp(project.openEnd), as: "valid_to" },
    { sql: "true", as: "is_current" },
  ];
  return [
    { columns: [...keys, ...memberColumns(dimension, dialect), ...spans], from },
    ...reserved.map((member): Select => ({ columns: reservedColumns(dimension, member, reservedSpans, dialect), from: null })),
  ];

  function timestamp(text: string): string {
    return `cast('${text}' as ${dialect.types.timestamp})`;
  }
}

/** Where versions that are open to the beginning start. */
const lowDate = "1900-01-01";

const instant: LogicalType = { kind: "timestamp" };

const reserved = [
  { key: "-1", label: (attribute: Attribute) => attribute.unknownLabel },
  { key: "-2", label: (attribute: Attribute) => attribute.notApplicableLabel },
] as const;

function parts(columns: readonly DimensionColumn[], dialect: Dialect): readonly KeyPart[] {
  return columns.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
}

function firstVersion(dimension: EntityDimension, dialect: Dialect): string {
  if (dimension.firstVersionFrom === "first_seen") return "valid_from";
  const partition = dimension.naturalKey.map((one) => identifier(one.name, dialect)).join(", ");
  return [
    "case",
    "    when",
    "        lag(valid_from) over (",
    `            partition by ${partition}`,
    "            order by valid_from",
    "        ) is null",
    `        then cast('${lowDate}' as ${dialect.types.timestamp})`,
    "    else valid_from",
    "end",
  ].join("\n");
}

function reservedColumns(dimension: EntityDimension, member: (typeof reserved)[number], spans: readonly SelectColumn[], dialect: Dialect): readonly SelectColumn[] {
  const { key, durableKey } = dimension.columns;
  const code = `'${member.key}'`;
  return [
    { sql: code, as: key },
    ...(durableKey === null ? [] : [{ sql: code, as: durableKey }]),
    ...(dimension.profile === null ? [] : [{ sql: code, as: dimension.profile.key }]),
    ...dimension.naturalKey.map((one) => ({ sql: `cast(null as ${dialect.typeName(one.type)})`, as: identifier(one.name, dialect) })),
    ...dimension.attributes.map((one) => ({ sql: labelSql(member.label(one), one.type, dialect), as: identifier(one.name, dialect) })),
    ...spans,
  ];
}

function labelSql(label: string | null, type: LogicalType, dialect: Dialect): string {
  if (label === null) return `cast(null as ${dialect.typeName(type)})`;
  const literal = dialect.stringLiteral(label);
  return type.kind === "string" ? literal : `cast(${literal} as ${dialect.typeName(type)})`;
}
