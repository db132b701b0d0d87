import { isPortablePath, type Artifact } from "../artifact.ts";
import type { DiagnosticLog } from "../diagnostics/log.ts";
import { within } from "../diagnostics/origin.ts";
import { didYouMean } from "../diagnostics/suggest.ts";
import type { Design } from "../rules/types.ts";
import { emitterDiagnostics } from "./diagnostics.ts";
import { emitters } from "./registry.ts";
import type { Emitter } from "./types.ts";

/**
 * The artifacts of all emitters that are on, in code-point order of their paths. Paths that are equal or differ in case
 * only, and paths that some file system refuses, are reported at the spec object behind them
 * (`emitters/same-path`, `emitters/bad-path`), as are settings of emitters that do not exist (`emitters/unknown-emitter`).
 */
export function planArtifacts(design: Design, log: DiagnosticLog, registered: readonly Emitter[] = emitters): Artifact[] {
  reportUnknown(design, registered, log);
  const artifacts = registered.filter((emitter) => isOn(emitter, design)).flatMap((emitter) => [...emitter.emit(design)]);
  const taken = new Map<string, Artifact>();
  for (const artifact of artifacts) {
    const folded = artifact.path.toLowerCase();
    const other = taken.get(folded);
    if (other !== undefined) reportCollision(other, artifact, log);
    taken.set(folded, artifact);
  }
  reportBadPaths(artifacts, log);
  return artifacts.sort((a, b) => (a.path < b.path ? -1 : a.path > b.path ? 1 : 0));
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

function reportCollision(first: Artifact, second: Artifact, log: DiagnosticLog): void {
  const related = first.origin === null ? [] : [{ origin: first.origin, message: `'${first.path}' comes from here` }];
  log.add(emitterDiagnostics.report("same-path", { origin: second.origin ?? first.origin, related }, { first: first.path, second: second.path }));
}

/** One report for each name that a system refuses, at the first file below it that says where it comes from. */
function reportBadPaths(artifacts: readonly Artifact[], log: DiagnosticLog): void {
  const blamed = new Map<string, Artifact>();
  for (const artifact of artifacts.filter(({ path }) => !isPortablePath(path))) {
    const name = refusedPart(artifact.path);
    if ((blamed.get(name)?.origin ?? null) === null) blamed.set(name, artifact);
  }
  for (const [path, { origin }] of blamed) log.add(emitterDiagnostics.report("bad-path", { origin }, { path }));
}

/** The path up to the name that is refused; all of it where it is only too long. */
function refusedPart(path: string): string {
  const parts = path.split("/");
  const bad = parts.findIndex((name) => !isPortablePath(name));
  return parts.slice(0, bad === -1 ? parts.length : bad + 1).join("/");
}
