import { isTracked, trackedAttributes } from "../model/attributes.ts";
import type { Attribute, EntityDimension } from "../model/dimension.ts";
import { sameValue } from "./compare.ts";
import type { Life } from "./lives.ts";
import type { Keyed } from "./members.ts";
import type { Values } from "./rows.ts";
import type { Value } from "./value.ts";

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

/** The versions of a life: one begins where a tracked value differs from the one before, or where the member is gone or back. */
export function versionsOf({ key, states }: Life, dimension: EntityDimension): readonly Version[] {
  const tracked = trackedAttributes(dimension);
  const starts: { readonly at: bigint; readonly said: Values | null; readonly shown: Values }[] = [];
  for (const { at, said } of states) {
    const last = starts.at(-1);
    const isNew = last === undefined ? said !== null : said === null || last.said === null ? said !== last.said : tracked.some((one) => !sameValue(valueOf(said, one), valueOf(last.shown, one)));
    if (isNew) starts.push({ at, said, shown: said ?? last?.shown ?? new Map() });
  }
  const shared = sharedValues(states.flatMap((one) => one.said ?? []), dimension);
  return starts.flatMap(({ at, said, shown }, index) => {
    if (said === null && dimension.deletes !== "tombstone") return [];
    const values = new Map(dimension.attributes.map((one) => [one.name, isTracked(one) ? valueOf(shown, one) : shared.get(one.name) ?? null]));
    return [{ key, values, from: at, to: starts[index + 1]?.at ?? null, isDeleted: said === null }];
  });
}

/** The row of a member where no version is kept; null where it is gone and not remembered, or was never there. */
export function memberOf({ key, states }: Life, dimension: EntityDimension): Member | null {
  const said = states.flatMap((one) => one.said ?? []);
  const isGone = states.at(-1)?.said === null;
  if (said.length === 0 || (isGone && dimension.deletes === "close")) return null;
  return { key, values: sharedValues(said, dimension), isDeleted: isGone };
}

/** What all rows of a member show alike: the first, the newest, or the value before the newest. */
function sharedValues(said: readonly Values[], dimension: EntityDimension): Values {
  return new Map(dimension.attributes.filter((one) => !isTracked(one)).map((one) => {
    const values = said.map((each) => valueOf(each, one));
    const newest = values.at(-1) ?? null;
    if (one.companion?.shows === "previous") return [one.name, values.findLast((value) => !sameValue(value, newest)) ?? null];
    return [one.name, one.scdType === 0 ? values[0] ?? null : newest];
  }));
}

/** Columns that Types 3 and 6 add show the attribute that they go with. */
function valueOf(values: Values, { name, companion }: Attribute): Value {
  return values.get(companion?.of ?? name) ?? null;
}
