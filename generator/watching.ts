import { compile } from "./compile.ts";
import { hasErrors } from "./diagnostics/define.ts";
import { generate, type GenerateOptions, type Generation } from "./generate.ts";
import { memoryHost } from "./memory-host.ts";
import { planChanges, type PlannedChange } from "./plan/plan.ts";
import type { Design } from "./rules/types.ts";
import { specFiles } from "./spec/files.ts";

/** What a run did, and what changed in the meaning of the specs since the last one that came through. */
export interface WatchedRun {
  readonly generation: Generation;
  readonly planned: readonly PlannedChange[];
}

/** The specs of the last run that came through. */
interface Seen {
  /** Contents by path; null where not all could be read. */
  readonly specs: ReadonlyMap<string, Uint8Array> | null;
  /** What they mean, where a run has compiled all of them. */
  readonly design: Design | null;
}

/** A function that generates each time it is called, and tells what changed since the call before; of the first one nothing is told. */
export function watchedRuns(options: GenerateOptions): () => Promise<WatchedRun> {
  let seen: Seen | null = null;
  return async () => {
    const specs = contentsOf(options);
    const generation = await generate(options);
    const planned = seen === null ? [] : await changesSince(seen, generation, options);
    if (!hasErrors(generation.diagnostics)) seen = { specs, design: isUntouched(generation) ? (seen?.design ?? null) : generation.design };
    return { generation, planned };
  };
}

/** Whether caches told that the specs are those of the run before. */
function isUntouched({ design, part }: Generation): boolean {
  return design === null && part === undefined;
}

/** All that changed; where caches spared most of the compilation, it changed in the part that was compiled. */
async function changesSince({ specs, design }: Seen, { part, design: now }: Generation, options: GenerateOptions): Promise<readonly PlannedChange[]> {
  if (part !== undefined) {
    const was = await part.was();
    return was === null ? [] : planChanges(was.model, part.is.model, part.is.dialect);
  }
  if (now === null) return [];
  const before = design ?? (specs === null ? null : await meaningOf(specs, options));
  return before === null ? [] : planChanges(before.model, now.model, now.dialect);
}

async function meaningOf(specs: ReadonlyMap<string, Uint8Array>, { warehouse = null }: GenerateOptions): Promise<Design | null> {
  const host = memoryHost({});
  for (const [path, bytes] of specs) host.write(`/specs/${path}`, bytes);
  return (await compile({ host, root: "/specs", warehouse, until: "decide" })).design;
}

function contentsOf({ host, root }: GenerateOptions): Seen["specs"] {
  try {
    const paths = specFiles(host, root, (_, error) => {
      throw error;
    });
    return new Map(paths.map((path) => [path, host.read(host.resolve(root, path))]));
  } catch {
    return null;
  }
}
