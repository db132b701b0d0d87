import { keyText } from "./members.ts";
import type { Value } from "./value.ts";

/** A member of a hierarchy as it is now: its natural key and that of the one above it, the key that stands for it below others and the one above them. */
export interface Placed {
  readonly key: readonly Value[];
  readonly parent: readonly Value[];
  readonly below: string;
  readonly above: string;
}

/** Somebody who lies above a member, or the member itself. */
export interface Step {
  readonly below: string;
  readonly above: string;
  readonly depth: number;
  /** How far the one above lies from the top, which is 1. */
  readonly level: number;
  readonly isTop: boolean;
  readonly isBottom: boolean;
}

/** Every member with all above it, and itself. Who names nobody that is known, or itself, is a top, and so is a reserved member, which has no key. Nobody may lie above itself. */
export function stepsIn(members: readonly Placed[]): readonly Step[] {
  const parentOf = ({ key, parent }: Placed): Placed | undefined => members.find((one) => ![...key, ...parent, ...one.key].includes(null) && keyText(one.key) === keyText(parent) && keyText(one.key) !== keyText(key));
  const chain = (member: Placed): readonly Placed[] => {
    const parent = parentOf(member);
    return parent === undefined ? [member] : [member, ...chain(parent)];
  };
  const parents = new Set(members.map(parentOf));
  return members.flatMap((member) => {
    const all = chain(member);
    return all.map((one, depth) => ({ below: member.below, above: one.above, depth, level: all.length - depth, isTop: depth === all.length - 1, isBottom: !parents.has(member) }));
  });
}
