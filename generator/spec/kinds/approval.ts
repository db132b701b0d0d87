import * as z from "zod";

import { key } from "../shape/facts.ts";
import { once } from "../shape/once.ts";
import { day, label, optional, optionalLabel, prose } from "../shape/scalars.ts";

const OURS = "dps-gen";

/** Somebody's word that one change may be merged, as `plan` prints it. Usually in approvals.yaml. */
export const approval = once(() => z.strictObject({
  rule: key(label(), { meaning: "Rule of the change, as the plan says.", source: OURS, example: "SC301" }),
  object: key(label(), { meaning: "Object that changes.", source: OURS, example: "fct_orders" }),
  part: key(optionalLabel(), { meaning: "Column or property that changes, where it is one.", source: OURS, example: "discount" }),
  hash: key(label(), {
    meaning: "Hash of the change as the plan prints it: of the object as it was and as it is. Another change needs another approval.",
    source: OURS,
    example: "4f0c2a9be1d03377",
  }),
  reason: key(prose(), { meaning: "Why it may be merged.", source: OURS, example: "Finance moved to revenue in March." }),
  by: key(optionalLabel(), { meaning: "Who says so.", source: OURS, example: "head-of-data" }),
  expires: key(optional(day()), { meaning: "Last day on which it counts.", source: OURS, example: "2026-12-31", fallback: "never" }),
}));
