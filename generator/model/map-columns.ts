import type { ColumnReference, Expression } from "./expression.ts";

/** The expression with every column replaced by what `change` makes of it. */
export function mapColumns(expression: Expression, change: (column: ColumnReference) => Expression): Expression {
  const deep = (part: Expression): Expression => mapColumns(part, change);
  switch (expression.kind) {
    case "column":
      return change(expression);
    case "literal":
    case "raw":
      return expression;
    case "binary":
      return { ...expression, left: deep(expression.left), right: deep(expression.right) };
    case "unary":
    case "is_null":
    case "cast":
    case "in_zone":
      return { ...expression, operand: deep(expression.operand) };
    case "in":
      return { ...expression, operand: deep(expression.operand), options: expression.options.map(deep) };
    case "between":
      return { ...expression, operand: deep(expression.operand), low: deep(expression.low), high: deep(expression.high) };
    case "case":
      return {
        ...expression,
        branches: expression.branches.map((one) => ({ when: deep(one.when), then: deep(one.then) })),
        otherwise: expression.otherwise === null ? null : deep(expression.otherwise),
      };
    case "call":
      return { ...expression, arguments: expression.arguments.map(deep) };
  }
}
