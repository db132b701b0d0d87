import { isTracked, trackedAttributes } from "../model/attributes.ts";
import type { Attribute, EntityDimension } from "../model/dimension.ts";
import { sameValue } from "./compare.ts";
import type { Life } from "./lives.ts";
import type { Keyed } from "./members.ts";
import type { Values } from "./rows.ts";
import { instantFromText } from "./time.ts";
import { fail, type Value } from "./value.ts";

/** A version of a member with all attributes of the dimension; `to` is null while it holds. */
export interface Version extends Keyed {
  readonly values: Values;
  readonly from: bigint;
  readonly to: bigint | null;
  readonly isDeleted: boolean;
}

/** A member with all attributes of the dimension. */
export interface Member extends Keyed {
  readonly values: Values;
  readonly isDeleted: boolean;
}

/**
 * The versions of a life: one begins where a tracked value differs from the one before, or where the member is gone or back. An attribute that came later
 * (`since`) cuts none by its coming: it has its first value from the version on in which it came.
 */
export function versionsOf(life: Life, dimension: EntityDimension): readonly Version[] {
  const { key } = life;
  const tracked = trackedAttributes(dimension);
  const states = withFirstValues(life.states, tracked);
  const starts: { readonly at: bigint; readonly said: Values | null; readonly shown: Values }[] = [];
  for (const { at, said } of states) {
    const last = starts.at(-1);
    const isNew = last === undefined ? said !== null : said === null || last.said === null ? said !== last.said : tracked.some((one) => !sameValue(valueOf(said, one), valueOf(last.shown, one)));
    if (isNew) starts.push({ at, said, shown: said ?? last?.shown ?? new Map() });
  }
  const shared = sharedValues(life.states, dimension);
  return starts.flatMap(({ at, said, shown }, index) => {
    if (said === null && dimension.deletes !== "tombstone") return [];
    const to = starts[index + 1]?.at ?? null;
    const own = (one: Attribute): Value => (one.since !== null && to !== null && to <= sinceOf(one) ? null : valueOf(shown, one));
    const values = new Map(dimension.attributes.map((one) => [one.name, isTracked(one) ? own(one) : shared.get(one.name) ?? null]));
    return [{ key, values, from: at, to, isDeleted: said === null }];
  });
}

/** The row of a member where no version is kept; null where it is gone and not remembered, or was never there. */
export function memberOf({ key, states }: Life, dimension: EntityDimension): Member | null {
  const isGone = states.at(-1)?.said === null;
  if (states.every((one) => one.said === null) || (isGone && dimension.deletes === "close")) return null;
  return { key, values: sharedValues(states, dimension), isDeleted: isGone };
}

/** What all rows of a member show alike: the first, the newest, or the value before the newest; the first and the one before of the time since the attribute came. */
function sharedValues(states: Life["states"], dimension: EntityDimension): Values {
  const alive = states.flatMap(({ at, said }) => (said === null ? [] : [{ at, said }]));
  return new Map(dimension.attributes.filter((one) => !isTracked(one)).map((one) => {
    const newest = alive.at(-1);
    const known = alive.filter(({ at }) => at >= sinceOf(one));
    const value = (state: (typeof alive)[number] | undefined): Value => (state === undefined ? null : valueOf(state.said, one));
    if (one.companion?.shows === "previous") return [one.name, value(known.findLast((state) => !sameValue(value(state), value(newest))))];
    return [one.name, one.scdType === 0 ? value(known[0] ?? beforeItCame(states, alive)) : value(newest)];
  }));
}

/** The first value of a member that was gone when the attribute came; what a deletion says of it only the warehouse knows. */
function beforeItCame<State>(states: Life["states"], alive: readonly State[]): State | undefined {
  return states[0]?.said === null ? fail("a deletion before the attribute came") : alive[0];
}

function withFirstValues(states: Life["states"], tracked: readonly Attribute[]): Life["states"] {
  const late = tracked.filter((one) => one.since !== null);
  const firsts = late.map((one) => ({ one, first: states.find(({ at, said }) => said !== null && at >= sinceOf(one))?.said ?? null }));
  return states.map(({ at, said }) => {
    const filled = firsts.filter(({ one }) => at < sinceOf(one)).map(({ one, first }) => [one.name, first === null ? null : valueOf(first, one)] as const);
    return { at, said: said === null || filled.length === 0 ? said : new Map([...said, ...filled]) };
  });
}

/** The instant from which an attribute is known; the beginning of all where it always was. */
function sinceOf({ since }: Attribute): bigint {
  return since === null ? -(10n ** 18n) : instantFromText(since)?.micros ?? fail(`${since} is no day`);
}

/** Columns that Types 3 and 6 add show the attribute that they go with. */
function valueOf(values: Values, { name, companion }: Attribute): Value {
  return values.get(companion?.of ?? name) ?? null;
}
