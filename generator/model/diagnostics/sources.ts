import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of data contracts: what a source table is. */
export const sourceDiagnostics = defineDiagnostics("model", {
  "contract-without-name": {
    severity: "error",
    message: "This contract does not say which table of which source it is about.",
    help: "write name: <source>.<table>, e.g. name: shop.orders, or source: and table:.",
    docs: "A contract describes one table of one source system. Its name is `<source>.<table>`, both lower case with digits and `_`; names that the database spells otherwise go to `physical: {database, schema, table}`.",
  },
  "invalid-name": {
    severity: "error",
    message: "'{name}' cannot be the name of a {what}.",
    help: "write '{valid}': names start with a lower-case letter and hold lower-case letters, digits and '_'.",
    docs: "What the compiler creates is named by lower-case ASCII letters, digits and `_`, so that it needs no quotes on any warehouse. Odd names of the source stay as they are in `column` and `physical`.",
  },
  "duplicate-contract": {
    severity: "error",
    message: "There are two contracts for {table}.",
    help: "keep one of them: a table has one contract.",
    docs: "Every source table has exactly one contract. The other place is shown with the problem.",
  },
  "duplicate-column": {
    severity: "error",
    message: "The column '{column}' is described twice.",
    help: "remove one of the two descriptions.",
    docs: "Every column of the source stands once in `schema`.",
  },
  "column-collision": {
    severity: "error",
    message: "'{column}' and '{other}' would both be called '{name}' in staging.",
    help: "give one of them another name, e.g. rename: {name}_2.",
    docs: "Staging names are the `rename` of a column, else its source name in lower case with `_` for every other character. Two columns must not end with the same name.",
  },
  "reserved-column": {
    severity: "error",
    message: "'{name}' is a name that generated models use themselves.",
    help: "state another name for it, e.g. rename: source_{name}.",
    docs: "`valid_from`, `valid_to`, `is_current`, `is_deleted`, `is_inferred` and names that start with `dbt_` are columns of generated dimensions and snapshots. A source column of that name needs a `rename`.",
  },
  "column-without-type": {
    severity: "error",
    message: "The column '{column}' has no type.",
    help: "state it, e.g. type: string, integer, decimal(12,2), date or timestamp.",
    docs: "Staging casts every column to its declared type, so each needs one. `type` is the type after cleaning, `physical_type` the one before.",
  },
  "empty-contract": {
    severity: "error",
    message: "The contract of {table} describes no column.",
    help: "list the columns under schema:, e.g. - {column: id, type: integer}.",
    docs: "Staging selects the columns that the contract describes, by name. A contract without columns gives nothing to select.",
  },
  "keys-disagree": {
    severity: "error",
    message: "The primary key is said twice and differently: {list} in primary_key, {flags} by the columns.",
    help: "keep the list, or the flags primary_key: true at the columns; both only where they agree.",
    docs: "A primary key is either the list `primary_key: [order_id, line]` of the table or the flag `primary_key: true` at each of its columns.",
  },
  "dropped-column-used": {
    severity: "error",
    message: "The column '{column}' is dropped in staging (protect: drop), but {use} needs it.",
    help: "take protect: hash, which keeps equal values equal, or take the column out of {use}.",
    docs: "`protect: drop` removes a column of personal data before anything reads it, so nothing may be built on it.",
  },
  "unprotected-pii": {
    severity: "warning",
    message: "The column '{column}' holds personal data and says nothing of its protection.",
    help: "state protect: hash, mask or drop; protect: none where readers may see it.",
    docs: "Columns marked `pii: true` should say how staging protects them: `hash` (salted SHA-256, joins still work), `mask`, `drop`, or `none` as a stated choice.",
  },
  "invalid-timezone": {
    severity: "error",
    message: "'{zone}' is not the name of a time zone.",
    help: "{suggestion}write a name of the IANA list such as Europe/Oslo or UTC; offsets such as +02:00 do not know summer time.",
    docs: "Time zones are named as in the IANA list: `Area/City`, or `UTC`. `zone: local` says that a timestamp is wall-clock time that must not be compared with instants.",
  },
  "zone-without-timestamp": {
    severity: "error",
    message: "The column '{column}' is of type {type}, which has no time zone.",
    help: "take zone: away, or state type: timestamp (an instant) or timestamp_ntz (wall-clock time).",
    docs: "`zone` says where a zoneless timestamp was written. Dates, times and other types have none.",
  },
  "undeclared-zone": {
    severity: "error",
    message: "'{column}' is a timestamp without a time zone, and {use} needs an instant.",
    help: "say in its contract where it was written, e.g. zone: Europe/Oslo or zone: UTC; settings.timezone declares it for all.",
    docs: "A zoneless timestamp is an instant only once its zone is known. The contract says it per column (`zone`), or `settings: {timezone: …}` for the whole project. `zone: local` keeps it as wall-clock time, which cannot order events.",
  },
  "not-a-time": {
    severity: "error",
    message: "'{column}' is of type {type}, and {use} needs a date or timestamp.",
    help: "name a column that tells when; a text that holds a date gets type: date and a cleaning step parse: \"%d/%m/%Y\".",
    docs: "Times order events and open versions, so the column must be a date or a timestamp after cleaning.",
  },
  "unknown-table": {
    severity: "error",
    message: "There is no contract for '{table}'.",
    help: "{suggestion}{known}",
    docs: "Tables are named `<source>.<table>` as in their contracts; every table that is used needs a contract.",
  },
  "invalid-reference": {
    severity: "error",
    message: "'{reference}' does not name a column of a source table.",
    help: "write <source>.<table>.<column>, e.g. shop.customers.id.",
    docs: "`references` of a column names the column of another contract's table that it points to, by its source name: `shop.customers.id`.",
  },
  "reference-arity": {
    severity: "error",
    message: "The reference to {table} lists {here} here and {there} there.",
    help: "list as many to_columns as columns, in the same order.",
    docs: "A composite reference pairs columns by position: `{columns: [order_id, ds], to: shop.orders, to_columns: [id, ds]}`.",
  },
  "history-without-time": {
    severity: "error",
    message: "A change log must say when its changes took effect.",
    help: "state history: {kind: change_log, effective_at: <column>}, and sequence: where two changes may bear the same time.",
    docs: "`history: {kind: change_log}` builds versions out of events, ordered by `effective_at` and then `sequence`.",
  },
  "extract-date-in-key": {
    severity: "error",
    message: "The extract date '{column}' stands in the primary key.",
    help: "take it out: the key of the entity is the same in every extract.",
    docs: "In a `periodic_extract` each date holds the whole table. `primary_key` names the entity's own key; that (key, extract date) is unique follows from it.",
  },
  "history-without-key": {
    severity: "error",
    message: "{table} keeps history but says no primary key.",
    help: "state primary_key: [<columns>]: versions belong to one member.",
    docs: "Versions of a change log or of periodic extracts are told apart by the primary key of the entity.",
  },
  "deduplicate-without-key": {
    severity: "error",
    message: "{table} is to be deduplicated but says no primary key.",
    help: "state primary_key: [<columns>], the columns that tell rows apart.",
    docs: "`deduplicate` keeps one row of each primary key: the latest or earliest by the listed columns.",
  },
  "freshness-without-load-time": {
    severity: "warning",
    message: "The freshness of {table} cannot be checked: no column tells when a row was loaded.",
    help: "name it as loaded_at: <column>.",
    docs: "`sla: {freshness_hours: 24}` becomes a dbt source freshness check, which compares `loaded_at` with the clock. Tables that our own extraction lands have `_extracted_at`.",
  },
  "schema-collision": {
    severity: "error",
    message: "The dbt source '{name}' would stand for two sources, or for two schemas of one.",
    help: "rename the source {source}, or put its tables into one schema.",
    docs: "A source whose tables lie in several physical schemas becomes several dbt sources, `<source>` and `<source>_<schema>`, the schema in lower-case ASCII letters. These names must not meet those of other sources, nor each other.",
  },
});
