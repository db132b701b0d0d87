import type { Dialect } from "../../../generator/dialects/types.ts";
import type { StrictCastMacro } from "../../../generator/emitters/dbt/staging/strict-casts.ts";

/**
 * What dbt makes of a generated model, for the few calls that models hold: `ref`, `source`, `surrogate_key`, `pii_salt` and strict casts. `stored` is the table
 * that an incremental model adds to; without it the model is made anew.
 */
export function resolveJinja(text: string, dialect: Dialect, macros: ReadonlyMap<string, StrictCastMacro>, stored: string | null = null): string {
  const branches = /\{% if is_incremental\(\) %\}([\s\S]*?)(?:\{% else %\}([\s\S]*?))?\{% endif %\}/g;
  const sql = text.replace(branches, (_all, adds: string, anew: string | undefined) => (stored === null ? (anew ?? "") : adds)).replaceAll("{{ this }}", stored ?? "");
  const call = /\{\{\s*(\w+)\(((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'])*?)\)\s*\}\}/g;
  return sql.replace(call, (_all, name: string, text: string) => {
    const values = parseArguments(text);
    const macro = macros.get(name);
    if (macro !== undefined) return macro.arguments.reduce((body, { name: parameter }, index) => body.replaceAll(`{{ ${parameter} }}`, () => String(values[index])), macro.sql);
    switch (name) {
      case "ref": return String(values[0]);
      case "source": return `raw_${String(values[1])}`;
      case "config": return "";
      case "run_time": return `cast('2026-03-01 00:00:00' as ${dialect.types.timestamp})`;
      case "pii_salt": return "salt";
      case "surrogate_key": return dialect.md5(values.map((part) => `coalesce(length(${part}) || ':' || ${part}, '~')`).join(" || "));
      default: throw new Error(`no macro ${name}`);
    }
  });
}

/** Lists are flattened: no macro of ours takes two. Texts that `~` joins are one. */
function parseArguments(text: string): readonly (string | number)[] {
  const token = /(~\s*)?(?:"((?:[^"\\]|\\.)*)"|'((?:[^'\\]|\\.)*)'|(\d+))/g;
  const values: (string | number)[] = [];
  for (const [, joined, double, single, digits] of text.matchAll(token)) {
    const written = (double ?? single ?? "").replace(/\\(.)/g, (_all, character: string) => (character === "n" ? "\n" : character));
    if (joined === undefined) values.push(digits === undefined ? written : Number(digits));
    else values.push(`${String(values.pop())}${written}`);
  }
  return values;
}
