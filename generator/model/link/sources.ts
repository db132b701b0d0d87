import { within } from "../../diagnostics/origin.ts";
import type { ContractSpec } from "../../spec/types.ts";
import { sourceDiagnostics } from "../diagnostics/sources.ts";
import { stagingModel } from "../names.ts";
import type { SourceTable } from "../source.ts";
import type { Loadings } from "./loading.ts";
import { kinds, parts } from "./refusals.ts";
import { linkChecks } from "./sources/checks.ts";
import { linkColumns } from "./sources/columns.ts";
import { columnOf, contractScope, type SourceDraft, type SourceLinking, type SourceSetting } from "./sources/draft.ts";
import { linkFreshness } from "./sources/freshness.ts";
import { linkDeduplicate, linkHistory } from "./sources/history.ts";
import { readIdentity, tableIdOf } from "./sources/identity.ts";
import { linkPrimaryKey, reportDropped } from "./sources/keys.ts";
import { linkLoadTime } from "./sources/load-time.ts";
import { dbtSources, linkPhysical, linkShards, reportSharedTables } from "./sources/physical.ts";
import { linkReferences } from "./sources/references.ts";
import { isUsableTime } from "./sources/zone.ts";

/** The source tables that the contracts describe, in code-point order of their ids. `models.current` is settled by the caller. */
export function linkSources(contracts: readonly ContractSpec[], loadings: Loadings, setting: SourceSetting): readonly SourceTable[] {
  const drafts = new Map<string, SourceDraft>();
  for (const spec of contracts) {
    const draft = draftOf(spec, loadings, setting);
    const before = draft === null ? undefined : drafts.get(draft.id);
    if (draft === null) continue;
    if (before === undefined) drafts.set(draft.id, draft);
    else setting.log.add(sourceDiagnostics.report("duplicate-contract", { origin: namePlace(spec), related: [{ origin: namePlace(before.spec), message: "the first of the two" }] }, { table: draft.id }));
  }
  const linking: SourceLinking = { ...setting, drafts };
  const ids = [...drafts.keys()].sort();
  const tables = ids.flatMap((id) => drafts.get(id) ?? []).map((draft) => ({ id: draft.id, source: draft.source, draft, physical: linkPhysical(draft) }));
  const names = dbtSources(tables, linking);
  const linked = tables.map(({ draft, physical }) => linkTable(draft, physical, names.get(draft.id) ?? draft.source, linking));
  reportSharedTables(linked, setting.log);
  return linked;
}

function draftOf(spec: ContractSpec, loadings: Loadings, setting: SourceSetting): SourceDraft | null {
  const { log, refused } = setting;
  const identity = readIdentity(spec, log);
  const loading = loadings.of(tableIdOf(spec) ?? "");
  const columns = linkColumns(spec, loading.landing, setting);
  if (identity === null) {
    refused.add(kinds.contract, tableIdOf(spec) ?? parts.all);
    return null;
  }
  const id = `${identity.source}.${identity.table}`;
  if (spec.schema.length === 0) {
    refused.add(id, parts.all);
    log.add(sourceDiagnostics.report("empty-contract", { origin: namePlace(spec) }, { table: id }));
  }
  return { spec, id, ...identity, columns, scope: contractScope(columns, (name) => refused.has(id, name)), loading };
}

function linkTable(draft: SourceDraft, physical: SourceTable["physical"], dbtSource: string, linking: SourceLinking): SourceTable {
  const { spec, source, table } = draft;
  const primaryKey = linkPrimaryKey(draft, linking);
  const loadTime = linkLoadTime(draft, linking);
  const freshness = linkFreshness(draft, linking);
  const linked: SourceTable = {
    name: draft.id, origin: spec.origin, source, table, dbtSource, physical,
    ...linkShards(draft, linking),
    description: spec.description ?? "",
    version: spec.version ?? "",
    owner: spec.owner,
    consumers: spec.consumers,
    sla: { freshnessHours: spec.sla.freshness_hours ?? freshness.warnAfter ?? freshness.errorAfter, availabilityPercent: spec.sla.availability_percent, supportHours: spec.sla.support_hours },
    freshness,
    breakingChangePolicy: spec.breaking_change_policy,
    notificationChannel: spec.notification_channel,
    columns: draft.columns,
    primaryKey,
    references: linkReferences(draft, linking),
    ...loadTime,
    updatedAt: linkUpdatedAt(draft, linking),
    deduplicate: linkDeduplicate(draft, primaryKey, loadTime, linking),
    history: linkHistory(draft, primaryKey, linking),
    checks: linkChecks(draft, linking),
    landing: draft.loading.landing,
    loader: draft.loading.loader,
    models: { staging: stagingModel(source, table), current: null },
    renamedFrom: spec.renamed_from,
  };
  reportDropped(linked, linking);
  if (linked.sla.freshnessHours !== null && linked.loadedAt === null) {
    linking.log.add(sourceDiagnostics.report("freshness-without-load-time", { origin: namePlace(spec) }, { table: draft.id }));
  }
  return linked;
}

function linkUpdatedAt(draft: SourceDraft, { log }: SourceLinking): string | null {
  const { updated_at: name, origin } = draft.spec;
  if (name === null) return null;
  const place = within(origin, "updated_at");
  const column = columnOf(draft, name, place, log);
  return column !== null && isUsableTime(column, "updated_at", place, log) ? column.name : null;
}

function namePlace(spec: ContractSpec): SourceTable["origin"] {
  return within(spec.origin, spec.name === null ? "table" : "name");
}
