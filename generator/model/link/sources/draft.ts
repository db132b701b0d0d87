import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import type { Origin } from "../../../diagnostics/origin.ts";
import type { ContractSpec } from "../../../spec/types.ts";
import type { Project } from "../../project.ts";
import type { SourceColumn } from "../../source.ts";
import { columnScope, type Scope } from "../scope.ts";
import { reportLookup } from "../typing/check.ts";
import type { Loading } from "../loading.ts";
import type { Refusals } from "../refusals.ts";

/** A contract half linked: its columns are known, what points to other tables is not. */
export interface SourceDraft {
  readonly spec: ContractSpec;
  /** `<source>.<table>`. */
  readonly id: string;
  readonly source: string;
  readonly table: string;
  readonly columns: readonly SourceColumn[];
  /** Source names, as inside contracts. */
  readonly scope: Scope;
  readonly loading: Loading;
}

/** What is settled before any contract is read, and where problems go. */
export interface SourceSetting {
  readonly project: Project;
  readonly log: DiagnosticLog;
  readonly refused: Refusals;
}

/** What the parts of the contract linker share. */
export interface SourceLinking extends SourceSetting {
  readonly drafts: ReadonlyMap<string, SourceDraft>;
}

/** The scope of a contract: source names, giving columns under their staging names. `refuses` tells names of columns that were refused. */
export function contractScope(columns: readonly SourceColumn[], refuses: (name: string) => boolean): Scope {
  const names = new Map(columns.map((one) => [one.physicalName, one]));
  const physical = columnScope([{ input: null, qualifiers: [], columns: columns.map((one) => ({ name: one.physicalName, type: one.type, otherName: one.name })), refuses }]);
  return {
    lookup(name, qualifier) {
      const found = physical.lookup(name, qualifier);
      const column = found.kind === "found" ? names.get(name) : undefined;
      return column === undefined ? found : { kind: "found", expression: { kind: "column", input: null, name: column.name, type: column.type } };
    },
  };
}

/** The column of a contract by its source name; null where there is none (reported at `origin`). */
export function columnOf(draft: SourceDraft, name: string, origin: Origin, log: DiagnosticLog): SourceColumn | null {
  const found = reportLookup(name, draft.scope.lookup(name, null), { log, origin });
  return found?.kind === "column" ? (draft.columns.find((one) => one.name === found.name) ?? null) : null;
}

/** Staging names of a list of source names, unknown ones left out (reported). */
export function stagingNames(draft: SourceDraft, names: readonly string[], place: (index: number) => Origin, log: DiagnosticLog): readonly string[] {
  return names.flatMap((name, index) => columnOf(draft, name, place(index), log)?.name ?? []);
}
