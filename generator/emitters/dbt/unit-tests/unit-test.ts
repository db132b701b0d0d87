import type { Data } from "../../../artifact.ts";
import { canonicalText } from "../../../evaluate/cast.ts";
import type { Value } from "../../../evaluate/value.ts";
import { shortName } from "../../../model/short-name.ts";
import type { Design } from "../../../rules/types.ts";
import { literalProse } from "../properties/prose.ts";

/** A row of a dbt unit test. */
export type UnitRow = Readonly<Record<string, Data>>;

/** The instant that a later run of a unit test stands for. */
export const RUN_TIME = "2024-04-01 00:00:00.000000";

/** A dbt unit test: rows that a model is given, and rows that must come of them. */
export interface UnitTest {
  readonly name: string;
  readonly description: string;
  readonly model: string;
  /** `sql`: the same rows as a query, which says their types: what the model itself stored may not exist yet. */
  readonly given: readonly { readonly input: string; readonly rows: readonly UnitRow[]; readonly sql?: string }[];
  readonly expected: readonly UnitRow[];
  /** Where the model writes increments: whether the test asks for what the first run writes, or a later one at `RUN_TIME`. */
  readonly run?: "first" | "later";
  /** The instant that the run stands for, where the test asks for one of its own. */
  readonly asOf?: string;
  /** What hashes are salted with, where the model hashes. */
  readonly salt?: string;
}

/** What a test says of the run where the model writes increments and it asks for the first one. */
export function firstRun(model: string, design: Design): Pick<UnitTest, "run"> {
  return design.choice("materialisation", model) === "incremental" ? { run: "first" } : {};
}

/** The entry of a property file. */
export function unitTestEntry({ name, description, model, given, expected, ...test }: UnitTest): Data {
  const inputs = given.map(({ input, rows, sql }): Data => (sql === undefined ? { input, rows } : { input, format: "sql", rows: sql }));
  return { name: shortName(name, longestName), description: literalProse(description), model, ...overrides(test), given: inputs, expect: { rows: expected } };
}

/** dbt makes a table of this name: the shortest limit of all warehouses, so that a test is called the same everywhere. */
const longestName = 63;

/** Variables of the run that a test is part of, and its environment, must not change what it finds. */
function overrides({ run, asOf, salt }: Pick<UnitTest, "run" | "asOf" | "salt">): { readonly [key: string]: Data } {
  const macros = { ...(run === undefined ? {} : { is_incremental: run === "later" }), ...(salt === undefined ? {} : { pii_salt: salt }) };
  const vars = run === "later" ? { as_of_run: RUN_TIME, backfill_from: null } : asOf === undefined ? {} : { as_of_run: asOf };
  const all = { ...(Object.keys(macros).length === 0 ? {} : { macros }), ...(Object.keys(vars).length === 0 ? {} : { vars }) };
  return Object.keys(all).length === 0 ? {} : { overrides: all };
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
