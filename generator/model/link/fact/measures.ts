import { within, type Origin } from "../../../diagnostics/origin.ts";
import { measureDiagnostics } from "../../diagnostics/measures.ts";
import type { MeasureSpec } from "../../../spec/types.ts";
import type { Additivity, Aggregation, Fact, ForeignKey, Measure } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { meantBy } from "../rows/columns.ts";
import { columnFacts } from "../rows/inputs.ts";
import type { FactDraft } from "./draft.ts";
import { isConsistent } from "./measure-checks.ts";
import { measureValue, type MeasureValue, type ValueContext } from "./measure-value.ts";
import { linkOver } from "./over.ts";
import { periodValue } from "./period-value.ts";
import { linkRatio } from "./ratio.ts";
import { rollupValue } from "./rollup-value.ts";

/** The measures of a fact in their order, since later ones may speak of earlier ones; those that were refused are reported and left out. */
export function linkMeasures(
  draft: FactDraft,
  foreignKeys: readonly ForeignKey[],
  grain: Fact["grain"],
  degenerates: Fact["degenerates"],
): readonly Measure[] {
  const linked: Measure[] = [];
  draft.spec.measures.forEach((spec, index) => {
    const origin = within(draft.spec.origin, "measures", index);
    if (linked.some((one) => one.name === spec.name)) {
      draft.context.log.add(
        measureDiagnostics.report("duplicate-measure", { origin: within(origin, "name") }, { fact: draft.name, name: spec.name }),
      );
      return;
    }
    const measure = linkMeasure(spec, origin, { draft, foreignKeys, grain, degenerates, earlier: linked });
    const isColumn = spec.source === null && spec.expression === null;
    if (measure === null) draft.context.refused.add(draft.name, spec.name, ...(isColumn ? meantBy(spec.name, draft.linked.scope) : []));
    else linked.push(measure);
  });
  return linked;
}

function linkMeasure(spec: MeasureSpec, origin: Origin, values: ValueContext): Measure | null {
  const { draft, foreignKeys } = values;
  const aggregation = aggregationOf(spec);
  const additivity = spec.additivity ?? additivityOf(aggregation, spec);
  const value = valueOf(spec, origin, aggregation, additivity, values);
  const over = linkOver(spec, origin, additivity, foreignKeys, draft);
  if (value === null || over === "refused") return null;
  const facts = value.value.expression.kind === "column" ? columnFacts(value.value.expression, draft.linked.inputs) : null;
  const measure: Measure = {
    name: spec.name,
    origin,
    type: value.type ?? scalar("float"),
    additivity,
    aggregation,
    description: spec.description ?? spec.business_definition ?? facts?.description ?? "",
    unit: spec.unit ?? facts?.unit ?? null,
    value: value.value,
    over,
    ratio: spec.ratio,
    renamedFrom: spec.renamed_from,
  };
  return isConsistent(measure, draft) ? measure : null;
}

function valueOf(
  spec: MeasureSpec,
  origin: Origin,
  aggregation: Aggregation,
  additivity: Additivity,
  values: ValueContext,
): MeasureValue | null {
  if (spec.ratio !== null) return linkRatio(spec.ratio, origin, values);
  const { source } = values.draft;
  if (values.draft.spec.fact_type === "periodic_snapshot") return periodValue(spec, origin, aggregation, additivity, values);
  return source === null ? measureValue(spec, origin, aggregation, values) : rollupValue(spec, origin, aggregation, source, values);
}

/** A measure is summed unless it says otherwise; what cannot be summed is averaged. */
function aggregationOf(spec: MeasureSpec): Aggregation {
  return spec.aggregation ?? (spec.additivity === "non_additive" || spec.ratio !== null ? "avg" : "sum");
}

function additivityOf(aggregation: Aggregation, spec: MeasureSpec): Additivity {
  if (spec.ratio !== null) return "non_additive";
  if (Object.keys(spec.over).length > 0) return "semi_additive";
  return aggregation === "sum" || aggregation === "count" ? "additive" : "non_additive";
}
