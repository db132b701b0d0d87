import type { Dialect } from "../../../dialects/types.ts";
import type { Expression } from "../../../model/expression.ts";
import { printCondition } from "./expression.ts";
import type { Aliases } from "./expression.ts";

/** A filter as the conditions of a `where` clause, one for each part that is joined by `and`; none for null. */
export function conditionsOf(filter: Expression | null, dialect: Dialect, aliases: Aliases = {}): readonly string[] {
  return filter === null ? [] : conjuncts(filter).map((one) => printCondition(one, dialect, aliases));
}

function conjuncts(filter: Expression): readonly Expression[] {
  return filter.kind === "binary" && filter.operator === "and" ? [...conjuncts(filter.left), ...conjuncts(filter.right)] : [filter];
}
