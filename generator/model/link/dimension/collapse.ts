import { within } from "../../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../../diagnostics/dimensions.ts";
import type { DimensionSpec } from "../../../spec/types.ts";
import type { DimensionColumn, EntityDimension, SortTerm } from "../../dimension.ts";
import { dimensionModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { parts } from "../refusals.ts";
import { resolveColumn } from "../rows/columns.ts";
import { timeColumns } from "../rows/times.ts";
import type { LinkedRows } from "../rows/row-source.ts";
import { coversKey } from "../rows/unique-keys.ts";
import type { HistoryPlan } from "./history-plan.ts";

/** How several rows of one key become one, wrapped so that "none needed" differs from null, which means refused (reported). */
export function linkCollapse(
  spec: DimensionSpec,
  plan: HistoryPlan,
  naturalKey: readonly DimensionColumn[],
  linked: LinkedRows,
  context: LinkContext,
): { readonly collapse: EntityDimension["collapse"] } | null {
  const dimension = dimensionModel(spec.name);
  if (plan.reading === "rows") {
    if (spec.collapse === null) return { collapse: null };
    context.log.add(dimensionDiagnostics.report("collapse-without-use", { origin: within(spec.origin, "collapse") }, { dimension }));
    return null;
  }
  if (spec.collapse !== null)
    return spec.collapse.kind === "distinct" ? { collapse: { kind: "distinct" } } : keep(spec.collapse, spec, linked, context);
  const unclear = linked.base.readable.refuses(parts.key) || context.refused.has(dimension, parts.key);
  if (unclear || isUnique(naturalKey, linked)) return { collapse: null };
  const source = linked.base.readable.id;
  const key = naturalKey.map((one) => one.name).join(", ");
  context.log.add(
    dimensionDiagnostics.report(
      "needs-collapse",
      { origin: within(spec.origin, "natural_key") },
      { source, key, dimension, help: help(naturalKey, linked) },
    ),
  );
  return null;
}

/** Whether the contract says that no two rows share the natural key. */
function isUnique(naturalKey: readonly DimensionColumn[], linked: LinkedRows): boolean {
  const { alias, readable } = linked.base;
  const columns = naturalKey.flatMap(({ value }) => (value.kind === "column" && value.input === alias ? [value.name] : []));
  return coversKey(columns, readable.keys);
}

function keep(
  collapse: Extract<NonNullable<DimensionSpec["collapse"]>, { kind: "keep" }>,
  spec: DimensionSpec,
  linked: LinkedRows,
  context: LinkContext,
): { readonly collapse: EntityDimension["collapse"] } | null {
  const order = collapse.by.map((name, index): SortTerm | null => {
    const value = resolveColumn(name, linked.scope, within(spec.origin, "collapse", "by", index), context.log);
    return value === null ? null : { value, direction: collapse.keep === "latest" ? "descending" : "ascending" };
  });
  const found = order.flatMap((one) => (one === null ? [] : [one]));
  return found.length < order.length ? null : { collapse: { kind: "keep", order: found } };
}

function help(naturalKey: readonly DimensionColumn[], linked: LinkedRows): string {
  const { keys, table, columns } = linked.base.readable;
  const instants = columns.filter((one) => one.type.kind === "timestamp" && one.name !== table?.loadedAtColumn);
  const time = table?.updatedAt ?? instants[0]?.name ?? timeColumns(linked).at(-1) ?? "<column>";
  const collapse = `collapse: {keep: latest, by: [${time}]}, or collapse: distinct.`;
  const [key] = keys;
  if (key !== undefined) return `its contract promises one row per ${key.join(", ")}; add ${collapse}`;
  const physical = naturalKey.map((one) => table?.columns.find((column) => column.name === one.name)?.physicalName ?? one.name);
  return `if it holds one, say so in its contract: primary_key: [${physical.join(", ")}]; if several, add ${collapse}`;
}
