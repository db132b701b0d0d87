import { sourcesByName } from "../../../model/named.ts";
import type { Data } from "../../../artifact.ts";
import type { Dialect } from "../../../dialects/types.ts";
import type { Check, SourceTable } from "../../../model/source.ts";
import type { Design } from "../../../rules/types.ts";
import type { DataTest } from "../properties/data-tests.ts";
import { existsIn, holds, literalArgument, notNull, unique, uniqueCombination } from "../properties/data-tests.ts";
import { sentence } from "../properties/prose.ts";
import { identifier, printExpression } from "../sql/expression.ts";
import { stagingColumns } from "./staging.ts";

/** What a contract promises of a column, as tests of the staging model. */
export function columnTests(table: SourceTable, column: string, design: Design): readonly DataTest[] {
  const source = table.columns.find((one) => one.name === column);
  const key = table.primaryKey.includes(column);
  const single = key && table.primaryKey.length === 1 && isUniquePerRow(table);
  const required = key || source?.nullable === false || requiredByHistory(table).includes(column);
  const checks = table.checks.filter((one) => one.column === column).flatMap((one) => checkTest(one, table, design));
  const stated = [...(required ? [notNull] : []), ...(single ? [unique] : []), ...checks];
  const simple = new Set<string>();
  return stated.filter((one) => one.arguments !== undefined || (!simple.has(one.kind) && simple.add(one.kind)));
}

/** What a contract promises of the table as a whole. */
export function tableTests(table: SourceTable, design: Design): readonly DataTest[] {
  const key = keyOfRows(table).map((one) => identifier(one, design.dialect));
  const checks = table.checks.filter((one) => one.column === null).flatMap((one) => checkTest(one, table, design));
  return [...(key.length > 1 ? [uniqueCombination(key, "key")] : []), ...checks];
}

/** The columns that no two staged rows share; none where a change log may tell a change twice. */
function keyOfRows(table: SourceTable): readonly string[] {
  switch (table.history.kind) {
    case "current_state":
    case "append_only":
      return table.primaryKey;
    case "periodic_extract":
      return [...table.primaryKey, table.history.extractDate];
    case "change_log":
      return [];
  }
}

function isUniquePerRow(table: SourceTable): boolean {
  return table.history.kind === "current_state" || table.history.kind === "append_only";
}

function requiredByHistory({ history }: SourceTable): readonly string[] {
  switch (history.kind) {
    case "change_log":
      return [history.effectiveAt];
    case "periodic_extract":
      return [history.extractDate];
    default:
      return [];
  }
}

function checkTest(check: Check, table: SourceTable, design: Design): readonly DataTest[] {
  const description = sentence(check.description);
  return bareTest(check, table, design).map((one) => ({
    ...one,
    severity: check.severity,
    ...(description === "" ? {} : { description }),
  }));
}

function bareTest(check: Check, table: SourceTable, design: Design): readonly DataTest[] {
  const { params } = check;
  const { dialect } = design;
  switch (check.kind) {
    case "not_null":
      return [notNull];
    case "unique":
      return [check.column !== null ? unique : uniqueCombination((params.columns ?? table.primaryKey).map((one) => identifier(one, dialect)))];
    case "range":
      return [{ kind: "value_in_range", label: "range", arguments: { ...limitsOf(check), ...castTo(check, table, [params.min, params.max], dialect) } }];
    case "enum":
      return [valuesIn(check, table, dialect)];
    case "regex":
      return [{ kind: "matches_pattern", label: "pattern", arguments: { pattern: literalArgument(params.pattern ?? "") } }];
    case "length":
      return [{ kind: "length_between", label: "length", arguments: limitsOf(check) }];
    case "volume":
      return [{ kind: "row_count_between", label: "row_count", arguments: limitsOf(check) }];
    case "custom":
      if (params.test !== undefined) return [ownTest(params.test)];
      if (params.expression === undefined) return [];
      return [holds(printExpression(params.expression, dialect, { [table.table]: null, [table.name]: null }), "holds")];
    case "relationship":
      return relationship(check, design);
  }
}

function ownTest({ name, arguments: given }: NonNullable<Check["params"]["test"]>): DataTest {
  const parts = Object.entries(given).map(([key, value]) => [key, literalArgument(value)] as const);
  return { kind: name, label: name, ...(parts.length === 0 ? {} : { arguments: Object.fromEntries(parts) }) };
}

function limitsOf({ params: { min, max } }: Check): { readonly minimum?: Data; readonly maximum?: Data } {
  return {
    ...(min === undefined ? {} : { minimum: literalArgument(min) }),
    ...(max === undefined ? {} : { maximum: literalArgument(max) }),
  };
}

function valuesIn(check: Check, table: SourceTable, dialect: Dialect): DataTest {
  const values = check.params.values ?? [];
  return { kind: "values_in", label: "values", arguments: { values: values.map(literalArgument), ...castTo(check, table, values, dialect) } };
}

function relationship({ params }: Check, { model, dialect }: Design): readonly DataTest[] {
  const to = sourcesByName(model).get(params.to?.table ?? "");
  const columns = params.to?.columns ?? [];
  const [only] = columns;
  if (to === undefined || only === undefined) return [];
  const { staging } = to.models;
  if (columns.length === 1) return [existsIn(staging, identifier(only, dialect))];
  const names = (list: readonly string[]): readonly string[] => list.map((one) => identifier(one, dialect));
  return [
    {
      kind: "combination_exists",
      label: `in_${staging}`,
      arguments: { columns: names(params.columns ?? []), to: `ref('${staging}')`, to_columns: names(columns) },
    },
  ];
}

/** Texts that stand for dates or numbers are compared as such. */
function castTo(check: Check, table: SourceTable, values: readonly unknown[], dialect: Dialect): { readonly data_type?: string } {
  const type = stagingColumns(table).find((one) => one.name === check.column)?.type;
  if (type === undefined || type.kind === "string" || !values.some((one) => typeof one === "string")) return {};
  return { data_type: dialect.typeName(type) };
}
