import fc from "fast-check";

/** Loads of a stream: every source gets its share of each. */
export const BATCHES = 10;

/** The number under which rows stand that belong to no stream alone. */
export const NOBODY = 0;

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
  /** What becomes of places that members live in, and of orders; sources of each kind of history tell of the same. */
  readonly places: readonly (readonly PlaceEntry[])[];
  readonly orders: readonly (readonly OrderEntry[])[];
  /** Who gets and gives up which share of a place; sources of each kind tell of it, too. */
  readonly shares: readonly (readonly ShareEntry[])[];
  /** What happens to orders, as a row each, and clicks with the time at which they were loaded. */
  readonly events: readonly (readonly EventEntry[])[];
  readonly clicks: readonly (readonly ClickEntry[])[];
}

/** Values of a row: indexes into the palette of the stream. */
export interface Entry {
  readonly member: number;
  readonly label: number;
  readonly city: number;
  readonly price: number;
  readonly note: number;
  readonly place: number;
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
  readonly flags: number;
  readonly place: number;
}

/** How sources of all kinds tell of a change: logs by its time, extracts by theirs, current rows by when they were touched. */
export interface Told {
  readonly operation: number;
  readonly changed: number;
  readonly slot: number;
  readonly sequence: number;
  readonly extract: number;
  readonly touched: number;
}

/** A change of a place, which may lie below another one. */
export interface PlaceEntry extends Told {
  readonly place: number;
  readonly street: number;
  readonly above: number;
}

/** A change of somebody's share of a place. */
export interface ShareEntry extends Told {
  readonly place: number;
  readonly holder: number;
  readonly share: number;
}

/** Something that happened to an order; `again` delivers it twice. */
export interface EventEntry {
  readonly order: number;
  readonly type: number;
  readonly number: number;
  readonly day: number;
  readonly slot: number;
  readonly member: number;
  readonly amount: number;
  readonly again: boolean;
}

/** A click: a number that occurs again is a correction, or a duplicate; how many days and when before the newest one it was loaded. */
export interface ClickEntry {
  readonly click: number;
  readonly member: number;
  readonly day: number;
  readonly slot: number;
  readonly seconds: number;
  readonly age: number;
  readonly loaded: number;
}

/** A change of an order: when it was placed, packed and shipped, if it was. */
export interface OrderEntry extends Told {
  readonly order: number;
  readonly member: number;
  readonly ordered: number;
  readonly packed: number;
  readonly shipped: number;
  readonly amount: number;
}

const entry = { member: fc.nat(9), label: fc.nat(3), city: fc.nat(3), price: fc.nat(3), note: fc.nat(1), place: fc.nat(3) };

const logEntry = fc.record<LogEntry>({ ...entry, operation: fc.nat(9), day: fc.nat(11), slot: fc.nat(7), sequence: fc.nat(2), again: fc.boolean() });
const stateEntry = fc.record<StateEntry>({ ...entry, touched: fc.nat(2) });
const extractEntry = fc.record<ExtractEntry>({ ...entry, extract: fc.nat(1), again: fc.boolean() });
const saleEntry = fc.record<SaleEntry>({ sale: fc.nat(5), member: fc.nat(11), day: fc.nat(11), slot: fc.nat(7), date: fc.nat(7), amount: fc.nat(3), flags: fc.nat(5), place: fc.nat(6) });
const told = { operation: fc.nat(9), changed: fc.nat(11), slot: fc.nat(7), sequence: fc.nat(2), extract: fc.nat(1), touched: fc.nat(2) };
const placeEntry = fc.record<PlaceEntry>({ ...told, place: fc.nat(4), street: fc.nat(3), above: fc.nat(6) });
const orderEntry = fc.record<OrderEntry>({ ...told, order: fc.nat(3), member: fc.nat(11), ordered: fc.nat(7), packed: fc.nat(4), shipped: fc.nat(4), amount: fc.nat(3) });
const shareEntry = fc.record<ShareEntry>({ ...told, place: fc.nat(6), holder: fc.nat(7), share: fc.nat(3) });
const eventEntry = fc.record<EventEntry>({ order: fc.nat(3), type: fc.nat(5), number: fc.nat(3), day: fc.nat(8), slot: fc.nat(7), member: fc.nat(11), amount: fc.nat(3), again: fc.boolean() });
const clickEntry = fc.record<ClickEntry>({ click: fc.nat(5), member: fc.nat(11), day: fc.nat(11), slot: fc.nat(7), seconds: fc.nat(3), age: fc.nat(6), loaded: fc.nat(7) });

/** Random streams. No part is mapped, so that any stream can be shrunk from its value alone. */
export const streams: fc.Arbitrary<Stream> = fc.record<Stream>({
  odd: fc.nat(13),
  log: loads(logEntry, 4),
  state: loads(stateEntry, 4),
  extract: loads(extractEntry, 4),
  sales: loads(saleEntry, 3),
  places: loads(placeEntry, 2),
  orders: loads(orderEntry, 2),
  shares: loads(shareEntry, 3),
  events: loads(eventEntry, 3),
  clicks: loads(clickEntry, 2),
});

/** So many random streams of one seed; the first ones are the same whatever the count. */
export function sampleStreams(count: number, seed: number): readonly Stream[] {
  return fc.sample(streams, { numRuns: count, seed });
}

function loads<T>(one: fc.Arbitrary<T>, most: number): fc.Arbitrary<T[][]> {
  return fc.array(fc.array(one, { maxLength: most }), { minLength: BATCHES, maxLength: BATCHES });
}
