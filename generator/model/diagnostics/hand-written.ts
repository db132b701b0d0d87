import { defineDiagnostics } from "../../diagnostics/define.ts";

/** Problems of dbt models that are written by hand. */
export const handWrittenDiagnostics = defineDiagnostics("model", {
  "undeclared-model": {
    severity: "error",
    message: "No spec says which columns the hand-written model '{name}' has.",
    help: "{suggestion}declare it under models: its name, primary_key, and columns: [{name: id, type: integer}].",
    docs: "A dimension, fact or join may read a dbt model that somebody writes by hand: `source: ref.<model>`. Its columns and their types are declared under `models`, so that all that is made of it is typed and checked like anything else; dbt holds the file to the declaration.",
  },
  "model-name": {
    severity: "error",
    message: "'{name}' cannot be the name of a dbt model.",
    help: "write ref.{valid}, and name the file so: lower-case letters, digits and underscores, starting with a letter.",
    docs: "`ref.<model>` names a hand-written dbt model, which is the name of its file without the ending. Like all that we create or read by name it has lower-case letters, digits and underscores only.",
  },
  "model-without-columns": {
    severity: "error",
    message: "The hand-written model '{name}' says nothing of its columns.",
    help: "list all its columns with their types: columns: [{name: id, type: integer}].",
    docs: "The compiler never reads the SQL of a hand-written model. What it knows of it are the columns that the spec declares; they become an enforced dbt contract, and a column that is not among them cannot be used.",
  },
  "model-reads": {
    severity: "error",
    message: "A hand-written model cannot read '{name}'.",
    help: "{suggestion}Known: {known}.",
    docs: "`reads` names contracts (`shop.orders`, whose staging model it selects from) and other hand-written models (`ref.<model>`). Hand-written models are built in the intermediate layer, before dimensions and facts, so they cannot read those.",
  },
});
