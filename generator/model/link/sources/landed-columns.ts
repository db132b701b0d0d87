import { validName } from "../../names.ts";
import { hash } from "../../short-name.ts";
import { fieldName, landingColumns, type SourceColumn } from "../../source.ts";

/** Characters that would end or open something where a name is quoted in SQL, YAML or a template. */
export const odd = /["`\\{}]/;

/**
 * The columns of a table that our own extraction lands, those named otherwise there whose field has a name that not every warehouse or dlt takes as it is:
 * with odd characters or blanks at an end, longer than 63 bytes or a system column (PostgreSQL), or the same as an earlier one but for capitals (DuckDB). The name in the raw
 * table depends on the field alone.
 */
export function landedColumns(columns: readonly SourceColumn[]): readonly SourceColumn[] {
  const taken = new Map([...landingColumns].map((one) => [one, one]));
  return columns.map((column) => {
    const field = fieldName(column);
    const same = field.toLowerCase();
    const holder = taken.get(same) ?? field;
    taken.set(same, holder);
    return holder === field && fits(field) ? column : { ...column, landedAs: `${(validName(field) || "column").slice(0, 50).replace(/_$/, "")}_${hash(field)}` };
  });
}

function fits(field: string): boolean {
  return !odd.test(field) && !/['▶]|^_dlt_|^(tableoid|[xc]min|[xc]max|ctid)$/i.test(field) && field.trim() === field && bytesOf(field) <= 63;
}

function bytesOf(text: string): number {
  return new TextEncoder().encode(text).length;
}
