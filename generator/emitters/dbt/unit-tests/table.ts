import { evaluateText } from "../../../evaluate/cast.ts";
import type { Values } from "../../../evaluate/rows.ts";
import { currentRows, deduplicatedRows } from "../../../evaluate/table-rows.ts";
import { attempt, fail, type Value } from "../../../evaluate/value.ts";
import { namesShard, rawName, sharesItsSource, type SourceColumn, type SourceTable } from "../../../model/source.ts";
import type { LogicalType } from "../../../model/types.ts";
import { rawInputs } from "./raw-inputs.ts";
import { FIRST_DAY, givenRows, GROUPS, payloadValues, scriptedValues, type Role, type ScriptColumn } from "./script.ts";
import { collapseScript, currentExtractScript, currentScript } from "./scripts.ts";
import { isPlainTest, type UnitTest } from "./unit-test.ts";

/**
 * The unit tests of a source table that has several rows per key: which row staging keeps, and which one is the current one. The expected rows follow from
 * the contract. `columns` are those that staging offers. None where a key or an order column is cleaned, or has no values that differ.
 */
export function tableTests(table: SourceTable, columns: readonly { readonly name: string; readonly type: LogicalType }[]): readonly UnitTest[] {
  return [() => deduplicationTest(table), () => currentTest(table, columns)].flatMap((compute) => {
    const test = attempt(compute);
    return "value" in test && test.value !== null && test.value.expected.length > 0 && isPlainTest(test.value) ? [test.value] : [];
  });
}

/** Raw rows that share a key. Columns that are cleaned are left out, other tests have them. */
function deduplicationTest(table: SourceTable): UnitTest | null {
  const { deduplicate } = table;
  if (deduplicate === null) return null;
  const needed = [...table.primaryKey, ...deduplicate.by].map((name) => table.columns.find((one) => one.name === name) ?? fail("no column of the contract"));
  const plain = table.columns.filter((one) => isPlain(one) && !namesShard(one, table) && !sharesItsSource(one, table));
  if (!needed.every((one) => plain.includes(one))) return null;
  const columns = withRoles(plain, table, (name) => sequenceRole(deduplicate.by, name));
  const isTold = needed.some((one) => rawName(one) === "_source_row");
  const rows = scriptedValues(collapseScript().filter((one) => one.member !== null && one.isFiltered !== true && !(isTold && one.member === 2)), columns);
  const physical = new Map(table.columns.map((one) => [one.name, rawName(one)]));
  const raw = rows.map((row): Values => new Map([...row].map(([name, value]) => [physical.get(name) ?? name, value])));
  return {
    name: `${table.models.staging}_keeps_one_row_per_key`,
    description: `Rows of ${table.name} that share a key, and which of them is kept.`,
    model: table.models.staging,
    given: rawInputs(table, givenRows(raw)),
    expected: givenRows(deduplicatedRows(table, rows)),
  };
}

/** What is said of keys over time, and what holds now. */
function currentTest(table: SourceTable, offered: readonly { readonly name: string; readonly type: LogicalType }[]): UnitTest | null {
  const { history, models } = table;
  if (models.current === null || (history.kind !== "change_log" && history.kind !== "periodic_extract")) return null;
  const operation = history.kind === "change_log" ? history.operation : null;
  const role = (name: string): Role | null => {
    if (name === (history.kind === "change_log" ? history.effectiveAt : history.extractDate)) return { kind: "time", firstDay: FIRST_DAY };
    if (name === operation?.column) return { kind: "operation", deletes: operation.delete[0] ?? fail("nothing deletes"), keeps: null };
    return history.kind === "change_log" ? sequenceRole(history.sequence, name) : null;
  };
  const columns = withRoles(offered, table, role);
  const rows = scriptedValues(history.kind === "change_log" ? currentScript(operation !== null) : currentExtractScript(), columns);
  return {
    name: `${models.current}_holds_what_is_true_now`,
    description: `What is said of ${table.name} over time, and the rows that hold now.`,
    model: models.current,
    given: [{ input: `ref('${models.staging}')`, rows: givenRows(rows) }],
    expected: givenRows(currentRows(table, rows, deleteCodes(table))),
  };
}

function withRoles(columns: readonly { readonly name: string; readonly type: LogicalType }[], { primaryKey }: SourceTable, roleOf: (name: string) => Role | null): readonly ScriptColumn[] {
  let payload = 0;
  return columns.map(({ name, type }): ScriptColumn => {
    const part = primaryKey.indexOf(name);
    if (part >= 0) return { name, type, role: { kind: "key", part, parts: primaryKey.length } };
    return { name, type, role: roleOf(name) ?? { kind: "payload", group: payload++ % GROUPS, values: payloadValues(type, []) } };
  });
}

function sequenceRole(columns: readonly string[], name: string): Role | null {
  return columns.includes(name) ? { kind: "sequence", isLast: name === columns.at(-1) } : null;
}

function deleteCodes({ history, columns }: SourceTable): readonly Value[] {
  const operation = history.kind === "change_log" ? history.operation : null;
  const type = columns.find((one) => one.name === operation?.column)?.type;
  return (operation?.delete ?? []).map((code) => {
    const value = type === undefined ? fail("no column") : evaluateText(code, type);
    return "value" in value ? value.value : fail(value.failure);
  });
}

/** Whether staging takes a value as it is, but for its type. */
export function isPlain({ clean, protect, zone, physicalType }: SourceColumn): boolean {
  return clean.length === 0 && protect === "none" && zone === null && physicalType === null;
}
