import { validName } from "../../../model/names.ts";
import type { RowSource } from "../../../model/rows.ts";

/** CTEs that generated queries make themselves. No relation of a spec ever bears one of these names: `cteNames` hands out others. */
const steps = [
  "above",
  "absent",
  "activity",
  "actual",
  "aged",
  "aggregated",
  "appearances",
  "calculated",
  "calendar",
  "changed",
  "combined",
  "compared",
  "counted",
  "dated",
  "deduplicated",
  "departed",
  "dropped",
  "events",
  "expected",
  "extracted",
  "extracts",
  "final",
  "followed",
  "grouped",
  "groups",
  "hashed",
  "horizon",
  "introduced",
  "joined",
  "joined_expected",
  "kept",
  "keyed",
  "latest",
  "levels",
  "listed",
  "members",
  "memberships",
  "merged",
  "misplaced",
  "missed",
  "newest",
  "numbered",
  "opened",
  "parents",
  "periods",
  "pointed",
  "present",
  "profiles",
  "ranked",
  "recalled",
  "recent",
  "recorded",
  "referenced",
  "renamed",
  "rolled",
  "settled",
  "shared",
  "snapshots",
  "source",
  "spans",
  "stacked",
  "starts",
  "timeline",
  "touched",
  "versions",
  "walked",
] as const;

/** Steps that are made once for each of several relations: `orders_aggregated`. */
const derivedSteps = ["aggregated", "bridged", "cut", "dated", "followed", "joined", "opened", "spanned"] as const;

/** The name of a CTE of our own; the compiler refuses any that is not reserved above. `days` stands in the calendar, which reads nothing. */
export type StepName = (typeof steps)[number] | `${string}_${(typeof derivedSteps)[number]}` | "days" | "ticks" | "timed";

/** The one place that names the relations of a query: CTEs of what it reads, and the aliases under which it joins them. */
export interface CteNames {
  /** A name that nothing else in the query has: the first of those wanted that is free, else the last one with a number. */
  readonly hand: (first: string, ...others: readonly string[]) => string;
}

/** Names for one query. */
export function cteNames(): CteNames {
  const taken = new Set<string>(steps);
  const isFree = (name: string): boolean => !taken.has(name) && !derivedSteps.some((one) => name.endsWith(`_${one}`));
  return {
    hand(first, ...others) {
      const last = others.at(-1) ?? first;
      let name = [first, ...others].find(isFree);
      for (let count = 2; name === undefined; count += 1) name = [`${last}_${count}`].find(isFree);
      taken.add(name);
      return name;
    },
  };
}

/** The names of all inputs of a row source, by their aliases; one whose alias is taken bears its source's name before it (`shop_events`). */
export function rowNames(rows: RowSource, names: CteNames = cteNames()): ReadonlyMap<string, string> {
  const inputs = [rows.base, ...rows.joins.map((one) => one.input)];
  return new Map(inputs.map(({ alias, reference }) => [alias, names.hand(alias, validName(reference.id))]));
}
