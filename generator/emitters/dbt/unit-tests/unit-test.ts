import type { Data } from "../../../artifact.ts";
import { canonicalText } from "../../../evaluate/cast.ts";
import type { Value } from "../../../evaluate/value.ts";
import { literalProse } from "../properties/prose.ts";

/** A row of a dbt unit test. */
export type UnitRow = Readonly<Record<string, Data>>;

/** A dbt unit test: rows that a model is given, and rows that must come of them. */
export interface UnitTest {
  readonly name: string;
  readonly description: string;
  readonly model: string;
  readonly given: readonly { readonly input: string; readonly rows: readonly UnitRow[] }[];
  readonly expected: readonly UnitRow[];
  /** True where the model writes increments; the test asks for what the first run writes. */
  readonly incremental?: boolean;
}

/** The entry of a property file. */
export function unitTestEntry({ name, description, model, given, expected, incremental }: UnitTest): Data {
  const overrides = incremental === true ? { overrides: { macros: { is_incremental: false } } } : {};
  return { name, description: literalProse(description), model, ...overrides, given: given.map(({ input, rows }) => ({ input, rows })), expect: { rows: expected } };
}

/** A value as YAML shows it: whole numbers and booleans bare, all else as its canonical text. */
export function shownValue(value: Value): Data {
  if (value === null || typeof value === "boolean") return value;
  const text = canonicalText(value);
  return typeof value === "object" && value.kind === "exact" && value.scale === 0 && Number.isSafeInteger(Number(text)) ? Number(text) : text;
}

/** Whether all texts of a test are plain, see `isPlainText`. */
export function isPlainTest({ given, expected }: UnitTest): boolean {
  const rows = [...given.flatMap((one) => one.rows), ...expected];
  return rows.every((row) => Object.values(row).every((value) => typeof value !== "string" || isPlainText(value)));
}

/** False for a text that dbt would take for Jinja, or whose line breaks and control characters it would not hand on as they are. */
export function isPlainText(text: string | null): boolean {
  return text === null || !/\{[{%#]|\p{Cc}/u.test(text);
}
