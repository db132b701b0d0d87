import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of SQL expressions in specs. */
export const expressionDiagnostics = defineDiagnostics("model", {
  "expression-syntax": {
    severity: "error",
    message: "This is not one SQL expression: {problem}.",
    help: "check the text near '{near}'; quote texts with single quotes and odd column names with double quotes.",
    docs: "`expression` and `where` take exactly one expression of the portable subset: literals, columns, arithmetic, comparison, `and`/`or`/`not`, `case`, `in`, `between`, `like`, `is null`, `||`, `cast(x as type)` and a list of functions. It is parsed, checked and printed again for the warehouse; it is never pasted.",
  },
  "expression-refused": {
    severity: "error",
    message: "An expression cannot hold {construct}.",
    help: "{instead}",
    docs: "Expressions are computed for one row at a time and hold no statement, comment, subselect, Jinja, aggregate or window function. Aggregates are stated as `aggregation` of a measure, lookups as `joins`, and what the subset lacks as `raw_sql` with one text per warehouse.",
  },
  "unknown-column": {
    severity: "error",
    message: "There is no column '{name}' here.",
    help: "{suggestion}{known}",
    docs: "A name in an expression or a list of columns must be a column of one of the tables that are read there. Inside a contract columns bear their source names, everywhere else their staging names.",
  },
  "ambiguous-column": {
    severity: "error",
    message: "'{name}' could be a column of several tables.",
    help: "write one of {candidates}; where a list holds plain names, as name: and source: of an entry.",
    docs: "Two of the joined tables have a column of this name. Nothing is guessed: put the table in front, as in `shop.customers.name`.",
  },
  "other-name-space": {
    severity: "error",
    message: "The column '{name}' has another name here.",
    help: "write '{correct}': inside a contract columns bear their source names, everywhere else their staging names.",
    docs: "A contract speaks of columns by the names they have in the source. Dimensions, facts, marts and expressions speak of the names that staging gives them: the `rename` of the contract, else the source name in lower case with `_` for every other character.",
  },
  "unknown-function": {
    severity: "error",
    message: "'{name}' is not a function of the portable subset.",
    help: "{suggestion}One of {functions}; anything else goes into raw_sql, with one text per warehouse.",
    docs: "Only functions that mean the same on every warehouse may stand in an expression, so that a spec can move. Use `raw_sql: {duckdb: \"…\", postgres: \"…\"}` for others.",
  },
  "wrong-arguments": {
    severity: "error",
    message: "{name} takes {expected}, not {given}.",
    help: "write {usage}.",
    docs: "A function was called with too few, too many or other arguments than it takes. The help shows the form that is understood.",
  },
  "type-mismatch": {
    severity: "error",
    message: "{problem}.",
    help: "{instead}",
    docs: "Expressions are typed, so that a mistake is found before a warehouse converts a value in silence: a text is no number, a date is no timestamp. Convert with `cast(x as type)` where that is meant.",
  },
  "raw-sql-without-type": {
    severity: "error",
    message: "The type of raw SQL is not known.",
    help: "state the type of its value beside it, e.g. type: decimal(12,2).",
    docs: "`raw_sql` is printed as written and not read, so its type must be stated: contracts, tests and later expressions need it.",
  },
  "unguarded-division": {
    severity: "warning",
    message: "{what} may be zero.",
    help: "write {guarded}, which makes the quotient NULL there.",
    docs: "Division by zero stops the query on some warehouses and gives infinity on others. `nullif(x, 0)` as divisor gives NULL on all of them; a literal other than zero is fine too, and so is a branch of a `case` that is not taken where the divisor is zero.",
  },
  "unknown-type": {
    severity: "error",
    message: "'{type}' is not a type.",
    help: "{suggestion}One of string, integer, bigint, decimal(p,s), float, boolean, date, time, timestamp (an instant), timestamp_ntz (wall-clock time), uuid, json, binary, array<T>, struct<name: T>.",
    docs: "Types are spelled as in the spec reference; common SQL spellings such as varchar(20), int8, numeric(12,2), double precision and timestamptz are understood too.",
  },
  "decimal-without-precision": {
    severity: "warning",
    message: "'{type}' says no precision, so it is taken as decimal(38,9).",
    help: "state the digits, e.g. decimal(12,2); integer, bigint and float are other numbers.",
    docs: "Engines differ in what a bare `number` or `decimal` holds, and some would lose digits. It is read as decimal(38,9) until the contract states precision and scale.",
  },
});
