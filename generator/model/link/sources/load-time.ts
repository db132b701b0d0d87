import { within } from "../../../diagnostics/origin.ts";
import { expressionDiagnostics } from "../../diagnostics/expressions.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { isTemporal, typeText } from "../../logical-type.ts";
import { namelessness, validName } from "../../names.ts";
import { rawName } from "../../source.ts";
import type { SourceDraft, SourceLinking } from "./draft.ts";

/** The load time of a table: its physical column, and the column staging offers it as. */
export interface LoadTime {
  readonly loadedAt: string | null;
  readonly loadedAtColumn: string | null;
}

/**
 * Where a row's load time is found. `loaded_at` may name a column that the contract does not describe, as loaders add
 * theirs; what our own extraction lands has `_extracted_at`.
 */
export function linkLoadTime(draft: SourceDraft, { log }: SourceLinking): LoadTime {
  const stated = draft.spec.loaded_at;
  const loadedAt = stated ?? (draft.loading.landing === "text" ? "_extracted_at" : null);
  if (loadedAt === null) return { loadedAt: null, loadedAtColumn: null };
  const origin = within(draft.spec.origin, "loaded_at");
  const described = draft.columns.find((one) => one.physicalName === loadedAt);
  if (described !== undefined) {
    if (!isTemporal(described.type)) log.add(sourceDiagnostics.report("not-a-time", { origin: stated === null ? described.origin : origin }, { column: loadedAt, type: typeText(described.type), use: "the load time" }));
    return { loadedAt: rawName(described), loadedAtColumn: described.name };
  }
  const twin = draft.columns.find((one) => one.name === loadedAt);
  if (twin !== undefined) {
    log.add(expressionDiagnostics.report("other-name-space", { origin }, { name: loadedAt, correct: twin.physicalName }));
    return { loadedAt: rawName(twin), loadedAtColumn: twin.name };
  }
  const nameless = namelessness(loadedAt);
  if (nameless !== null) {
    log.add(sourceDiagnostics.report("column-needs-rename", { origin }, { column: loadedAt, reason: nameless, instead: "describe it under schema, e.g. as type: timestamp with rename: loaded_at." }));
    return { loadedAt, loadedAtColumn: null };
  }
  const name = validName(loadedAt);
  const other = draft.columns.find((one) => one.name === name);
  if (other !== undefined) log.add(sourceDiagnostics.report("column-collision", { origin: within(other.origin, "column") }, { column: loadedAt, other: other.physicalName, name }));
  return { loadedAt, loadedAtColumn: name };
}
