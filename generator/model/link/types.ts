import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { Origin } from "../../diagnostics/origin.ts";
import { didYouMean } from "../../diagnostics/suggest.ts";
import { expressionDiagnostics } from "../diagnostics/expressions.ts";
import { typeHint } from "../type-hints.ts";
import { isBareDecimal, parseType, typeWords } from "../type-text.ts";
import type { LogicalType } from "../types.ts";

/** The type a spec's text names; null where it is none (reported). A number without precision is warned of. */
export function readType(text: string, log: DiagnosticLog, origin: Origin): LogicalType | null {
  const type = parseType(text);
  if (type === null) {
    const hint = typeHint(text);
    const suggestion = hint === null ? didYouMean(text.replace(/[(<].*$/, "").trim(), typeWords) : `write ${hint}. `;
    log.add(expressionDiagnostics.report("unknown-type", { origin }, { type: text, suggestion }));
  } else if (isBareDecimal(text)) {
    log.add(expressionDiagnostics.report("decimal-without-precision", { origin }, { type: text }));
  }
  return type;
}
