import type { Spec } from "../../spec/types.ts";
import type { CatalogOwner } from "../project.ts";

/** Every team that the specs name as owner, once, in code-point order. `Data team <data@example.com>` has both parts. */
export function linkOwners(spec: Spec): readonly CatalogOwner[] {
  const exposures = [...spec.facts, ...spec.marts].flatMap((one) => one.exposures);
  const named = [...spec.contracts, ...spec.dimensions, ...spec.bridges, ...spec.facts, ...spec.marts, ...spec.pipelines, ...exposures].flatMap((one) => one.owner ?? []);
  return [...new Set(named)].sort().map((name) => ({ name, email: emailOf(name) }));
}

function emailOf(owner: string): string | null {
  return /<([^<>@\s]+@[^<>@\s]+)>\s*$/.exec(owner)?.[1] ?? /^[^<>@\s]+@[^<>@\s]+$/.exec(owner)?.[0] ?? null;
}
