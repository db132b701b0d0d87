import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { Expression } from "../../expression.ts";
import type { Mart, MartGroup, MartMeasure } from "../../fact.ts";
import type { MartCalculation } from "../../mart-calculation.ts";
import { typeText } from "../../logical-type.ts";
import { dimensionModel } from "../../names.ts";
import { memberFilter } from "./filters.ts";
import type { MartDraft } from "./draft.ts";

/** Moving sums: along a group that is a date, of measures that are sums or counts; null where there are none or they were refused (reported). */
export function linkRolling(draft: MartDraft, groups: readonly MartGroup[], measures: readonly MartMeasure[], calculations: readonly MartCalculation[]): Mart["rolling"] {
  const { spec, context } = draft;
  if (spec.rolling === null) return null;
  const origin = within(spec.origin, "rolling");
  const over = groups.find((one, index) => one.name === spec.rolling?.over || spec.by[index]?.column === spec.rolling?.over);
  if (over === undefined) unknown(draft, "group", spec.rolling.over, groups, within(origin, "over"));
  else if (over.type.kind !== "date")
    context.log.add(
      martDiagnostics.report("rolling-over", { origin: within(origin, "over") }, { name: over.name, type: typeText(over.type) }),
    );
  const summed = measures.filter((one) => isSum(one, draft));
  spec.rolling.measures.forEach((name, index) => {
    const known = [...measures, ...calculations];
    if (!known.some((one) => one.name === name)) unknown(draft, "measure", name, known, within(origin, "measures", index));
    else if (!summed.some((one) => one.name === name))
      context.log.add(martDiagnostics.report("rolling-measure", { origin: within(origin, "measures", index) }, { name }));
  });
  const chosen = spec.rolling.measures.length > 0 ? spec.rolling.measures : summed.map((one) => one.name);
  return { over: over?.name ?? spec.rolling.over, periods: spec.rolling.periods, unit: spec.rolling.unit, measures: chosen };
}

/** The best rows by a measure, of all or within groups; null where there is none or it was refused (reported). */
export function linkTop(draft: MartDraft, groups: readonly MartGroup[], measures: readonly (MartMeasure | MartCalculation)[]): Mart["top"] {
  const { spec } = draft;
  if (spec.top === null) return null;
  const origin = within(spec.origin, "top");
  if (!measures.some((one) => one.name === spec.top?.by)) unknown(draft, "measure", spec.top.by, measures, within(origin, "by"));
  const parts = spec.top.within.map((name, index) => {
    const found = groups.find((one, at) => one.name === name || spec.by[at]?.column === name);
    if (found === undefined) unknown(draft, "group", name, groups, within(origin, "within", index));
    return found?.name ?? name;
  });
  return { by: spec.top.by, n: spec.top.n, within: parts };
}

/** The dimension whose members stay without facts; the mart must be grouped by it. */
export function linkInclude({ spec, name, facts, context }: MartDraft, groups: readonly MartGroup[], filters: readonly (Expression | null)[]): Mart["include"] {
  if (spec.include === null) return null;
  const wanted = dimensionModel(spec.include);
  const reached = groups.flatMap((one) => one.keys.flatMap((key) => (key.kind === "attribute" ? [key.dimension] : [])));
  const known = [...new Set(reached)];
  if (known.includes(wanted)) return { dimension: wanted, where: memberFilter(filters, wanted, groups, facts) };
  if (context.refused.any(name)) return null;
  const group = `group by one of its attributes (by: [${wanted}.…]), or remove include.`;
  const instead = known.length === 0 ? group : `It is grouped by attributes of ${known.join(", ")}; ${group}`;
  const parameters = { mart: name, name: wanted, suggestion: didYouMean(wanted, known), known: instead };
  context.log.add(martDiagnostics.report("unknown-include", { origin: within(spec.origin, "include") }, parameters));
  return null;
}

function isSum(measure: MartMeasure, { facts }: MartDraft): boolean {
  const { value } = measure;
  if (value.kind !== "aggregate" || (value.aggregation !== "sum" && value.aggregation !== "count")) return false;
  return facts[measure.fact]?.measures.find((one) => one.name === value.column)?.additivity !== "semi_additive";
}

function unknown(
  { name: mart, context }: MartDraft,
  what: string,
  name: string,
  columns: readonly { readonly name: string }[],
  origin: Origin,
): void {
  if (context.refused.any(mart)) return;
  const known = columns.map((one) => one.name);
  const add = what === "group" ? "by" : "measures";
  const listed = known.length === 0 ? `It has no ${what}s yet: add it to ${add}:.` : `Its ${what}s are ${known.join(", ")}; others are added to ${add}:.`;
  const parameters = { mart, what, name, suggestion: didYouMean(name, known), known: listed };
  context.log.add(martDiagnostics.report("unknown-mart-column", { origin }, parameters));
}
