import type { DdlAction, DdlRisk, Dialect } from "../dialects/types.ts";
import { layersOf, type Layer } from "../model/reach.ts";
import type { Model } from "../model/types.ts";
import { keepsDeleted, keepsEntries } from "../model/fact-record.ts";
import { keepsRows } from "./facts.ts";
import type { Impact } from "./impact.ts";
import type { ModelChange } from "./types.ts";

/** What happens to relations of the warehouse. */
export interface DdlStep extends DdlRisk {
  readonly action: DdlAction;
  /** `schema.table`, as in production. */
  readonly relations: readonly string[];
}

/** What must be run so that stored and built tables agree with the new specs; commands run in the folder `dbt/`. */
export interface Backfill {
  readonly tables: readonly string[];
  /** First day that is computed anew, or null for all there is. */
  readonly from: string | null;
  readonly commands: readonly string[];
}

/** How far back numbers change that somebody may have read already. */
export interface Past {
  readonly extent: "none" | "all" | "from_next_run";
  readonly message: string;
}

/** What a change does to the warehouse. */
export interface Effects {
  readonly ddl: readonly DdlStep[];
  readonly backfill: Backfill | null;
  readonly past: Past;
}

/** The old and the new model with what is known of their tables. */
export interface Sides {
  readonly before: Model;
  readonly after: Model;
  readonly dialect: Dialect;
}

/** What a change does to tables that are there already. */
export function effectsOf(change: ModelChange, { models, columns, dags }: Impact, sides: Sides): Effects {
  if (change.touches.length === 0 && (change.subject.kind !== "project" || change.rule === "CC102")) return { ddl: [], backfill: null, past: NO_PAST };
  const [old, now] = [layersOf(sides.before), layersOf(sides.after)];
  const changed = models.filter((one) => columns.includes(`${one}.*`) || columns.includes(`${one}.${change.part}`));
  const stored = changed.filter((one) => old.has(one) && isStored(one, sides.before, old));
  const gone = models.filter((one) => old.has(one) && !now.has(one));
  const anew = models.filter((one) => now.has(one) && old.has(one) && !stored.includes(one) && (now.get(one) === "marts" || now.get(one) === "reports"));
  const kept = anew.filter((one) => changed.includes(one) && keepsColumn(change, one, sides));
  const rebuilt = anew.filter((one) => !kept.includes(one));
  const relation = (side: Model, layers: ReadonlyMap<string, Layer>) => (one: string): string => `${schemaOf(side, layers.get(one))}.${one}`;
  const inPlace = [...stored.filter((one) => now.has(one)), ...kept];
  const action = storedAction(change);
  const moved = movedTables(change, gone, sides);
  const ddl: readonly (readonly [DdlAction, readonly string[]])[] = [
    ["rebuild", rebuilds(change) ? rebuilt.map(relation(sides.after, now)) : []],
    ...(action === null ? [] : [[action, inPlace.map(relation(sides.after, now))] as const]),
    ["rename_table", moved.map(relation(sides.before, old))],
    ["leave_table", gone.filter((one) => !moved.includes(one)).map(relation(sides.before, old))],
  ];
  return {
    ddl: ddl.flatMap(([each, relations]) => (relations.length === 0 ? [] : [{ action: each, relations, ...sides.dialect.ddl[each] }])),
    backfill: backfillOf(change, { rebuilt: [...kept, ...rebuilt], kept, stored, relations: stored.map(relation(sides.before, old)) }, dags, sides.after),
    past: pastOf(change, dags, sides),
  };
}

const NO_PAST: Past = { extent: "none", message: "No number of the past changes." };

function isStored(name: string, model: Model, layers: ReadonlyMap<string, Layer>): boolean {
  return layers.get(name) === "snapshots" || model.facts.some((one) => one.name === name && keepsRows(one));
}

/** Whether a table keeps a column that is gone: a dimension that is written member by member is never made anew by itself. */
function keepsColumn({ rule }: ModelChange, name: string, { before, after }: Sides): boolean {
  return rule === "SC301" && [before, after].every(({ dimensions }) => dimensions.some((one) => one.kind === "table" && one.name === name && one.isMerged));
}

function rebuilds({ rule }: ModelChange): boolean {
  return rule !== "CC401" && rule !== "SC202" && rule !== "SC304";
}

/** Stored tables that go on under another name. */
function movedTables({ message, subject }: ModelChange, gone: readonly string[], { before, after }: Sides): readonly string[] {
  if (message !== "renamed") return [];
  const layers = layersOf(before);
  const stays = [...after.dimensions, ...after.facts].some((one) => one.name === subject.name && (one.kind === "table" ? one.history.kind === "snapshot" : "load" in one && keepsRows(one)));
  return stays ? gone.filter((one) => isStored(one, before, layers)) : [];
}

/** What becomes of a stored table whose columns change. */
function storedAction({ rule, message }: ModelChange): DdlAction | null {
  if (rule === "SC302" && message === "column renamed") return "rename_column";
  if (rule === "SC501") return "widen_column";
  if (rule === "SC303") return "retype_column";
  if (rule === "SC301") return "keep_column";
  return message.endsWith("added") && (rule === "SC201" || rule === "HS701") ? "add_column" : null;
}

function schemaOf({ project }: Model, layer: Layer | undefined): string {
  if (layer === "snapshots") return project.schemas.history;
  return layer === "staging" || layer === "intermediate" ? project.schemas[layer] : project.schemas.marts;
}

interface Tables {
  readonly rebuilt: readonly string[];
  /** Those of the rebuilt ones that keep a column that is gone until they are made anew. */
  readonly kept: readonly string[];
  readonly stored: readonly string[];
  /** The stored ones as the warehouse knows them. */
  readonly relations: readonly string[];
}

/** Only what restates or destroys needs a run of its own, a column that stays, and one that stays empty: anything else is there after the next one. */
function backfillOf(change: ModelChange, { rebuilt, kept, stored, relations }: Tables, dags: readonly string[], after: Model): Backfill | null {
  const destroys = change.classes.includes("destructive");
  const changes = destroys || change.classes.includes("restating");
  const copies = destroys ? relations.map((one) => `create table ${one}_before as select * from ${one};  -- SQL, before the merge`) : [];
  // What the source forgot stands nowhere else, so those tables are never made anew.
  const refilled = stored.filter((name) => after.facts.some((one) => one.name === name && keepsRows(one) && !keepsDeleted(one) && !keepsEntries(one)));
  const full = kept.length > 0 || after.facts.some((one) => keepsRows(one) && (rebuilt.includes(one.name) || stored.includes(one.name)));
  const anew = changes || leavesEmpty(change, after) ? [...refilled, ...rebuilt].sort() : kept;
  if (!changes && anew.length === 0) return null;
  const builds = anew.length === 0 ? [] : [`dbt build${full ? " --full-refresh" : ""} --select ${anew.join(" ")}`];
  const dates = after.pipelines.filter(({ name }) => dags.includes(name)).flatMap(({ backfillFrom }) => backfillFrom ?? []);
  const commands = [...copies, ...builds];
  return commands.length === 0 ? null : { tables: [...new Set([...anew, ...(changes ? stored : [])])].sort(), from: (changes ? dates.sort()[0] : null) ?? null, commands };
}

/** Whether a column is new in a fact whose runs never come back to all stored rows. */
function leavesEmpty({ rule, message, subject, part }: ModelChange, { facts }: Model): boolean {
  const fact = facts.find(({ name }) => subject.kind === "fact" && name === subject.name);
  const isColumn = fact?.measures.every(({ name, ratio }) => name !== part || ratio === null) ?? false;
  return rule === "SC201" && message === "column added" && fact !== undefined && isColumn && !keepsEntries(fact) && (fact.load.lookback !== null || fact.load.strategy === "append");
}

function pastOf(change: ModelChange, dags: readonly string[], { before, after }: Sides): Past {
  if (leavesEmpty(change, after)) return { extent: "from_next_run", message: "Stored rows hold NULL in the new column, until they are computed anew." };
  if (!change.classes.includes("restating")) return NO_PAST;
  const stored = [...before.dimensions, ...after.dimensions].some((one) => one.kind === "table" && one.name === change.subject.name && one.history.kind === "snapshot");
  if (change.rule === "HS701" && stored) {
    return { extent: "from_next_run", message: "Versions stored so far stay as they were cut; from the next run on they are cut the new way, so reports by version mix both." };
  }
  const since = after.pipelines.some(({ name, backfillFrom }) => dags.includes(name) && backfillFrom !== null) ? "" : " that the sources hold";
  return { extent: "all", message: `Rows are computed anew for all of the past${since}: numbers that were reported already may change.` };
}
