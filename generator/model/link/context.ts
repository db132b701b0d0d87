import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { Bridge } from "../bridge.ts";
import type { Dimension } from "../dimension.ts";
import type { Fact } from "../fact.ts";
import type { HandWrittenModel } from "../hand-written.ts";
import type { Project } from "../project.ts";
import type { InputReference } from "../rows.ts";
import type { SourceTable } from "../source.ts";
import type { Inference } from "../types.ts";
import { currentModel } from "../names.ts";
import type { ParseExpression } from "./expressions.ts";
import type { Refusals } from "./refusals.ts";

/** What the linkers of dimensions, facts and marts work with. */
export interface LinkContext {
  readonly project: Project;
  readonly log: DiagnosticLog;
  /** Source tables by id (`shop.orders`). Their `models.current` is settled last: ask `stateInput` instead. */
  readonly sources: ReadonlyMap<string, SourceTable>;
  /** dbt models that are written by hand, by name. */
  readonly handWritten: ReadonlyMap<string, HandWrittenModel>;
  /** Dimensions by model name (`dim_customer`); filled once dimensions are linked. */
  readonly dimensions: ReadonlyMap<string, Dimension>;
  /** Bridges by model name (`bridge_account_holders`); filled once bridges are linked. */
  readonly bridges: ReadonlyMap<string, Bridge>;
  /** Facts by model name (`fct_orders`); filled once facts are linked. */
  readonly facts: ReadonlyMap<string, Fact>;
  /** What was refused so far; references to it are silent. Objects of which a part was refused stay in the maps above, without it. */
  readonly refused: Refusals;
  readonly parse: ParseExpression;
  /** Notes what was settled without being stated; ends up in `Model.inferred`. */
  readonly infer: (inference: Inference) => void;
}

/** How a table's current state is read: staging where that already holds it, else its current-state model. */
export function stateInput(table: SourceTable): InputReference {
  switch (table.history.kind) {
    case "current_state":
    case "append_only":
      return rowsInput(table);
    case "change_log":
    case "periodic_extract":
      return { kind: "current", id: table.name, model: currentModel(table.source, table.table) };
  }
}

/** How a table's rows are read as they are, events and extracts included: its staging model. */
export function rowsInput(table: SourceTable): InputReference {
  return { kind: "staging", id: table.name, model: table.models.staging };
}
