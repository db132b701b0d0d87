import type { DiagnosticLog } from "../../diagnostics/log.ts";
import type { Origin } from "../../diagnostics/origin.ts";
import { pipelineDiagnostics } from "../diagnostics/pipelines.ts";

/** Something that may point to others of its kind, by name. */
export interface Linked {
  readonly name: string;
  readonly to: readonly string[];
  readonly origin: Origin;
}

/** Names that stand in a circle; each circle is reported once, at its first name in code-point order. `what` names the kind, in the plural. */
export function reportCycles(what: string, nodes: readonly Linked[], log: DiagnosticLog): ReadonlySet<string> {
  const byName = new Map(nodes.map((one) => [one.name, one]));
  const circular = new Set<string>();
  for (const name of [...byName.keys()].sort()) {
    if (circular.has(name)) continue;
    const path = circleFrom(name, byName);
    const node = byName.get(name);
    if (path === null || node === undefined) continue;
    for (const one of path) circular.add(one);
    log.add(pipelineDiagnostics.report("cycle", { origin: node.origin }, { what, path: [...path, name].join(" → ") }));
  }
  return circular;
}

/** A shortest way from a name back to itself, or null. */
function circleFrom(start: string, nodes: ReadonlyMap<string, Linked>): readonly string[] | null {
  const seen = new Set<string>();
  let paths: (readonly string[])[] = [[start]];
  while (paths.length > 0) {
    const longer: (readonly string[])[] = [];
    for (const path of paths) {
      for (const next of nodes.get(path.at(-1) ?? start)?.to ?? []) {
        if (next === start) return path;
        if (seen.has(next)) continue;
        seen.add(next);
        longer.push([...path, next]);
      }
    }
    paths = longer;
  }
  return null;
}
