import type { MilestoneEvents } from "../model/fact.ts";
import { byMember } from "./members.ts";
import { firstBy, type RankTerm } from "./ranking.ts";
import type { Values } from "./rows.ts";
import type { Value } from "./value.ts";

/**
 * One row for each process that events tell of: its columns, one for each milestone (the time that the newest event of its type tells, or none), and the
 * columns that are `carried` as the newest event tells them that holds a value. Beside it the events that it is made of.
 */
export function processesOf({ process, type, time, order, milestones }: MilestoneEvents, carried: readonly string[], events: readonly Values[]): readonly { readonly row: Values; readonly events: readonly Values[] }[] {
  const value = (event: Values | undefined, name: string): Value => event?.get(name) ?? null;
  const newest = order.map(({ name }): RankTerm<Values> => ({ value: (event) => value(event, name), direction: "descending" }));
  return byMember(events.map((event) => ({ key: process.map(({ name }) => value(event, name)), event }))).map((own) => {
    const told = own.map((one) => one.event);
    const times = milestones.map(({ column, event }): [string, Value] => [column, value(firstBy(told.filter((one) => value(one, type) === event), newest)[0], time.name)]);
    const others = carried.map((name): [string, Value] => [name, value(firstBy(told.filter((one) => value(one, name) !== null), newest)[0], name)]);
    return { row: new Map([...process.map(({ name }): [string, Value] => [name, value(told[0], name)]), ...others, ...times]), events: told };
  });
}
