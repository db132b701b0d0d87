import type { Origin } from "../../diagnostics/origin.ts";
import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { SqlSpec } from "../../spec/types.ts";
import type { Expression } from "../expression.ts";
import type { LogicalType } from "../types.ts";
import type { Scope } from "./scope.ts";

/** Parses and checks one expression; null where it was refused (and reported). `stated` is the type of `raw_sql`. */
export type ParseExpression = (sql: SqlSpec, scope: Scope, origin: Origin, stated?: LogicalType | null) => Expression | null;

/** The expression parser of a run. */
export function createExpressionParser(_log: DiagnosticLog): ParseExpression {
  return () => null;
}
