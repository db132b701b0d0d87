import * as z from "zod";

import { key } from "../shape/facts.ts";
import { choice, labels, optional, optionalLabel } from "../shape/scalars.ts";

const OURS = "dps-gen";

/** How a fact is loaded. */
export const load = z.strictObject({
  strategy: key(
    optional(
      choice(["append", "merge", "delete_insert", "truncate_reload", "partition_swap", "soft_delete"], {
        upsert: "merge",
        "delete+insert": "delete_insert",
      }),
    ),
    {
      meaning: "How rows are loaded.",
      source: "guide, phase 3: load strategy decision",
      example: "truncate-reload",
      fallback: "that of the pipeline that extracts the source; else decided from the brief's volumes",
    },
  ),
  corrections: key(optional(choice(["removal", "reversal"], { reversal_rows: "reversal" })), {
    meaning:
      "What becomes of a row that the source corrects or deletes: it is overwritten or removed, or a row with the measures negated takes it back and the corrected one follows, so that the fact only grows (strategy append).",
    source: "Kimball, chapter 19",
    example: "reversal",
    fallback: "removal",
  }),
  lookback: key(optional(z.union([z.string(), z.number()])), {
    meaning:
      "How many days before the latest load time that the fact holds an increment reads its source again (merge, delete_insert, append). Rows that come later than that are reported and wait for the next backfill.",

    source: OURS,
    example: "3 days",
    fallback: "every run reads and compares all rows",
  }),
  partition_by: key(optionalLabel(), {
    meaning: "Column that the table is partitioned by.",
    source: "guide, phase 3: pipeline",
    example: "order_date",
  }),
  cluster_by: key(labels(), {
    meaning: "Columns that the table is clustered by.",
    source: "guide, phase 3: pipeline",
    example: "[customer_key]",
  }),
});

/** How a dimension is loaded. */
export const memberLoad = z.strictObject({
  strategy: key(choice(["truncate_reload", "merge"], { upsert: "merge" }), {
    meaning: "How its table is written: as a whole by every run, or only the members of whom its change log tells something new (Type 2).",
    source: "guide, phase 3: load strategy decision",
    example: "merge",
  }),
});
