import { grouped } from "./groups.ts";
import type { Key, Value } from "./types.ts";

/** A row of a fact as it counts in a mart: for which group, with which share, and the numbers that it holds. */
export interface Counted {
  readonly group: Key;
  readonly share: number;
  readonly numbers: Readonly<Record<string, number | null>>;
}

/** What a mart shows of the rows of a group, among those of all groups. */
export type Aggregate = (rows: readonly Counted[], all: readonly Counted[]) => number | null;

/** The groups of a mart with their aggregates; NULL is a group like any other. */
export function groupsOf(rows: readonly Counted[], aggregates: readonly Aggregate[]): readonly { readonly group: Key; readonly values: readonly (number | null)[] }[] {
  return [...grouped(rows, (one) => JSON.stringify(one.group)).values()].map((own) => ({ group: own[0]?.group ?? [], values: aggregates.map((one) => one(own, rows)) }));
}

/** A sum of what is known; NULL where nothing is. `shared`: each row by its share. */
export function sum(name: string, shared: "shared" | "in full" = "in full"): Aggregate {
  return (rows) => added(rows.map(({ share, numbers }) => times(numbers[name] ?? null, shared === "shared" ? share : 1)));
}

/** How many rows have a number (or rows at all). `shared`: each counts as its share. */
export function count(name: string | null, shared: "shared" | "in full" = "in full"): Aggregate {
  return (rows) => (shared === "shared" ? added(rows.map((one) => (has(one, name) ? one.share : null))) : rows.filter((one) => has(one, name)).length);
}

/** One aggregate by another; NULL where that is zero. */
export function by(above: Aggregate, below: Aggregate): Aggregate {
  return (rows, all) => {
    const [numerator, denominator] = [above(rows, all), below(rows, all)];
    return numerator === null || denominator === null || denominator === 0 ? null : numerator / denominator;
  };
}

/** The least number. */
export function least(name: string): Aggregate {
  return (rows) => rows.flatMap(({ numbers }) => numbers[name] ?? []).sort((one, other) => one - other)[0] ?? null;
}

/** The greatest number. */
export function greatest(name: string): Aggregate {
  return (rows) => rows.flatMap(({ numbers }) => numbers[name] ?? []).sort((one, other) => other - one)[0] ?? null;
}

/** How many different numbers there are. */
export function distinct(name: string): Aggregate {
  return (rows) => new Set(rows.flatMap(({ numbers }) => numbers[name] ?? [])).size;
}

/** The sum over the rows that a condition holds for; zero where it holds for none. */
export function sumWhere(name: string, holds: (row: Counted) => boolean): Aggregate {
  return (rows) => added(rows.map((one) => (holds(one) ? (one.numbers[name] ?? null) : 0)));
}

/**
 * A balance of a periodic snapshot, which is never summed over days: that of the last or first day of a period, the sum of its days by how many they are, the
 * least or greatest of a day. The days of a period are the same for all groups; `period` says which one a group is of. `shared`: each row by its share.
 */
export function closed(name: string, how: "last" | "first" | "mean" | "least" | "greatest", period: (group: Key) => Value, shared: "shared" | "in full" = "in full"): Aggregate {
  const daysOf = daysByPeriod(period);
  return (rows, all) => {
    const days = daysOf(all).get(period(rows[0]?.group ?? [])) ?? [];
    const sums = days.map((day) => sum(name, shared)(rows.filter((one) => one.numbers["day"] === day), all));
    const known = sums.flatMap((one) => one ?? []);
    switch (how) {
      case "last":
        return sums.at(-1) ?? null;
      case "first":
        return sums[0] ?? null;
      case "mean":
        return known.length === 0 ? null : (added(known) ?? 0) / days.length;
      case "least":
        return known.length === 0 ? null : Math.min(...known);
      case "greatest":
        return known.length === 0 ? null : Math.max(...known);
      default:
        throw new Error(`unknown way ${String(how satisfies never)}`);
    }
  };
}

/** The days of each period, from the first to the last. */
function daysByPeriod(period: (group: Key) => Value): (all: readonly Counted[]) => ReadonlyMap<Value, readonly number[]> {
  const known = new WeakMap<readonly Counted[], ReadonlyMap<Value, readonly number[]>>();
  return (all) => {
    const found = known.get(all);
    if (found !== undefined) return found;
    const days = new Map<Value, Set<number>>();
    for (const { group, numbers } of all) days.set(period(group), (days.get(period(group)) ?? new Set()).add(numbers["day"] ?? 0));
    const sorted = new Map([...days].map(([of, own]) => [of, [...own].sort((one, other) => one - other)]));
    known.set(all, sorted);
    return sorted;
  };
}

function has({ numbers }: Counted, name: string | null): boolean {
  return name === null || (numbers[name] ?? null) !== null;
}

function times(value: number | null, share: number): number | null {
  return value === null ? null : value * share;
}

function added(values: readonly (number | null)[]): number | null {
  const known = values.flatMap((one) => one ?? []);
  return known.length === 0 ? null : known.reduce((one, other) => one + other, 0);
}
