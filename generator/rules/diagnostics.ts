import { defineDiagnostics } from "../diagnostics/define.ts";

/** What rules refuse or warn of. */
export const rulesDiagnostics = defineDiagnostics("rules", {
  "brief-undecided": {
    severity: "warning",
    message: "The brief leaves the {topic} open: it may be {choices}.",
    help: "fill in {field}: {write}.",
    docs: "Where a folder holds an architecture brief, the guide's decision tables choose the architecture pattern, orchestration, processing, storage and modelling method. A row of a table fits, fails, or stays open because a field is not filled in. An open row that comes before the first row that fits leaves the topic open: nothing is guessed. `dps-gen explain decisions` lists what was decided and why.",
  },
  "latency-not-met": {
    severity: "warning",
    message: "'{team}' needs data within {need}, but the fastest pipeline, '{pipeline}', runs {schedule}.",
    help: "{instead}",
    docs: "Generated pipelines are batches. A consumer who needs data within five minutes needs a pipeline that starts at least every five minutes; one who needs it within a second needs streaming, which is not generated. The brief is taken at its word, so the contradiction is reported.",
  },
  "storage-unfit": {
    severity: "warning",
    message: "{warehouse} does not suit what the brief expects: {fact}.",
    help: "choose another settings.warehouse, or correct {field}.",
    docs: "The guide's storage and processing tables say when to avoid a warehouse: PostgreSQL for analytics on more than 1 TB, DuckDB for more than 100 GB of data. The volume held is projected from `data_volume`: gigabytes per day, compounded by the growth per year, summed over the retention.",
  },
  "files-are-no-log": {
    severity: "error",
    message: "'{pipeline}' reads files, so {strategy} extraction is impossible.",
    help: "use strategy: incremental, which loads every new file once, or full, which takes the latest folder as the whole table.",
    docs: "CDC and log-based extraction read the change log of a database. Files that hold a change log are loaded by `incremental`, and their contract says `history: change_log`.",
  },
  "full-extraction-of-change-log": {
    severity: "error",
    message: "'{pipeline}' extracts in full, but '{table}' is a log of captured changes.",
    help: "use strategy: cdc or log_based, or incremental with an incremental_key.",
    docs: "A contract with `history: change_log` and an `operation` column describes changes captured from a database. A full extraction would replace what was captured earlier by what the log still holds, and lose history.",
  },
  "append-of-mutable": {
    severity: "error",
    message: "'{pipeline}' appends, but rows of '{table}' are updated in place.",
    help: "use merge or truncate-reload, or state history: append_only in the contract if rows never change.",
    docs: "Every pipeline must give the same result when it runs twice (guide, phase 3, Idempotency Rules): mutable data is never inserted blindly. A contract without `history` is `current_state`: its rows are updated in place.",
  },
  "load-strategy-unused": {
    severity: "warning",
    message: "'{pipeline}' asks for {strategy}, but {reason}.",
    help: "remove load.strategy here; a fact that is to be loaded otherwise states load: {strategy: …} itself.",
    docs: "A pipeline's `load.strategy` is that of the facts made of the tables which it extracts, where they state none themselves and then hold what a rebuild would hold; the others are rebuilt, and `explain decisions` says why. Dimensions are rebuilt from the staged history in every run, and versions of current-state sources are merged by a dbt snapshot. Where no fact takes the strategy over, it decides nothing.",
  },
  "error-handling-not-yet": {
    severity: "warning",
    message: "'{pipeline}' asks for {strategy}, but a task that fails is retried and then stops the run, for now.",
    help: "state error_handling.strategy: retry or fail-fast.",
    docs: "Rejected rows are not set aside yet (dead letter), and a failed task is not skipped: either would need a quarantine that is counted and can be replayed. Until that comes with a later release, a check with `severity: warn` reports rows without stopping the run.",
  },
  "deletes-unseen": {
    severity: "warning",
    message: "'{pipeline}' extracts '{table}' incrementally, so '{watcher}' never sees a deleted row.",
    help: "extract in full, add a change log with an operation column, or state deletes: ignore in the dimension.",
    docs: "An incremental extraction brings new and changed rows only; rows that were deleted in the source stay in the warehouse (guide, phase 3, Extraction Strategy Decision Tree). A dimension that closes or marks deleted members would show them as current for ever.",
  },
  "unprotected-restricted": {
    severity: "warning",
    message: "'{column}' is restricted, but reaches '{object}' unprotected.",
    help: "add protect: with hash, mask or drop to the column, or lower its classification.",
    docs: "Restricted data (identity numbers, payment cards, health records, passwords) needs tokenisation and audited access (guide, phase 6). `protect` hashes, masks or drops the value in staging, so that no later model holds it.",
  },
  "clean-value": {
    severity: "error",
    message: "The cleaning step '{step}' gives '{value}', and '{column}' is of type {type}: {failure}.",
    help: "{instead}",
    docs: "Cleaning steps run in order, and what they leave is cast to the column's type. A value of `default`, or one that a `map` gives, goes through the steps behind it and that cast like any other; where it cannot, every row that needs it would fail, or become NULL.",
  },
  "unsupported-format": {
    severity: "error",
    message: "'{format}' is not a format that every warehouse reads alike.",
    help: "write a whole date such as %d/%m/%Y, or a time such as %Y-%m-%d %H:%M:%S, with the directives {directives}.",
    docs: "`parse` takes a strptime format with a year, month and day, each once, and optionally hours with minutes, seconds, fraction and offset. Other directives differ between warehouses, so they are refused.",
  },
  "raw-sql-missing": {
    severity: "error",
    message: "'{object}' holds raw SQL, but none for {dialect}.",
    help: "add a text under {dialect}: to raw_sql, or write a portable expression.",
    docs: "`raw_sql` gives one text per warehouse and is printed as written. The warehouse that is generated for must be among them.",
  },
  "name-too-long": {
    severity: "error",
    message: "The {what} '{name}' takes {bytes} bytes; {dialect} allows {limit}{reserve}.",
    help: "shorten '{part}' by at least {excess} characters.",
    docs: "Every warehouse limits names in bytes (PostgreSQL 63) and some cut longer ones in silence, so that two become one. dbt adds suffixes such as `__dbt_backup` to the names of tables while it replaces them; 12 bytes are kept free for that.",
  },
  "raw-name-too-long": {
    severity: "error",
    message: "The raw {what} '{name}' takes {bytes} bytes; {dialect} has cut it to {limit}.",
    help: "write '{cut}', as the warehouse calls it.",
    docs: "Some warehouses cut long names in silence when something is created (PostgreSQL after 63 bytes), so that a contract with the whole name speaks of what is called otherwise. Fields of files may be as long as they like: our own extraction lands those over 63 bytes under a short name.",
  },
  "system-column": {
    severity: "error",
    message: "'{name}' is a column that every table of {dialect} has already.",
    help: "call it otherwise; a column of a contract by rename:, e.g. rename: {name}_value.",
    docs: "PostgreSQL keeps `xmin`, `xmax`, `cmin`, `cmax`, `ctid` and `tableoid` in every table for itself, and makes no table with a column of such a name (bounding boxes of maps often have them). Raw columns may be called so where files bring them.",
  },
  "name-collision": {
    severity: "error",
    message: "Two objects would be named '{name}' in {place}.",
    help: "rename one of them.",
    docs: "Names of generated models follow from the specs (`stg_<source>__<table>`, `int_<entity>_joined`). Different specs can lead to the same name, and some file systems and warehouses do not tell upper from lower case.",
  },
  "python-module": {
    severity: "error",
    message: "'{name}' is also the name of a Python module.",
    help: "rename the pipeline, for example to {name}_daily.",
    docs: "A pipeline becomes `airflow/dags/<name>.py` and, where it loads files, `extract/<name>.py`. Python searches a script's own folder first, so a file called csv.py or json.py would be taken for the module of that name by everything that imports it.",
  },
  "unknown-step": {
    severity: "error",
    message: "The pipeline '{pipeline}' has no step '{step}'.",
    help: "{suggestion}Its steps: {known}.",
    docs: "A hand-written task stands before or after a step of its pipeline. A pipeline has the steps that have something to do: it loads files where it extracts them, checks freshness where a contract promises it, and builds the layers in which it has models.",
  },
  "task-named-as-step": {
    severity: "error",
    message: "'{name}' is a step of the pipeline already.",
    help: "rename the task, for example to own_{name}.",
    docs: "Tasks of a DAG are told apart by their names, hand-written ones and generated ones alike.",
  },
});
