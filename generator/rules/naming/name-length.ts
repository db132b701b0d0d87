import type { Diagnostic } from "../../diagnostics/define.ts";
import type { Dialect } from "../../dialects/types.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { Rule } from "../types.ts";
import { generatedNames, type GeneratedName } from "./generated-names.ts";

/** What dbt appends to the name of a table while it replaces it: `__dbt_backup`. */
const SUFFIX_BYTES = 12;

/** Refuses names that the warehouse would cut, once for each name of the specs. Names are ASCII, so a character is a byte. */
export const nameLength: Rule = {
  name: "name-length",
  apply({ model, dialect }) {
    const found = new Map<string, Diagnostic>();
    for (const one of generatedNames(model)) {
      const diagnostic = problem(one, dialect);
      const place = diagnostic === null ? "" : JSON.stringify(one.origin);
      if (diagnostic !== null && !found.has(place)) found.set(place, diagnostic);
    }
    return { diagnostics: [...found.values()] };
  },
};

function problem({ kind, name, part, origin }: GeneratedName, dialect: Dialect): Diagnostic | null {
  const reserved = kind === "model" ? SUFFIX_BYTES : 0;
  const excess = name.length - (dialect.identifierBytes - reserved);
  if (kind === "dag" || excess <= 0) return null;
  const reserve = reserved === 0 ? "" : `, less ${reserved} for dbt's suffixes`;
  return rulesDiagnostics.report(
    "name-too-long",
    { origin },
    { what: kind, name, bytes: name.length, dialect: dialect.title, limit: dialect.identifierBytes, reserve, part, excess },
  );
}
