import { within } from "../../../diagnostics/origin.ts";
import { columnsOf } from "../../expression-columns.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import type { SourceTable } from "../../source.ts";
import { parts } from "../refusals.ts";
import { stagingNames, type SourceDraft, type SourceLinking } from "./draft.ts";

/** The primary key under staging names, from the list or the flags at the columns; both must agree. */
export function linkPrimaryKey(draft: SourceDraft, { log, refused }: SourceLinking): readonly string[] {
  const { primary_key: list, schema, origin } = draft.spec;
  const flags = schema.filter((one) => one.primary_key).map((one) => one.column);
  if (list.length > 0 && flags.length > 0 && [...list].sort().join("\n") !== [...flags].sort().join("\n")) {
    log.add(sourceDiagnostics.report("keys-disagree", { origin: within(origin, "primary_key") }, { list: list.join(", "), flags: flags.join(", ") }));
  }
  const names = list.length > 0 ? list : flags;
  const key = stagingNames(draft, names, (index) => (list.length > 0 ? within(origin, "primary_key", index) : origin), log);
  if (key.length < names.length) refused.add(draft.id, parts.key);
  return key;
}

/** Reports what needs a column that `protect: drop` takes away. */
export function reportDropped(table: SourceTable, { log }: SourceLinking): void {
  const dropped = new Set(table.columns.filter((one) => one.protect === "drop").map((one) => one.name));
  if (dropped.size === 0) return;
  for (const [use, names] of usesOf(table)) {
    for (const name of names.filter((one) => dropped.has(one))) {
      const column = table.columns.find((one) => one.name === name);
      if (column !== undefined) log.add(sourceDiagnostics.report("dropped-column-used", { origin: within(column.origin, "protect") }, { column: column.physicalName, use }));
    }
  }
}

function usesOf(table: SourceTable): readonly (readonly [use: string, columns: readonly string[]])[] {
  const { history } = table;
  const ofHistory = history.kind === "change_log" ? [history.effectiveAt, ...history.sequence, ...(history.operation === null ? [] : [history.operation.column])] : history.kind === "periodic_extract" ? [history.extractDate] : [];
  return [
    ["primary_key", table.primaryKey],
    ["references", table.references.flatMap((one) => one.columns)],
    ["deduplicate", table.deduplicate?.by ?? []],
    ["history", ofHistory],
    ["updated_at", table.updatedAt === null ? [] : [table.updatedAt]],
    ["checks", table.checks.flatMap((one) => [...(one.column === null ? [] : [one.column]), ...(one.params.columns ?? []), ...(one.params.expression === undefined ? [] : columnsOf(one.params.expression).map((column) => column.name))])],
  ];
}
