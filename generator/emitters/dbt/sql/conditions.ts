import type { Dialect } from "../../../dialects/types.ts";
import type { Expression } from "../../../model/expression.ts";
import { conjunctsOf } from "../../../model/expression-columns.ts";
import { printCondition } from "./expression.ts";
import type { Aliases } from "./expression.ts";

/** A filter as the conditions of a `where` clause, one for each part that is joined by `and`; none for null. */
export function conditionsOf(filter: Expression | null, dialect: Dialect, aliases: Aliases = {}): readonly string[] {
  return filter === null ? [] : conjunctsOf(filter).map((one) => printCondition(one, dialect, aliases));
}
