/** A source of chance that a seed decides: the same seed gives the same draws. */
export interface Random {
  /** A whole number from `low` to `high`, both included. */
  readonly whole: (low: number, high: number) => number;
  /** True with a probability. */
  readonly chance: (probability: number) => boolean;
  /** One of a list, which must not be empty. */
  readonly pick: <Item>(items: readonly Item[]) => Item;
}

/** Draws by mulberry32 (public domain; 32 bits of state are plenty for sample data). */
export function seededRandom(seed: number): Random {
  let state = seed >>> 0;
  const next = (): number => {
    state = (state + 0x6d2b79f5) >>> 0;
    let mixed = Math.imul(state ^ (state >>> 15), state | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
  const whole = (low: number, high: number): number => low + Math.floor(next() * (high - low + 1));
  return {
    whole,
    chance: (probability) => next() < probability,
    pick(items) {
      const [item] = items.slice(whole(0, items.length - 1));
      if (item === undefined) throw new Error("nothing to pick from");
      return item;
    },
  };
}
