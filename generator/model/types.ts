import type { Origin } from "../diagnostics/origin.ts";
import type { Bridge } from "./bridge.ts";
import type { Dimension } from "./dimension.ts";
import type { Fact, Mart } from "./fact.ts";
import type { HandWrittenModel } from "./hand-written.ts";
import type { Pipeline } from "./pipeline.ts";
import type { SourceTable } from "./source.ts";
import type { Approval, Brief, CatalogOwner, Project } from "./project.ts";

/** Types of values, the same on every warehouse. `timestamp` is an instant (stored UTC, without zone); `timestamp_ntz` is wall-clock time. */
export type LogicalType =
  | { readonly kind: ScalarKind }
  | { readonly kind: "decimal"; readonly precision: number; readonly scale: number }
  | { readonly kind: "array"; readonly of: LogicalType }
  | { readonly kind: "struct"; readonly fields: readonly { readonly name: string; readonly type: LogicalType }[] };

/** The types without parameters. */
export type ScalarKind =
  | "string" | "integer" | "bigint" | "float" | "boolean" | "date" | "time"
  | "timestamp" | "timestamp_ntz" | "uuid" | "json" | "binary";

/** What every object of the model has. */
export interface ModelNode {
  readonly name: string;
  readonly origin: Origin;
}

/** Something the specs left open and the linker settled because exactly one answer fitted; a rule records it as a decision. */
export interface Inference {
  /** What was settled, e.g. `join`, `source`, `foreign key`. */
  readonly topic: string;
  /** Name of the model object it belongs to. */
  readonly subject: string;
  readonly choice: string;
  readonly because: string;
  readonly origin: Origin;
}

/** The whole of what the specs mean: frozen plain data, every list in code-point order of its names. */
export interface Model {
  readonly project: Project;
  readonly brief: Brief | null;
  readonly sources: readonly SourceTable[];
  readonly handWritten: readonly HandWrittenModel[];
  readonly dimensions: readonly Dimension[];
  readonly bridges: readonly Bridge[];
  readonly facts: readonly Fact[];
  readonly marts: readonly Mart[];
  readonly pipelines: readonly Pipeline[];
  /** Teams named anywhere in the specs, as owners of dbt groups. */
  readonly owners: readonly CatalogOwner[];
  /** What somebody agreed to; plans read it, nothing generated does. */
  readonly approvals: readonly Approval[];
  /** What was settled without being stated, in order of subject, topic and choice. */
  readonly inferred: readonly Inference[];
}
