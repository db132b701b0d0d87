import type { Caches } from "./cache/caches.ts";
import type { LastRun, Remembered } from "./cache/last-run.ts";
import { partKey } from "./cache/part-marks.ts";
import { filesReached, standsAlone, type SpecParts } from "./cache/parts.ts";
import type { Compilation, CompileOptions } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/define.ts";
import { createLog } from "./diagnostics/log.ts";
import { differences, differencesFrom, stood } from "./part-differences.ts";
import { partOutcome, type PartOutcome } from "./part-outcome.ts";
import type { IntactOutput } from "./output/intact.ts";
import type { Design } from "./rules/types.ts";
import type { SpecDocument } from "./spec/document.ts";
import { readFiles } from "./spec/read.ts";

/** A compilation of those specs only that a change reaches. */
export interface PartialRun {
  /** `files` are those whose text changes; of the design nothing is told, as it is not that of the project. */
  readonly compilation: Compilation;
  /** The output as it is: all other files stay so. */
  readonly settled: IntactOutput;
  readonly part: ComparedPart;
}

/** What the part of the specs means that a change reaches: all that changed in the meaning of the project changed in it. */
export interface ComparedPart {
  /** What it meant before, compiled when somebody asks. */
  readonly was: () => Promise<Design | null>;
  readonly is: Design;
}

/**
 * Compiles the part of the specs that changed since the last run, and compares it with what it came to before, as an earlier run
 * noted that or as it is compiled once more: what differs between the two is what a run over all specs would change. Null where that
 * is not certain: where files came or went, where something is reported that the last run did not report, where names change, or
 * where the texts as they were are not those that stand in the output.
 */
export async function compilePart(options: CompileOptions, caches: Caches): Promise<PartialRun | null> {
  const { last, files, parts, printed } = caches;
  const reached = reachedPart(last);
  if (reached === null) return null;
  const { paths, before } = reached;
  const { domains } = before.parts;
  const then = earlier(paths, before.specs, caches);
  if (then === null) return null;
  const log = createLog();
  const documents = readFiles(options.host, options.root, paths, log, files);
  const is = log.all().length > 0 ? null : await partOutcome({ ...options, known: files }, { documents, domains });
  if (is === null || !standsAlone(is.design.model, before.parts) || !saidOf(is.compilation.diagnostics, before.warnings, paths)) return null;
  const was = compiledWhenAsked(options, { documents: then, domains });
  const [oldKey, key] = [keyOf(reached, before.specs, options), keyOf(reached, last.specs, options)];
  const noted = differences(parts.at(oldKey), is, ({ text, artifact }) => text ?? printed.textOf(artifact));
  const found = noted ?? differencesFrom(await was(), is);
  const output = found === null ? null : last.output();
  if (found === null || output === null || !stood(found, output)) return null;
  parts.keep(key, found.marks, oldKey);
  const others = documentsOf(before.warnings, options).filter(({ path }) => !paths.includes(path));
  const compilation = { ...is.compilation, diagnostics: before.warnings, documents: [...documents, ...others], files: found.files.map(({ file }) => file), design: null };
  return { compilation, settled: output, part: { was: async () => (await was())?.design ?? null, is: is.design } };
}

/** The files of the part that changed since the last run, and what that run left. */
interface ReachedPart {
  readonly paths: readonly string[];
  readonly before: Remembered & { readonly parts: SpecParts };
}

function reachedPart({ before, specs }: Pick<LastRun, "before" | "specs">): ReachedPart | null {
  if (before === null || before.parts === null) return null;
  const { parts } = before;
  const changed = changedFiles(before.specs, specs);
  const paths = changed === null ? null : filesReached(parts, changed);
  return paths === null ? null : { paths, before: { ...before, parts } };
}

function keyOf({ paths, before }: ReachedPart, contents: ReadonlyMap<string, string>, { warehouse = null }: CompileOptions): string {
  return partKey({ files: paths.map((path) => [path, contents.get(path) ?? ""]), domains: before.parts.domains, warehouse });
}

/** Compiles a part of the specs, once. */
function compiledWhenAsked(options: CompileOptions, part: NonNullable<CompileOptions["part"]>): () => Promise<PartOutcome | null> {
  let outcome: Promise<PartOutcome | null> | null = null;
  return () => (outcome ??= partOutcome(options, part));
}

/** The documents that diagnostics point into. */
export function documentsOf(diagnostics: readonly Diagnostic[], { host, root }: Pick<CompileOptions, "host" | "root">): readonly SpecDocument[] {
  const named = diagnostics.flatMap(({ origin, related }) => [...(origin === null ? [] : [origin]), ...related.map((one) => one.origin)]);
  return readFiles(host, root, [...new Set(named.map(({ document }) => document))].sort(), createLog());
}

/** Whether what is said of a part alone is what the last run said about its files. */
function saidOf(part: readonly Diagnostic[], all: readonly Diagnostic[], paths: readonly string[]): boolean {
  const texts = (some: readonly Diagnostic[]): readonly string[] => some.map((one) => JSON.stringify(one)).sort();
  return texts(part).join("\n") === texts(all.filter(({ origin }) => origin !== null && paths.includes(origin.document))).join("\n");
}

/** The files whose bytes differ, or null where a file came or went. */
function changedFiles(before: ReadonlyMap<string, string>, now: ReadonlyMap<string, string>): readonly string[] | null {
  if (before.size !== now.size) return null;
  const changed: string[] = [];
  for (const [path, content] of now) {
    const was = before.get(path);
    if (was === undefined) return null;
    if (was !== content) changed.push(path);
  }
  return changed;
}

/** The files as they were, from the cache alone; null where it does not hold one of them. */
function earlier(paths: readonly string[], specs: ReadonlyMap<string, string>, { files }: Pick<Caches, "files">): readonly SpecDocument[] | null {
  const documents: SpecDocument[] = [];
  for (const path of paths) {
    const checked = files.at(path, specs.get(path) ?? "");
    if (checked === null) return null;
    documents.push({ path, text: "", value: null, checked, locate: () => [0, 0] });
  }
  return documents;
}
