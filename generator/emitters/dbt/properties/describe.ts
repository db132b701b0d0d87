import type { Data } from "../../../artifact.ts";
import type { SourceColumn } from "../../../model/source.ts";
import { sentence, words } from "./prose.ts";

/** The description of a column: what the spec says, else its name as words; then its unit. */
export function columnProse(name: string, stated: string, unit: string | null = null): string {
  const text = sentence(stated) || sentence(capitalised(words(name)));
  return unit === null ? text : `${text} In ${sentence(unit)}`;
}

/** The description of a column of a contract. */
export function sourceColumnProse(column: SourceColumn): string {
  const definition = column.businessDefinition === column.description ? "" : sentence(column.businessDefinition);
  const parts = [
    columnProse(column.name, column.description || column.businessDefinition, column.unit),
    column.description === "" ? "" : definition,
    column.deprecated ? "Deprecated." : "",
  ];
  return parts.filter((one) => one !== "").join(" ");
}

/** What a contract says about the sensitivity of a column. */
export function sourceColumnMeta(column: SourceColumn): { readonly [key: string]: Data } {
  return {
    ...(column.pii ? { pii: true } : {}),
    ...(column.classification === null ? {} : { classification: column.classification }),
    ...(column.protect === "none" ? {} : { protect: column.protect }),
  };
}

function capitalised(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`;
}
