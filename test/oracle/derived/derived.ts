import type { Value } from "../interpreter/types.ts";
import { surrogateOf } from "../expectation.ts";
import type { Pointer, Simulated } from "../simulation.ts";
import { dimensionNamed } from "../tested.ts";

/** The number of the stream that a row belongs to (NOBODY: to none alone), and its cells. */
export type DerivedRow = readonly [stream: number, cells: readonly Value[]];

/** A table that is made of others, or remembers what others were: compared cell by cell. */
export interface Derived {
  readonly name: string;
  /** SQL of the number of the stream that a row belongs to; NULL for those that belong to none alone. */
  readonly stream: string;
  /** SQL of the cells, as text. */
  readonly cells: readonly string[];
  /** SQL of the rows, where they are not simply those of the table. */
  readonly from?: string;
  /** What it must hold of these streams together. */
  readonly rows: (streams: readonly Simulated[]) => readonly DerivedRow[];
}

/** Asks once for each stream: what several tables are made of. */
export function once<Answer>(ask: (stream: Simulated) => Answer): (stream: Simulated) => Answer {
  const known = new WeakMap<Simulated, { readonly answer: Answer }>();
  return (stream) => {
    const found = known.get(stream) ?? { answer: ask(stream) };
    known.set(stream, found);
    return found.answer;
  };
}

/** A column as text. */
export function shown(column: string): string {
  return `cast(${column} as varchar)`;
}

/** A time as text with six decimals, as every engine can be made to show it. */
export function shownInstant(column: string): string {
  const digits = `case when cast(${column} as varchar) like '%.%' then '000000' else '.000000' end`;
  return `substr(cast(${column} as varchar) || ${digits}, 1, 26)`;
}

/** A floating number in whole ten-thousandths. What is added keeps fractions that occur away from the edge, on whose other side the last digit may lie. */
export function shownRoughly(column: string): string {
  return `cast(cast(floor(cast(${column} as double precision) * 10000 + 0.4142) as bigint) as varchar)`;
}

/** The same of a number here. */
export function roughly(value: number | null): Value {
  return value === null ? null : String(Math.floor(value * 10_000 + 0.4142));
}

/** Hundredths as a decimal with two digits. */
export function money(cents: number | null): Value {
  return cents === null ? null : (cents / 100).toFixed(2);
}

/** A decimal with two digits in hundredths. */
export function cents(amount: Value): number | null {
  return amount === null ? null : Number(amount.replace(".", ""));
}

/** The surrogate key of what a row points to. */
export function keyOfPointer(stream: Simulated, dimension: string, to: Pointer): string {
  return typeof to === "string" ? to : surrogateOf(to, stream.versions(dimension), dimensionNamed(dimension).dimension);
}

/** The stream of a column that holds numbers in eights of a stream, or in more. */
export function inEights(column: string, many = 8): string {
  return `floor(cast(${column} as double precision) / ${many})`;
}
