import * as z from "zod";

import { formed, key } from "../shape/facts.ts";
import { isText, orText } from "../shape/forms.ts";
import { choice, label, name, optional, optionalLabel, optionalName, optionalProse, url } from "../shape/scalars.ts";

const OURS = "dps-gen";

/** Equal columns by text or a list, or a mapping from the column here to the one there. */
const joinColumns = formed(z.record(z.string(), label()), {
  canonical: (written) => {
    const names = Array.isArray(written) ? written : isText(written) ? [written] : null;
    return names?.every(isText) ? Object.fromEntries(names.map((column) => [String(column), column])) : written;
  },
  written: [{ type: "string" }, { type: "array", items: { type: "string" } }],
  expects: "a column, a list of columns, or {here: there}",
});

/** A further source table of a dimension or fact. */
export const join = orText(
  z.strictObject({
    to: key(label(), { meaning: "The contract to join.", source: OURS, example: "shop.addresses" }),
    on: key(optional(joinColumns), {
      meaning: "Columns here and there that must be equal.",
      source: OURS,
      example: "{address_id: id}",
      fallback: "what the contracts' references say",
    }),
    as: key(optionalName(), {
      meaning: "Name of its own, for a table that is joined in a role: to itself, or twice. Its columns are written manager.last_name; with it, on says the columns.",
      source: OURS,
      example: "manager",
      fallback: "the table's",
    }),
    type: key(choice(["left", "inner"], { "left outer": "left", "left join": "left", "inner join": "inner" }).default("left"), {
      meaning: "Whether rows without a partner stay.",
      source: OURS,
      example: "inner",
    }),
  }),
  "to",
  "a contract, or {to, as, on, type}",
);

/** What uses a fact or mart. */
export const exposure = z.strictObject({
  name: key(name(), { meaning: "Name of the dashboard or application.", source: "dbt exposures", example: "sales_overview" }),
  type: key(optional(choice(["dashboard", "notebook", "analysis", "ml", "application"])), {
    meaning: "What it is.",
    source: "dbt exposures",
    example: "dashboard",
    fallback: "dashboard",
  }),
  owner: key(optionalLabel(), { meaning: "Who answers for it.", source: "dbt exposures", example: "sales-analytics" }),
  url: key(optional(url()), { meaning: "Where it stands.", source: "dbt exposures", example: "https://bi.example.com/sales" }),
  description: key(optionalProse(), { meaning: "What it is for.", source: "dbt exposures", example: "Monday's sales meeting." }),
});
