import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { bridgeDiagnostics } from "../../diagnostics/bridges.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { MartSpec } from "../../../spec/types.ts";
import { aggregateType } from "../../aggregation.ts";
import type { Expression } from "../../expression.ts";
import { columnsOf } from "../../expression-columns.ts";
import { keepsEntries } from "../../fact-record.ts";
import type { Aggregation, Fact, MartGroup, MartMeasure, Measure } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { factModel } from "../../names.ts";
import { factColumns, type FactColumn } from "../fact/fact-columns.ts";
import { aggregationText, takes } from "../fact/measure-checks.ts";
import { parts } from "../refusals.ts";
import { filterText } from "../rows/row-source.ts";
import { mayAggregate } from "./aggregation-checks.ts";
import { countingOf } from "./through.ts";
import { linkFilter } from "./filters.ts";
import type { MartDraft } from "./draft.ts";

type MeasureSpec = MartSpec["measures"][number];

/** The measures of a mart; those that were refused are reported and left out. */
export function linkMartMeasures(draft: MartDraft, groups: readonly MartGroup[]): readonly MartMeasure[] {
  const { spec, facts, name, context } = draft;
  if (spec.measures.length === 0) {
    const names = facts.flatMap((one) => one.measures.map((measure) => measure.name)).join(", ");
    const known = names === "" ? "" : `one of ${names}, or`;
    context.refused.add(name, parts.all);
    context.log.add(martDiagnostics.report("mart-without-measure", { origin: spec.origin, pointer: "key" }, { name, known }));
  }
  return spec.measures.flatMap((one, index) => {
    if (one.expression !== null) return [];
    const measure = linkMartMeasure(one, within(spec.origin, "measures", index), draft, groups);
    if (measure === null) context.refused.add(name, one.name);
    return measure ?? [];
  });
}

interface Found {
  readonly index: number;
  readonly fact: Fact;
  readonly measure: Measure | null;
  readonly column: FactColumn | null;
}

function linkMartMeasure(spec: MeasureSpec, origin: Origin, draft: MartDraft, groups: readonly MartGroup[]): MartMeasure | null {
  const found = countsRows(spec, draft) ? rowCount(draft) : findSource(spec, origin, draft);
  if (found === null) return null;
  const where = linkFilter(spec.where, within(origin, "where"), found.index, draft);
  if (spec.where !== null && where === null) return null;
  const value = valueOf(spec, origin, found, where, draft, groups);
  const counted = countedOf(spec, origin, value, found.index, draft);
  if (value === null || counted === undefined) return null;
  const description =
    spec.description ??
    found.measure?.description ??
    (found.column?.name === found.fact.keyColumn ? "Number of rows." : (found.column?.description ?? ""));
  return { name: spec.name, origin, description, fact: found.index, filter: filterText(spec.where), renamedFrom: spec.renamed_from, counted, ...value, type: sharedType(value, counted) };
}

function valueOf(
  spec: MeasureSpec,
  origin: Origin,
  found: Found,
  where: Expression | null,
  draft: MartDraft,
  groups: readonly MartGroup[],
): Pick<MartMeasure, "type" | "value"> | null {
  const { measure, column, fact } = found;
  const { context } = draft;
  if (!mayAggregate(spec.aggregation, origin, measure, fact, groups, found.index, context)) return null;
  if (countsEntries(spec, measure, fact, where)) {
    const instead = `add a measure {name: row_count, expression: 1, type: additive, aggregation: SUM} to ${fact.name} and sum it here, or filter by entry_type`;
    context.log.add(martDiagnostics.report("entries-counted", { origin: spec.aggregation === null ? origin : within(origin, "aggregation") }, { what: aggregationText(spec.aggregation ?? "count"), fact: fact.name, instead }));
    return null;
  }
  if (measure !== null && measure.ratio !== null) return { type: scalar("float"), value: { kind: "ratio", ...measure.ratio, where } };
  if (column === null) return null;
  const aggregation = effective(spec.aggregation, measure);
  if (aggregation === null) {
    context.log.add(martDiagnostics.report("aggregation-missing", { origin }, { name: column.name, fact: fact.name }));
    return null;
  }
  if (!takes(aggregation, column.type, column.name, origin, context)) return null;
  const averaged = aggregation === "sum" && measure?.over?.how === "avg";
  return {
    type: averaged ? scalar("float") : aggregateType(aggregation, column.type),
    value: { kind: "aggregate", aggregation, column: column.name, where },
  };
}

/** Whether something other than a sum would count entries that take others back; a filter on entries says that they are meant. */
function countsEntries({ aggregation }: MeasureSpec, measure: Measure | null, fact: Fact, where: Expression | null): boolean {
  if (!keepsEntries(fact) || measure?.ratio != null) return false;
  const asked = where !== null && columnsOf(where).some((one) => one.name === "entry_type" || one.name === "entry_number");
  return !asked && effective(aggregation, measure) !== "sum";
}

/** How a row counts for those that a bridge leads to; undefined where that was refused (reported). */
function countedOf(spec: MeasureSpec, origin: Origin, linked: Pick<MartMeasure, "value"> | null, index: number, { bridges, context }: MartDraft): MartMeasure["counted"] | undefined {
  const counting = countingOf(bridges[index] ?? [], context);
  if (spec.weighted !== null && counting !== "shared") {
    const why = counting === null ? "every row counts once" : "its bridge is a hierarchy, which has no shares";
    const help = counting === null ? "remove weighted, or go through: a many-to-many bridge." : "remove weighted; state a level in through: where each row shall count once.";
    context.log.add(bridgeDiagnostics.report("weighted-without-bridge", { origin: within(origin, "weighted"), pointer: "key" }, { name: spec.name, why, help }));
    return undefined;
  }
  if (counting !== "shared") return counting;
  if (spec.weighted === false) return "in_full";
  const aggregation = linked?.value.kind === "aggregate" ? linked.value.aggregation : null;
  if (aggregation === "count_distinct" || aggregation === "median") {
    const what = aggregation === "median" ? "is the value in the middle" : "counts different things";
    context.log.add(bridgeDiagnostics.report("distinct-share", { origin }, { name: spec.name, what }));
    return undefined;
  }
  // The least and the greatest are the same, however small the share.
  return aggregation === "min" || aggregation === "max" ? "in_full" : "shared";
}

/** Shares of a number are no longer whole. */
function sharedType({ type }: Pick<MartMeasure, "type">, counted: MartMeasure["counted"]): MartMeasure["type"] {
  return counted === "shared" ? scalar("float") : type;
}

/** What was counted or summed in the fact is summed further. */
function effective(stated: Aggregation | null, measure: Measure | null): Aggregation | null {
  if (measure === null) return stated;
  const aggregation = stated ?? measure.aggregation;
  return aggregation === "count" && measure.aggregation === "count" ? "sum" : aggregation;
}

function countsRows(spec: MeasureSpec, { facts }: MartDraft): boolean {
  const named = facts.some((one) => one.measures.some((measure) => measure.name === spec.name));
  return spec.source === null && spec.aggregation === "count" && !named && facts.length === 1;
}

function rowCount({ facts }: MartDraft): Found | null {
  const [fact] = facts;
  if (fact === undefined) return null;
  return { index: 0, fact, measure: null, column: factColumns(fact).find((one) => one.name === fact.keyColumn) ?? null };
}

/** The one fact that has a measure or column of the name; a fact in front of it chooses. */
function findSource(spec: MeasureSpec, origin: Origin, draft: MartDraft): Found | null {
  const { facts, context } = draft;
  const text = spec.source ?? spec.name;
  const dot = text.lastIndexOf(".");
  const name = text.slice(dot + 1);
  const wanted = dot < 0 ? null : factModel(text.slice(0, dot));
  const found = facts.flatMap((fact, index): readonly Found[] => {
    const measure = fact.measures.find((one) => one.name === name) ?? null;
    const column = factColumns(fact).find((one) => one.name === name) ?? null;
    return (wanted === null || fact.name === wanted) && (measure !== null || column !== null) ? [{ index, fact, measure, column }] : [];
  });
  const [only, ...more] = found;
  const place = spec.source === null ? origin : within(origin, "source");
  if (only === undefined) {
    if (facts.some((one) => context.refused.has(one.name, name))) return null;
    const known = [...new Set(facts.flatMap((one) => [...one.measures, ...factColumns(one)].map((each) => each.name)))];
    const parameters = {
      facts: facts.map((one) => one.name).join(", "),
      name: text,
      suggestion: didYouMean(name, known),
      known: known.join(", "),
    };
    context.log.add(martDiagnostics.report("unknown-measure", { origin: place }, parameters));
    return null;
  }
  if (more.length === 0) return only;
  const candidates = found.map((one) => `${one.fact.name}.${name}`).join(" or ");
  context.log.add(martDiagnostics.report("ambiguous-measure", { origin: place }, { name, candidates }));
  return null;
}
