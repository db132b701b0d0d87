import type { SourceTable } from "../../../model/source.ts";
import type { Design } from "../../../rules/types.ts";
import { columnTests, tableTests } from "./contract-tests.ts";
import { notNull, unique, uniqueCombination } from "../properties/data-tests.ts";
import { columnProse, sourceColumnMeta, sourceColumnProse } from "../properties/describe.ts";
import type { ColumnProperties, ModelProperties } from "../properties/model-properties.ts";
import { sentence } from "../properties/prose.ts";
import { identifier } from "../sql/expression.ts";
import { stagingColumns } from "./staging.ts";

/** The staging model of a source table, with all that its contract promises as tests. */
export function stagingProperties(table: SourceTable, design: Design): ModelProperties {
  return {
    name: table.models.staging,
    description: [sentence(table.description), `One row per ${rowWords(table)}, renamed, typed and cleaned.`]
      .filter((one) => one !== "")
      .join(" "),
    owner: table.owner,
    access: "protected",
    contract: false,
    tests: tableTests(table, design),
    columns: columnsOf(table).map((one) => ({ ...one, tests: columnTests(table, one.name, design) })),
  };
}

/** The model that holds the current state of a table with history. */
export function currentStateProperties(table: SourceTable, name: string, { dialect }: Design): ModelProperties {
  const [only] = table.primaryKey;
  const single = table.primaryKey.length === 1 ? only : undefined;
  return {
    name,
    description: `One row per ${keyWords(table.primaryKey)} of ${table.name} as it is now; what was deleted is gone.`,
    owner: table.owner,
    access: "protected",
    contract: false,
    tests:
      single === undefined
        ? [
            uniqueCombination(
              table.primaryKey.map((one) => identifier(one, dialect)),
              "key",
            ),
          ]
        : [],
    columns: columnsOf(table).map((one) => ({
      ...one,
      tests: table.primaryKey.includes(one.name) ? [notNull, ...(one.name === single ? [unique] : [])] : [],
    })),
  };
}

function columnsOf(table: SourceTable): readonly ColumnProperties[] {
  return stagingColumns(table).map(({ name, type, description }) => {
    const source = table.columns.find((one) => one.name === name);
    if (source === undefined) return { name, type, description: columnProse(name, description) };
    return { name, type, description: sourceColumnProse(source), meta: sourceColumnMeta(source) };
  });
}

function rowWords({ history, primaryKey }: SourceTable): string {
  switch (history.kind) {
    case "current_state":
    case "append_only":
      return keyWords(primaryKey) || "row of the source";
    case "periodic_extract":
      return keyWords([...primaryKey, history.extractDate]);
    case "change_log":
      return `change of a ${keyWords(primaryKey)}`;
  }
}

function keyWords(key: readonly string[]): string {
  return key.map((one) => one.replaceAll("_", " ")).join(" and ");
}
