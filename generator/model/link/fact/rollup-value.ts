import { within, type Origin } from "../../../diagnostics/origin.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import { aggregateType } from "../../aggregation.ts";
import type { Expression } from "../../expression.ts";
import { columnsOf } from "../../expression-columns.ts";
import type { Aggregation, Fact, Measure } from "../../fact.ts";
import { parts } from "../refusals.ts";
import { linkCondition } from "../rows/row-source.ts";
import { columnScope, type Lookup, type Scope } from "../scope.ts";
import { additivityText, aggregationText } from "./measure-checks.ts";
import type { FactDraft } from "./draft.ts";
import { dimensionInputs, withMembers } from "./measure-scope.ts";
import { takenOnce } from "./rollup-once.ts";
import { only, rowExpression, type MeasureValue, type ValueContext } from "./measure-value.ts";

/**
 * The value of a measure in a roll-up: an aggregate of the source fact's rows, or, where an expression speaks of the
 * roll-up's own measures only, computed from those afterwards. With a filter it is the rows that are spoken of, if they
 * have what is named. Null where it was refused (reported).
 */
export function rollupValue(
  spec: MeasureSpec,
  origin: Origin,
  aggregation: Aggregation,
  source: Fact,
  values: ValueContext,
): MeasureValue | null {
  const { draft, earlier } = values;
  const rows = rowScope(values);
  const own = ownScope(earlier, draft);
  const asked = new Set<string>();
  const first = rowExpression(spec, origin, spec.expression === null ? rows : preferring(own, rows, asked), values);
  if (first === null) return null;
  const reads = columnsOf(first);
  const ofMeasures = spec.expression !== null && reads.some((one) => one.input === null);
  if (!ofMeasures) return aggregated(spec, origin, aggregation, first, source, values);
  const inRows = [...asked].every((name) => rows.lookup(name, null).kind === "found");
  if (reads.every((one) => one.input === null) && (spec.where === null || !inRows)) return derived(spec, origin, first, values);
  if (inRows) {
    const again = rowExpression(spec, origin, rows, values);
    return again === null ? null : aggregated(spec, origin, aggregation, again, source, values);
  }
  const columns = [...new Set(reads.filter((one) => one.input !== null).map((one) => one.name))].join(", ");
  draft.context.log.add(
    measureDiagnostics.report("mixed-rollup", { origin: within(origin, "expression") }, { name: spec.name, source: source.name, columns }),
  );
  return null;
}

/** The rows of the source with the members that they point to, those of keys of the roll-up's own included. */
function rowScope({ draft, foreignKeys }: ValueContext): Scope {
  const own = foreignKeys.filter((one) => one.lookup.kind !== "inherited");
  return withMembers(draft.linked.scope, dimensionInputs(own, draft.context), draft.context.refused.has(draft.name, parts.references));
}

function derived(spec: MeasureSpec, origin: Origin, expression: Expression, { draft }: ValueContext): MeasureValue | null {
  if (spec.where !== null) {
    draft.context.log.add(
      measureDiagnostics.report("where-after-rollup", { origin: within(origin, "where"), pointer: "key" }, { name: spec.name }),
    );
    return null;
  }
  return { value: { kind: "derived", expression }, type: expression.type };
}

function aggregated(
  spec: MeasureSpec,
  origin: Origin,
  aggregation: Aggregation,
  expression: Expression,
  source: Fact,
  values: ValueContext,
): MeasureValue | null {
  const { draft } = values;
  const where = linkCondition(spec.where, rowScope(values), within(origin, "where"), draft.context);
  if (spec.where !== null && where === null) return null;
  if (!mayAggregate(spec, origin, aggregation, expression, source, values)) return null;
  const once = takenOnce(spec, origin, aggregation, expression, where, values);
  if (once !== "several") return once;
  const value = where === null ? expression : only(where, expression, aggregation);
  const applied = spec.aggregation === "count" && spec.source !== null && isCount(expression, source, values) ? "sum" : aggregation;
  return {
    value: { kind: "rollup", aggregation: applied, expression: value },
    type: value.type === null ? null : aggregateType(applied, value.type),
  };
}

/** What was counted in the source is added up, not counted again. */
function isCount(expression: Expression, source: Fact, { draft }: ValueContext): boolean {
  return expression.kind === "column" && expression.input === draft.linked.base.alias && source.measures.some((one) => one.name === expression.name && one.aggregation === "count");
}

/** What cannot be aggregated so again. */
const TWICE: ReadonlyMap<Aggregation, { readonly is: string; readonly instead: string }> = new Map([
  ["avg", { is: "an average already", instead: "sum its numerator and denominator in the source, and state a ratio: of the two." }],
  ["median", { is: "a median already", instead: "take the median in a roll-up of the rows themselves." }],
]);

/** A sum needs what may be summed; a balance may be, where the roll-up keeps its date. */
function mayAggregate(
  spec: MeasureSpec,
  origin: Origin,
  aggregation: Aggregation,
  expression: Expression,
  source: Fact,
  { draft, grain }: ValueContext,
): boolean {
  const isOwn = expression.kind === "column" && expression.input === draft.linked.base.alias;
  const measure = isOwn ? source.measures.find((one) => one.name === expression.name) : undefined;
  if (measure === undefined) return true;
  const dateKey = source.foreignKeys.find((one) => one.alias === measure.over?.role)?.name;
  const keepsDate = dateKey !== undefined && grain.some((one) => one.name === dateKey);
  const summed = aggregation === "sum" && (measure.additivity === "non_additive" || (measure.additivity === "semi_additive" && !keepsDate));
  const twice = measure.aggregation === aggregation && measure.value.kind === "rollup" ? TWICE.get(aggregation) : undefined;
  const wrong = summed ? { is: additivityText(measure.additivity), instead: "take AVG, MIN or MAX of it, or sum the measures it is made of and state a ratio." } : twice;
  if (wrong === undefined) return true;
  const parameters = { name: measure.name, additivity: wrong.is, aggregation: aggregationText(aggregation), instead: wrong.instead };
  draft.context.log.add(
    measureDiagnostics.report(
      "additivity-mismatch",
      { origin: within(origin, spec.aggregation === null ? "name" : "aggregation") },
      parameters,
    ),
  );
  return false;
}

function ownScope(earlier: readonly Measure[], { name: fact, spec, context }: FactDraft): Scope {
  const columns = earlier.flatMap((one) => (one.ratio === null ? [{ name: one.name, type: one.type }] : []));
  const stated = new Set(spec.measures.map((one) => one.name));
  return columnScope([{ input: null, qualifiers: [fact], columns, refuses: (name) => stated.has(name) && context.refused.has(fact, name) }]);
}

function preferring(own: Scope, rows: Scope, asked: Set<string>): Scope {
  return {
    lookup(name, qualifier): Lookup {
      if (qualifier === null) asked.add(name);
      const measure = own.lookup(name, qualifier);
      if (measure.kind === "found" || measure.kind === "refused") return measure;
      const column = rows.lookup(name, qualifier);
      return column.kind === "unknown" && measure.kind === "unknown"
        ? { kind: "unknown", candidates: [...measure.candidates, ...column.candidates] }
        : column;
    },
  };
}
