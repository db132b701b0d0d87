import type { DiagnosticLog } from "../../diagnostics/log.ts";

/** What a step makes, or null where it reported an error on the way: a model object is whole or it is not there. */
export function accepted<Made>(log: DiagnosticLog, step: () => Made | null): Made | null {
  const before = log.all().length;
  const made = step();
  const after = log.all().slice(before);
  return after.some((one) => one.severity === "error") ? null : made;
}
