import type { Caches } from "./cache/caches.ts";
import type { LastRun } from "./cache/last-run.ts";
import { filesReached, standsAlone, type SpecParts } from "./cache/parts.ts";
import { compile, type CompileOptions } from "./compile.ts";
import { hasErrors } from "./diagnostics/define.ts";
import { createLog } from "./diagnostics/log.ts";
import type { FoundRevision } from "./git/revision.ts";
import { blobId } from "./output/digest.ts";
import type { Design } from "./rules/types.ts";
import type { SpecDocument } from "./spec/document.ts";
import { isSpecPath } from "./spec/files.ts";
import { readFiles } from "./spec/read.ts";

/** What earlier runs know of the specs. */
export interface KnownSpecs extends Pick<Caches, "files"> {
  readonly last: Pick<LastRun, "specs" | "before">;
}

/** One state of the specs, or of a part of them. */
export interface Side {
  readonly design: Design;
  readonly documents: readonly SpecDocument[];
}

/**
 * Compiles the part of the specs that differs from a commit, as it was there and as it is: whatever changed in the meaning of the
 * project changed in it. Null where that is not certain: where it is most of the project, or does not compile alone.
 */
export async function comparedPart(options: CompileOptions, revision: FoundRevision, caches: KnownSpecs): Promise<{ readonly was: Side; readonly is: Side } | null> {
  const { last, files } = caches;
  const parts = last.before?.parts ?? null;
  const changed = differing(options, revision, caches);
  const paths = parts === null ? null : filesReached(parts, changed);
  const earlier = paths === null ? null : revision.read(changed);
  if (parts === null || paths === null || earlier === null || "severity" in earlier || earlier.specs === null) return null;
  const log = createLog();
  const documents = readFiles(options.host, options.root, paths.filter((path) => last.specs.has(path)), log, files);
  const old = readFiles(earlier.specs.host, earlier.specs.root, [...changed].filter((path) => revision.contents.has(path)).sort(), log);
  const before = [...documents.filter(({ path }) => !changed.has(path)), ...old].sort((a, b) => (a.path < b.path ? -1 : 1));
  const [was, is] = [await side(before, parts, options), await side(documents, parts, options)];
  return log.all().length > 0 || was === null || is === null ? null : { was, is };
}

/** The files that a commit has otherwise, or that the last run saw otherwise. */
function differing({ host, root }: CompileOptions, { contents }: FoundRevision, { last: { specs, before } }: KnownSpecs): ReadonlySet<string> {
  const gone = [...contents.keys()].filter((path) => isSpecPath(path) && !specs.has(path));
  const changed = [...specs].flatMap(([path, content]) => {
    const same = before?.specs.get(path) === content && contents.get(path) === blobId(host.read(host.resolve(root, path)));
    return same ? [] : [path];
  });
  return new Set([...gone, ...changed]);
}

/** Null also where the files of the settings, the brief and the approvals are not those that every part is read with. */
async function side(documents: readonly SpecDocument[], { common, domains }: SpecParts, options: CompileOptions): Promise<Side | null> {
  const { design, diagnostics } = await compile({ ...options, until: "decide", part: { documents, domains } });
  return design === null || hasErrors(diagnostics) || !standsAlone(design.model, { common }) ? null : { design, documents };
}
