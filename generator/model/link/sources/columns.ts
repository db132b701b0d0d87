import type { DiagnosticLog } from "../../../diagnostics/log.ts";
import { within, type Origin } from "../../../diagnostics/origin.ts";
import type { ColumnSpec, ContractSpec } from "../../../spec/types.ts";
import { sourceDiagnostics } from "../../diagnostics/sources.ts";
import { scalar } from "../../logical-type.ts";
import { isReservedColumn, namelessness, validName } from "../../names.ts";
import { fieldName, type SourceColumn, type SourceTable } from "../../source.ts";
import { readType } from "../types.ts";
import { linkClean } from "./cleaning.ts";
import type { SourceSetting } from "./draft.ts";
import { tableIdOf } from "./identity.ts";
import { landedColumns, odd } from "./landed-columns.ts";
import { linkZone } from "./zone.ts";

/** The columns of a contract under their staging names, in the contract's order. What is wrong is reported and noted as refused. */
export function linkColumns(contract: ContractSpec, landing: SourceTable["landing"], setting: SourceSetting): readonly SourceColumn[] {
  const table = tableIdOf(contract) ?? "";
  const place = (index: number): Origin => within(contract.origin, "schema", index);
  const keys = new Set(contract.primary_key);
  const columns = contract.schema.flatMap((spec, index) => {
    const column = linkColumn(spec, spec.primary_key || keys.has(spec.column), place(index), contract, setting);
    if (column === null) setting.refused.add(table, spec.column, validName(spec.column), ...(spec.rename === null ? [] : [spec.rename, validName(spec.rename)]));
    return column ?? [];
  });
  reportTwins(columns, setting.log);
  if (landing === "text") return landedColumns(columns);
  reportUnquotable(columns, setting.log);
  return columns;
}

function linkColumn(spec: ColumnSpec, isKey: boolean, origin: Origin, contract: ContractSpec, { project, log }: SourceSetting): SourceColumn | null {
  const name = stagingName(spec, origin, log);
  const declared = declaredType(spec, origin, log);
  if (name === null || declared === null) return null;
  const { type, zone } = linkZone(spec, declared, contract, origin, project, log);
  const protect = spec.protect ?? "none";
  if (spec.pii === true && spec.protect === null) log.add(sourceDiagnostics.report("unprotected-pii", { origin: within(origin, "pii"), pointer: "key" }, { column: spec.column }));
  const physicalType = spec.physical_type === null ? null : readType(spec.physical_type, log, within(origin, "physical_type"));
  return {
    name,
    origin,
    physicalName: spec.column,
    ...(spec.from === null || spec.from === spec.column ? {} : { readFrom: spec.from }),
    // A hashed or masked value is a text, whatever it was before.
    type: protect === "hash" || protect === "mask" ? scalar("string") : type,
    valueType: type,
    physicalType,
    nullable: isKey ? false : (spec.nullable ?? true),
    description: spec.description ?? "",
    businessDefinition: spec.business_definition ?? "",
    pii: spec.pii ?? false,
    classification: spec.classification,
    protect,
    unit: spec.unit,
    deprecated: spec.deprecated,
    renamedFrom: spec.renamed_from,
    zone,
    clean: linkClean(spec, declared, physicalType, origin, log),
    onFailure: spec.on_failure === "warn" ? "warn" : "fail",
  };
}

function declaredType(spec: ColumnSpec, origin: Origin, log: DiagnosticLog): ReturnType<typeof readType> {
  if (spec.type !== null) return readType(spec.type, log, within(origin, "type"));
  if (spec.physical_type !== null) return readType(spec.physical_type, log, within(origin, "physical_type"));
  log.add(sourceDiagnostics.report("column-without-type", { origin: within(origin, "column") }, { column: spec.column }));
  return null;
}

function stagingName(spec: ColumnSpec, origin: Origin, log: DiagnosticLog): string | null {
  const name = spec.rename ?? validName(spec.column);
  const place = within(origin, spec.rename === null ? "column" : "rename");
  const nameless = spec.rename === null ? namelessness(spec.column) : null;
  if (nameless !== null) {
    log.add(sourceDiagnostics.report("column-needs-rename", { origin: place }, { column: spec.column, reason: nameless, instead: `state one, e.g. rename: column_${Number(origin.path.at(-1)) + 1}.` }));
    return null;
  }
  if (isReservedColumn(name)) {
    log.add(sourceDiagnostics.report("reserved-column", { origin: place }, { name }));
    return null;
  }
  return name;
}

/** Of tables that others load, the name in the warehouse is what it is. */
function reportUnquotable(columns: readonly SourceColumn[], log: DiagnosticLog): void {
  for (const column of columns) {
    const [sign] = odd.exec(fieldName(column)) ?? [];
    const key = column.readFrom === undefined ? "column" : "from";
    if (sign !== undefined) log.add(sourceDiagnostics.report("unquotable-column", { origin: within(column.origin, key) }, { column: fieldName(column), sign }));
  }
}

function reportTwins(columns: readonly SourceColumn[], log: DiagnosticLog): void {
  const physical = new Map<string, SourceColumn>();
  const staging = new Map<string, SourceColumn>();
  for (const column of columns) {
    const same = physical.get(column.physicalName);
    const twin = staging.get(column.name);
    const other = same ?? twin;
    const related = other === undefined ? [] : [{ origin: within(other.origin, "column"), message: "the first of the two" }];
    const place = { origin: within(column.origin, "column"), related };
    if (same !== undefined) log.add(sourceDiagnostics.report("duplicate-column", place, { column: column.physicalName }));
    else if (twin !== undefined) log.add(sourceDiagnostics.report("column-collision", place, { column: column.physicalName, other: twin.physicalName, name: column.name }));
    physical.set(column.physicalName, column);
    staging.set(column.name, column);
  }
}
