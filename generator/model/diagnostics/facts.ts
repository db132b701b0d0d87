import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of facts: grain, foreign keys, times. Those of measures have a table of their own. */
export const factDiagnostics = defineDiagnostics("model", {
  "duplicate-fact": {
    severity: "error",
    message: "There are two facts named '{name}'.",
    help: "rename one: prefixes do not tell names apart (orders, fact_orders, fct_orders).",
    docs: "A fact table is one business process at one grain, and its name may be given once in a spec folder, whatever prefix is written.",
  },
  "increment-not-exact": {
    severity: "error",
    message: "Loading '{name}' by {strategy} could leave it different from a rebuild: {reason}.",
    help: "{instead}.",
    docs: "However a fact is loaded, it holds what a rebuild would hold of the rows that its source has. merge and delete_insert write every row that is missing or came out otherwise (a corrected value, a key that now finds its member or another version) and take none away; append writes missing rows only. Where rows may go, or may change under append, the increment is refused. soft_delete and reversal rows also remember what the source forgot, so they are refused where a row of the fact is no row of a source, or cannot be negated.",
  },
  "reversal-strategy": {
    severity: "error",
    message: "'{name}' takes corrections back by rows of their own, which {strategy} would overwrite or lose.",
    help: "write strategy: append, or leave it out, beside corrections: reversal.",
    docs: "With `corrections: reversal` a fact only grows: a corrected or deleted row is taken back by a row with its measures negated, and the corrected one follows. No row is ever written again, so it is loaded by `append` and nothing else.",
  },
  "fact-without-grain": {
    severity: "error",
    message: "The fact '{name}' does not say what one row is.",
    help: "add grain: (one row = one what?) or grain_statement:, and grain_key: where it is not the source's primary key.",
    docs: "The grain is the first thing to declare of a fact table (Kimball, chapter 2): every measure and every foreign key must be true of one such row. State `grain` or `grain_statement` in words; the columns are `grain_key`, by default the primary key of the source.",
  },
  "grain-without-key": {
    severity: "error",
    message: "Nothing says which columns of '{source}' make one row of '{name}'.",
    help: "{help}",
    docs: "A fact has one row per value of its grain key, by default the source's primary key. A hand-written model or a contract without `primary_key` has none, so `grain_key` must be stated.",
  },
  "grain-not-unique": {
    severity: "error",
    message: "'{source}' has one row per {key}, so {grain} is a coarser grain.",
    help: "build a fact of one row per {key} first; then roll it up: source: fct_<that fact> and grain_key: [{grain}], with aggregated measures.",
    docs: "The grain key must be unique in the source by its contract. A coarser grain needs aggregation: it is a roll-up, a fact whose `source` is the fact of the finer grain; its measures say how they are aggregated.",
  },
  "unknown-dimension": {
    severity: "error",
    message: "There is no dimension '{name}'.",
    help: "{suggestion}Known: {known}; dim_date is built in.",
    docs: "Foreign keys, measures and marts speak of dimensions that the specs define; `dim_date` is built in.",
  },
  "role-clash": {
    severity: "error",
    message: "'{fact}' has two foreign keys in the role '{alias}'.",
    help: "give each a role of its own, e.g. role: ship_to.",
    docs: "A dimension may play several roles in a fact (order date and ship date; bill-to and ship-to customer). Each role has its own name, from which the key column is named, and only one foreign key may go without.",
  },
  "foreign-key-column": {
    severity: "error",
    message: "Nothing says which column of '{source}' leads to '{dimension}'.",
    help: "add on: <column> (its natural key is {key}), or declare references in the contract.",
    docs: "The column of a foreign key is found from the contract's `references` to the dimension's source, or from a column named like its natural key. Where there is neither, state `on`: a column, a list, or `{column here: natural key}`.",
  },
  "ambiguous-foreign-key": {
    severity: "error",
    message: "Several columns could lead to '{dimension}': {candidates}.",
    help: "state on: with one of them, and a role: for each where all are wanted.",
    docs: "The contract refers to the dimension's source more than once, such as by bill-to and ship-to customer. Nothing is guessed, unless exactly one column begins with the stated role.",
  },
  "key-columns": {
    severity: "error",
    message: "'{dimension}' is found by {key}, but on says {given}.",
    help: "give one column for each part of the natural key, in order or as a mapping from column here to natural key.",
    docs: "A foreign key finds its member by the whole natural key: one column of the fact's rows for each of its parts, and nothing else, or several members could match.",
  },
  "key-type-mismatch": {
    severity: "error",
    message: "'{column}' is {columnType}, but '{dimension}.{member}' is {memberType}.",
    help: "give both one type in their contracts.",
    docs: "A foreign key and the natural key it looks up must have types that can be compared: equal ones, or two numbers.",
  },
  "as-of-missing": {
    severity: "error",
    message: "'{dimension}' has versions, but nothing says at which time '{fact}' looks them up.",
    help: "add event_time: to the fact, or as_of: {column: …} to the foreign key; times here: {known}.",
    docs: "A Type 2 dimension has several versions of a member, so each row of the fact needs a time: its `event_time`, or an `as_of` of the foreign key. Looking up the current version would rewrite history.",
  },
  "as-of-unused": {
    severity: "warning",
    message: "as_of and early_arriving have no effect: '{dimension}' keeps no versions here.",
    help: "remove them, or make an attribute of the dimension Type 2.",
    docs: "`as_of` and `early_arriving` choose between the versions of a member. A Type 1 dimension has one row per member, dates are computed, and a roll-up takes its keys over from its source.",
  },
  "flags-elsewhere": {
    severity: "error",
    message: "'{dimension}' is made of columns of {source}, which '{fact}' does not read.",
    help: "join {source} to the fact, or make the dimension of columns of the fact's own source.",
    docs: "The key of a junk dimension follows from the flags, so the rows of the fact must have them: the fact reads the contract that the flags come from, as its source or by a join.",
  },
  "time-without-column": {
    severity: "error",
    message: "It is not known which time of '{fact}' dim_time stands for.",
    help: "write {dimension: dim_time, on: <column>} with a timestamp or time; known: {known}.",
    docs: "A key of `dim_time` is the time of day of a timestamp in `settings.timezone`, or of a column that is a time. It is named by `on`; without it the event time counts, where that is more than a date.",
  },
  "date-without-column": {
    severity: "error",
    message: "Nothing says which time dim_date dates '{fact}' by.",
    help: "add on: <column> to the foreign key, or event_time: to the fact; times here: {known}.",
    docs: "A foreign key to `dim_date` takes the column that `on` names, else the column named like its role, else the event time of the fact.",
  },
  "rollup-key": {
    severity: "error",
    message: "'{source}' has no foreign key '{alias}' to take over.",
    help: "{suggestion}a roll-up takes its foreign keys over: add it to those of '{source}', which has {known}; or state on: with the columns of the roll-up's rows that hold its natural key.",
    docs: "A roll-up has the foreign keys of its source that are constant within its grain, matched by role, or by dimension where that has one role only. One that the source lacks is looked up by columns that the source keeps or that the roll-up joins, where references or names give exactly one way, or as `on` says.",
  },
  "factless-with-measures": {
    severity: "error",
    message: "'{name}' is factless, but has measures.",
    help: "remove the measures, or fact_type: factless. Counting its rows needs no measure.",
    docs: "A factless fact records that something happened, or who was covered, by its foreign keys alone (Kimball, chapter 2). With measures it is a transaction fact.",
  },
  "fact-type-key": {
    severity: "error",
    message: "'{key}' belongs to a fact of type {wanted}, but '{name}' is {type}.",
    help: "write fact_type: {wanted}, or remove {key}.",
    docs: "`milestones` and `milestone_order` describe an accumulating snapshot, `period` and `entity` a periodic one. On any other fact they would have no effect.",
  },
  "milestones-missing": {
    severity: "error",
    message: "'{name}' is an accumulating snapshot, but has {count}.",
    help: "state at least two in their order: milestones: [{name: ordered, source: ordered_at}, …]; times here: {known}.",
    docs: "An accumulating snapshot follows a process through known steps (Kimball, chapter 4): at least its beginning and its end, in the order in which they happen.",
  },
  "duplicate-milestone": {
    severity: "error",
    message: "'{name}' has two milestones {what} '{milestone}'.",
    help: "remove one, or give it a name and a column of its own.",
    docs: "Each milestone of an accumulating snapshot has its own name, from which its date key is named, and its own column.",
  },
  "milestone-lag": {
    severity: "error",
    message: "The lag of '{milestone}' cannot be counted: {reason}.",
    help: "{help}",
    docs: "A lag counts the time since an earlier milestone, by default the one before. Days are counted by the calendar of `settings.timezone`, hours only between two instants.",
  },
});
