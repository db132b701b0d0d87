import type { Attribute, Dimension } from "./interpreter/types.ts";
import { columnsOf, keyOfTable } from "./tested.ts";
import type { Tested } from "./tested.ts";

/** A named query that returns a row for each violation. The names are those of the warehouse semantics. */
export interface Invariant {
  readonly name: string;
  readonly sql: string;
}

/** What holds of every dimension by itself, and against the source rows that it was built from. */
export function dimensionInvariants(tested: Tested): readonly Invariant[] {
  const { name, dimension } = tested;
  const key = keyOfTable(name);
  const own = [
    ...besideInvariants(tested),
    ...outriggerInvariants(tested),
    { name: "D1 the surrogate key is unique", sql: `select ${key} from marts.${name} group by 1 having count(*) > 1 or ${key} is null` },
    { name: "D12 there is one row of each reserved member, for all times", sql: reserved(tested, key) },
  ];
  return dimension.type === 1 ? [...own, ...currentInvariants(tested)] : [...own, ...spanInvariants(tested), ...inferredInvariants(tested), ...currentInvariants(tested), ...logInvariants(tested)];
}

/** What holds between a table and a copy of it that was kept before (or built another way): D13, D15, D16, D19, F4, F5. */
export function sameRows(name: string, table: string, copy: string): Invariant {
  return { name, sql: both(`select * from ${table}`, `select * from ${copy}`) };
}

/** D14: versions that a copy held as ended are still there, whatever else came. */
export function immutable(tested: Tested, copy: string): Invariant {
  const columns = [...tested.key, ...tracked(tested), "valid_from", "valid_to"].join(", ");
  return { name: "D14 ended versions of a snapshot never change", sql: `select ${columns} from ${copy} where valid_to < timestamp '9999-12-31' except select ${columns} from marts.${tested.name}` };
}

function reserved({ name, key, dimension }: Tested, surrogate: string): string {
  const spans = dimension.type === 1 ? "" : " and valid_from = timestamp '1900-01-01' and valid_to = timestamp '9999-12-31' and is_current";
  return `select 1 as differs where (select count(*) from marts.${name} where ${key.map((one) => `${one} is null`).join(" and ")}) <> 2 or (select count(distinct ${surrogate}) from marts.${name} where ${surrogate} in ('-1', '-2')${spans}) <> 2`;
}

/** D11 of Type 4: what holds today in a history is what the small table beside it holds, and versions name their member by its key. */
function besideInvariants({ name, key, dimension, beside }: Tested): readonly Invariant[] {
  if (beside === undefined) return [];
  const today = `marts.${name} as version inner join marts.${beside.table} as today on ${joined("version", "today", key)}`;
  const same = columnsOf(dimension).filter((one) => beside.table.endsWith("_desk") && one !== "");
  const keys = key.map((one) => `version.${one}`).join(", ");
  return [
    { name: "D11 a version names its member by the key of the small table", sql: `select ${keys} from ${today} where version.${beside.key} is distinct from today.${beside.key}` },
    { name: "D11 everybody of the small table has one open version, with its values", sql: `select ${key.map((one) => `today.${one}`).join(", ")} from marts.${beside.table} as today left join marts.${name} as version on ${joined("version", "today", key)} and version.is_current${same.map((one) => ` and version.${one} is not distinct from today.${one}`).join("")} where ${key.map((one) => `today.${one} is not null`).join(" and ")} group by ${key.map((one) => `today.${one}`).join(", ")} having count(version.${beside.key}) <> 1` },
  ];
}

/** F3 of dimensions: an outrigger points to the member that a row names, to unknown where there is none, to not applicable where none is named. */
function outriggerInvariants({ name, outrigger }: Tested): readonly Invariant[] {
  if (outrigger === undefined) return [];
  const { key, on, table } = outrigger;
  const right = `case when own.${on} is null then '-2' else coalesce(other.${key}, '-1') end`;
  return [{ name: "F3 an outrigger points to what the row names", sql: `select own.${on} from marts.${name} as own left join marts.${table} as other on own.${on} = other.${on} where own.${keyOfTable(name)} not in ('-1', '-2') and own.${key} is distinct from ${right}` }];
}

/** D18: whom facts name is there, and nobody is both inferred and known. */
function inferredInvariants({ name, key, dimension }: Tested): readonly Invariant[] {
  if (dimension.stub === undefined) return [];
  const keys = key.join(", ");
  const whole = key.map((one) => `${one} is not null`).join(" and ");
  return [
    { name: "D18 everybody whom facts name is there", sql: `select ${keys} from (select ${keys}, row_number() over (partition by sale_id order by row_number desc) as place from raw_till.sales) as ranked where place = 1 and ${whole} except select ${keys} from marts.${name}` },
    { name: "D18 nobody is inferred twice, or beside a version", sql: `select ${keys} from marts.${name} where ${whole} group by ${keys} having sum(case when is_inferred then 1 else 0 end) > 0 and count(*) > 1` },
  ];
}

function spanInvariants(tested: Tested): readonly Invariant[] {
  const { name, key, kind, table, dimension } = tested;
  const keys = key.join(", ");
  const members = `(select * from marts.${name} where ${key[0]} is not null)`;
  const followed = `(select *, lead(valid_from) over (partition by ${keys} order by valid_from) as next_from, ${tracked(tested).map((one) => `lead(${one}) over (partition by ${keys} order by valid_from) as next_${one}`).join(", ")} from ${members} as own) as followed`;
  const deleted = dimension.deletes === "tombstone" ? " and not is_deleted" : "";
  const gaps = dimension.deletes === "close" ? (kind === "log" ? ` and not exists (select 1 from raw_log.${table} as event where ${joined("event", "followed", key)} and event.op = 'D' and event.changed_at at time zone 'UTC' between followed.valid_to and followed.next_from)` : " and false") : "";
  return [
    { name: "D2 no two versions of a member begin at one instant", sql: `select ${keys} from ${members} as own group by ${keys}, valid_from having count(*) > 1` },
    { name: "D3 every version lasts", sql: `select ${keys} from marts.${name} where valid_from is null or valid_to is null or valid_to <= valid_from` },
    { name: "D4 versions do not overlap", sql: `select ${keys} from ${followed} where next_from < valid_to` },
    { name: "D5 gaps come from deletions only", sql: `select ${keys} from ${followed} where next_from > valid_to${gaps}` },
    { name: "D6 a member has one current version at most, and that is the open one", sql: `select ${keys} from ${members} as own group by ${keys} having sum(case when is_current then 1 else 0 end) > 1 or sum(case when is_current <> (valid_to = timestamp '9999-12-31'${deleted}) then 1 else 0 end) > 0` },
    { name: "D10 versions that touch differ", sql: `select ${keys} from ${followed} where next_from = valid_to${deleted === "" ? "" : " and false"}${tracked(tested).map((one) => ` and ${one} is not distinct from next_${one}`).join("")}` },
    ...columnsOf(dimension).filter((one) => !tracked(tested).includes(one)).map((one) => ({ name: `D11 ${one} is the same in all versions`, sql: `select ${keys} from ${members} as own group by ${keys} having count(distinct ${one}) > 1 or (count(${one}) > 0 and count(${one}) < count(*))` })),
    ...sixes(dimension).map(({ name: then, beside }) => ({ name: `D11 ${beside} is what ${then} is today`, sql: `select ${keys} from ${members} as own where is_current and ${then} is distinct from ${beside}` })),
  ];
}

/** Against a table of current rows: whoever is in it once is a current member with these very values, and nobody else is. */
function currentInvariants(tested: Tested): readonly Invariant[] {
  const { name, key, kind, table, dimension } = tested;
  if (kind !== "state") return [];
  const columns = [...key, ...copied(tested)].join(", ");
  const whole = key.map((one) => `${one} is not null`).join(" and ");
  const source = `raw_state.${table}`;
  const once = `select ${key.join(", ")} from ${source} where ${whole} group by ${key.join(", ")} having count(*) = 1`;
  const current = `select * from marts.${name} where ${key[0]} is not null${dimension.type === 1 ? (dimension.deletes === "tombstone" ? " and not is_deleted" : "") : " and is_current"}${dimension.stub === undefined ? "" : " and not is_inferred"}`;
  const ghosts = dimension.deletes === "ignore" ? [] : [{ name: "D8 nobody is current who is not in the source", sql: `select ${key.join(", ")} from (${current}) as own except select ${key.join(", ")} from ${source}` }];
  return [
    { name: "D7 current rows hold what the source holds", sql: `select ${columns} from ${source} as here where exists (select 1 from (${once}) as single where ${joined("single", "here", key)}) except select ${columns} from (${current}) as own` },
    { name: "D8 everybody in the source is current", sql: `select ${key.join(", ")} from ${source} where ${whole} except select ${key.join(", ")} from (${current}) as own` },
    ...ghosts,
  ];
}

/** Against a change log: what the last change at an instant says holds at that instant, and whoever it deletes is not there. */
function logInvariants(tested: Tested): readonly Invariant[] {
  const { name, key, kind, table, dimension } = tested;
  if (kind !== "log") return [];
  const held = tracked(tested).filter((one) => copied(tested).includes(one));
  const keys = key.map((one) => `event.${one}`).join(", ");
  const whole = key.map((one) => `event.${one} is not null`).join(" and ");
  const kept = dimension.deletes === "ignore" ? " and event.op <> 'D'" : "";
  const ranked = `(select distinct ${keys}, event.op, ${held.map((one) => `event.${one}, `).join("")}event.changed_at at time zone 'UTC' as instant, event.change_number, max(event.change_number) over (partition by ${keys}, event.changed_at) as highest from raw_log.${table} as event where ${whole}${kept})`;
  const settled = `(select *, count(*) over (partition by ${key.join(", ")}, instant) as rivals from ${ranked} as ranked where change_number = highest)`;
  const then = (event: string) => `${joined("own", event, key)} and own.valid_from <= ${event}.instant and ${event}.instant < own.valid_to${dimension.deletes === "tombstone" ? " and not own.is_deleted" : ""}`;
  const says = (event: string) => `not exists (select 1 from marts.${name} as own where ${then(event)}${held.map((one) => ` and own.${one} is not distinct from ${event}.${one}`).join("")})`;
  const repeated = "between timestamp '2026-10-25 00:00:00' and timestamp '2026-10-25 02:00:00'";
  return [
    { name: "D9 every change holds at its instant", sql: `select * from ${settled} as event where rivals = 1 and op <> 'D' and ${says("event")}` },
    { name: "D17 nobody is there at the instant of the deletion", sql: `select * from ${settled} as event where op = 'D' and rivals = 1 and exists (select 1 from marts.${name} as own where ${then("event")} and own.valid_from > timestamp '1900-01-01')` },
    ...(tested.places === undefined ? [{ name: "D20 versions of the repeated hour begin at instants of the log", sql: `select * from marts.${name} as own where valid_from ${repeated} and not exists (select 1 from raw_log.${table} as event where ${joined("own", "event", key)} and event.changed_at at time zone 'UTC' = own.valid_from)` }] : []),
  ];
}

/** The columns whose changes cut versions. */
function tracked({ dimension }: Tested): readonly string[] {
  return dimension.attributes.filter((one) => one.scd === 2 || one.scd === 6).map((one) => one.name);
}

function sixes({ attributes }: Dimension): readonly Attribute[] {
  return attributes.filter((one) => one.scd === 6);
}

/** Attributes that show a column of the source of that name as it is. */
function copied({ dimension, places }: Tested): readonly string[] {
  return dimension.attributes.filter(({ name, source, bands }) => name === source && bands === undefined && (name !== "street" || places === undefined)).map((one) => one.name);
}

/** Equality of all columns of a key. */
export function joined(one: string, other: string, key: readonly string[]): string {
  return key.map((column) => `${one}.${column} = ${other}.${column}`).join(" and ");
}

/** The rows of one query that another lacks, in both directions. */
export function both(one: string, other: string): string {
  return `(select 'extra' as side, * from (${one} except all ${other}) as extra) union all (select 'missing' as side, * from (${other} except all ${one}) as missing)`;
}
