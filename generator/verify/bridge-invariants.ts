import type { Bridge, HierarchyBridge } from "../model/bridge.ts";
import type { EntityDimension } from "../model/dimension.ts";
import type { Model } from "../model/types.ts";
import type { Invariant } from "./invariant.ts";
import type { Relations } from "./relation.ts";

/** What must hold of a bridge after every run: nobody is left out, shares add up, and steps are those that the dimension says. */
export function bridgeInvariants(bridge: Bridge, model: Model, { mart, column }: Relations): readonly Invariant[] {
  const table = mart(bridge.name);
  const about = (id: string, statement: string, offending: string): Invariant => ({ id, subject: bridge.name, statement, offending, looked: `select count(*) from ${table}` });
  const { group, member } = bridge;
  const [from, to, key] = [column(group.column), column(member.column), column(group.key)];
  const everyone = `select distinct ${key} as id from ${mart(group.dimension)}`;
  const since = bridge.timed ? ", valid_from" : "";
  const grain = about("B1", "no two rows lead from one to the same other", `select ${from}, ${to}${since} from ${table} group by ${from}, ${to}${since} having count(*) > 1`);
  if (bridge.kind === "memberships") {
    const shares = `select everyone.id, sum(weighting_factor) as shares from (${everyone}) as everyone left join ${table} on ${from} = everyone.id group by everyone.id${since} having abs(coalesce(sum(weighting_factor), 0) - 1) > 1e-6 or min(weighting_factor) < 0`;
    return [grain, about("B2", "the shares of every group add up to 1", shares)];
  }
  const dimension = model.dimensions.find((one) => one.name === group.dimension);
  if (dimension?.kind !== "table") return [grain];
  if (bridge.timed) return [grain, ...timedInvariants(bridge, dimension, { mart, column }, about)];
  const self = `select everyone.id from (${everyone}) as everyone left join ${table} on ${from} = everyone.id and depth = 0 group by everyone.id having count(${from}) <> 1`;
  const gap = `select lower_row.* from ${table} as lower_row where depth > 0 and not exists (select 1 from ${table} as upper_row where upper_row.${from} = lower_row.${from} and upper_row.depth = lower_row.depth - 1)`;
  return [
    grain,
    about("B3", "everyone stands there with itself, once", self),
    about("B4", "whoever lies above at some depth has others at all lesser ones", gap),
    about("B5", "one step up is what the dimension says, and all that it says", steps(bridge, dimension, { table, from, to, key }, { mart, column })),
  ];
}

/** The same of a hierarchy over time: at every moment of a member's time, which its own rows tell. */
function timedInvariants({ name, group, member, parent }: HierarchyBridge, dimension: EntityDimension, { mart, column }: Pick<Relations, "mart" | "column">, about: (id: string, statement: string, offending: string) => Invariant): readonly Invariant[] {
  const [table, from, to, key] = [mart(name), column(group.column), column(member.column), column(group.key)];
  const there = dimension.deletes === "tombstone" ? "not is_deleted" : "true";
  const versions = `(select * from ${mart(dimension.name)} where ${there})`;
  const end = "coalesce(valid_to, timestamp '9999-12-31')";
  const lasting = (rows: string, of: string): string => `select ${of} as id, sum(epoch(${end}) - epoch(valid_from)) as seconds from ${rows} group by ${of}`;
  const self = `(select * from ${table} where depth = 0)`;
  const gap = `select lower_row.* from ${table} as lower_row where depth > 0 and not exists (select 1 from ${table} as upper_row where upper_row.${from} = lower_row.${from} and upper_row.valid_from = lower_row.valid_from and upper_row.depth = lower_row.depth - 1)`;
  const during = (version: string): string => `span.valid_from >= ${version}.valid_from and span.valid_from < coalesce(${version}.valid_to, timestamp '9999-12-31')`;
  const same = parent.map((one) => `child.${column(one.attribute)} = above.${column(one.member)}`).join(" and ");
  const said = `select span.${from}, above.${column(member.key)}, span.valid_from from ${self} as span inner join ${versions} as child on child.${key} = span.${from} and ${during("child")} inner join ${versions} as above on ${same} and child.${key} <> above.${key} and ${during("above")}`;
  const steps = `select ${from}, ${to}, valid_from from ${table} where depth = 1`;
  return [
    about("B3", "everyone stands there with itself for as long as it was there", `select * from (${lasting(versions, key)}) as wanted full join (${lasting(self, from)}) as found on wanted.id = found.id where wanted.seconds is distinct from found.seconds`),
    about("B4", "whoever lies above at some depth has others at all lesser ones", gap),
    about("B5", "one step up is what the dimension said then, and all that it said", `select * from ((${said}) except (${steps})) as missing union all select * from ((${steps}) except (${said})) as added`),
  ];
}

/** Both ways: steps of the bridge that the newest rows of the dimension do not say, and those that it lacks. */
function steps({ parent, member }: HierarchyBridge, { name, columns }: EntityDimension, { table, from, to, key }: Readonly<Record<"table" | "from" | "to" | "key", string>>, { mart, column }: Pick<Relations, "mart" | "column">): string {
  const later = `select 1 from ${mart(name)} as later where later.${key} = one.${key} and later.valid_from > one.valid_from`;
  const newest = `(select * from ${mart(name)} as one${columns.durableKey === null ? "" : ` where not exists (${later})`})`;
  const same = parent.map((one) => `child.${column(one.attribute)} = above.${column(one.member)}`).join(" and ");
  const said = `select child.${key}, above.${column(member.key)} from ${newest} as child inner join ${newest} as above on ${same} and child.${key} <> above.${key}`;
  const there = `select ${from}, ${to} from ${table} where depth = 1`;
  return `select * from ((${said}) except (${there})) as missing union all select * from ((${there}) except (${said})) as added`;
}
