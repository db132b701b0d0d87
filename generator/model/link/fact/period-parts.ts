import { within, type Step } from "../../../diagnostics/origin.ts";
import type { FactSpec } from "../../../spec/types.ts";
import { snapshotDiagnostics } from "../../diagnostics/snapshots.ts";
import type { LinkContext } from "../context.ts";

/** Reports what only periodic snapshots have, stated elsewhere. */
export function reportPeriodParts(spec: FactSpec, { log }: LinkContext): void {
  if (spec.fact_type === "periodic_snapshot") return;
  const report = (part: string, ...at: readonly Step[]): void => {
    log.add(snapshotDiagnostics.report("snapshot-part-unused", { origin: within(spec.origin, ...at), pointer: "key" }, { part, name: spec.name }));
  };
  for (const part of ["period", "entity", "through", "absent"] as const) if (spec[part] !== null) report(part, part);
  spec.measures.forEach((one, index) => {
    for (const part of ["balance", "absent"] as const) if (one[part] !== null) report(part, "measures", index, part);
  });
}
