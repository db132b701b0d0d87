import type { Brief, Project } from "../model/project.ts";
import type { Pipeline } from "../model/pipeline.ts";
import type { Model } from "../model/types.ts";
import { same } from "./canonical.ts";
import { isStored } from "./dimensions.ts";
import { fieldChanges, type FieldTable } from "./fields.ts";
import { shown } from "./shown.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<Project> = {
  name: "SC302", title: "CC101", warehouse: "own", schemas: "own", timezone: "GR801", timezoneDeclared: "derived",
  dates: "derived", openEnd: "GR801", asOfRun: "CC102", emitters: "CC102", deleteGuard: "CC102", timeGrain: "derived",
};

const BRIEF_FIELDS: FieldTable<Brief> = {
  projectName: "CC101", businessContext: "CC101", consumers: "CC101", sources: "CC101", storage: "CC101", painPoints: "CC101", constraints: "CC101", volume: "own",
};

const PIPELINE_FIELDS: FieldTable<Pipeline> = {
  name: "own", renamedFrom: "own", description: "CC101", owner: "CC101", builds: "own",
  schedule: "CC102", timezone: "CC102", slaMinutes: "CC102", tier: "CC102", extract: "CC102", load: "CC102",
  qualityGates: "CC102", errorHandling: "CC102", dependsOn: "CC102", backfillFrom: "CC102", tasks: "CC102",
};

/** What changed in the settings. Another warehouse, or another schema of history, leaves behind what snapshots have stored. */
export function projectChanges(before: Model, after: Model): readonly Finding[] {
  const [was, is] = [before.project, after.project];
  const place = { origin: is.origin, originBefore: was.origin };
  const found: Finding[] = [...fieldChanges(FIELDS, was, is)];
  const stored = before.dimensions.some(isStored);
  if (was.warehouse !== is.warehouse) found.push({ ...place, rule: stored ? "HS901" : "SC302", part: "warehouse", message: "warehouse changed", before: was.warehouse, after: is.warehouse });
  if (!same(was.schemas, is.schemas)) {
    const left = stored && was.schemas.history !== is.schemas.history;
    found.push({ ...place, rule: left ? "HS901" : "SC302", part: "schemas", message: "schemas renamed", before: shown(was.schemas), after: shown(is.schemas) });
  }
  return found;
}

/** What changed in the architecture brief. */
export function briefChanges(before: Brief | null, after: Brief | null): readonly Finding[] {
  const place = { origin: after?.origin ?? null, originBefore: before?.origin ?? null, column: null };
  if (before === null || after === null) return same(before, after) ? [] : [{ ...place, rule: "CC101", message: before === null ? "brief added" : "brief removed" }];
  const found = fieldChanges(BRIEF_FIELDS, before, after);
  if (same(before.volume, after.volume)) return found;
  const [was, is] = [before.volume.retentionMonths, after.volume.retentionMonths];
  const longer = was !== null && (is === null || is > was);
  return [...found, { ...place, rule: longer ? "CC951" : "CC101", part: "data_volume", message: longer ? "data is kept longer" : "data volume changed", before: shown(before.volume), after: shown(after.volume) }];
}

/** What changed in a pipeline. */
export function pipelineChanges(before: Pipeline, after: Pipeline): readonly Finding[] {
  const place = { origin: after.origin, originBefore: before.origin, part: "builds", column: null };
  const found: Finding[] = [...fieldChanges(PIPELINE_FIELDS, before, after)];
  const gone = before.builds.filter((one) => !after.builds.includes(one));
  const fresh = after.builds.filter((one) => !before.builds.includes(one));
  if (gone.length > 0) found.push({ ...place, rule: "SC301", message: "builds less", before: shown(gone) });
  if (fresh.length > 0) found.push({ ...place, rule: "SC201", message: "builds more", after: shown(fresh) });
  return found;
}
