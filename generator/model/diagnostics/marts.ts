import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of marts. */
export const martDiagnostics = defineDiagnostics("model", {
  "mart-without-measure": {
    severity: "error",
    message: "The mart '{name}' has no measures.",
    help: "add measures: with {known} a count of rows: {name: row_count, aggregation: COUNT}.",
    docs: "A mart aggregates measures of its facts. A count of rows is a measure of the mart with `aggregation: COUNT` and no source.",
  },
  "unknown-fact": {
    severity: "error",
    message: "There is no fact '{name}'.",
    help: "{suggestion}Known: {known}.",
    docs: "A mart takes its rows from facts that the specs define; prefixes may be written or left off.",
  },
  "duplicate-mart": {
    severity: "error",
    message: "There are two marts named '{name}'.",
    help: "rename one: the prefix mrt_ does not tell names apart.",
    docs: "A mart is one table, and its name may be given once in a spec folder.",
  },
  "unknown-group": {
    severity: "error",
    message: "'{fact}' cannot be grouped by '{path}'.",
    help: "{suggestion}{known}",
    docs: "`by` names an attribute over a foreign key of the fact (`dim_customer.country`; a role says which, as in `order_date.month`) or a degenerate dimension. With several facts each must have it, by the same role or as its only foreign key to the same dimension.",
  },
  "ambiguous-group": {
    severity: "error",
    message: "'{fact}' has several keys to {dimension}, so '{path}' could mean any of them.",
    help: "write one of {candidates}.",
    docs: "A dimension that plays several roles in a fact is named by its role: `order_date.month`, not `dim_date.month`.",
  },
  "group-not-shared": {
    severity: "error",
    message: "'{path}' is an attribute of {first} in one fact and of {second} in another.",
    help: "group by an attribute of a dimension that all facts of the mart share.",
    docs: "Facts can be brought together only along conformed dimensions: the same dimension, with the same keys, in each of them.",
  },
  "filter-not-shared": {
    severity: "error",
    message: "'{fact}' has no '{column}' to filter by: only '{other}' has it.",
    help: "put the where: on the measures of '{other}', or filter by what all facts of the mart share.",
    docs: "The `where` of a mart filters the rows of each of its facts before they are brought together, so each must have what it names: a column of that name, or the same dimension, by the same role or as its only foreign key to it. The `where` of a measure filters the rows of that measure's fact only.",
  },
  "unknown-measure": {
    severity: "error",
    message: "None of {facts} has a measure or column '{name}'.",
    help: "{suggestion}Known: {known}.",
    docs: "A measure of a mart is one of a fact's measures by its name, or an aggregate of one of its columns: `{name: order_count, source: order_id, aggregation: COUNT DISTINCT}`.",
  },
  "ambiguous-measure": {
    severity: "error",
    message: "Several facts have '{name}'.",
    help: "write source: {candidates}.",
    docs: "A mart over several facts says which fact's measure it means where they share a name: `{name: sales_amount, source: fct_orders.sales_amount}`.",
  },
  "aggregation-missing": {
    severity: "error",
    message: "'{name}' is no measure of '{fact}', so nothing says how it is aggregated.",
    help: "add aggregation: COUNT DISTINCT, COUNT, MIN or MAX.",
    docs: "Measures of a fact know how they are aggregated. Any other column of it needs an `aggregation` in the mart.",
  },
  "wrong-sum": {
    severity: "error",
    message: "{aggregation} of '{name}' over {groups} would be wrong: it is {additivity}.",
    help: "{instead}",
    docs: "A balance may not be summed over time, a price or share may not be summed at all, and an average of averages is no average. Name a semi-additive measure without `aggregation`: it is then closed by its date as its `over` says. Average what is summed first: a `ratio` in the fact is computed from the sums of its parts.",
  },
  "unknown-mart-column": {
    severity: "error",
    message: "'{mart}' has no {what} '{name}'.",
    help: "{suggestion}{known}",
    docs: "`top` and `rolling` speak of the mart's own columns: measures by their names, groups by the names they have in the mart (the attribute's, or `as`).",
  },
  "rolling-over": {
    severity: "error",
    message: "A moving sum goes along days, but '{name}' is {type}.",
    help: "group by a date, e.g. by: [order_date.date], and write rolling: with over: date.",
    docs: "`rolling` sums a measure over the last days, weeks or months before each day, so one of the groups must be a date.",
  },
  "rolling-measure": {
    severity: "error",
    message: "'{name}' is not a sum or count, so it cannot be summed over moving days.",
    help: "leave it out of rolling.measures; a moving ratio is made of two moving sums.",
    docs: "A moving sum adds up sums and counts. Averages, extremes, distinct counts, balances and ratios cannot be added.",
  },
  "calculation-of-rows": {
    severity: "error",
    message: "'{name}' is worked out from measures that are aggregated already, so '{key}' has no rows to speak of.",
    help: "remove it, or put it on the measures that the expression names.",
    docs: "`expression` of a mart's measure is SQL over the other measures of the mart, after they are aggregated. Which rows count, how they are aggregated and how they are shared is said of those.",
  },
  "unknown-include": {
    severity: "error",
    message: "'{mart}' is not grouped by attributes of '{name}', so its members cannot be included.",
    help: "{suggestion}{known}",
    docs: "`include: dim_customer` keeps the members without facts: each is a row by the attributes of that dimension which the mart is grouped by.",
  },
  "mart-version": {
    severity: "error",
    message: "Version {version} of '{mart}' {problem}.",
    help: "{help}",
    docs: "The mart itself is its latest version: `version` is its number, and that of every version in `earlier_versions` is lower and its own. dbt builds all of them; consumers that name none read the latest.",
  },
  "no-deleted-rows": {
    severity: "error",
    message: "'{name}' asks for deleted rows, but {facts} keeps none.",
    help: "remove include_deleted, or load the fact by soft_delete.",
    docs: "A fact loaded by `soft_delete` keeps the rows that its source lost, marked `is_deleted`. Marts leave them out unless they say `include_deleted: true`. Other facts hold no such rows.",
  },
  "entries-counted": {
    severity: "error",
    message: "{what} of '{fact}' would count the rows that take others back.",
    help: "{instead}.",
    docs: "A fact with `corrections: reversal` holds a row for each thing that was booked, and one with the measures negated for each that was taken back. Only sums come out right over them: count by summing a measure that is 1 in every row. Where a filter on `entry_type` says which entries are meant, anything may be aggregated.",
  },
});
