import { landingColumns, namesShard, rawName, type SourceColumn, type SourceTable } from "../../model/source.ts";
import type { Dependency } from "./dependencies.ts";
import type { Parentage } from "./parents.ts";
import type { Random } from "./random.ts";
import type { Sharing } from "./shares.ts";

/** A row of staging, as canonical texts by staging name. */
export type SampleRow = ReadonlyMap<string, string | null>;

/** A table as it goes through the days. */
export interface TableState {
  readonly table: SourceTable;
  readonly dependencies: readonly Dependency[];
  /** Columns whose times follow one another. */
  readonly sequences: readonly (readonly string[])[];
  /** Hierarchies of any depth, and shares of groups. */
  readonly parentages: readonly Parentage[];
  readonly sharings: readonly (Sharing | null)[];
  /** Rows by key; a deleted one is kept, as it may come back. */
  readonly members: Map<string, { row: SampleRow; alive: boolean }>;
  /** What a dependency gave before, by the values that decide it. */
  readonly decided: Map<string, SampleRow>;
  /** Values of columns that must be unique. */
  readonly taken: Map<string, string>;
  /** Whole numbers handed out so far, for keys and sequences. */
  counter: number;
  /** Why no rows can be made, or null. */
  problem: string | null;
}

/** One day of the sample. */
export interface Today {
  /** Days since 1970. */
  readonly day: number;
  readonly first: boolean;
  readonly random: Random;
  readonly variety: number;
  readonly stateOf: (table: string) => TableState | undefined;
  /** True where a living row of any table refers to this one. */
  readonly isReferenced: (table: string, row: SampleRow) => boolean;
}

/** Columns that the loader adds: they are none of the sample's. */
export function isLandingColumn(column: SourceColumn, table: SourceTable): boolean {
  return (table.landing === "text" && landingColumns.has(rawName(column))) || namesShard(column, table);
}

/** The columns that tell one member from another: the primary key, or none where rows only come. */
export function keyOf(row: SampleRow, table: SourceTable): string {
  return JSON.stringify(table.primaryKey.map((name) => row.get(name) ?? null));
}

/** The living rows of all other members. */
export function othersThan(row: SampleRow, { table, members }: TableState): readonly SampleRow[] {
  const own = keyOf(row, table);
  return [...members.values()].flatMap((one) => (one.alive && keyOf(one.row, table) !== own ? [one.row] : []));
}
