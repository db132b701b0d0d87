import type { Dialect } from "../../../dialects/types.ts";
import type { LogicalType } from "../../../model/types.ts";

/** One part of a natural key: SQL and the type that says how its canonical text looks. */
export interface KeyPart {
  readonly sql: string;
  readonly type: LogicalType;
}

/**
 * A call of the generated macro `surrogate_key` (recipe version 1): the macro gets the canonical text of each part, so the
 * key of a value is the same on every dialect. NULL parts are told apart from texts, and parts never run together.
 */
export function surrogateKey(parts: readonly KeyPart[], dialect: Dialect): string {
  const texts = parts.map((one) => jinjaText(dialect.keyText(one.sql, one.type)));
  const line = `{{ surrogate_key([${texts.join(", ")}]) }}`;
  if (line.length <= 70) return line;
  return `{{ surrogate_key([\n    ${texts.join(",\n    ")}\n]) }}`;
}

/** A text as a Jinja string: in double quotes, so that the single quotes of SQL stay readable, or in single ones around quoted names. */
export function jinjaText(text: string): string {
  const escaped = text.replace(/\\/g, "\\\\").replace(/\n/g, "\\n");
  return text.includes('"') && !text.includes("'") ? `'${escaped}'` : `"${escaped.replace(/"/g, '\\"')}"`;
}
