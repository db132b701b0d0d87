import { fold } from "./fold.ts";

/** What blueprints may do with a value: layout only, never a decision. */
export const filters = { hang, selected, folded };

/** Indents the lines below the first one by `width` blanks; blank lines stay blank. */
function hang(text: string, width: number): string {
  return text.includes("\n") ? text.replace(/\n(?=[^\n])/g, `\n${" ".repeat(width)}`) : text;
}

/** SQL that stands indented by `indent` blanks, in lines of the width that the project's `.sqlfluff` allows. */
function folded(text: string, indent: number): string {
  return fold(text, 120 - indent);
}

/** A column of a select list: `sql as name`, or the SQL alone where it is just that column, qualified or not. */
function selected(column: { readonly sql: string; readonly as: string }): string {
  return column.sql === column.as || column.sql.replace(/^[a-z_][a-z0-9_]*\./, "") === column.as ? column.sql : `${column.sql} as ${column.as}`;
}
