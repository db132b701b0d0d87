import { differences, summary } from "./comparison.ts";
import type { Difference } from "./comparison.ts";
import type { Streams } from "./landing.ts";
import { shrunk } from "./shrink.ts";
import type { Stream } from "./streams.ts";
import { startWarehouse } from "./tested-warehouse.ts";

/** The seed of all streams; ORACLE_SEED asks for others. */
export const seed = Number(process.env["ORACLE_SEED"] ?? 20261121);

/** Whether this is the long run. */
export const sweeps = process.env["ORACLE_SWEEP"] !== undefined;

/** How many streams an engine gets: some in every test run, many where ORACLE_SWEEP is set (`npm run test:sweep`). */
export function count(engine: "duckdb" | "postgres"): number {
  if (engine === "postgres") return sweeps ? 100 : 20;
  return Number(process.env["ORACLE_STREAMS"] ?? (sweeps ? 1000 : 60));
}

/** Streams under the numbers that make their keys. */
export function numbered(streams: readonly Stream[]): Streams {
  return new Map(streams.map((stream, position) => [position + 1, stream]));
}

/** The plainest stream that still shows one of these differences, found by running ever plainer ones; for the message of a test. */
export async function plainest(found: readonly Difference[], streams: Streams, runs: readonly number[]): Promise<string> {
  const [first] = found;
  const stream = first === undefined ? undefined : streams.get(first.stream);
  if (first === undefined || stream === undefined) return "nothing to shrink";
  const only = (table: string) => table === first.table;
  const reduced = await shrunk(stream, async (candidates) => {
    const differing = new Set((await judged(numbered(candidates), runs, first.table, only)).map((one) => one.stream));
    return candidates.map((_, position) => differing.has(position + 1));
  });
  return `The plainest stream that still differs:\n${JSON.stringify(reduced)}\n${summary(await judged(numbered([reduced]), runs, first.table, only))}`;
}

/** Builds one table and what it reads in a new warehouse of its own. Histories need one run, current rows all of them. */
async function judged(streams: Streams, runs: readonly number[], table: string, only: (table: string) => boolean): Promise<readonly Difference[]> {
  const needed = table.startsWith("dim_log") || table.startsWith("dim_extract") ? runs.slice(-1) : runs;
  const warehouse = await startWarehouse("duckdb");
  try {
    for (let load = 0; load <= (runs.at(-1) ?? 0); load++) {
      await warehouse.bring(streams, load);
      if (needed.includes(load)) await warehouse.build(load, ["--select", `+${table}`]);
    }
    return await differences(warehouse, streams, needed, only);
  } finally {
    await warehouse.stop();
  }
}
