import { within, type Origin } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import { columnsOf } from "../../expression-columns.ts";
import type { ForeignKey } from "../../fact.ts";
import { mapColumns } from "../../map-columns.ts";
import type { FactDraft } from "./draft.ts";

/** The flags of a junk dimension as the fact's own rows have them; null where they do not (reported). */
export function linkFlags(spec: ForeignKeySpec, origin: Origin, dimension: EntityDimension, draft: FactDraft): ForeignKey["lookup"] | null {
  const { linked, context, name: fact } = draft;
  const key = spec.on.length > 0 ? "on" : spec.as_of !== null ? "as_of" : null;
  if (key !== null) {
    const place = { origin: within(origin, key), pointer: "key" as const };
    context.log.add(factDiagnostics.report("key-columns", place, { dimension: dimension.name, key: "found in the rows", given: key }));
    return null;
  }
  const tables = new Map([dimension.rows.base, ...dimension.rows.joins.map((one) => one.input)].map((one) => [one.alias, one.reference.id]));
  const inputOf = (alias: string | null): string | null => {
    const table = tables.get(alias ?? "");
    return linked.inputs.find((one) => one.readable.table !== null && one.readable.id === table)?.alias ?? null;
  };
  const missing = dimension.attributes.flatMap((one) => columnsOf(one.value)).find((one) => inputOf(one.input) === null);
  if (missing !== undefined) {
    const source = tables.get(missing.input ?? "") ?? dimension.rows.base.reference.id;
    context.log.add(factDiagnostics.report("flags-elsewhere", { origin }, { dimension: dimension.name, source, fact }));
    return null;
  }
  const values = dimension.attributes.map((one) => ({ value: mapColumns(one.value, (column) => ({ ...column, input: inputOf(column.input) })), type: one.type }));
  return { kind: "combination", values };
}
