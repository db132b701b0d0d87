import { isPortablePath, type Artifact } from "../artifact.ts";
import type { DiagnosticLog } from "../diagnostics/log.ts";
import { within } from "../diagnostics/origin.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import { formerNames } from "../model/former-names.ts";
import type { Design } from "../rules/types.ts";
import { emitterDiagnostics } from "./diagnostics.ts";
import { emitters } from "./registry.ts";
import type { Emitter } from "./types.ts";

/** What is remembered of an artifact once it is rendered. */
type Place = Pick<Artifact, "path" | "origin">;

/**
 * The artifacts of all emitters that are on, one at a time: none is held here once it is handed on, so that thousands of
 * models fit into little memory. Paths that are equal or differ in case only, and paths that some file system refuses, are
 * reported at the spec object behind them (`emitters/same-path`, `emitters/bad-path`), as are settings of emitters that do
 * not exist (`emitters/unknown-emitter`).
 */
export function* planArtifacts(design: Design, log: DiagnosticLog, registered: readonly Emitter[] = emitters): Iterable<Artifact> {
  reportUnknown(design, registered, log);
  const taken = new Map<string, Place>();
  const former = formerNames(design.model);
  for (const emitter of registered.filter((one) => isOn(one, design))) {
    for (const artifact of emitter.emit(design)) {
      const place = { path: artifact.path, origin: artifact.origin };
      const folded = place.path.toLowerCase();
      const other = taken.get(folded);
      if (other !== undefined) reportCollision(other, place, log);
      taken.set(folded, place);
      yield withFormerPlace(artifact, former);
    }
  }
  reportBadPaths([...taken.values()], log);
}

/** A file that is named after a renamed model says where it stood before. */
function withFormerPlace(artifact: Artifact, former: ReadonlyMap<string, string>): Artifact {
  if (former.size === 0) return artifact;
  const [, folder = "", stem = "", rest = ""] = /^(.*\/)?([^./]+)([^/]*)$/.exec(artifact.path) ?? [];
  const name = former.get(stem);
  return name === undefined ? artifact : { ...artifact, formerly: `${folder}${name}${rest}` };
}

function isOn(emitter: Emitter, design: Design): boolean {
  return design.model.project.emitters[emitter.name]?.["enabled"] !== false;
}

function reportUnknown({ model }: Design, registered: readonly Emitter[], log: DiagnosticLog): void {
  const known = registered.map(({ name }) => name);
  for (const name of Object.keys(model.project.emitters).filter((one) => !known.includes(one))) {
    const place = { origin: within(model.project.origin, "emitters", name), pointer: "key" } as const;
    log.add(emitterDiagnostics.report("unknown-emitter", place, { name, near: didYouMean(name, known), known: known.join(", ") }));
  }
}

function reportCollision(first: Place, second: Place, log: DiagnosticLog): void {
  const related = first.origin === null ? [] : [{ origin: first.origin, message: `'${first.path}' comes from here` }];
  log.add(emitterDiagnostics.report("same-path", { origin: second.origin ?? first.origin, related }, { first: first.path, second: second.path }));
}

/** One report for each name that a system refuses, at the first file below it that says where it comes from. */
function reportBadPaths(places: readonly Place[], log: DiagnosticLog): void {
  const blamed = new Map<string, Place>();
  for (const place of places.filter(({ path }) => !isPortablePath(path))) {
    const name = refusedPart(place.path);
    if ((blamed.get(name)?.origin ?? null) === null) blamed.set(name, place);
  }
  for (const [path, { origin }] of blamed) log.add(emitterDiagnostics.report("bad-path", { origin }, { path }));
}

/** The path up to the name that is refused; all of it where it is only too long. */
function refusedPart(path: string): string {
  const parts = path.split("/");
  const bad = parts.findIndex((name) => !isPortablePath(name));
  return parts.slice(0, bad === -1 ? parts.length : bad + 1).join("/");
}
