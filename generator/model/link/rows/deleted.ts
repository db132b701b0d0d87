import type { Expression } from "../../expression.ts";
import { DELETED, keepsDeleted } from "../../fact-record.ts";
import type { Fact } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";

/** A filter of rows of a fact that also leaves out those marked deleted, unless they are asked for. `input` is the alias of the fact's columns. */
export function withoutDeleted(fact: Fact, where: Expression | null, asked: boolean, input: string | null = null): Expression | null {
  if (asked || !keepsDeleted(fact)) return where;
  const type = scalar("boolean");
  const there: Expression = { kind: "unary", operator: "not", operand: { kind: "column", input, name: DELETED, type }, type };
  return where === null ? there : { kind: "binary", operator: "and", left: where, right: there, type };
}
