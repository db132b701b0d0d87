import * as z from "zod";

import { key } from "../shape/facts.ts";
import { orText } from "../shape/forms.ts";
import { choice, label, name, optional, prose } from "../shape/scalars.ts";

const KIMBALL = "Kimball, chapter 4";
const OURS = "dps-gen";

const lag = orText(
  z.strictObject({
    unit: key(choice(["days", "hours"], { day: "days", hour: "hours" }), {
      meaning: "Days of the calendar, or hours with two decimals between two instants.",
      source: KIMBALL,
      example: "days",
    }),
    since: key(optional(name()), {
      meaning: "The milestone it is counted from.",
      source: OURS,
      example: "ordered",
      fallback: "the milestone before",
    }),
  }),
  "unit",
  "days, hours, or {unit, since}",
);

/** A step of an accumulating snapshot fact. */
export const milestone = z.strictObject({
  name: key(name(), { meaning: "Name of the milestone.", source: KIMBALL, example: "shipped" }),
  source: key(label(), { meaning: "Column that says when it was reached.", source: OURS, example: "shipped_at" }),
  lag: key(optional(lag), {
    meaning: "Time since an earlier milestone, as a measure named <earlier>_to_<name>_<unit>.",
    source: KIMBALL,
    example: "days",
  }),
  description: key(optional(prose()), { meaning: "What reaching it means.", source: OURS, example: "Handed to the carrier." }),
});
