import { within, type Step } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { FactSpec } from "../../../spec/types.ts";
import type { LinkContext } from "../context.ts";

/** Something that is refused for now: where it stands, what it is, and what to write meanwhile. */
interface Refusal {
  readonly at: readonly Step[];
  readonly what: string;
  readonly instead: string;
}

/** Reports what the language can say of facts but no release generates yet; true where there was any. */
export function refusedParts(spec: FactSpec, context: LinkContext): boolean {
  const found = [...snapshotRefusals(spec), ...loadRefusals(spec)];
  for (const { at, what, instead } of found) {
    context.log.add(rowDiagnostics.report("not-yet", { origin: within(spec.origin, ...at), pointer: "value" }, { what, instead }));
  }
  return found.length > 0;
}

function snapshotRefusals(spec: FactSpec): readonly Refusal[] {
  const type = spec.fact_type;
  const periodic = "it comes with periodic snapshots in a later release";
  const refusals: readonly (Refusal & { readonly stated: boolean })[] = [
    {
      stated: type === "periodic_snapshot",
      at: ["fact_type"],
      what: `A fact of type ${type}`,
      instead: "use transaction, accumulating_snapshot or factless; it comes with a later release",
    },
    { stated: spec.period !== null, at: ["period"], what: "A fact per period", instead: `remove period; ${periodic}` },
    { stated: spec.entity !== null, at: ["entity"], what: "A fact per entity and period", instead: `remove entity; ${periodic}` },
  ];
  return refusals.filter((one) => one.stated);
}

function loadRefusals({ load, contract }: FactSpec): readonly Refusal[] {
  const strategy = load?.strategy ?? null;
  const refusals: Refusal[] = [];
  if (strategy === "partition_swap" || strategy === "soft_delete") {
    const instead = "use merge, delete_insert or truncate_reload, or leave it out: it comes with a later release";
    refusals.push({ at: ["load", "strategy"], what: `Loading by ${strategy}`, instead });
  }
  if (load !== null && load.lookback !== null) {
    const instead = "remove it: every run compares all rows, so that no late row is missed; a window comes with a later release";
    refusals.push({ at: ["load", "lookback"], what: "A lookback", instead });
  }
  if (contract !== null && contract.version !== null) {
    const instead = "remove contract.version; versions of models come with a later release";
    refusals.push({ at: ["contract", "version"], what: "A versioned fact", instead });
  }
  return refusals;
}
