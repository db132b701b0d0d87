import * as z from "zod";

import { formed, key, squeeze } from "../shape/facts.ts";
import { isText } from "../shape/forms.ts";
import { label, list, optional, sourceColumn } from "../shape/scalars.ts";

const SOURCE = "dps-gen; Kimball, chapter 5";

const operation = z.strictObject({
  column: key(sourceColumn(), { meaning: "Column that says what happened to the row.", source: SOURCE, example: "op" }),
  delete: key(z.array(label()).min(1), {
    meaning: "Values of that column that mean a deletion; all others are upserts.",
    source: SOURCE,
    example: "[D]",
  }),
});

const currentState = z.strictObject({ kind: z.literal("current_state") });
const appendOnly = z.strictObject({ kind: z.literal("append_only") });
const changeLog = z.strictObject({
  kind: z.literal("change_log"),
  effective_at: key(optional(sourceColumn()), {
    meaning: "Column that says since when a change holds.",
    source: SOURCE,
    example: "changed_at",
    aliases: ["updated_at"],
  }),
  sequence: key(list(sourceColumn()), {
    meaning: "Columns that order changes of the same instant.",
    source: SOURCE,
    example: "[change_id]",
    aliases: ["sequence_by"],
  }),
  operation: key(optional(operation), {
    meaning: "How the log marks deletions; without it every row is an upsert.",
    source: SOURCE,
    example: "{column: op, delete: [D]}",
  }),
});
const periodicExtract = z.strictObject({
  kind: z.literal("periodic_extract"),
  extract_date: key(sourceColumn(), {
    meaning: "Column that says of which day the row is; each day holds the whole table.",
    source: SOURCE,
    example: "extract_date",
  }),
});

/** How the history of a table can be known. A word alone is its kind. */
export const history = formed(z.discriminatedUnion("kind", [currentState, appendOnly, changeLog, periodicExtract]), {
  canonical: (written) => (isText(written) ? { kind: squeeze(String(written)) } : written),
  written: [{ enum: ["current_state", "append_only"] }],
  expects: "current_state, append_only, or a mapping with kind: change_log or kind: periodic_extract",
});
