import { duckdb } from "./duckdb.ts";
import { postgres } from "./postgres.ts";
import type { Dialect } from "./types.ts";

/** Every warehouse, one line each. */
export const dialects: readonly Dialect[] = [duckdb, postgres];

/** The dialect of a name (`settings.warehouse`), or undefined where there is none. */
export function dialectNamed(name: string): Dialect | undefined {
  return dialects.find((one) => one.name === name);
}
