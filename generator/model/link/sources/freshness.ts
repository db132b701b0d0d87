import { within } from "../../../diagnostics/origin.ts";
import type { SourceTable } from "../../source.ts";
import { readParameters } from "./check-parameters.ts";
import { severityOf } from "./checks.ts";
import type { SourceDraft, SourceLinking } from "./draft.ts";

/**
 * When the last load of a table is too old. The hours of the SLA, or of a check that says no more, are warned of and fail
 * after twice as many; a check that says how it is taken sets that limit alone.
 */
export function linkFreshness({ spec }: SourceDraft, { log }: SourceLinking): SourceTable["freshness"] {
  const hours = spec.sla.freshness_hours;
  let limits: SourceTable["freshness"] = hours === null ? { warnAfter: null, errorAfter: null } : { warnAfter: hours, errorAfter: 2 * hours };
  for (const [at, check] of spec.checks.entries()) {
    if (check.type !== "freshness") continue;
    const allowed = readParameters(check, true, within(spec.origin, "checks", at), log)?.["hours"];
    if (typeof allowed !== "number") continue;
    const isStated = check.on_failure !== null || check.severity !== null;
    if (!isStated) limits = { warnAfter: allowed, errorAfter: 2 * allowed };
    else if (severityOf(check) === "warn") limits = { ...limits, warnAfter: allowed };
    else limits = { ...limits, errorAfter: allowed };
  }
  return limits;
}
