import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import type { ContractSpec } from "../../../spec/types.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import type { SourceReference } from "../../source.ts";
import { kinds, parts } from "../refusals.ts";
import { columnOf, stagingNames, type SourceDraft, type SourceLinking } from "./draft.ts";

/** The references of a contract to other tables, both forms, under staging names. */
export function linkReferences(draft: SourceDraft, linking: SourceLinking): readonly SourceReference[] {
  const { spec } = draft;
  const ofColumns = spec.schema.flatMap((column, index): readonly SourceReference[] => {
    if (column.references === null) return [];
    const target = linkTarget(column.references, linking, within(spec.origin, "schema", index, "references"));
    const here = draft.columns.find((one) => one.physicalName === column.column);
    return target === null || here === undefined ? [] : [{ columns: [here.name], to: target.table, toColumns: [target.column] }];
  });
  const found = [...ofColumns, ...spec.references.flatMap((_, index) => linkComposite(draft, index, linking) ?? [])];
  const stated = spec.schema.filter((one) => one.references !== null).length + spec.references.length;
  if (found.length < stated) linking.refused.add(draft.id, parts.references);
  return found;
}

/** What `shop.customers.id` names, with the column under its staging name; null where nothing (reported). */
export function linkTarget(text: string, linking: SourceLinking, origin: Origin): { readonly table: string; readonly column: string } | null {
  const parts = /^([^.]+\.[^.]+)\.(.+)$/.exec(text);
  const [, table, name] = parts ?? [];
  if (table === undefined || name === undefined) {
    linking.log.add(sourceDiagnostics.report("invalid-reference", { origin }, { reference: text }));
    return null;
  }
  const draft = draftOf(table, linking, origin);
  const column = draft === null ? null : columnOf(draft, name, origin, linking.log);
  return column === null ? null : { table, column: column.name };
}

function linkComposite(draft: SourceDraft, index: number, linking: SourceLinking): SourceReference | null {
  const spec = draft.spec.references[index];
  return spec === undefined ? null : linkPairs(draft, spec, within(draft.spec.origin, "references", index), linking);
}

/** Columns of a table against columns of another, its primary key where none are named; null where they do not fit (reported). */
export function linkPairs(draft: SourceDraft, spec: ContractSpec["references"][number], origin: Origin, linking: SourceLinking): SourceReference | null {
  const target = draftOf(spec.to, linking, within(origin, "to"));
  if (target === null) return null;
  const there = spec.to_columns.length > 0 ? spec.to_columns : keyOf(target);
  if (spec.columns.length !== there.length) {
    linking.log.add(sourceDiagnostics.report("reference-arity", { origin: within(origin, "to_columns") }, { table: spec.to, here: counted(spec.columns), there: counted(there) }));
    return null;
  }
  const columns = stagingNames(draft, spec.columns, (at) => within(origin, "columns", at), linking.log);
  const toColumns = stagingNames(target, there, (at) => within(origin, "to_columns", at), linking.log);
  return columns.length === toColumns.length ? { columns, to: spec.to, toColumns } : null;
}

function keyOf({ spec }: SourceDraft): readonly string[] {
  return spec.primary_key.length > 0 ? spec.primary_key : spec.schema.filter((one) => one.primary_key).map((one) => one.column);
}

function counted(columns: readonly string[]): string {
  return columns.length === 1 ? "one column" : `${columns.length} columns`;
}

function draftOf(id: string, { drafts, log, refused }: SourceLinking, origin: Origin): SourceDraft | null {
  const draft = drafts.get(id);
  if (draft !== undefined) return draft;
  if (refused.has(kinds.contract, id)) return null;
  log.add(sourceDiagnostics.report("unknown-table", { origin }, { table: id, suggestion: didYouMean(id, drafts.keys()), known: `The contracts are ${[...drafts.keys()].sort().join(", ")}.` }));
  return null;
}
