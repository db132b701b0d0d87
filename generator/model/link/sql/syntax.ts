/** Binary operators as written (`!=` is read as `<>`). */
export type SyntaxOperator =
  | "+" | "-" | "*" | "/" | "%" | "||" | "=" | "<>" | "<" | "<=" | ">" | ">=" | "and" | "or" | "like" | "not like" | "ilike" | "not ilike"
  | "is distinct from" | "is not distinct from";

/** The tree of one expression before names and types are known. */
export type Syntax =
  | { readonly kind: "name"; readonly parts: readonly string[]; readonly quoted: boolean }
  | { readonly kind: "number"; readonly text: string }
  | { readonly kind: "string"; readonly text: string }
  /** `date '2024-01-01'`, `timestamp '…'`. */
  | { readonly kind: "temporal"; readonly type: "date" | "timestamp"; readonly text: string }
  /** `interval '3 days'`; may only be added to or taken from a date or timestamp. */
  | { readonly kind: "interval"; readonly count: number; readonly unit: string }
  | { readonly kind: "boolean"; readonly value: boolean }
  | { readonly kind: "null" }
  | { readonly kind: "binary"; readonly operator: SyntaxOperator; readonly left: Syntax; readonly right: Syntax }
  | { readonly kind: "unary"; readonly operator: "not" | "-"; readonly operand: Syntax }
  | { readonly kind: "is"; readonly operand: Syntax; readonly what: "null" | "true" | "false"; readonly negated: boolean }
  | { readonly kind: "in"; readonly operand: Syntax; readonly options: readonly Syntax[]; readonly negated: boolean }
  | { readonly kind: "between"; readonly operand: Syntax; readonly low: Syntax; readonly high: Syntax; readonly negated: boolean }
  | { readonly kind: "case"; readonly operand: Syntax | null; readonly branches: readonly { readonly when: Syntax; readonly then: Syntax }[]; readonly otherwise: Syntax | null }
  | { readonly kind: "cast"; readonly operand: Syntax; readonly type: string }
  | { readonly kind: "call"; readonly name: string; readonly arguments: readonly Syntax[] };
