import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of cleaning steps and checks in contracts. */
export const checkDiagnostics = defineDiagnostics("model", {
  "invalid-check": {
    severity: "error",
    message: "This {check} check {problem}.",
    help: "{instead}",
    docs: "Each kind of check takes its own `params`: range {min, max}, enum {values}, regex {pattern}, length {min, max}, relationship {to: shop.customers.id}, freshness {hours}, volume {min, max}, custom {expression}; unique takes {columns} at the table, and relationship {columns, to: shop.orders, to_columns}. `not_null` and `unique` of one column take none. A check must be able to work on the values that staging holds: limits and lists of values are of the column's type, patterns and lengths are those of texts, and what `protect` hides cannot be looked into. Patterns keep to what all warehouses read alike: no look-around, no references to groups, no `\\b`.",
  },
  "check-not-yet": {
    severity: "error",
    message: "{what} is not built yet.",
    help: "{instead}",
    docs: "Quarantine of rejected rows, reconciliation with another system and distribution checks come with the quality issue. Until then they are refused rather than half-done.",
  },
  "invalid-clean": {
    severity: "error",
    message: "The cleaning step '{step}' {problem}.",
    help: "{instead}",
    docs: "Cleaning steps run in order in staging, on the column's text, before it is cast to its type: trim, squeeze, lower, upper, nullif, map, replace, parse (date formats), epoch (counts since 1970), scale (numbers), json (texts and JSON), default.",
  },
});
