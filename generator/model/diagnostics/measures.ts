import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of measures, in facts and in marts. */
export const measureDiagnostics = defineDiagnostics("model", {
  "additivity-mismatch": {
    severity: "error",
    message: "'{name}' is {additivity}, so {aggregation} of it means nothing.",
    help: "{instead}",
    docs: "An additive measure may be summed over everything, a semi-additive one (a balance) over everything but time, a non-additive one (a price, a share) not at all. Non-additive measures are averaged, or take their least or greatest value, or are kept as a `ratio` of two additive measures that are summed first.",
  },
  "semi-additive-over": {
    severity: "error",
    message: "'{name}' is semi-additive, but nothing says how it is closed over time.",
    help: "add over: with one of the fact's dates ({known}) and last, first, avg, min or max, e.g. over: {example}.",
    docs: "A balance may not be summed over time. `over: {order_date: last}` says by which date of the fact it is closed, and how: the last value of the period, the first, the average, the least or the greatest.",
  },
  "over-without-balance": {
    severity: "error",
    message: "'{name}' is {additivity}, so over has no use.",
    help: "remove over, or write type: semi-additive.",
    docs: "`over` says how a semi-additive measure (a balance) is closed over time. Additive measures are summed over time, non-additive ones are never summed.",
  },
  "unknown-over": {
    severity: "error",
    message: "'{fact}' has no date '{role}'.",
    help: "{suggestion}Its dates are {known}; others are foreign keys to dim_date with a role.",
    docs: "`over` names a foreign key of the fact to `dim_date`, by its role.",
  },
  "unknown-part": {
    severity: "error",
    message: "'{fact}' has no additive measure '{name}' that the ratio could be made of.",
    help: "{suggestion}Additive measures above it: {known}.",
    docs: "A ratio is kept as two measures of the same fact, numerator and denominator, which are summed before they are divided. Neither may be a ratio or a non-additive measure itself.",
  },
  "measure-type": {
    severity: "error",
    message: "'{name}' is {type}, which {aggregation} cannot take.",
    help: "{instead}",
    docs: "Sums and averages need numbers; the least and greatest value also take dates, timestamps and texts; counting takes anything.",
  },
  "measure-type-stated": {
    severity: "error",
    message: "'{name}' is {found}, not {stated}.",
    help: "write expression: cast({source} as {stated}) where it should be converted, or correct data_type.",
    docs: "A stated type of a measure is checked against the type of its column or expression, never converted in silence.",
  },
  "duplicate-measure": {
    severity: "error",
    message: "'{fact}' has two measures named '{name}'.",
    help: "rename one, or remove it.",
    docs: "Every measure of a fact or mart has a name of its own.",
  },
  "mixed-rollup": {
    severity: "error",
    message: "'{name}' mixes measures of this roll-up with columns of '{source}' that are not aggregated: {columns}.",
    help: "aggregate them first, as a measure of their own, and compute with that.",
    docs: "An expression of a roll-up is either computed from rows of the source fact and then aggregated, or computed from the roll-up's own measures after they are aggregated. A name that stands for both means the roll-up's own measure.",
  },
  "repeated-value": {
    severity: "error",
    message: "'{name}' is the same in all rows of one {group}, and its filter is not: {aggregation} of it would count it once for each row that the filter lets pass.",
    help: "filter by what belongs to the same table, or use MIN or MAX, which count it once.",
    docs: "A table that a roll-up joins by the columns it is grouped by has one row for all the rows that are put together: the freight of an order stands beside each of its lines. Such a value is taken once, whatever the number of lines; a filter on the lines would make it depend on them.",
  },
  "where-after-rollup": {
    severity: "error",
    message: "'{name}' is computed from measures that are aggregated already, so there are no rows to filter.",
    help: "put the where: on the measures it is computed from.",
    docs: "`where` of a measure filters the rows that are aggregated. A measure of measures has no rows of its own.",
  },
});
