import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of pipelines and of the project as a whole. */
export const pipelineDiagnostics = defineDiagnostics("model", {
  "unknown-source-system": {
    severity: "error",
    message: "No contract describes tables of the source system '{name}'.",
    help: "{suggestion}write the first part of the contracts' names as source_system. {known}",
    docs: "`extract.source_system` of a pipeline is the source of the contracts it loads (`shop` for `shop.orders`), or one table of it. Contracts say what the tables hold; without one nothing is known of them.",
  },
  "no-source-system": {
    severity: "error",
    message: "'{name}' extracts files, but does not say of which source they are.",
    help: "add source_system: {example}, the first part of the contracts' names. {known}",
    docs: "What a pipeline extracts is told by `extract.source_system`: the source of contracts (`shop` for `shop.orders`), or one table of it. Without it nobody knows which contract a file fulfils.",
  },
  "table-loaded-twice": {
    severity: "error",
    message: "{table} is extracted by the pipelines {first} and {second}.",
    help: "let one of them extract it, and let the other state depends_on.",
    docs: "A source table has one loader. A second pipeline that needs it names the first in `depends_on` and what it builds in `builds`.",
  },
  "duplicate-pipeline": {
    severity: "error",
    message: "There are two pipelines called '{name}'.",
    help: "rename one of them: a pipeline is one Airflow DAG with one id.",
    docs: "Each pipeline becomes one DAG file whose id is the pipeline's name.",
  },
  "invalid-schedule": {
    severity: "error",
    message: "'{schedule}' is not a schedule: {problem}.",
    help: "write five fields (minute hour day month weekday), e.g. \"0 5 * * *\" for five in the morning, or @hourly, @daily, @weekly, @monthly, @quarterly, @yearly, @once, @continuous.",
    docs: "A schedule is a cron expression of five fields, or one of Airflow's presets. Fields hold numbers, `*`, ranges `1-5`, steps `*/15` and lists `1,3,5`; months and weekdays may be named.",
  },
  "invalid-connection": {
    severity: "error",
    message: "'{connection}' {problem}.",
    help: "write the id of an Airflow connection (letters, digits, '_', '-', '.'), or files:<glob> such as {example}.",
    docs: "`connection` names how Airflow reaches the source, never how it logs in: secrets do not stand in specs. `files:<glob>` lets the generated extraction load CSV, JSON and Parquet files; `{table}` in the glob stands for the table's physical name.",
  },
  "encoding-without-text": {
    severity: "error",
    message: "extract.encoding reaches nothing: {reason}.",
    help: "take it away.",
    docs: "`extract.encoding` says how the text of CSV and JSON files is written, where it is not UTF-8: `windows-1252` (Western Europe; `latin-1` means the same), `windows-1250` (Central Europe), `windows-1251` (Cyrillic), `utf-16`, `cp932` (Shift JIS), `gb18030`, `cp949` (EUC-KR), `cp950` (Big5). A byte order mark at the start of a file counts before it. A byte that is no character of the encoding stops the extraction with file and line.",
  },
  "extraction-not-yet": {
    severity: "warning",
    message: "The extraction over the Airflow connection '{connection}' is not generated yet.",
    help: "load the tables by a tool of yours before the DAG runs, or export files and write connection: files:<glob>.",
    docs: "Generated extraction reads files for now. The DAG of a pipeline with another connection still builds and tests all dbt models, over tables that something else loads.",
  },
  "unknown-object": {
    severity: "error",
    message: "There is no {what} '{name}'.",
    help: "{suggestion}{known}",
    docs: "`builds` and the stages `enrich` and `aggregate` of a pipeline name dimensions, facts and marts of the specs; `depends_on` names pipelines.",
  },
  "builds-nothing": {
    severity: "warning",
    message: "The pipeline '{name}' builds nothing.",
    help: "state builds: [fct_orders, …], or extract.source_system, whose downstream is built by default.",
    docs: "A pipeline builds all that is downstream of the tables it extracts, or what `builds` lists.",
  },
  "unknown-operation": {
    severity: "error",
    message: "'{operation}' is not an operation of the stage 'clean'.",
    help: "{suggestion}One of trim, dedupe, null handling, type casting; all else is stated at the columns of the contracts.",
    docs: "`transform.stages[].operations` are defaults for all tables of a pipeline. `clean` knows trim, dedupe, null handling and type casting; `enrich` and `aggregate` name dimensions, facts and marts. What needs values (code maps, currencies, zones) is stated at the columns of the contracts.",
  },
  "unknown-stage": {
    severity: "error",
    message: "'{stage}' is not a stage that tables go through.",
    help: "{suggestion}The stages are clean, enrich and aggregate; code maps, currencies and zones are stated at the columns of the contracts, as clean: [map: …, scale: …] and zone:.",
    docs: "`transform.stages` of a pipeline holds defaults: `clean` lists operations for all tables it extracts, `enrich` and `aggregate` list dimensions, facts and marts that it builds. What needs values is stated at the columns of the contracts.",
  },
  "operation-without-effect": {
    severity: "error",
    message: "The operation '{operation}' reaches nothing: {reason}.",
    help: "{instead}",
    docs: "An operation that changes nothing is a misunderstanding: either the pipeline extracts no table, or no table has what the operation works on.",
  },
  "cycle": {
    severity: "error",
    message: "These {what} go round in a circle: {path}.",
    help: "take one of these links out.",
    docs: "Pipelines that wait for each other never start, and facts that are rolled up from each other have no source. The message shows the whole circle.",
  },
  "duplicate-model": {
    severity: "error",
    message: "Two things would become the dbt model '{model}'.",
    help: "rename one of them; prefixes such as dim_, fact_ and fct_ do not tell names apart.",
    docs: "Names of generated models follow from the specs: `stg_<source>__<table>`, `dim_<entity>`, `fct_<process>`, `mrt_<…>`. Two objects must not end with the same name.",
  },
  "invalid-dates": {
    severity: "error",
    message: "'{value}' does not serve as {what}.",
    help: "{instead}",
    docs: "`settings.dates` gives the first and the last day of dim_date as ISO dates, and the month in which the fiscal year starts. `open_end` is an ISO date, or null; `backfill.from` is an ISO date.",
  },
  "task-place": {
    severity: "error",
    message: "The task '{name}' {why}.",
    help: "state one of before: and after:, with the step it stands next to.",
    docs: "A hand-written task stands before or after one step of its pipeline: the next step waits for it. For two places write two tasks.",
  },
});
