import type { Origin } from "../../diagnostics/origin.ts";

/** Somebody's word that one change may be merged. */
export interface ApprovalSpec {
  readonly origin: Origin;
  readonly rule: string;
  readonly object: string;
  readonly part: string | null;
  /** Hash of the change as a plan prints it. */
  readonly hash: string;
  readonly reason: string;
  readonly by: string | null;
  /** ISO date of the last day on which it counts. */
  readonly expires: string | null;
}
