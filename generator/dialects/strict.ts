import type { LogicalType } from "../model/types.ts";
import { formatParts, formatPattern, hasOffset, type FormatPart } from "./parse-format.ts";
import { caseWhen, literalText } from "./sql-text.ts";
import { localTimePattern, offsetTimePattern, pointedWholePattern, textPattern } from "./text-patterns.ts";

/** What a dialect brings for strict casts; the rest is the same everywhere. */
export interface StrictEngine {
  readonly typeName: (type: LogicalType) => string;
  readonly literal: (text: string) => string;
  /** Any value as text. */
  readonly text: (sql: string) => string;
  /** True where a text has a pattern. */
  readonly matches: (text: string, pattern: string) => string;
  /** NULL where `cast` would raise on a text that has the right pattern (31 February, a number out of range). */
  readonly tryCast: (text: string, type: string) => string;
  /** A text that has the pattern of a format, as a date or time that `cast` takes (or refuses: 31 February). */
  readonly read: (text: string, parts: readonly FormatPart[], format: string, attempt: boolean) => string;
  /** Local time of a zone (an SQL text) as an instant in UTC. */
  readonly toInstant: (sql: string, zone: string) => string;
}

/** The four strict conversions of a dialect. What they refuse raises the engine's own cast error, which names the value. */
export interface StrictConversions {
  readonly strictCast: (sql: string, to: LogicalType, zone?: string) => string;
  readonly tryCast: (sql: string, to: LogicalType, zone?: string) => string;
  readonly parse: (sql: string, format: string, to: LogicalType, zone?: string) => string;
  readonly tryParse: (sql: string, format: string, to: LogicalType, zone?: string) => string;
}

/** Strict conversions over an engine. */
export function strictConversions(engine: StrictEngine): StrictConversions {
  return {
    strictCast: (sql, to, zone) => convert(engine, sql, { to, zone, attempt: false }),
    tryCast: (sql, to, zone) => convert(engine, sql, { to, zone, attempt: true }),
    parse: (sql, format, to, zone) => parse(engine, sql, format, { to, zone, attempt: false }),
    tryParse: (sql, format, to, zone) => parse(engine, sql, format, { to, zone, attempt: true }),
  };
}

/** What a text becomes: `zone` is where instants without an offset were written (UTC without one), `attempt` asks for NULL where it raises else. */
interface Conversion {
  readonly to: LogicalType;
  readonly zone: string | undefined;
  readonly attempt: boolean;
}

function convert(engine: StrictEngine, sql: string, { to, zone, attempt }: Conversion): string {
  const type = engine.typeName(to);
  const text = engine.text(sql);
  if (to.kind === "string") return text;
  if (zone === undefined && isPlainly(sql, to)) return `cast(${sql} as ${type})`;
  if (to.kind === "timestamp") return instant(engine, text, zone, attempt);
  const pattern = textPattern(to);
  if (pattern === null) return attempt ? engine.tryCast(text, type) : `cast(${sql} as ${type})`;
  const value = (of: string): string => (attempt ? engine.tryCast(of, type) : `cast(${of} as ${type})`);
  const pointed = to.kind === "integer" || to.kind === "bigint" ? [{ when: engine.matches(text, pointedWholePattern), then: value(`split_part(${text}, '.', 1)`) }] : [];
  return caseWhen([{ when: engine.matches(text, pattern), then: value(text) }, ...pointed], attempt ? null : refusal(engine, `not of type ${to.kind}: `, text, type));
}

/** True for a literal that reads as a value of the type on sight: there is nothing to check at run time. */
function isPlainly(sql: string, to: LogicalType): boolean {
  const text = literalText(sql);
  const pattern = to.kind === "timestamp" ? localTimePattern : textPattern(to);
  return text !== null && pattern !== null && !pattern.startsWith("(?i)") && new RegExp(pattern).test(text);
}

function instant(engine: StrictEngine, text: string, zone: string | undefined, attempt: boolean): string {
  const cast = (type: string): string => (attempt ? engine.tryCast(text, type) : `cast(${text} as ${type})`);
  const branches = [
    { when: engine.matches(text, localTimePattern), then: zone === undefined ? cast("timestamp") : engine.toInstant(cast("timestamp"), zone) },
    { when: engine.matches(text, offsetTimePattern), then: `${cast("timestamptz")} at time zone 'UTC'` },
  ];
  return caseWhen(branches, attempt ? null : refusal(engine, "not a timestamp: ", text, "timestamp"));
}

function parse(engine: StrictEngine, sql: string, format: string, { to, zone, attempt }: Conversion): string {
  const parts = formatParts(format);
  if (parts === null) throw new Error(`${format} is a format that not all engines read alike`);
  const type = engine.typeName(to);
  const read = engine.read(sql, parts, format, attempt);
  const local = zone === undefined ? read : engine.toInstant(`cast(${read} as ${engine.typeName({ kind: "timestamp_ntz" })})`, zone);
  const value = `cast(${hasOffset(format) ? `${read} at time zone 'UTC'` : local} as ${type})`;
  return caseWhen([{ when: engine.matches(sql, formatPattern(parts)), then: value }], attempt ? null : refusal(engine, `not like ${format}: `, sql, type));
}

/** No engine has a portable `raise`: casting a text that says what is wrong fails with that text. NULL stays NULL. */
function refusal(engine: StrictEngine, message: string, text: string, type: string): string {
  return `cast(${engine.literal(message)} || ${text} as ${type})`;
}
