import type { Dialect } from "../../../dialects/types.ts";
import { keyParts } from "../../../model/attributes.ts";
import type { Attribute, DimensionColumn, EntityDimension, Outrigger } from "../../../model/dimension.ts";
import type { Project } from "../../../model/project.ts";
import type { LogicalType } from "../../../model/types.ts";
import { memberLoadColumns, numbersVersions, VERSION_NUMBER } from "./merge.ts";
import { memberColumns, named } from "./rows.ts";
import { beginningOfTime, instantLiteral } from "../days.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, Select, SelectColumn } from "../sql/query.ts";
import { windowed } from "../sql/ranking.ts";
import { surrogateKey, type KeyPart } from "../sql/surrogate-key.ts";

/**
 * The rows of a dimension under their keys: its members or versions, those inferred from facts, and the reserved members (Kimball:
 * special rows instead of NULL keys). Reads `members`; or `versions`, which offers valid_from (when the version was first seen, which
 * the key is made of) and valid_to (NULL while open); both offer is_deleted for tombstones. Inferred ones are read from `absent`. A dimension
 * that is merged keeps beside them what it knows of the log.
 */
export function finalCtes(dimension: EntityDimension, project: Project, dialect: Dialect): readonly Cte[] {
  const versions = dimension.scdType === 2;
  const context: FinalContext = { dimension, project, dialect };
  const opens = versions && dimension.infers;
  const before = opens ? "opened" : versions ? "versions" : "members";
  const points = dimension.outriggers.length > 0;
  const pointers = dimension.outriggers.map((one) => named(one.name, dialect));
  const own = [...keys(opens ? "version_key_from" : "valid_from", context), ...memberColumns(dimension, dialect), ...pointers, ...rowSpans(opens, context)];
  const rows: Select = { columns: own, from: points ? "pointed" : before };
  const special = reserved.map((member): Select => ({ columns: reservedColumns(member, context), from: null }));
  const inferred = dimension.models.referenced === null ? [] : [{ columns: inferredColumns(context), from: "absent" }];
  return [...(opens ? [openedCte(context)] : []), ...(points ? [pointedCte(before, context)] : []), { kind: "select", name: "final", selects: [rows, ...inferred, ...special] }];
}

interface FinalContext {
  readonly dimension: EntityDimension;
  readonly project: Project;
  readonly dialect: Dialect;
}

function keys(validFrom: string, { dimension, dialect }: FinalContext): readonly SelectColumn[] {
  const { columns, profile } = dimension;
  const natural = parts(keyParts(dimension), dialect);
  const version = dimension.scdType === 2 ? [...natural, { sql: validFrom, type: instant }] : natural;
  return [
    { sql: surrogateKey(version, dialect), as: columns.key },
    ...(columns.durableKey === null ? [] : [{ sql: surrogateKey(natural, dialect), as: columns.durableKey }]),
    ...(profile === null ? [] : [{ sql: surrogateKey(parts(dimension.attributes, dialect), dialect), as: profile.key }]),
  ];
}

/** What stands behind the members: flags, and the span of a version. */
function rowSpans(isOpened: boolean, { dimension, project, dialect }: FinalContext): readonly SelectColumn[] {
  const tombstones = dimension.deletes === "tombstone";
  const flags: readonly SelectColumn[] = [
    ...(tombstones ? [named("is_deleted", dialect)] : []),
    ...(dimension.infers ? [{ sql: "false", as: "is_inferred" }] : []),
  ];
  if (dimension.scdType === 1) return flags;
  return [
    ...flags,
    { sql: isOpened ? "valid_from" : firstVersion(dimension, dialect), as: "valid_from" },
    { sql: project.openEnd === null ? "valid_to" : `coalesce(valid_to, ${instantLiteral(project.openEnd, dialect)})`, as: "valid_to" },
    { sql: tombstones ? "valid_to is null and not is_deleted" : "valid_to is null", as: "is_current" },
    ...(dimension.isMerged ? memberLoadColumns(false, dialect) : []),
  ];
}

/** The same for rows that hold always. */
function fixedSpans(isInferred: boolean, { dimension, project, dialect }: FinalContext): readonly SelectColumn[] {
  const flags: readonly SelectColumn[] = [
    ...(dimension.deletes === "tombstone" ? [{ sql: "false", as: "is_deleted" }] : []),
    ...(dimension.infers ? [{ sql: String(isInferred), as: "is_inferred" }] : []),
  ];
  if (dimension.scdType === 1) return flags;
  return [
    ...flags,
    { sql: beginningOfTime(dialect), as: "valid_from" },
    { sql: project.openEnd === null ? `cast(null as ${dialect.types.timestamp})` : instantLiteral(project.openEnd, dialect), as: "valid_to" },
    { sql: "true", as: "is_current" },
    ...(dimension.isMerged ? memberLoadColumns(true, dialect) : []),
  ];
}

/**
 * Members may be inferred, so the key of a first version cannot tell when it was seen or began: a fact that named the member before keeps it.
 * A later version that begins just where all keys of first versions do takes the time that the first one left.
 */
function openedCte({ dimension, dialect }: FinalContext): Cte {
  const deleted = dimension.deletes === "tombstone" ? [named("is_deleted", dialect)] : [];
  const low = beginningOfTime(dialect);
  const left = windowed("first_value(valid_from)", keyNames(dimension, dialect), ["valid_from"]).replaceAll("\n", "\n        ");
  const keyFrom = ofFirst(low, dimension, dialect, [`    when valid_from = ${low}`, `        then ${left}`]);
  const span = [{ sql: keyFrom, as: "version_key_from" }, { sql: firstVersion(dimension, dialect), as: "valid_from" }, named("valid_to", dialect)];
  return { kind: "select", name: "opened", selects: [{ columns: [...memberColumns(dimension, dialect), ...deleted, ...span], from: "versions" }] };
}

/** The import CTEs of the dimensions that this one points to; one that plays several roles is imported once. */
export function outriggerImports({ outriggers }: EntityDimension, dialect: Dialect): readonly Cte[] {
  const models = new Map(outriggers.map((one) => [one.dimension, relationOf(one)]));
  return [...models].map(([model, name]) => ({ kind: "import", name: identifier(name, dialect), relation: { kind: "ref", model } }));
}

/** The rows with the keys of what they point to: not applicable without a reference, unknown without a member. */
function pointedCte(from: string, { dimension, dialect }: FinalContext): Cte {
  const keyFrom = from === "opened" ? ["version_key_from"] : [];
  const flags = [...(dimension.deletes === "tombstone" ? ["is_deleted"] : []), ...keyFrom, ...(dimension.scdType === 2 ? ["valid_from", "valid_to"] : [])];
  const own = [...memberColumns(dimension, dialect).map((one) => one.sql), ...flags].map((name) => ({ sql: `${from}.${name}`, as: `${from}.${name}` }));
  const pointers = dimension.outriggers.map((one): SelectColumn => {
    const missing = one.on.map(({ attribute }) => `${from}.${identifier(attribute, dialect)} is null`).join(" or ");
    return { sql: `case\n    when ${missing} then '-2'\n    else coalesce(${aliasOf(one)}.${one.key}, '-1')\nend`, as: identifier(one.name, dialect) };
  });
  const joins = dimension.outriggers.map((one) => ({
    type: "left" as const,
    relation: identifier(relationOf(one), dialect),
    alias: aliasOf(one),
    on: one.on.map(({ attribute, member }) => `${from}.${identifier(attribute, dialect)} = ${aliasOf(one)}.${identifier(member, dialect)}`),
  }));
  return { kind: "select", name: "pointed", selects: [{ columns: [...own, ...pointers], from, joins }] };
}

/** No step bears the name of a dimension's model. */
function relationOf({ dimension }: Outrigger): string {
  return dimension;
}

function aliasOf({ name }: Outrigger): string {
  return name.replace(/_key$/, "_outrigger");
}

function inferredColumns(context: FinalContext): readonly SelectColumn[] {
  const { dimension, dialect } = context;
  return [
    ...keys(beginningOfTime(dialect), context),
    ...dimension.naturalKey.map((one) => named(one.name, dialect)),
    ...dimension.attributes.map((one) => ({ sql: labelSql(one.unknownLabel, one.type, dialect), as: identifier(one.name, dialect) })),
    ...dimension.outriggers.map((one) => ({ sql: "'-1'", as: identifier(one.name, dialect) })),
    ...fixedSpans(true, context),
  ];
}

const instant: LogicalType = { kind: "timestamp" };

const reserved = [
  { key: "-1", label: (attribute: Attribute) => attribute.unknownLabel },
  { key: "-2", label: (attribute: Attribute) => attribute.notApplicableLabel },
] as const;

function parts(columns: readonly DimensionColumn[], dialect: Dialect): readonly KeyPart[] {
  return columns.map((one) => ({ sql: identifier(one.name, dialect), type: one.type }));
}

function firstVersion(dimension: EntityDimension, dialect: Dialect): string {
  return dimension.firstVersionFrom === "first_seen" ? "valid_from" : ofFirst(`least(valid_from, ${beginningOfTime(dialect)})`, dimension, dialect);
}

/** The start of a version, or what stands for it in the first one of a member, and in the cases of `others`. */
function ofFirst(start: string, dimension: EntityDimension, dialect: Dialect, others: readonly string[] = []): string {
  const partition = keyNames(dimension, dialect).join(", ");
  const first = ["        lag(valid_from) over (", `            partition by ${partition}`, "            order by valid_from", "        ) is null"];
  return [
    "case",
    ...(numbersVersions(dimension) ? [`    when ${VERSION_NUMBER} = 1`] : ["    when", ...first]),
    `        then ${start}`,
    ...others,
    "    else valid_from",
    "end",
  ].join("\n");
}

function keyNames({ naturalKey }: EntityDimension, dialect: Dialect): readonly string[] {
  return naturalKey.map((one) => identifier(one.name, dialect));
}

function reservedColumns(member: (typeof reserved)[number], context: FinalContext): readonly SelectColumn[] {
  const { dimension, dialect } = context;
  const { key, durableKey } = dimension.columns;
  const code = `'${member.key}'`;
  return [
    { sql: code, as: key },
    ...(durableKey === null ? [] : [{ sql: code, as: durableKey }]),
    ...(dimension.profile === null ? [] : [{ sql: code, as: dimension.profile.key }]),
    ...dimension.naturalKey.map((one) => ({ sql: `cast(null as ${dialect.typeName(one.type)})`, as: identifier(one.name, dialect) })),
    ...dimension.attributes.map((one) => ({ sql: labelSql(member.label(one), one.type, dialect), as: identifier(one.name, dialect) })),
    ...dimension.outriggers.map((one) => ({ sql: code, as: identifier(one.name, dialect) })),
    ...fixedSpans(false, context),
  ];
}

function labelSql(label: string | null, type: LogicalType, dialect: Dialect): string {
  if (label === null) return `cast(null as ${dialect.typeName(type)})`;
  const literal = dialect.stringLiteral(label);
  return type.kind === "string" ? literal : `cast(${literal} as ${dialect.typeName(type)})`;
}
