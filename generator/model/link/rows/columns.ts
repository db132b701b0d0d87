import type { Origin } from "../../../diagnostics/origin.ts";
import { didYouMean, nearest } from "../../../diagnostics/suggest.ts";
import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import type { Expression } from "../../expression.ts";
import type { Lookup, Scope } from "../scope.ts";

/** The column that a name written outside an expression means (`city`, `shop.customers.city`); null where it was refused and reported. */
export function resolveColumn(text: string, scope: Scope, origin: Origin, log: DiagnosticLog): Expression | null {
  const found = lookUp(text, scope);
  switch (found.kind) {
    case "found":
      return found.expression;
    case "unknown": {
      const known = [...new Set(found.candidates)];
      const shown = known.length === 0 ? "" : `Known here: ${known.slice(0, 20).join(", ")}${known.length > 20 ? ", …" : ""}.`;
      const suggestion = didYouMean(text, known) || didYouMean(text.slice(text.lastIndexOf(".") + 1), known);
      log.add(expressionDiagnostics.report("unknown-column", { origin }, { name: text, suggestion, known: shown }));
      return null;
    }
    case "ambiguous":
      log.add(expressionDiagnostics.report("ambiguous-column", { origin }, { name: text, candidates: found.candidates.join(", ") }));
      return null;
    case "refused":
      return null;
    case "other_name_space":
      log.add(expressionDiagnostics.report("other-name-space", { origin }, { name: text, correct: found.correct }));
      return null;
  }
}

/** The name that an unknown one is taken for, as one that stands for a column of the same name; none where the column is known. */
export function meantBy(text: string, scope: Scope): readonly string[] {
  const found = lookUp(text, scope);
  return found.kind === "unknown" ? [nearest(text, found.candidates) ?? text] : [];
}

/** Looks a possibly qualified name up without reporting anything. */
export function lookUp(text: string, scope: Scope): Lookup {
  const dot = text.lastIndexOf(".");
  return dot < 0 ? scope.lookup(text, null) : scope.lookup(text.slice(dot + 1), text.slice(0, dot));
}
