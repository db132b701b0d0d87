import { stepsIn, type Placed, type Step } from "./hierarchy.ts";

/** A version of a member of a hierarchy; `to` is null while it holds. */
export interface PlacedVersion extends Placed {
  readonly from: bigint;
  readonly to: bigint | null;
}

/** Somebody who lay above a member, or the member itself, from when to when. */
export interface TimedStep extends Step {
  readonly from: bigint;
  readonly to: bigint | null;
}

/**
 * Every member with all that lay above it, and itself, in each span in which its way to the top, the versions on it and those of whoever lay right below it
 * were the same.
 */
export function stepsOverTime(versions: readonly PlacedVersion[]): readonly TimedStep[] {
  const moments = [...new Set(versions.flatMap(({ from, to }) => [from, ...(to === null ? [] : [to])]))].sort((one, other) => Number(one - other));
  const pictures = moments.map((at) => ({ at, steps: stepsIn(versions.filter(({ from, to }) => from <= at && (to === null || at < to))) }));
  return [...new Set(versions.map((one) => one.below))].flatMap((member) => {
    const spans: { from: bigint; to: bigint | null; state: string; steps: readonly Step[] }[] = [];
    for (const { at, steps } of pictures) {
      const state = stateOf(member, steps, versions, at);
      const last = spans.at(-1);
      if (last?.to === null && last.state === state) continue;
      if (last?.to === null) last.to = at;
      const own = steps.filter((one) => one.below === member);
      if (own.length > 0) spans.push({ from: at, to: null, state, steps: own });
    }
    return spans.flatMap(({ from, to, steps }) => steps.map((one) => ({ ...one, from, to })));
  });
}

/** What a member's rows depend on: the versions above it, and those right below it. */
function stateOf(member: string, steps: readonly Step[], versions: readonly PlacedVersion[], at: bigint): string {
  const above = steps.filter((one) => one.below === member).map((one) => one.above);
  const children = steps.filter((one) => one.depth === 1 && versions.some((version) => version.below === member && version.above === one.above)).map((one) => one.below);
  const below = versions.filter(({ below: name, from, to }) => children.includes(name) && from <= at && (to === null || at < to)).map((one) => one.above);
  return JSON.stringify([above, below]);
}
