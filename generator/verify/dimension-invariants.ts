import type { Attribute, EntityDimension } from "../model/dimension.ts";
import type { Project } from "../model/project.ts";
import type { Invariant } from "./invariant.ts";
import type { Relations } from "./relation.ts";

/** What must hold of a dimension after every run: keys, reserved members and, of Type 2, its versions. */
export function dimensionInvariants(dimension: EntityDimension, project: Project, relations: Relations): readonly Invariant[] {
  const table = relations.mart(dimension.name);
  const about = (id: string, statement: string, offending: string): Invariant => ({ id, subject: dimension.name, statement, offending, looked: `select count(*) from ${table}` });
  const key = relations.column(dimension.columns.key);
  const always = [
    about("D1", "every row has a key of its own", `select ${key} from ${table} group by ${key} having count(*) > 1 or ${key} is null`),
    about("D12", "each reserved member stands there once", `select wanted.member from (values ('-1'), ('-2')) as wanted (member) left join ${table} on ${key} = wanted.member group by wanted.member having count(${key}) <> 1`),
  ];
  return dimension.columns.durableKey === null ? always : [...always, ...versionInvariants(dimension, project, relations, about)];
}

type About = (id: string, statement: string, offending: string) => Invariant;

function versionInvariants(dimension: EntityDimension, project: Project, { mart, column }: Relations, about: About): readonly Invariant[] {
  const natural = dimension.naturalKey.map((one) => column(one.name)).join(", ");
  const members = `(select * from ${mart(dimension.name)} where ${column(dimension.columns.key)} not in ('-1', '-2'))`;
  const next = (name: string): string => `lead(${name}) over (partition by ${natural} order by valid_from)`;
  const open = project.openEnd === null ? "valid_to is null" : `valid_to = timestamp '${project.openEnd}'`;
  const cuts = ({ scdType, companion }: Attribute): boolean => companion === null && (scdType === 2 || scdType === 6);
  const seen = (wanted: (one: Attribute) => boolean): readonly string[] => dimension.attributes.filter((one) => one.since === null && wanted(one)).map((one) => column(one.name));
  const tracked = [...seen(cuts), ...(dimension.deletes === "tombstone" ? ["is_deleted"] : [])];
  const current = dimension.deletes === "tombstone" ? `${open} and not is_deleted` : open;
  return [
    about("D2", "no two versions of a member begin at once", `select ${natural}, valid_from from ${members} group by ${natural}, valid_from having count(*) > 1`),
    about("D3", "every version lasts", `select ${natural}, valid_from, valid_to from ${members} where valid_from is null or valid_to <= valid_from`),
    about("D4", "versions of a member do not overlap", `select ${natural}, valid_from, valid_to, following from (select *, ${next("valid_from")} as following from ${members}) where following < coalesce(valid_to, timestamp '9999-12-31')`),
    about("D6", "a member has one current version at most, and it is the open one", `select ${natural} from ${members} group by ${natural} having count(*) filter (is_current) > 1 or bool_or(is_current <> (${current}))`),
    ...changesOnly(tracked, natural, members, next, about),
    ...constants(seen((one) => !cuts(one)), natural, members, about),
  ];
}

/** Touching versions differ in what they track. */
function changesOnly(tracked: readonly string[], natural: string, members: string, next: (name: string) => string, about: About): readonly Invariant[] {
  if (tracked.length === 0) return [];
  const following = tracked.map((one, index) => `${next(one)} as following_${index}`);
  const same = tracked.map((one, index) => `${one} is not distinct from following_${index}`);
  return [about("D10", "a version begins where something changed", `select ${natural}, valid_from, valid_to from (select *, ${next("valid_from")} as following, ${following.join(", ")} from ${members}) where following = valid_to and ${same.join(" and ")}`)];
}

function constants(overwritten: readonly string[], natural: string, members: string, about: About): readonly Invariant[] {
  if (overwritten.length === 0) return [];
  const differs = overwritten.map((one) => `count(distinct coalesce(cast(${one} as varchar), '~null~')) > 1`);
  return [about("D11", "what is kept once (Types 0, 1 and 3) or current (Type 6) is the same in all versions of a member", `select ${natural} from ${members} group by ${natural} having ${differs.join(" or ")}`)];
}
