import { changeClasses, changeRules } from "../rules.ts";

/** A JSON Schema as plain data. */
type Schema = { readonly [key: string]: unknown };

/** The JSON Schema of `plan --format json`, written by `dps-gen schema`. What it does not name is not there. */
export function planSchema(): Schema {
  return {
    $schema: "https://json-schema.org/draft/2020-12/schema",
    title: "dps-gen plan",
    ...object({
      format_version: { const: 1 },
      command: { const: "plan" },
      exit_code: { type: "integer", minimum: 0 },
      summary: text("One line for people."),
      against: orNull(object({ ref: text("As it was asked for."), commit: text("The full hash.") }), "What was compared with; null where nothing was."),
      counts: { type: "object", description: "Number of changes by class.", propertyNames: { enum: changeClasses }, additionalProperties: { type: "integer", minimum: 1 } },
      changes: { type: "array", description: "The gravest first.", items: { $ref: "#/$defs/change" } },
      files: { type: "array", description: "What generate would do.", items: object({ path: text("Relative to the output folder."), action: { enum: ["create", "update", "merge", "move", "delete", "adopt", "keep", "conflict"] } }) },
      fingerprint: orNull(text("A hash of what generate would do to the files: generate --plan does that or nothing.")),
      diagnostics: { type: "array", items: { $ref: "#/$defs/diagnostic" } },
    }),
    $defs: { change: changeSchema(), diagnostic: diagnosticSchema() },
  };
}

function changeSchema(): Schema {
  const place = object({ file: text("Path of the spec file."), line: number, column: number, end_line: number, end_column: number, side: { enum: ["new", "old"], description: "Whether the place is one of the specs now, or of those compared with." } });
  const policy = object({ contract: text("Id of the contract."), policy: text("As the old contract words it."), verdict: { enum: ["kept", "to_do", "violated"] }, message: text("What to do.") });
  const approval = object({ hash: text("To be written into an approval."), state: { enum: ["needed", "approved", "expired"] }, by: orNull(text("Who agreed.")), reason: orNull(text("Why.")), expires: orNull(text("Last day on which it counts.")) });
  const ddl = object({ action: { enum: ["rebuild", "add_column", "rename_column", "rename_table", "widen_column", "retype_column", "keep_column", "leave_table"] }, relations: texts("schema.table, as in production."), risk: { enum: ["none", "low", "high"] }, note: text("Why.") });
  return object({
    rule: { enum: Object.keys(changeRules) },
    title: text("Title of the rule."),
    class: { enum: changeClasses, description: "The gravest of the classes." },
    classes: { type: "array", items: { enum: changeClasses }, minItems: 1 },
    kind: { enum: ["project", "brief", "contract", "model", "dimension", "bridge", "fact", "mart", "pipeline"] },
    object: text("Name of the object."),
    part: orNull(text("The column or property; null for the object itself.")),
    message: text("What happened."),
    before: orNull(text("What it was.")),
    after: orNull(text("What it is.")),
    place: orNull(place),
    affected: object({ models: texts("dbt models."), columns: texts("model.column; model.* for all rows."), dags: texts("Airflow DAGs."), exposures: texts("dbt exposures."), owners: texts("Teams that answer for what is reached."), consumers: texts("Teams that use it.") }),
    consequences: texts("Changes of columns further down that only follow from this one."),
    policy: orNull(policy),
    approval: orNull(approval, "What somebody must agree to; null where nobody must."),
    ddl: { type: "array", items: ddl },
    backfill: orNull(object({ tables: texts("dbt models."), from: orNull(text("First day; null for all.")), commands: texts("In the folder dbt/.") })),
    past: object({ extent: { enum: ["none", "all", "from_next_run"] }, message: text("For people.") }),
  });
}

function diagnosticSchema(): Schema {
  const spot = { line: orNull(number), column: orNull(number), end_line: orNull(number), end_column: orNull(number) };
  const related = object({ file: text("Path."), ...spot, message: text("What is there.") });
  return object({ code: text("owner/code."), severity: { enum: ["error", "warning"] }, message: text("What is wrong."), help: text("What to do."), file: orNull(text("Path.")), ...spot, related: { type: "array", items: related } });
}

const number: Schema = { type: "integer", minimum: 1 };

function object(properties: { readonly [name: string]: Schema }): Schema {
  return { type: "object", properties, required: Object.keys(properties), additionalProperties: false };
}

function text(description: string): Schema {
  return { type: "string", description };
}

function texts(description: string): Schema {
  return { type: "array", description, items: { type: "string" } };
}

function orNull(schema: Schema, description?: string): Schema {
  return { anyOf: [schema, { type: "null" }], ...(description === undefined ? {} : { description }) };
}
