import { sourcesByName } from "../../../model/named.ts";
import type { Fact } from "../../../model/fact.ts";
import { entriesKeyColumn } from "../../../model/fact-record.ts";
import { factKeyColumn, processOf } from "../../../model/names.ts";
import type { Model } from "../../../model/types.ts";
import type { FactColumn } from "./columns.ts";

/** The name that a column of a fact had before, or null. The time of the event is renamed with its source column. */
export function formerColumn(column: FactColumn, fact: Fact, model: Model): string | null {
  switch (column.role) {
    case "key": return fact.renamedFrom === null ? null : factKeyColumn(processOf(fact.renamedFrom));
    case "foreign_key": return column.foreignKey.renamedFrom;
    case "degenerate": return column.degenerate.renamedFrom;
    case "measure": return column.measure.renamedFrom;
    case "event_time": return sourceName(column.eventTime.value, column.name, fact, model);
    case "record": return fact.renamedFrom === null || column.name !== entriesKeyColumn(fact) ? null : entriesKeyColumn({ process: processOf(fact.renamedFrom) });
    case "grain":
    case "load_time": return null;
  }
}

function sourceName(value: NonNullable<Fact["eventTime"]>["value"], name: string, { rows }: Fact, model: Model): string | null {
  if (value.kind !== "column" || value.name !== name) return null;
  const input = [rows.base, ...rows.joins.map((one) => one.input)].find(({ alias }) => alias === value.input);
  return sourcesByName(model).get(input?.reference.id ?? "")?.columns.find((one) => one.name === name)?.renamedFrom ?? null;
}
