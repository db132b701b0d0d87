import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { Origin } from "../../diagnostics/origin.ts";
import type { SqlSpec } from "../../spec/types.ts";
import { expressionDiagnostics } from "../diagnostics/expressions.ts";
import type { Expression } from "../expression.ts";
import type { LogicalType } from "../types.ts";
import type { Scope } from "./scope.ts";
import { parseSyntax } from "./sql/parse.ts";
import { rawSqlProblem } from "./sql/raw.ts";
import { checkSyntax, withinSize } from "./typing/check.ts";
import { MOST_PARTS } from "./typing/size.ts";

/** What an expression of a spec may count on: its declared type (raw SQL needs one), and the zone in which days of instants are counted. */
export interface ExpressionSetting {
  readonly stated?: LogicalType | null;
  readonly zone?: string;
}

/**
 * Parses and checks one expression of a spec; null where it was refused (reported at `origin`, the value that holds it).
 */
export function parseExpression(sql: SqlSpec, scope: Scope, origin: Origin, log: DiagnosticLog, { stated = null, zone = "UTC" }: ExpressionSetting = {}): Expression | null {
  if (sql.kind === "raw") {
    if (stated === null) log.add(expressionDiagnostics.report("raw-sql-without-type", { origin }, {}));
    const [problem] = Object.values(sql.sql).flatMap((text) => rawSqlProblem(text) ?? []);
    if (problem !== undefined) log.add(expressionDiagnostics.report("expression-refused", { origin }, { construct: problem.construct, instead: problem.instead }));
    return stated === null || problem !== undefined ? null : { kind: "raw", sql: sql.sql, type: stated };
  }
  const tree = parseSyntax(sql.sql);
  const environment = { scope, log, origin, zone, room: { left: MOST_PARTS } };
  switch (tree.kind) {
    case "refused":
      log.add(expressionDiagnostics.report("expression-refused", { origin }, { construct: tree.construct, instead: tree.instead }));
      return null;
    case "syntax":
      log.add(expressionDiagnostics.report("expression-syntax", { origin }, { problem: tree.problem, near: tree.near }));
      return null;
    default:
      return withinSize(checkSyntax(tree, environment), environment);
  }
}

/** `parseExpression` of one run, with its log. */
export type ParseExpression = (sql: SqlSpec, scope: Scope, origin: Origin, stated?: LogicalType | null) => Expression | null;

/** The expression parser of a run. */
export function createExpressionParser(zone: string, log: DiagnosticLog): ParseExpression {
  return (sql, scope, origin, stated = null) => parseExpression(sql, scope, origin, log, { stated, zone });
}
