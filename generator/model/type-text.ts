import { decimal, scalar } from "./logical-type.ts";
import type { LogicalType, ScalarKind } from "./types.ts";

/**
 * The logical type a text names, in the spec's spelling or a common SQL one (`varchar(20)`, `int8`, `numeric(12,2)`,
 * `timestamp without time zone`, `string[]`); null where it names none.
 */
export function parseType(text: string): LogicalType | null {
  return parseNested(text.trim().toLowerCase().replace(/\s+/g, " "), 0);
}

/** True for `number`, `decimal` or `numeric` without precision: read as decimal(38,9), which deserves a warning. */
export function isBareDecimal(text: string): boolean {
  return bareDecimals.has(text.trim().toLowerCase());
}

/** The words to suggest for a mistyped type. */
export const typeWords: readonly string[] = [
  "string", "integer", "bigint", "decimal", "float", "boolean", "date", "time", "timestamp", "timestamp_ntz", "uuid", "json", "binary", "array", "struct",
];

function parseNested(text: string, depth: number): LogicalType | null {
  if (depth > 20) return null;
  if (text.endsWith("[]")) return arrayOf(text.slice(0, -2).trim(), depth);
  const nested = /^(array|list|struct) ?(?:<(.*)>|\((.*)\))$/.exec(text);
  const inner = nested?.[2] ?? nested?.[3];
  if (nested !== null && inner !== undefined) return nested[1] === "struct" ? structOf(inner, depth) : arrayOf(inner.trim(), depth);
  if (/^map ?[<(].*[>)]$/.test(text)) return scalar("json");
  if (/^(?:enum|set) ?\(.*\)$/.test(text)) return scalar("string");
  if (bareDecimals.has(text)) return decimal(38, 9);
  const exact = /^(?:decimal|numeric|number|dec|bignumeric) ?\( ?([0-9]{1,3}) ?(?:, ?([0-9]{1,3}) ?)?\)$/.exec(text);
  if (exact !== null) return exactType(Number(exact[1]), Number(exact[2] ?? "0"));
  if (/^bit ?\( ?(?!1 ?\))/.test(text)) return null;
  const word = text.replace(/^(float|double|real) ?\( ?[0-9]+ ?, ?[0-9]+ ?\)/, "$1").replace(/ ?\( ?(?:[0-9]+(?: char| byte)?|max) ?\)/, "").trim();
  if (word === "uint64" || word === "ubigint" || word === "bigint unsigned") return decimal(20, 0);
  const kind = spellings.get(word);
  return kind === undefined ? null : scalar(kind);
}

function exactType(precision: number, scale: number): LogicalType | null {
  return precision >= 1 && precision <= 38 && scale <= precision ? { kind: "decimal", precision, scale } : null;
}

function arrayOf(text: string, depth: number): LogicalType | null {
  const of = parseNested(text, depth + 1);
  return of === null ? null : { kind: "array", of };
}

/** `a: int, b string`: name and type divided by a colon or a blank. */
function structOf(text: string, depth: number): LogicalType | null {
  const fields: { name: string; type: LogicalType }[] = [];
  for (const part of splitTopLevel(text)) {
    const field = /^([a-z_][a-z0-9_]*) ?[: ] ?(.+)$/.exec(part.trim());
    const type = field?.[2] === undefined ? null : parseNested(field[2], depth + 1);
    if (type === null || field?.[1] === undefined) return null;
    fields.push({ name: field[1], type });
  }
  return fields.length === 0 ? null : { kind: "struct", fields };
}

function splitTopLevel(text: string): readonly string[] {
  const parts = [""];
  let depth = 0;
  for (const sign of text) {
    if (sign === "<" || sign === "(") depth++;
    if (sign === ">" || sign === ")") depth--;
    if (sign === "," && depth === 0) parts.push("");
    else parts[parts.length - 1] += sign;
  }
  return parts;
}

const bareDecimals: ReadonlySet<string> = new Set(["number", "decimal", "numeric", "dec", "bignumeric", "money", "smallmoney"]);

const groups: Readonly<Record<ScalarKind, string>> = {
  string: "string text varchar char character bpchar nvarchar nchar varchar2 nvarchar2 clob nclob str tinytext mediumtext longtext ntext citext xml enum set|character varying|char varying|national character varying|long varchar",
  integer: "integer int int4 int32 smallint int2 int16 tinyint int8_t mediumint serial serial4 smallserial byteint byte short year uint8 uint16 utinyint usmallint|tinyint unsigned|smallint unsigned|mediumint unsigned",
  bigint: "bigint int8 int64 long bigserial serial8 hugeint uint32 uinteger|int unsigned|integer unsigned|unsigned int",
  float: "float double real float4 float8 float32 float64|double precision",
  boolean: "boolean bool bit logical",
  date: "date date32",
  time: "time|time without time zone",
  timestamp: "timestamp timestamptz timestamp_tz timestamp_ltz instant datetimeoffset|timestamp with time zone|timestamp with local time zone",
  timestamp_ntz: "timestamp_ntz datetime datetime2 smalldatetime timestampntz|timestamp without time zone",
  uuid: "uuid guid uniqueidentifier",
  json: "json jsonb variant object super record map array list struct hstore",
  binary: "binary bytea bytes blob varbinary",
};

const spellings: ReadonlyMap<string, ScalarKind> = new Map(kinds().flatMap((kind) => groups[kind].split("|").flatMap((group, index) => (index === 0 ? group.split(" ") : [group])).map((word) => [word, kind] as const)));

function kinds(): readonly ScalarKind[] {
  return ["string", "integer", "bigint", "float", "boolean", "date", "time", "timestamp", "timestamp_ntz", "uuid", "json", "binary"];
}
