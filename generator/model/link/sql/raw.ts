import type { SyntaxProblem } from "./tokens.ts";

const INSTEAD = "write one expression of the warehouse's SQL, nothing before, behind or around it.";

/**
 * What raw SQL of a spec may not hold, or null. It is printed as written, in parentheses, so it must be one expression that
 * stays inside of them, and no text that dbt would run as a template.
 */
export function rawSqlProblem(sql: string): Extract<SyntaxProblem, { readonly kind: "refused" }> | null {
  const refused = (construct: string) => ({ kind: "refused", construct, instead: INSTEAD }) as const;
  if (/\{[{%#]/.test(sql)) return refused("Jinja");
  if (/\\['"]/.test(sql)) return refused("a backslash before a quote");
  if (/\$[A-Za-z_]*\$/.test(sql)) return refused("a text in dollar quotes");
  const bare = sql.replace(/'[^']*'|"[^"]*"/g, "x");
  if (/['"]/.test(bare)) return refused("a quote that is not closed");
  if (/--|\/\*|\r/.test(bare)) return refused("a comment");
  if (bare.includes(";")) return refused("a semicolon");
  return isBalanced(bare) ? null : refused("parentheses that do not match");
}

function isBalanced(sql: string): boolean {
  let open = 0;
  for (const [sign] of sql.matchAll(/[()]/g)) {
    open += sign === "(" ? 1 : -1;
    if (open < 0) return false;
  }
  return open === 0;
}
