import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import type { Origin } from "../../../diagnostics/origin.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import { typeText } from "../../logical-type.ts";
import type { Expression } from "../../expression.ts";
import type { LogicalType } from "../../types.ts";
import type { Scope } from "../scope.ts";
import type { Room } from "./size.ts";

/** Where an expression is checked: its names, and where its problems go. */
export interface Environment {
  readonly scope: Scope;
  readonly log: DiagnosticLog;
  readonly origin: Origin;
  /** The zone in which days of instants are counted. */
  readonly zone: string;
  /** How much may still stand in it. */
  readonly room: Room;
  /** What conditions around the place keep from being zero. */
  readonly nonZero?: readonly Expression[];
}

/** Reports that types do not fit; always null, for `return mismatch(…)`. */
export function mismatch(environment: Environment, problem: string, instead: string): null {
  environment.log.add(expressionDiagnostics.report("type-mismatch", { origin: environment.origin }, { problem, instead }));
  return null;
}

/** Reports what cannot stand in an expression; always null, for `return refused(…)`. */
export function refused(construct: string, instead: string, environment: Environment): null {
  environment.log.add(expressionDiagnostics.report("expression-refused", { origin: environment.origin }, { construct, instead }));
  return null;
}

/** The type of an expression in words, for messages. */
export function typeWord(expression: Expression): string {
  return expression.type === null ? "NULL" : typeText(expression.type);
}

/** The type of a checked expression; a bare NULL counts as text. */
export function typeOf(expression: Expression): LogicalType {
  return expression.type ?? { kind: "string" };
}
