import type { Dialect } from "../../../generator/dialects/types.ts";
import type { StrictCastMacro } from "../../../generator/emitters/dbt/strict-casts.ts";

type Argument = string | number | readonly Argument[];

/** What dbt makes of a generated model, for the few calls that models hold: `ref`, `source`, `surrogate_key`, `pii_salt` and strict casts. */
export function resolveJinja(sql: string, dialect: Dialect, macros: ReadonlyMap<string, StrictCastMacro>): string {
  const call = /\{\{\s*(\w+)\(((?:"(?:[^"\\]|\\.)*"|'(?:[^'\\]|\\.)*'|[^"'])*?)\)\s*\}\}/g;
  return sql.replace(call, (_all, name: string, text: string) => {
    const values = parseArguments(text);
    const macro = macros.get(name);
    if (macro !== undefined) return macro.arguments.reduce((body, { name: parameter }, index) => body.replaceAll(`{{ ${parameter} }}`, () => String(values[index])), macro.sql);
    switch (name) {
      case "ref": return String(values[0]);
      case "source": return `raw_${String(values[1])}`;
      case "pii_salt": return "salt";
      case "surrogate_key": return dialect.md5(flat(values).map((part) => `coalesce(length(${part}) || ':' || ${part}, '~')`).join(" || "));
      default: throw new Error(`no macro ${name}`);
    }
  });
}

function flat(values: readonly Argument[]): readonly string[] {
  return values.flatMap((one) => (typeof one === "object" ? flat(one) : [String(one)]));
}

function parseArguments(text: string): readonly Argument[] {
  const json = text.replace(/'((?:[^'\\"]|\\.)*)'(?=\s*[,\]]|\s*$)/g, (all, inner: string, at: number) => (insideString(text, at) ? all : JSON.stringify(inner)));
  const parsed: unknown = JSON.parse(`[${json}]`);
  if (!isArguments(parsed)) throw new Error(`not arguments: ${text}`);
  return parsed;
}

function insideString(text: string, at: number): boolean {
  return (text.slice(0, at).replace(/\\./g, "").match(/"/g)?.length ?? 0) % 2 === 1;
}

function isArguments(value: unknown): value is readonly Argument[] {
  return Array.isArray(value);
}
