import type { Artifact } from "./artifact.ts";
import type { Caches } from "./cache/caches.ts";
import type { IntactOutput } from "./cache/last-run.ts";
import { filesReached, isSettledAmongAll, standsAlone, type SpecParts } from "./cache/parts.ts";
import { compile, type Compilation, type CompileOptions } from "./compile.ts";
import type { Diagnostic } from "./diagnostics/define.ts";
import { createLog } from "./diagnostics/log.ts";
import { planArtifacts } from "./emitters/plan.ts";
import { digest } from "./output/digest.ts";
import type { Manifest } from "./output/manifest.ts";
import { renderArtifacts, type File } from "./output/render.ts";
import { generatedNames } from "./rules/naming/generated-names.ts";
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
  readonly was: Design;
  readonly is: Design;
}

/**
 * Compiles the part of the specs that changed since the last run, as it was and as it is: what differs between the two is what
 * a run over all specs would change. Null where that is not certain: where files came or went, where something is reported
 * that the last run did not report, where names change, or where the texts as they were are not those that stand in the output.
 */
export async function compilePart(options: CompileOptions, { last, files }: Caches): Promise<PartialRun | null> {
  const { before, specs } = last;
  const changed = before === null ? null : changedFiles(before.specs, specs);
  const paths = changed === null || before === null || before.parts === null ? null : filesReached(before.parts, changed);
  if (before === null || before.parts === null || paths === null) return null;
  const then = earlier(paths, before.specs, { files });
  const output = then === null ? null : last.output();
  if (then === null || output === null) return null;
  const { domains } = before.parts;
  const log = createLog();
  const documents = readFiles(options.host, options.root, paths, log, files);
  const was = await compile({ ...options, until: "decide", part: { documents: then, domains } });
  const is = await compile({ ...options, until: "decide", known: files, part: { documents, domains } });
  if (was.design === null || is.design === null || !isSelfContained(was.design, is.design, before.parts)) return null;
  options.onStage?.("render");
  const differing = differences([...planArtifacts(was.design, log)], [...planArtifacts(is.design, log)], output.manifest);
  const isAsBefore = sameData(was.diagnostics, is.diagnostics) && saidOf(was.diagnostics, before.warnings, paths);
  if (differing === null || log.all().length > 0 || !isAsBefore) return null;
  const others = documentsOf(before.warnings, options).filter(({ path }) => !paths.includes(path));
  return { compilation: { ...is, diagnostics: before.warnings, documents: [...documents, ...others], files: differing, design: null }, settled: output, part: { was: was.design, is: is.design } };
}

/** The documents that diagnostics point into. */
export function documentsOf(diagnostics: readonly Diagnostic[], { host, root }: Pick<CompileOptions, "host" | "root">): readonly SpecDocument[] {
  const named = diagnostics.flatMap(({ origin, related }) => [...(origin === null ? [] : [origin]), ...related.map((one) => one.origin)]);
  return readFiles(host, root, [...new Set(named.map(({ document }) => document))].sort(), createLog());
}

/** Whether what is said of a part alone is what the last run said about its files. */
function saidOf(part: readonly Diagnostic[], all: readonly Diagnostic[], paths: readonly string[]): boolean {
  const texts = (some: readonly Diagnostic[]): readonly string[] => some.map((one) => JSON.stringify(one)).sort();
  return sameData(texts(part), texts(all.filter(({ origin }) => origin !== null && paths.includes(origin.document))));
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

/**
 * Whether a part, as it was and as it is, can be told apart from the rest: no name comes or goes that may stand elsewhere, nothing
 * follows from what the rest lacks, and nothing that decides about all of the project was moved into it.
 */
function isSelfContained(was: Design, is: Design, { common }: SpecParts): boolean {
  const [old, now] = [was, is].map(({ model }) => JSON.stringify([generatedNames(model).map(({ place, name }) => [place, name]), formerly(model)]));
  return old === now && standsAlone(is.model, { common }) && !isSettledAmongAll(was.model);
}

/** Former names that objects state, which nothing else may bear. */
function formerly({ sources, dimensions, bridges, facts, marts, pipelines }: Design["model"]): unknown {
  return [...sources, ...dimensions.filter((one) => one.kind === "table"), ...bridges, ...facts, ...marts, ...pipelines].map(({ renamedFrom }) => renamedFrom);
}

/** The files that change, or null where one does not stand in the output as the part made it before: others have a share in it, then. */
function differences(was: readonly Artifact[], is: readonly Artifact[], manifest: Manifest): readonly File[] | null {
  if (was.length !== is.length || !is.every((one, index) => isSameFile(one, was[index]))) return null;
  const changed = is.flatMap((one, index) => (sameData({ ...one, origin: null }, { ...was[index], origin: null }) ? [] : [index]));
  const [old, now] = [was, is].map((all) => renderArtifacts(changed.flatMap((index) => all[index] ?? [])));
  const found = (now ?? []).filter((file, index) => file.text !== old?.[index]?.text);
  const stood = found.every(({ path, from }) => {
    const entry = manifest.get(path);
    const text = old?.find((one) => one.path === path)?.text;
    return entry !== undefined && text !== undefined && entry.mode === "generated" && entry.hash === digest(text) && sameData(entry.from, from);
  });
  return stood ? found : null;
}

/** Whether two artifacts are the same file, made from the same objects. */
function isSameFile(one: Artifact, other: Artifact | undefined): boolean {
  return other !== undefined && one.path === other.path && one.mode === other.mode && one.formerly === undefined && other.formerly === undefined && sameData(one.from, other.from);
}

/** Whether two values are equal in all that can be printed. What is no plain data is equal to nothing. */
function sameData(one: unknown, other: unknown): boolean {
  if (one === other) return true;
  if (typeof one !== "object" || typeof other !== "object" || one === null || other === null) return false;
  if (Array.isArray(one) && Array.isArray(other)) return one.length === other.length && one.every((part, index) => sameData(part, other[index]));
  if (Object.getPrototypeOf(one) !== Object.prototype || Object.getPrototypeOf(other) !== Object.prototype) return false;
  const [parts, others] = [one, other].map((each) => Object.entries(each));
  return parts !== undefined && others !== undefined && parts.length === others.length && parts.every(([key, part], index) => key === others[index]?.[0] && sameData(part, others[index]?.[1]));
}
