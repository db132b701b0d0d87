import { within, type Step } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { FactSpec } from "../../../spec/types.ts";
import { snapshotDiagnostics } from "../../diagnostics/snapshots.ts";
import type { LinkContext } from "../context.ts";

/** Something that is refused for now: where it stands, what it is, and what to write meanwhile. */
interface Refusal {
  readonly at: readonly Step[];
  readonly what: string;
  readonly instead: string;
}

/** Reports what the language can say of facts but no release generates yet; true where there was any. */
export function refusedParts(spec: FactSpec, context: LinkContext): boolean {
  reportPeriodParts(spec, context);
  const found = laterParts(spec);
  for (const { at, what, instead } of found) {
    context.log.add(rowDiagnostics.report("not-yet", { origin: within(spec.origin, ...at), pointer: "value" }, { what, instead }));
  }
  return found.length > 0;
}

/** Reports what only periodic snapshots have, stated elsewhere. */
function reportPeriodParts(spec: FactSpec, { log }: LinkContext): void {
  if (spec.fact_type === "periodic_snapshot") return;
  const report = (part: string, ...at: readonly Step[]): void => {
    log.add(snapshotDiagnostics.report("snapshot-part-unused", { origin: within(spec.origin, ...at), pointer: "key" }, { part, name: spec.name }));
  };
  for (const part of ["period", "entity", "through", "absent"] as const) if (spec[part] !== null) report(part, part);
  spec.measures.forEach((one, index) => {
    for (const part of ["balance", "absent"] as const) if (one[part] !== null) report(part, "measures", index, part);
  });
}

function laterParts({ contract }: FactSpec): readonly Refusal[] {
  const refusals: Refusal[] = [];
  if (contract !== null && contract.version !== null) {
    const instead = "remove contract.version; versions of models come with a later release";
    refusals.push({ at: ["contract", "version"], what: "A versioned fact", instead });
  }
  return refusals;
}
