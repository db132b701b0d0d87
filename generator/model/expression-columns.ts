import type { ColumnReference, Expression } from "./expression.ts";

/** All columns that an expression reads, in the order they are written, with repetitions. Raw SQL reads none that we know of. */
export function columnsOf(expression: Expression): readonly ColumnReference[] {
  if (expression.kind === "column") return [expression];
  return partsOf(expression).flatMap(columnsOf);
}

/** The conditions that a filter joins by `and`, in order; `not (a or b)` is `not a and not b`. */
export function conjunctsOf(filter: Expression): readonly Expression[] {
  if (filter.kind === "binary" && filter.operator === "and") return [...conjunctsOf(filter.left), ...conjunctsOf(filter.right)];
  const denied = filter.kind === "unary" && filter.operator === "not" ? filter.operand : null;
  if (denied?.kind !== "binary" || denied.operator !== "or") return [filter];
  return [denied.left, denied.right].flatMap((operand) => conjunctsOf({ kind: "unary", operator: "not", operand, type: filter.type ?? denied.type }));
}

/** The expressions that an expression is made of directly. */
export function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.kind) {
    case "column":
    case "literal":
    case "raw":
      return [];
    case "binary":
      return [expression.left, expression.right];
    case "unary":
    case "is_null":
    case "cast":
    case "in_zone":
      return [expression.operand];
    case "in":
      return [expression.operand, ...expression.options];
    case "between":
      return [expression.operand, expression.low, expression.high];
    case "case":
      return [
        ...expression.branches.flatMap((one) => [one.when, one.then]),
        ...(expression.otherwise === null ? [] : [expression.otherwise]),
      ];
    case "call":
      return expression.arguments;
  }
}
