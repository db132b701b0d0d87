import type { Artifact, Data, TemplateArtifact } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import { recordColumns } from "../../../model/fact-record.ts";
import type { Design } from "../../../rules/types.ts";
import { genericTests } from "../properties/tests.ts";
import { strictCastMacros } from "../staging/staging.ts";
import { hasStoredTables, mergesMembers, MIGRATION, migrationView } from "./stored-tables.ts";

/** A macro of the generated project, as its file and its entry in `_macros.yml` need it. */
interface Macro {
  readonly name: string;
  readonly description: string;
  readonly arguments: readonly { readonly name: string; readonly type: string; readonly description: string }[];
  readonly file: string;
  readonly view: TemplateArtifact["view"];
}

/** The macros and generic tests that this project uses, each with its description; `tests` are the kinds its properties name. */
export function macroArtifacts(design: Design, tests: ReadonlySet<string>): readonly Artifact[] {
  const macros = macrosUsed(design, tests);
  const generic = genericTests.filter((one) => tests.has(one.name));
  const entries: readonly Data[] = [
    ...[...macros, ...strictCastMacros(design)].map((one) => ({
      name: one.name,
      description: one.description,
      ...(one.arguments.length === 0 ? {} : { arguments: one.arguments.map((each) => ({ ...each })) }),
    })),
    // dbt does not read the signature of a test, so stating arguments would be an error.
    ...generic.map((one) => ({ name: `test_${one.name}`, description: one.description })),
  ];
  return [
    ...macros.map((one) => template(`dbt/macros/${one.file}.sql`, `dbt/macros/${one.file}.sql`, one.view)),
    ...generic.map((one) => template(`dbt/tests/generic/${one.name}.sql`, `dbt/tests/${one.name}.sql`, one.view(design.dialect))),
    {
      kind: "data",
      format: "yaml",
      path: "dbt/macros/_macros.yml",
      mode: "generated",
      from: [],
      origin: null,
      value: { version: 2, macros: entries },
    },
  ];
}

function macrosUsed(design: Design, tests: ReadonlySet<string>): readonly Macro[] {
  const { model, dialect } = design;
  const keyed = model.facts.length > 0 || model.dimensions.some((one) => one.kind === "table");
  const salted = model.sources.some((one) => one.columns.some((column) => column.protect === "hash"));
  const snapshots = model.dimensions.some((one) => one.kind === "table" && one.history.kind === "snapshot");
  const literals = genericTests.some((one) => tests.has(one.name) && one.usesLiterals);
  return [
    schemaName,
    ...(salted ? [piiSalt] : []),
    ...(snapshots ? [snapshotTime(dialect)] : []),
    ...(model.facts.some((one) => recordColumns(one).length > 0) ? [runTime(dialect)] : []),
    ...(model.facts.some((one) => one.load.strategy === "partition_swap") || mergesMembers(model) ? [partitionSwap] : []),
    ...(model.facts.some((one) => one.load.lookback !== null) ? [windowStart(dialect)] : []),
    ...(literals ? [sqlLiteral] : []),
    ...(hasStoredTables(design) ? [migration(dialect)] : []),
    ...(keyed ? [surrogateKeyMacro(dialect)] : []),
  ];
}

const schemaName: Macro = {
  name: "generate_schema_name",
  description:
    "The configured schema as it is in production and on a laptop's own database; elsewhere prefixed with the schema of the target, so that developers do not meet.",
  arguments: [
    { name: "custom_schema_name", type: "string", description: "Schema that the configuration names, or none." },
    { name: "node", type: "any", description: "Node whose schema is asked for." },
  ],
  file: "generate_schema_name",
  view: {},
};

const partitionSwap: Macro = {
  name: "get_incremental_partition_swap_sql",
  description:
    "The incremental strategy partition_swap: in one transaction, deletes every partition that the increment names and inserts its rows (in a dimension, all versions of a member). unique_key is the partition column and the key of a row; a row without a key only names a partition that has no rows left.",
  arguments: [{ name: "arg_dict", type: "any", description: "What dbt hands to a strategy: target_relation, temp_relation, unique_key, dest_columns." }],
  file: "get_incremental_partition_swap_sql",
  view: {},
};

const piiSalt: Macro = {
  name: "pii_salt",
  description: "Salt of hashed personal data, from the environment variable PII_SALT; production refuses to run without it.",
  arguments: [],
  file: "pii_salt",
  view: {},
};

const sqlLiteral: Macro = {
  name: "sql_literal",
  description: "A value as an SQL literal of its type; quotes in texts are escaped.",
  arguments: [
    { name: "value", type: "any", description: "Text, number, boolean or none." },
    { name: "data_type", type: "string", description: "Type that a text is cast to, or none." },
  ],
  file: "sql_literal",
  view: {},
};

function migration(dialect: Dialect): Macro {
  return {
    name: MIGRATION,
    description:
      "Renames stored tables and their columns, adds columns and changes their types, as the properties of their models say (renamed_from, data_type), before a run builds anything. It drops nothing, and does nothing where all is as it should be.",
    arguments: [],
    file: MIGRATION,
    view: migrationView(dialect),
  };
}

function snapshotTime(dialect: Dialect): Macro {
  return {
    name: `${dialect.adapter.type}__snapshot_get_time`,
    description:
      "Time at which a snapshot sees a change: the variable as_of_run where it is set, so that an old day can be run again, else the clock, in UTC.",
    arguments: [],
    file: "snapshot_get_time",
    view: { adapter: dialect.adapter.type, now: dialect.utcNow, timestamp: dialect.types.timestamp },
  };
}

function windowStart(dialect: Dialect): Macro {
  return {
    name: "window_start",
    description:
      "Load time from which an increment reads its source: the variable backfill_from where it is set, else so many days before the watermark, which is the latest load time that the fact holds.",
    arguments: [
      { name: "relation", type: "relation", description: "The fact." },
      { name: "days", type: "integer", description: "How many days it looks back." },
    ],
    file: "window_start",
    view: { timestamp: dialect.types.timestamp },
  };
}

function runTime(dialect: Dialect): Macro {
  return {
    name: "run_time",
    description: "Time that a run stands for: the variable as_of_run where it is set, so that an old day can be run again, else the clock, in UTC.",
    arguments: [],
    file: "run_time",
    view: { now: dialect.utcNow, timestamp: dialect.types.timestamp },
  };
}

function surrogateKeyMacro(dialect: Dialect): Macro {
  return {
    name: "surrogate_key",
    description:
      "Hash of a natural key, recipe version 1: each part with its length, so that parts never run together and an empty text is not a missing one.",
    arguments: [{ name: "parts", type: "list[string]", description: "SQL expressions of the parts as text, in order." }],
    file: "surrogate_key",
    view: { hash: dialect.md5("{{ encoded | join(' || ') }}") },
  };
}

function template(path: string, blueprint: string, view: TemplateArtifact["view"]): Artifact {
  return { kind: "template", path, mode: "generated", from: [], origin: null, blueprint, view };
}
