import { expect, it } from "vitest";
import { shrunk, size } from "./shrink.ts";
import { sampleStreams } from "./streams.ts";
import type { Stream } from "./streams.ts";

it("shrinks a stream to the two entries that matter, with plain numbers, in a few rounds of many candidates", async () => {
  const fails = (stream: Stream) => stream.log.flat().some((one) => one.operation >= 8) && stream.sales.slice(4).flat().some((one) => one.member === 1);
  const stream = sampleStreams(200, 7).filter(fails).sort((one, other) => size(one) - size(other))[0];
  if (stream === undefined) throw new Error("no stream of this seed fails");
  let rounds = 0;
  const found = await shrunk(stream, async (candidates) => {
    rounds++;
    return candidates.map(fails);
  });
  expect([found.log.flat().length, found.state.flat().length, found.extract.flat().length, found.sales.flat().length, found.places.flat().length, found.orders.flat().length, found.shares.flat().length, found.events.flat().length, found.clicks.flat().length]).toEqual([1, 0, 0, 1, 0, 0, 0, 0, 0]);
  expect(found.sales.flat()).toEqual([{ sale: 0, member: 1, day: 0, slot: 0, date: 0, amount: 0, flags: 0, place: 0 }]);
  expect(rounds).toBeLessThan(32);
});

it("makes the same streams of the same seed, the first ones whatever the count", () => {
  expect(sampleStreams(3, 11)).toEqual(sampleStreams(5, 11).slice(0, 3));
  expect(sampleStreams(3, 11)).not.toEqual(sampleStreams(3, 12));
});
