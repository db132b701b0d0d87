import { within } from "../../../diagnostics/origin.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import { dimensionModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import type { JoinRequest } from "../rows/join-steps.ts";
import { readableTable, type Readable } from "../rows/readable.ts";
import { coversKey } from "../rows/unique-keys.ts";

/** The source a dimension states, or the one contract that has its natural key and attributes; null where that is not one (reported). */
export function dimensionSource(spec: DimensionSpec, context: LinkContext): string | null {
  if (spec.source !== null) return spec.source;
  const fitting = [...context.sources.values()].map((one) => readableTable(one, "state", context.refused)).filter((one) => fits(one, spec));
  const unique = fitting.filter((one) => coversKey(spec.natural_key, one.keys));
  const [only, ...more] = unique.length > 0 ? unique : fitting;
  const subject = dimensionModel(spec.name);
  if (only !== undefined && more.length === 0) {
    context.infer({
      topic: "source",
      subject,
      choice: only.id,
      because: "it is the only contract with the natural key and the attributes",
      origin: spec.origin,
    });
    return only.id;
  }
  const candidates = only === undefined ? "<contract>." : `${[only, ...more].map((one) => one.id).join(" or ")}.`;
  context.log.add(rowDiagnostics.report("no-source", { origin: spec.origin, pointer: "key" }, { subject, candidates }));
  return null;
}

/** Joins that follow from attributes whose source names another contract (`source: shop.addresses.city`). */
export function impliedJoins(spec: DimensionSpec, base: string, context: LinkContext): readonly JoinRequest[] {
  const known = new Set([base, ...spec.joins.flatMap((one) => (one.as === null ? [one.to] : []))]);
  return spec.attributes.flatMap((one, index) => {
    const table = tableOf(one.source ?? "");
    if (table === null || known.has(table) || !context.sources.has(table)) return [];
    known.add(table);
    return [
      {
        spec: { to: table, as: null, on: null, type: "left" as const },
        origin: within(spec.origin, "attributes", index, "source"),
        subject: dimensionModel(spec.name),
      },
    ];
  });
}

/** The contract of a column written `shop.customers.city`; null where none is written. */
export function tableOf(column: string): string | null {
  const dot = column.lastIndexOf(".");
  const table = column.slice(0, Math.max(0, dot));
  return table.includes(".") ? table : null;
}

function fits(table: Readable, spec: DimensionSpec): boolean {
  const has = (name: string): boolean => table.columns.some((one) => one.name === name) || table.refuses(name);
  const attributes = spec.attributes.filter((one) => one.expression === null).map((one) => one.source ?? one.name);
  const joined = spec.joins.length > 0;
  return (
    spec.natural_key.every(has) &&
    attributes.every((one) => {
      const stated = tableOf(one);
      return stated === null ? joined || has(one) : stated !== table.id || has(one.slice(stated.length + 1));
    })
  );
}
