import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of dimensions. */
export const dimensionDiagnostics = defineDiagnostics("model", {
  "dimension-without-key": {
    severity: "error",
    message: "The dimension '{name}' has no natural key.",
    help: "add natural_key: with the column that tells one member from another in the source.",
    docs: "A dimension needs the key by which its source knows a member (`natural_key`): facts find their members by it, and versions of one member are recognised by it. It may have several columns.",
  },
  "duplicate-dimension": {
    severity: "error",
    message: "There are two dimensions named '{name}'.",
    help: "rename one, or merge them: prefixes do not tell names apart (customer, dim_customer).",
    docs: "A dimension is one table shared by all facts (conformed), so its name may be given once in a spec folder, whatever prefix is written.",
  },
  "built-in-dimension": {
    severity: "error",
    message: "'{name}' is built in.",
    help: "leave it out; its range and grain stand in settings. One of your own needs another name.",
    docs: "`dim_date` and `dim_time` are made by the compiler as soon as a fact refers to them. The range and fiscal year of the calendar stand in `settings.dates`, the grain of the times of day in `settings.time_grain`.",
  },
  "duplicate-attribute": {
    severity: "error",
    message: "'{dimension}' has two attributes named '{name}'.",
    help: "rename one, or remove it.",
    docs: "Every attribute of a dimension has a name of its own.",
  },
  "needs-collapse": {
    severity: "error",
    message: "'{source}' may hold several rows for one {key}, but '{dimension}' has one row per member.",
    help: "{help}",
    docs: "A dimension has one row (or one version at a time) per natural key. Where the contract does not promise that (`primary_key`, or a `unique` check), say which row counts: `collapse: {keep: latest, by: [column]}`, or `collapse: distinct` where all attributes follow from the key, or, where each row is an event in the life of the member, `history: {kind: change_log, effective_at: …}`.",
  },
  "collapse-without-use": {
    severity: "error",
    message: "'{dimension}' reads every row as an event, so there is nothing to collapse.",
    help: "remove collapse: the latest event of one time counts (sequence).",
    docs: "With `history: change_log` or `periodic_extract` all rows of a member are read as its history; which of two rows of the same time counts is said by `sequence`.",
  },
  "history-unknown": {
    severity: "error",
    message: "'{dimension}' keeps {what}, but '{source}' is append_only: nothing says when a row became true.",
    help: "add history: {form} to the dimension, or history: change_log to the contract.",
    docs: "A dimension that keeps versions (Types 2 and 6), first or previous values (Types 0 and 3) or deleted members must know when each row became true. A table that keeps only the current state is watched by a snapshot; a change log or periodic extract says it itself; a stream of rows that are only appended needs `history` in the dimension, which says which column tells the time (`effective_at`) and which breaks ties (`sequence`).",
  },
  "history-of-member": {
    severity: "error",
    message: "A row of '{source}' is about one {primaryKey}, not about one {key}, so its history is not that of '{dimension}'.",
    help: "{help}",
    docs: "The contract's history says how a row of the source changes; deleting an order is not deleting its customer. A dimension by another key than the contract's primary key says itself how rows tell the history of its members, with `history` of its own.",
  },
  "history-on-type-1": {
    severity: "error",
    message: "'{dimension}' remembers nothing, so its own history of kind {kind} has no use.",
    help: "use collapse: with keep: latest and the time in by:, or state the history in the contract, or make an attribute Type 2.",
    docs: "`history` in a dimension says how rows tell what was before. A dimension of Type 1 attributes holds the current values only: the contract's history already gives the current state, and for other sources `collapse` says which row counts. Deleted members are among those rows: leave them out in the hand-written model, as `where` is applied before one row is chosen and would bring back the row before.",
  },
  "nothing-versioned": {
    severity: "error",
    message: "'{dimension}' is Type {type}, but none of its attributes is.",
    help: "give an attribute scd_type: {type}, or write type: Type 1.",
    docs: "A new version begins when an attribute of Type 2 or 6 changes. Without one there is nothing to keep versions of.",
  },
  "versions-in-two-places": {
    severity: "error",
    message: "'{name}' is Type {type}, but the versions of '{dimension}' are kept in a table of their own (Type 4).",
    help: "make it Type 4 too, or make the Type 4 attributes Type 2.",
    docs: "Type 4 keeps the current values in the dimension and all versions in a history table beside it. Types 2 and 6 keep versions in the dimension itself, so the two do not go together in one dimension. Types 0, 1 and 3 go with either.",
  },
  "inferred-first-seen": {
    severity: "error",
    message: "'{dimension}' infers members from facts, so their first versions cannot start when they were first seen.",
    help: "remove first_version_from, or write first_version_from: beginning.",
    docs: "A member that a fact names before the source does becomes a row of its own (`late_arriving: infer`). When the source brings the member, that row is completed and keeps its key, so that the fact stays where it is. That needs a first version that holds from the beginning: with `first_seen` the fact would be older than its member again.",
  },
  "guard-without-use": {
    severity: "error",
    message: "A run closes no member of '{dimension}' that it does not see any more, so a delete guard has no use.",
    help: "remove delete_guard.",
    docs: "The delete guard stops a run in which too many members vanish from a source that keeps only its current state, before its snapshot closes them: what a snapshot has closed cannot be told from what was deleted. Dimensions that are read from a history, are rebuilt from the current state, or ignore deletes lose nothing by such a run.",
  },
  "merge-not-by-member": {
    severity: "error",
    message: "'{dimension}' cannot be merged: {why}.",
    help: "remove load: every run then builds it anew.",
    docs: "`load: {strategy: merge}` in a dimension lets a run work out only the members of whom the change log has other rows than before, so that a day costs what has changed. It must come to what building all of it anew would give, so a member's row may depend on its own rows in the log and on nothing else. Type 2 over a `change_log` without joins does; outriggers, mini-dimensions, inferred members and expressions with `current_date` or raw SQL do not.",
  },
  "junk-with-members": {
    severity: "error",
    message: "'{dimension}' gathers flags (junk), so {key} has no meaning in it.",
    help: "remove {key}, or make it a dimension of members: natural_key: and attributes: in place of junk:.",
    docs: "A junk dimension holds every combination of some flags and codes that rows of a fact bear. It has no members with a natural key, hence no history, deletes or late arrivals: the key follows from the flags.",
  },
  "unknown-outrigger": {
    severity: "error",
    message: "'{dimension}' points to '{name}', which is no dimension.",
    help: "{suggestion}Known: {known}.",
    docs: "An outrigger is another dimension that the members of a dimension point to: the country of a customer. It must be a dimension of the specs.",
  },
  "outrigger-key": {
    severity: "error",
    message: "'{dimension}' cannot point to '{other}': {why}.",
    help: "name the attributes that make up its natural key, in order: on: [<attribute>]; it must have one row per member.",
    docs: "The key of an outrigger is found by attributes (or natural key parts) of the dimension that equal the natural key of the other one, in its order. The other dimension has one row per member: Types 0, 1, 3 and 4 do, Types 2 and 6 do not.",
  },
  "band-limit": {
    severity: "error",
    message: "'{value}' is no limit for the bands of '{name}' ({type}).",
    help: "give limits of that type, each greater than the one before: bands: [20000, 50000].",
    docs: "`bands` turns a number, date or timestamp into texts: below the first limit, from each limit to below the next, and from the last one on. The limits are values of the column's type in ascending order. Other bands can be written as an expression.",
  },
  "companion-without-use": {
    severity: "error",
    message: "{key} names the column that Type {type} adds, but '{name}' is Type {found}.",
    help: "remove it, or give the attribute scd_type: {type}.",
    docs: "Type 3 keeps the value before the last change in a column of its own (`previous_as`), Type 6 the value of today beside the one of the version (`current_as`). Other types add no column.",
  },
  "unknown-attribute": {
    severity: "error",
    message: "'{dimension}' has no attribute '{name}'.",
    help: "{suggestion}Known: {known}.",
    docs: "A hierarchy, a label of the unknown member or a path of a mart named an attribute that the dimension does not have. Natural key columns count as attributes.",
  },
  "label-type": {
    severity: "error",
    message: "'{value}' is no {type}, which '{name}' is.",
    help: "give a value of that type, or leave it out: the unknown member then holds NULL.",
    docs: "Labels of the unknown member stand in the attribute's column, so they must be values of its type.",
  },
  "attribute-type": {
    severity: "error",
    message: "'{name}' is {found}, not {stated}.",
    help: "write expression: cast({name} as {stated}) where it should be converted, or correct the type.",
    docs: "A stated `type` of an attribute is checked against the type of its column or expression, never converted in silence.",
  },
  "unknown-rename": {
    severity: "error",
    message: "'{name}' {fate}, so '{subject}' cannot have been renamed from it.",
    help: "remove renamed_from, or what bears the old name.",
    docs: "`renamed_from` says what an object or column was called before, so that its history can be taken over. The old name is free then, and only one takes it over.",
  },
});
