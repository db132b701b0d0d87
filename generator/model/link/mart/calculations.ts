import { within, type Origin } from "../../../diagnostics/origin.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MartSpec, SqlSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import type { Fact, MartGroup, MartMeasure } from "../../fact.ts";
import type { MartCalculation } from "../../mart-calculation.ts";
import { sameType, scalar, typeText } from "../../logical-type.ts";
import { filterText } from "../rows/row-source.ts";
import { columnScope, type Scope } from "../scope.ts";
import { readType } from "../types.ts";
import type { MartDraft } from "./draft.ts";

type MeasureSpec = MartSpec["measures"][number];

/** The columns of a mart that are worked out from its measures; those that were refused are reported and left out. */
export function linkCalculations(draft: MartDraft, groups: readonly MartGroup[], measures: readonly MartMeasure[]): readonly MartCalculation[] {
  const { spec, name, context } = draft;
  const found: MartCalculation[] = [];
  for (const [index, one] of spec.measures.entries()) {
    if (one.expression === null) continue;
    const origin = within(spec.origin, "measures", index);
    const scope = valuesOf(draft, [...groups, ...measures], found);
    const expression = aggregatesNothing(one, origin, draft) ? valueOf(one, one.expression, scope, origin, draft) : null;
    if (expression === null) context.refused.add(name, one.name);
    else found.push({ name: one.name, origin, type: expression.type ?? scalar("string"), description: one.description ?? "", text: filterText(one.expression) ?? "", expression, renamedFrom: one.renamed_from });
  }
  return found;
}

/** The expression, of the type that is stated; null where it was refused (reported). */
function valueOf(spec: MeasureSpec, sql: SqlSpec, scope: Scope, origin: Origin, { context }: MartDraft): Expression | null {
  const stated = spec.type === null ? null : readType(spec.type, context.log, within(origin, "type"));
  if (spec.type !== null && stated === null) return null;
  const value = context.parse(sql, scope, within(origin, "expression"), stated);
  if (value === null || value.type === null || stated === null || sameType(value.type, stated)) return value;
  const parameters = { name: spec.name, found: typeText(value.type), stated: typeText(stated), source: spec.name };
  context.log.add(measureDiagnostics.report("measure-type-stated", { origin: within(origin, "type") }, parameters));
  return null;
}

/** Measures and groups by their names in the mart; of a calculation above its expression is put in place. */
function valuesOf({ spec, name, facts, context }: MartDraft, columns: readonly (MartGroup | MartMeasure)[], earlier: readonly MartCalculation[]): Scope {
  const mart = columnScope([{ input: null, qualifiers: [...new Set([name, spec.name])], columns, refuses: (one) => context.refused.has(name, one) }]);
  return {
    lookup(wanted, qualifier) {
      const above = qualifier === null ? earlier.find((one) => one.name === wanted) : undefined;
      if (above !== undefined) return { kind: "found", expression: above.expression };
      const found = mart.lookup(wanted, qualifier);
      return found.kind === "unknown" ? { ...found, instead: insteadOf(wanted, qualifier, spec, facts) } : found;
    },
  };
}

/** How a name that the mart does not have yet may be had. */
function insteadOf(name: string, qualifier: string | null, spec: MartSpec, facts: readonly Fact[]): string {
  if (spec.measures.some((one) => one.name === name && one.expression !== null)) return `an expression names those above it: '${name}' does not stand there. `;
  if (facts.some((fact) => fact.measures.some((one) => one.name === name))) return qualifier === null ? `add ${name} to measures: to work with it. ` : `write ${name}, as the mart calls it. `;
  return qualifier === null ? "" : "write the name that the column has in the mart. ";
}

/** What is worked out from aggregates has no rows of its own; reports keys that speak of rows. */
function aggregatesNothing(spec: MeasureSpec, origin: Origin, { context }: MartDraft): boolean {
  const odd = (["source", "aggregation", "where", "weighted"] as const).filter((key) => spec[key] !== null);
  for (const key of odd) context.log.add(martDiagnostics.report("calculation-of-rows", { origin: within(origin, key), pointer: "key" }, { name: spec.name, key }));
  return odd.length === 0;
}
