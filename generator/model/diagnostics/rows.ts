import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of what dimensions and facts read: their sources, joins and filters. */
export const rowDiagnostics = defineDiagnostics("model", {
  "unknown-source": {
    severity: "error",
    message: "There is no source '{name}'.",
    help: "{suggestion}Known: {known}; a hand-written dbt model is declared under models and written ref.<model>.",
    docs: "`source` and `joins` name a contract (`shop.orders`). A dimension or fact may also read a hand-written dbt model that is declared under `models` (`ref.<model>`), and a fact another fact (a roll-up).",
  },
  "no-source": {
    severity: "error",
    message: "'{subject}' does not say which table it comes from.",
    help: "add source: {candidates}",
    docs: "A dimension or fact without `source` takes the one contract that has all columns it speaks of. Where none or several have them, nothing is guessed: state `source`.",
  },
  "joined-twice": {
    severity: "error",
    message: "'{table}' is read already.",
    help: "remove this join, or name the role that the table plays in it (as: manager) and its columns (on).",
    docs: "A table is joined once under its own name to the rows of a dimension or fact. A table that is joined to itself (the manager of an employee) or twice (bill-to and ship-to address) has a name in each further role: `{to: hr.employees, as: manager, on: {reports_to: employee_id}}`; its columns are then `manager.last_name`. Where a fact points to the same thing in two roles, build a dimension of it and give the fact two foreign keys with roles.",
  },
  "join-name-taken": {
    severity: "error",
    message: "'{name}' is the name of something else here.",
    help: "name the role that the joined table plays: as: manager, as: ship_to.",
    docs: "`as` of a join is the word before the columns of the joined table, so it must differ from the names of the source, of the other joins, and of the roles of foreign keys.",
  },
  "role-without-columns": {
    severity: "error",
    message: "Nothing says by which columns '{name}' is joined.",
    help: "say it with on: the column here, and {key} there.",
    docs: "Contracts say how tables refer to each other, but not which of several references a role stands for. A join with a name of its own (`as`) says its columns with `on`.",
  },
  "no-join": {
    severity: "error",
    message: "The contracts do not say how '{table}' is joined to {inputs}.",
    help: "write on: with a column here and {key} there, or declare references in a contract.",
    docs: "A join without `on` follows the `references` of the contracts, in either direction and along chains, or columns named like the primary key of the other table. Where there is no such way, state `on`.",
  },
  "ambiguous-join": {
    severity: "error",
    message: "'{table}' can be joined in several ways.",
    help: "choose one with on: {candidates}.",
    docs: "The contracts give more than one way to the table, such as a bill-to and a ship-to address. Nothing is guessed: state `on` (and the tables between, as joins of their own, where the ways are chains).",
  },
  "join-fans-out": {
    severity: "error",
    message: "'{table}' may hold several rows for one {columns}, so the join could multiply rows.",
    help: "{help}.",
    docs: "A join is allowed only where the other table is unique on the join columns by its contract (`primary_key`, or a `unique` check): then no measure can be counted twice. A table of the finer grain is the one to start from; reach the coarser one from it.",
  },
  "join-types": {
    severity: "error",
    message: "'{left}' is {leftType} and '{right}' is {rightType}: they cannot be equal.",
    help: "give both columns one type in their contracts.",
    docs: "Join columns must have types that can be compared: equal ones, or two numbers. A text that holds a number is given its type by the contract, so that staging converts it once.",
  },
  "not-a-condition": {
    severity: "error",
    message: "A filter must be true or false, but this is {type}.",
    help: "compare it with something, as in amount > 0 or status = 'paid'.",
    docs: "`where` takes a condition. A number or text is no condition on every warehouse, so the comparison is written out.",
  },
  "not-yet": {
    severity: "error",
    message: "{what} cannot be generated yet.",
    help: "{instead}.",
    docs: "The spec language can say this, and it is understood, but generating it comes with a later release. Until then it is refused, so that nothing is half done.",
  },
  "column-clash": {
    severity: "error",
    message: "'{subject}' would have two columns named '{name}': {first} and {second}.",
    help: "give one of them another name; a group of a mart gets its own by as:.",
    docs: "Every column of a generated table has a name of its own: keys, natural keys, attributes, degenerate dimensions, measures and groups share one name space.",
  },
  "generated-column": {
    severity: "error",
    message: "'{name}' is a column that we add to '{subject}' ourselves.",
    help: "choose another name, e.g. {instead}, and state the column as its source.",
    docs: "Versions have valid_from, valid_to, is_current and is_deleted, and dbt adds columns that begin with dbt_. Columns of specs cannot bear these names.",
  },
  "key-type": {
    severity: "error",
    message: "'{name}' is {type}, which cannot be part of a key.",
    help: "use a text, an exact number, a date, a timestamp, a boolean or a uuid; cast a float to decimal in the contract.",
    docs: "Keys are hashed from the text of their values, which must be the same on every warehouse. Floats print differently from engine to engine; json, arrays and binaries have no one text.",
  },
});
