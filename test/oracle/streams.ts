import fc from "fast-check";

/** Loads of a stream: every source gets its share of each. */
export const BATCHES = 10;

/**
 * What one stream does, as small numbers: 0 is the plainest choice everywhere, so that shrinking makes a stream plain.
 * `sources.ts` says what the numbers stand for.
 */
export interface Stream {
  /** The odd text of this stream, among the texts that sources are known to hold. */
  readonly odd: number;
  readonly log: readonly (readonly LogEntry[])[];
  readonly state: readonly (readonly StateEntry[])[];
  readonly extract: readonly (readonly ExtractEntry[])[];
  readonly sales: readonly (readonly SaleEntry[])[];
}

/** Values of a row: indexes into the palette of the stream. */
export interface Entry {
  readonly member: number;
  readonly label: number;
  readonly city: number;
  readonly price: number;
  readonly note: number;
}

/** A line of a change log. `operation` 8 and 9 delete; `again` delivers it twice. */
export interface LogEntry extends Entry {
  readonly operation: number;
  readonly day: number;
  readonly slot: number;
  readonly sequence: number;
  readonly again: boolean;
}

/** A row of a table as it stands at a load. */
export interface StateEntry extends Entry {
  readonly touched: number;
}

/** A row of one of the extracts that a load brings. */
export interface ExtractEntry extends Entry {
  readonly extract: number;
  readonly again: boolean;
}

/** A sale: a number that occurs again is a correction, or a duplicate. */
export interface SaleEntry {
  readonly sale: number;
  readonly member: number;
  readonly day: number;
  readonly slot: number;
  readonly date: number;
  readonly amount: number;
}

const entry = { member: fc.nat(9), label: fc.nat(3), city: fc.nat(3), price: fc.nat(3), note: fc.nat(1) };

const logEntry = fc.record<LogEntry>({ ...entry, operation: fc.nat(9), day: fc.nat(11), slot: fc.nat(7), sequence: fc.nat(2), again: fc.boolean() });
const stateEntry = fc.record<StateEntry>({ ...entry, touched: fc.nat(2) });
const extractEntry = fc.record<ExtractEntry>({ ...entry, extract: fc.nat(1), again: fc.boolean() });
const saleEntry = fc.record<SaleEntry>({ sale: fc.nat(5), member: fc.nat(11), day: fc.nat(11), slot: fc.nat(7), date: fc.nat(7), amount: fc.nat(3) });

/** Random streams. No part is mapped, so that any stream can be shrunk from its value alone. */
export const streams: fc.Arbitrary<Stream> = fc.record<Stream>({
  odd: fc.nat(13),
  log: loads(logEntry, 4),
  state: loads(stateEntry, 4),
  extract: loads(extractEntry, 4),
  sales: loads(saleEntry, 3),
});

/** So many random streams of one seed; the first ones are the same whatever the count. */
export function sampleStreams(count: number, seed: number): readonly Stream[] {
  return fc.sample(streams, { numRuns: count, seed });
}

function loads<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[][]> {
  return fc.array(fc.array(one, { maxLength: most }), { minLength: BATCHES, maxLength: BATCHES });
}
