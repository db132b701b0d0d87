import type { Expression } from "./expression.ts";
import type { LogicalType, ModelNode } from "./types.ts";

/** A column of a mart that is worked out from its measures and groups, after they are aggregated: columns of `expression` (input null) are those. `text` is what the spec says. */
export interface MartCalculation extends ModelNode {
  readonly type: LogicalType;
  readonly description: string;
  readonly text: string;
  readonly expression: Expression;
  /** Column it was before, or null. */
  readonly renamedFrom: string | null;
}
