import type { Artifact, Data } from "../../../artifact.ts";
import { layersOf } from "../../../model/reach.ts";
import type { Layer } from "../../../model/reach.ts";
import type { Design } from "../../../rules/types.ts";
import { hasStoredTables, MIGRATION } from "./stored-tables.ts";

/** `dbt_project.yml`, `profiles.yml` and the linter's configuration. */
export function projectArtifacts(design: Design): readonly Artifact[] {
  const { dialect, model } = design;
  return [
    { ...data("dbt/dbt_project.yml", projectFile(design)), mode: "shared" },
    data("dbt/profiles.yml", { [model.project.name]: { ...dialect.profile(model.project.name) } }),
    {
      kind: "template",
      path: "dbt/.sqlfluff",
      mode: "generated",
      from: [],
      origin: null,
      blueprint: "dbt/sqlfluff.cfg",
      view: { dialect: dialect.sqlfluff },
    },
  ];
}

/** Layers that hold no model are left out: dbt warns of configuration that reaches nothing. */
function projectFile(design: Design): Data {
  const { model } = design;
  const { name, schemas } = model.project;
  const used = new Set(layersOf(model).values());
  const layers: readonly (readonly [Layer, { readonly [key: string]: Data }])[] = [
    ["staging", { "+materialized": "view", "+schema": schemas.staging }],
    ["intermediate", { "+materialized": "view", "+schema": schemas.intermediate }],
    ["marts", { "+materialized": "table", "+schema": schemas.marts }],
    ["reports", { "+materialized": "table", "+schema": schemas.marts }],
  ];
  return {
    name,
    version: "1.0.0",
    "config-version": 2,
    "require-dbt-version": [">=1.10.6", "<3.0.0"],
    profile: name,
    "model-paths": ["models"],
    "macro-paths": ["macros"],
    "snapshot-paths": ["snapshots"],
    "test-paths": ["tests"],
    "clean-targets": ["target", "dbt_packages"],
    ...(hasStoredTables(design) ? { "on-run-start": [`{{ ${MIGRATION}() }}`] } : {}),
    models: { [name]: Object.fromEntries(layers.filter(([layer]) => used.has(layer))) },
    ...(used.has("snapshots") ? { snapshots: { [name]: { "+schema": schemas.history } } } : {}),
    flags: { require_generic_test_arguments_property: true },
  };
}

function data(path: string, value: Data): Artifact {
  return { kind: "data", format: "yaml", path, mode: "generated", from: [], origin: null, value };
}
