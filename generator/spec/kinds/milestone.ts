import * as z from "zod";

import { key } from "../shape/facts.ts";
import { orText } from "../shape/forms.ts";
import { choice, label, labels, name, optional, optionalLabel, optionalName, optionalProse } from "../shape/scalars.ts";

const KIMBALL = "Kimball, chapter 4";
const OURS = "dps-gen";

const lag = orText(
  z.strictObject({
    unit: key(choice(["days", "hours"], { day: "days", hour: "hours" }), {
      meaning: "Days of the calendar, or hours with two decimals between two instants.",
      source: KIMBALL,
      example: "days",
    }),
    since: key(optionalName(), {
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
  source: key(optionalLabel(), { meaning: "Column that says when it was reached.", source: OURS, example: "shipped_at" }),
  event: key(optionalLabel(), {
    meaning: "Value of the type column in rows that say it was reached, where milestones come as events (milestone_events).",
    source: OURS,
    example: "SHIPPED",
    fallback: "the milestone's name",
  }),
  lag: key(optional(lag), {
    meaning: "Time since an earlier milestone, as a measure named <earlier>_to_<name>_<unit>.",
    source: KIMBALL,
    example: "days",
  }),
  description: key(optionalProse(), { meaning: "What reaching it means.", source: OURS, example: "Handed to the carrier." }),
});

/** Milestones that come as rows, one for each event. */
export const milestoneEvents = z.strictObject({
  type: key(label(), { meaning: "Column that says what happened.", source: OURS, example: "event_type" }),
  time: key(label(), { meaning: "Column that says when it happened.", source: OURS, example: "happened_at" }),
  by: key(labels(), {
    meaning: "Columns that grow with every event or correction; of several events of a type the last one counts.",
    source: OURS,
    example: "[event_number]",
    aliases: ["sequence"],
  }),
});
