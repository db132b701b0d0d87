import type { DdlAction, DdlRisk, Dialect } from "../dialects/types.ts";
import { upstream } from "../model/graph.ts";
import type { Fact } from "../model/fact.ts";
import { layersOf, type Layer } from "../model/reach.ts";
import type { Model } from "../model/types.ts";
import { DELETED, keepsDeleted, keepsEntries } from "../model/fact-record.ts";
import { departures, type Departures } from "./departures.ts";
import { snapshotOf } from "./dimensions.ts";
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
  /** The layers of the dbt models, of the old and of the new model, and what becomes of those that leave. */
  readonly layers: { readonly before: ReadonlyMap<string, Layer>; readonly after: ReadonlyMap<string, Layer> };
  readonly departures: Departures;
  /** dbt models that any of the changes reaches. */
  readonly touched: ReadonlySet<string>;
}

/** All that is the same for every change between two models; `touched` are the dbt models that any of them reaches. */
export function sidesOf(before: Model, after: Model, dialect: Dialect, touched: ReadonlySet<string>): Sides {
  return { before, after, dialect, touched, layers: { before: layersOf(before), after: layersOf(after) }, departures: departures(before, after) };
}

/** What a change does to tables that are there already; `following` are the changes of columns that follow from it. */
export function effectsOf(change: ModelChange, following: readonly ModelChange[], { models: reached, columns, dags }: Impact, sides: Sides): Effects {
  if (change.touches.length === 0 && (change.subject.kind !== "project" || change.rule === "CC102")) return { ddl: [], backfill: null, past: NO_PAST };
  const { layers: { before: old, after: now }, departures: { leaving, former } } = sides;
  const models = change.keepsValues ? reached.filter((one) => !change.touches.some(({ model }) => model === one)) : reached;
  const names = new Set(["*", change.part, ...change.touches.map(({ model, column }) => `${model}.${column}`), ...following.map(({ subject, part }) => `${subject.name}.${part}`)]);
  const changed = models.filter((one) => columns.some((column) => column.startsWith(`${one}.`) && (names.has(column) || names.has(column.slice(one.length + 1)))));
  const formerly = (one: string): string => former.get(one) ?? one;
  const stored = changed.filter((one) => isStored(formerly(one), sides.before, old));
  const gone = models.filter((one) => old.has(one) && !now.has(one) && isToldBy(change, leaving.get(one)));
  const anew = models.filter((one) => now.has(one) && old.has(one) && !stored.includes(one) && (now.get(one) === "marts" || now.get(one) === "reports"));
  const kept = anew.filter((one) => changed.includes(one) && keepsColumn(change, one, sides));
  const rebuilt = anew.filter((one) => !kept.includes(one));
  const relation = (side: Model, layers: ReadonlyMap<string, Layer>) => (one: string): string => `${schemaOf(side, layers.get(one))}.${one}`;
  const altered = stored.filter((one) => now.has(one));
  const action = storedAction(change);
  const heirs = new Set(former.values());
  const ddl: readonly (readonly [DdlAction, readonly string[]])[] = [
    ["rebuild", rebuilds(change) ? rebuilt.map(relation(sides.after, now)) : []],
    ...(action === null ? [] : [[action, altered.map(relation(sides.after, now))] as const]),
    ["keep_column", kept.map(relation(sides.after, now))],
    ["rename_table", gone.filter((one) => heirs.has(one)).map(relation(sides.before, old))],
    ["leave_table", gone.filter((one) => !heirs.has(one)).map(relation(sides.before, old))],
  ];
  const past = pastOf(change, dags, keptVersions(change, stored.filter((one) => columns.includes(`${one}.*`)), changed, sides.after), sides);
  return {
    ddl: ddl.flatMap(([each, relations]) => (relations.length === 0 ? [] : [{ action: each, relations, ...sides.dialect.ddl[each] }])),
    backfill: past.message === KEPT ? null : backfillOf(change, { rebuilt: [...kept, ...rebuilt], kept, stored, whole: models.filter((one) => columns.includes(`${one}.*`)), relations: [...new Set(stored.map(formerly))].map(relation(sides.before, old)) }, dags, sides),
    past,
  };
}

/** Tables that are left behind are told with the object that goes, or is renamed; those that it goes on without, with the property that says so. */
function isToldBy({ subject, part }: ModelChange, object: string | undefined): boolean {
  return object === undefined || (object === subject.name && part === null);
}

const NO_PAST: Past = { extent: "none", message: "No number of the past changes." };

function isStored(name: string, model: Model, layers: ReadonlyMap<string, Layer>): boolean {
  return layers.get(name) === "snapshots" || model.facts.some((one) => one.name === name && keepsRows(one));
}

/** Whether a table keeps a column that is gone, or has another name: a dimension that is written member by member is never made anew by itself. */
function keepsColumn({ rule, message }: ModelChange, name: string, { before, after }: Sides): boolean {
  return (rule === "SC301" || (rule === "SC302" && message !== "renamed")) && [before, after].every(({ dimensions }) => dimensions.some((one) => one.kind === "table" && one.name === name && one.isMerged));
}

function rebuilds({ rule }: ModelChange): boolean {
  return rule !== "CC401" && rule !== "SC202" && rule !== "SC304";
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
  /** Those of which rows may come and go. */
  readonly whole: readonly string[];
  /** The stored ones as the warehouse knows them. */
  readonly relations: readonly string[];
}

/** Only what restates or destroys needs a run of its own, a column that stays, and one that stays empty: anything else is there after the next one. */
function backfillOf(change: ModelChange, { rebuilt, kept, stored, whole, relations }: Tables, dags: readonly string[], { after, touched, layers }: Sides): Backfill | null {
  const destroys = change.classes.includes("destructive");
  const changes = destroys || change.classes.includes("restating");
  const copies = destroys ? relations.map((one) => `create table ${one}_before as select * from ${one};  -- SQL, before the merge`) : [];
  // What the source forgot stands nowhere else, so those tables are never made anew.
  const refilled = stored.filter((name) => after.facts.some((one) => one.name === name && keepsRows(one) && !keepsDeleted(one) && !keepsEntries(one)));
  const held = after.facts.filter((one) => keepsRows(one) && (rebuilt.includes(one.name) || stored.includes(one.name)));
  // The next run of any other load comes to all rows, and writes those anew that came out otherwise; but none goes.
  const full = kept.length > 0 || held.some((one) => leavesRows(one) || whole.includes(one.name));
  const gained = change.message === "calendar extended" ? held.filter(leavesRows).map(({ name }) => name) : kept;
  const anew = changes || leavesEmpty(change, after) ? [...refilled, ...rebuilt].sort() : gained;
  const marked = unmarked(change, after);
  if (!changes && anew.length === 0 && marked.length === 0) return null;
  // Tables read the views below them, which dbt makes anew only where it is told to.
  const views = upstream(after, ...anew).filter((one) => touched.has(one) && (layers.after.get(one) === "staging" || layers.after.get(one) === "intermediate"));
  const builds = anew.length === 0 ? [] : [`dbt build${full ? " --full-refresh" : ""} --select ${[...anew, ...views].sort().join(" ")}`];
  const dates = after.pipelines.filter(({ name }) => dags.includes(name)).flatMap(({ backfillFrom }) => backfillFrom ?? []);
  const marks = marked.map((one) => `update ${after.project.schemas.marts}.${one} set ${DELETED} = false where ${DELETED} is null;  -- SQL, after the next run`);
  const commands = [...copies, ...builds, ...marks];
  return commands.length === 0 ? null : { tables: [...new Set([...anew, ...marked, ...(destroys ? stored : [])])].sort(), from: (changes ? dates.sort()[0] : null) ?? null, commands };
}

/** A fact that marks deleted rows from now on, which is never made anew: rows that are stored already would be neither deleted nor not. */
function unmarked({ rule, subject, part }: ModelChange, { facts }: Model): readonly string[] {
  return facts.filter((one) => subject.kind === "fact" && one.name === subject.name && keepsDeleted(one) && rule === "SC201" && part === DELETED).map(({ name }) => name);
}

/** Whether a column is new in a fact whose runs never come back to all stored rows. */
function leavesEmpty({ rule, message, subject, part }: ModelChange, { facts }: Model): boolean {
  const fact = facts.find(({ name }) => subject.kind === "fact" && name === subject.name);
  const isColumn = fact?.measures.every(({ name, ratio }) => name !== part || ratio === null) ?? false;
  return rule === "SC201" && message === "column added" && fact !== undefined && isColumn && leavesRows(fact);
}

/** Whether runs of a fact leave rows as they are that came out otherwise since. */
function leavesRows(fact: Fact): boolean {
  return !keepsEntries(fact) && (fact.load.lookback !== null || fact.load.strategy === "append");
}

const KEPT = "Versions stored so far keep the values that they have; the next run begins versions with the new ones, so reports by version mix both.";

/** Whether stored versions of members keep values that others are computed for: of all that changes, or of some of it. */
function keptVersions({ classes, rule }: ModelChange, whole: readonly string[], changed: readonly string[], { dimensions, facts }: Model): "all" | "some" | "none" {
  if (classes.includes("destructive") || rule === "HS701" || rule === "SC301") return "none";
  if (!dimensions.some((one) => whole.includes(snapshotOf(one) ?? ""))) return "none";
  const others = [...facts.map(({ name }) => name), ...dimensions.filter((one) => snapshotOf(one) === null).map(({ name }) => name)];
  return others.some((one) => changed.includes(one)) ? "some" : "all";
}

function pastOf(change: ModelChange, dags: readonly string[], kept: "all" | "some" | "none", sides: Sides): Past {
  const { after } = sides;
  if (leavesEmpty(change, after)) return { extent: "from_next_run", message: "Stored rows hold NULL in the new column, until they are computed anew." };
  if (!change.classes.includes("restating")) return NO_PAST;
  const cut = change.rule === "HS701" || change.rule === "SC301" ? cutAnew(change, sides) : null;
  if (cut !== null) return cut;
  if (kept === "all") return { extent: "from_next_run", message: KEPT };
  const since = after.pipelines.some(({ name, backfillFrom }) => dags.includes(name) && backfillFrom !== null) ? "" : " that the sources hold";
  const anew = `ows are computed anew for all of the past${since}: numbers that were reported already may change.`;
  return { extent: "all", message: kept === "some" ? `${KEPT} All other r${anew}` : `R${anew}` };
}

/** What becomes of versions when a dimension keeps its history in another way; null where no snapshot is or was concerned. */
function cutAnew({ subject, touches }: ModelChange, { before, after, layers }: Sides): Past | null {
  const is = after.dimensions.find(({ name }) => name === subject.name);
  const names = [subject.name, is?.kind === "table" ? is.renamedFrom : null];
  const was = before.dimensions.find(({ name }) => names.includes(name));
  const [old, now] = [was, is].map((one) => (one === undefined ? null : snapshotOf(one)));
  // A table that is cut anew from what a snapshot saw has no past that another one mixes with.
  if (old && now && !touches.some(({ model }) => layers.after.get(model) === "snapshots")) return null;
  if (old && now) return { extent: "from_next_run", message: "Versions stored so far stay as they were cut; from the next run on they are cut the new way, so reports by version mix both." };
  if (old) return { extent: "all", message: `The versions that ${old} holds are shown no more: numbers of the past are told by other values. Its table stays.` };
  if (now && was?.kind === "table" && was.scdType === 1) return { extent: "from_next_run", message: "Versions begin with the next run: until then the values of that run hold for all of the past." };
  return null;
}
