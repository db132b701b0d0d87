import type { Mart, MartMeasure } from "../../../model/fact.ts";
import { notNull, unique } from "../properties/data-tests.ts";
import type { DataTest } from "../properties/data-tests.ts";
import { countingProse } from "../../../model/counting.ts";
import { columnProse } from "../properties/describe.ts";
import { martColumns } from "./columns.ts";
import type { MartColumn } from "./columns.ts";
import type { ColumnProperties, ModelProperties } from "../properties/model-properties.ts";
import { onlyWhere, sentence, words } from "../properties/prose.ts";

/** A mart: one row for each combination of its groups. */
export function martProperties(mart: Mart): ModelProperties {
  const groups = mart.groups.map((one) => words(one.name)).join(", ");
  const total: DataTest = { kind: "row_count_between", label: "one_row", arguments: { minimum: 1, maximum: 1 } };
  return {
    name: mart.name,
    description: [
      sentence(mart.description),
      groups === "" ? "One row." : `One row per ${groups}.`,
      onlyWhere(mart.filter),
    ]
      .filter((one) => one !== "")
      .join(" "),
    owner: mart.owner,
    access: "public",
    contract: true,
    version: mart.version,
    tests: mart.groups.length === 0 ? [total] : [],
    columns: martColumns(mart).map((one) => martColumn(one, mart)),
  };
}

function martColumn(column: MartColumn, mart: Mart): ColumnProperties {
  const base = { name: column.name, type: column.type };
  switch (column.role) {
    case "key":
      return {
        ...base,
        description: `Key of the row: a hash of ${mart.groups.map((one) => words(one.name)).join(", ")}.`,
        primaryKey: true,
        tests: [notNull, unique],
      };
    case "group":
      return { ...base, description: columnProse(column.name, column.group.description) };
    case "measure":
      return { ...base, description: measureProse(column.name, column.measure), ...(column.measure.counted === "in_full" ? { meta: { impact: true } } : {}) };
    case "calculation":
      return { ...base, description: [columnProse(column.name, column.calculation.description), `Worked out as ${column.calculation.text}.`].join(" ") };
    case "rolling":
      return {
        ...base,
        description: `${measureProse(column.name, column.measure)} Sum of ${mart.rolling?.periods ?? 1} ${mart.rolling?.unit ?? "day"}s up to this one.`,
      };
  }
}

/** What a measure means, and how a row counts in it behind a bridge. */
function measureProse(name: string, measure: MartMeasure): string {
  return [columnProse(name, measure.description), countingProse(measure)].filter((one) => one !== "").join(" ");
}
