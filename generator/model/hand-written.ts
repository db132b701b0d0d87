import type { InputReference } from "./rows.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** A column that a hand-written model promises to have. */
export interface HandWrittenColumn extends ModelNode {
  readonly type: LogicalType;
  readonly nullable: boolean;
  readonly description: string;
  readonly unit: string | null;
  readonly pii: boolean;
}

/** A dbt model that somebody writes by hand beside the generated ones. `name` is the dbt model; what it promises is generated, the file never. */
export interface HandWrittenModel extends ModelNode {
  readonly description: string;
  /** Names the folder it lies in, beside the generated intermediate models of that domain. */
  readonly domain: string;
  readonly owner: string | null;
  readonly columns: readonly HandWrittenColumn[];
  readonly primaryKey: readonly string[];
  /** What it is made of, as the spec says. */
  readonly reads: readonly InputReference[];
  /** Whether dbt holds it to exactly these columns and types. */
  readonly contractEnforced: boolean;
}
