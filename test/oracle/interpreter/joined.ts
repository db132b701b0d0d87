import type { Instant, Timeline, Value, Values } from "./types.ts";

/**
 * What a source says of members together with what another one says of what they name in a column: whatever either tells anew is told.
 * Of somebody who names nobody, or nobody known at that time, the other columns are NULL.
 */
export function joinedTimeline(own: Timeline, named: string, others: readonly Timeline[], columns: readonly string[]): Timeline {
  const states = own.states.flatMap((state, position) => {
    const { values } = state;
    if (values === null) return [state];
    const end = own.states[position + 1]?.at ?? null;
    const other = others.find((one) => one.key[0] === (values[named] ?? null));
    const changes = (other?.states ?? []).map((one) => one.at).filter((at) => at > state.at && (end === null || at < end));
    return [state.at, ...changes].map((at) => ({ at, values: { ...values, ...valuesAt(other, at, columns) } }));
  });
  return { key: own.key, states };
}

/** The same with the values that hold now, whenever a member named what has them. */
export function joinedToday(own: Timeline, named: string, today: ReadonlyMap<Value, Values>, columns: readonly string[]): Timeline {
  const states = own.states.map(({ at, values }) => ({ at, values: values === null ? null : { ...values, ...chosen(today.get(values[named] ?? null) ?? null, columns) } }));
  return { key: own.key, states };
}

function valuesAt(timeline: Timeline | undefined, at: Instant, columns: readonly string[]): Values {
  return chosen(timeline?.states.findLast((one) => one.at <= at)?.values ?? null, columns);
}

function chosen(values: Values | null, columns: readonly string[]): Values {
  return Object.fromEntries(columns.map((name) => [name, values?.[name] ?? null]));
}
