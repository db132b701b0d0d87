import { within, type Origin } from "../../../diagnostics/origin.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { ColumnReference, Expression } from "../../expression.ts";
import { columnsOf } from "../../expression-columns.ts";
import type { Aggregation } from "../../fact.ts";
import { aggregationText } from "./measure-checks.ts";
import { only, oneWhere, type MeasureValue, type ValueContext } from "./measure-value.ts";

/**
 * What a roll-up joins by the columns that it is grouped by is the same in all rows that are put together: the freight of an order
 * stands beside each of its lines. A sum would count it once for each line, so it is taken once; "several" where the values differ.
 */
export function takenOnce(
  spec: MeasureSpec,
  origin: Origin,
  aggregation: Aggregation,
  expression: Expression,
  where: Expression | null,
  values: ValueContext,
): MeasureValue | null | "several" {
  const isSame = sameInGroup(values);
  const reads = columnsOf(expression);
  const { draft } = values;
  const joined = reads.some((one) => one.input !== draft.linked.base.alias);
  if ((aggregation !== "sum" && aggregation !== "count") || !joined || !reads.every(isSame)) return "several";
  if (where !== null && !columnsOf(where).every(isSame)) {
    const parameters = { name: spec.name, aggregation: aggregationText(aggregation), group: groupText(values) };
    draft.context.log.add(measureDiagnostics.report("repeated-value", { origin: within(origin, "where") }, parameters));
    return null;
  }
  const because = `it is the same in all rows of one ${groupText(values)}`;
  draft.context.infer({ topic: "measure", subject: draft.name, choice: `${spec.name} once per row`, because, origin });
  const value = aggregation === "count" ? oneWhere(where, expression) : where === null ? expression : only(where, expression, aggregation);
  return { value: { kind: "rollup", aggregation: "max", expression: value }, type: value.type };
}

function groupText({ grain }: ValueContext): string {
  return grain.map((one) => one.name).join(", ");
}

/** Columns by which rows are grouped, and those of inputs and members that are found by them. */
function sameInGroup({ draft, foreignKeys, grain, degenerates }: ValueContext): (column: ColumnReference) => boolean {
  const base = draft.linked.base.alias;
  const id = (one: Expression): string => (one.kind === "column" ? `${one.input ?? ""}.${one.name}` : "");
  const grouped = new Set([
    ...[...grain, ...degenerates].map((one) => id(one.value)),
    ...foreignKeys.flatMap(({ lookup }) => (lookup.kind === "inherited" ? [`${base}.${lookup.column}`] : [])),
  ]);
  const looked = foreignKeys.flatMap((one) => (one.lookup.kind === "inherited" ? [] : [one.alias]));
  const held = (draft.source?.foreignKeys ?? []).filter((one) => grouped.has(`${base}.${one.name}`)).map((one) => one.alias);
  const inputs = new Set<string | null>([...looked, ...held]);
  const isSame = (one: Expression): boolean => grouped.has(id(one)) || (one.kind === "column" && inputs.has(one.input));
  for (const join of draft.linked.rows.joins) if (join.on.every((one) => isSame(one.left))) inputs.add(join.input.alias);
  return isSame;
}
