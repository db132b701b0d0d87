import { isPortablePath, type Artifact } from "../artifact.ts";
import type { DiagnosticLog } from "../diagnostics/log.ts";
import type { Design } from "../rules/types.ts";
import { pathDiagnostics } from "./diagnostics.ts";
import { emitters } from "./registry.ts";
import type { Emitter } from "./types.ts";

/**
 * The artifacts of all emitters that are on, in code-point order of their paths. Paths that are equal or differ in case
 * only, and paths that some file system refuses, are reported at the spec object behind them
 * (`emitters/same-path`, `emitters/bad-path`).
 */
export function planArtifacts(design: Design, log: DiagnosticLog, registered: readonly Emitter[] = emitters): Artifact[] {
  const artifacts = registered.filter((emitter) => isOn(emitter, design)).flatMap((emitter) => [...emitter.emit(design)]);
  const taken = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const folded = artifact.path.toLowerCase();
    const other = taken.get(folded);
    if (other !== undefined) reportCollision(other, artifact, log);
    taken.set(folded, artifact);
    if (!isPortablePath(artifact.path)) log.add(pathDiagnostics.report("bad-path", { origin: artifact.origin }, { path: artifact.path }));
  }
  return artifacts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
}

function isOn(emitter: Emitter, design: Design): boolean {
  return design.model.project.emitters[emitter.name]?.["enabled"] !== false;
}

function reportCollision(first: Artifact, second: Artifact, log: DiagnosticLog): void {
  const related = first.origin === null ? [] : [{ origin: first.origin, message: `'${first.path}' comes from here` }];
  log.add(pathDiagnostics.report("same-path", { origin: second.origin ?? first.origin, related }, { first: first.path, second: second.path }));
}
