import type { Expression } from "../model/expression.ts";
import type { DegenerateDimension, Fact, ForeignKey, Mart, MartGroup, MartMeasure, Measure } from "../model/fact.ts";
import type { MartCalculation } from "../model/mart-calculation.ts";
import { martKeyColumn } from "../model/names.ts";
import type { ModelNode } from "../model/types.ts";
import { same } from "./canonical.ts";
import { addedColumn, removedColumn, typeChange } from "./columns.ts";
import { fieldChanges, matched, type FieldTable } from "./fields.ts";
import { loadChanges } from "./loads.ts";
import { milestoneChanges } from "./milestones.ts";
import { rowChanges } from "./rows.ts";
import { expressionText, shown } from "./shown.ts";
import type { Finding } from "./types.ts";

const FIELDS: FieldTable<Fact> = {
  name: "own", renamedFrom: "own", process: "derived", sourceKeys: "derived", filter: "derived",
  domain: "CC101", owner: "CC101", description: "CC101", grainStatement: "CC101", exposures: "CC101",
  kind: "GR601", rollup: "GR601", periodic: "GR801", events: "GR801", keyColumn: "SC302", eventTime: "GR801", load: "CC102",
  grain: "own", rows: "own", foreignKeys: "own", degenerates: "own", measures: "own", milestones: "own", contractEnforced: "own", contractVersion: "CC101",
};

const MEASURE_FIELDS: FieldTable<Measure> = { name: "own", renamedFrom: "own", type: "own", additivity: "own", aggregation: "own", description: "CC101", unit: "GR801", value: "own", over: "own", ratio: "GR801" };

/** How marts aggregate a measure; of which values it is made in the fact, `value` says. */
const AGGREGATION_FIELDS: FieldTable<Pick<Measure, "origin" | "additivity" | "aggregation" | "over">> = { additivity: "GR801", aggregation: "GR801", over: "GR801" };

const DEGENERATE_FIELDS: FieldTable<DegenerateDimension> = { name: "own", renamedFrom: "own", type: "own", value: "own", description: "CC101" };

const KEY_FIELDS: FieldTable<ForeignKey> = { name: "own", renamedFrom: "own", role: "derived", alias: "derived", dimension: "GR801", lookup: "GR801" };

const MART_FIELDS: FieldTable<Mart> = {
  name: "own", renamedFrom: "own", filter: "derived", domain: "CC101", owner: "CC101", description: "CC101", exposures: "CC101",
  version: "own", facts: "own", groups: "own", measures: "own", calculations: "own", rolling: "GR801", include: "GR801", top: "GR801",
};

const GROUP_FIELDS: FieldTable<MartGroup> = { name: "own", renamedFrom: "own", type: "own", keys: "own", description: "CC101" };

const MART_MEASURE_FIELDS: FieldTable<MartMeasure> = { name: "own", renamedFrom: "own", type: "own", description: "CC101", fact: "derived", filter: "derived", value: "GR801", counted: "GR801" };

const CALCULATION_FIELDS: FieldTable<MartCalculation> = { name: "own", renamedFrom: "own", type: "own", description: "CC101", text: "derived", expression: "own" };

/** What changed in a fact. */
export function factChanges(before: Fact, after: Fact): readonly Finding[] {
  const place = { origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [...fieldChanges(FIELDS, before, after), ...loadChanges(before, after), ...rowChanges(before, after), ...milestoneChanges(before, after)];
  if (!same(grainOf(before), grainOf(after))) found.push({ ...place, rule: "GR601", part: "grain_key", message: "grain changed", before: shown(before.grain), after: shown(after.grain), also: keepsRows(before) ? ["destructive"] : [] });
  if (before.contractEnforced !== after.contractEnforced) {
    found.push({ ...place, rule: after.contractEnforced ? "CC401" : "SC304", part: "contract", message: after.contractEnforced ? "contract enforced" : "contract no longer enforced", column: null });
  }
  return [
    ...found,
    ...columnChanges(before.measures, after.measures, (was, is) => [...fieldChanges(MEASURE_FIELDS, was, is, is.name), ...aggregationChanges(was, is), ...typeChange(was, is), ...measureValue(was, is)]),
    ...columnChanges(before.degenerates, after.degenerates, (was, is) => [...fieldChanges(DEGENERATE_FIELDS, was, is, is.name), ...typeChange(was, is), ...valueChange(was, is)]),
    ...columnChanges(before.foreignKeys, after.foreignKeys, (was, is) => fieldChanges(KEY_FIELDS, was, is, is.name)),
  ];
}

/** What changed in a mart. */
export function martChanges(before: Mart, after: Mart): readonly Finding[] {
  const place = { origin: after.origin, originBefore: before.origin };
  const found: Finding[] = [...fieldChanges(MART_FIELDS, before, after), ...versionChange(before, after)];
  const facts = ({ facts }: Mart): unknown => facts.map(({ fact, where, bridges }) => ({ fact, where, bridges }));
  const told = ({ facts }: Mart): string => facts.map(({ fact, where }) => (where === null ? fact : `${fact} where ${expressionText(where)}`)).join(", ");
  if (!same(facts(before), facts(after))) found.push({ ...place, rule: "GR801", part: "from", message: "made from other rows", before: told(before), after: told(after) });
  if (!same(groupNames(before), groupNames(after))) found.push({ ...place, rule: "GR601", part: "by", message: "grain changed", before: shown(groupNames(before)), after: shown(groupNames(after)) });
  for (const [was, is] of matched(before.groups, after.groups).both) {
    found.push(...typeChange(was, is), ...fieldChanges(GROUP_FIELDS, was, is, is.name));
    if (!same(keysOf(was, before), keysOf(is, after))) found.push({ rule: "GR801", part: is.name, message: "grouped by something else", origin: is.origin, originBefore: was.origin });
  }
  found.push(...orderChange(before, after));
  return [
    ...found,
    ...columnChanges(before.measures, after.measures, (was, is) => [...fieldChanges(MART_MEASURE_FIELDS, was, is, is.name), ...typeChange(was, is)]),
    ...columnChanges(before.calculations, after.calculations, (was, is) => [...fieldChanges(CALCULATION_FIELDS, was, is, is.name), ...typeChange(was, is), ...expressionChange([was, was.expression], [is, is.expression])]),
  ];
}

/** Keys of facts by what they are for: a key that only bears another name leads to the same attributes. */
function keysOf({ keys }: MartGroup, { facts }: Mart): readonly unknown[] {
  return keys.map((one, index) => (one.kind === "attribute" ? { ...one, foreignKey: facts[index]?.keys.find(({ foreignKey }) => foreignKey === one.foreignKey)?.alias ?? one.foreignKey } : one));
}

/** The key of a mart is hashed from its groups in their order. */
function orderChange(before: Mart, after: Mart): readonly Finding[] {
  const [was, is] = [before, after].map(({ groups }) => groups.map(({ name }) => name));
  if (same(was, is) || !same(groupNames(before), groupNames(after))) return [];
  return [{ rule: "GR801", part: "by", message: "order of groups changed, of which the key is made", before: shown(was), after: shown(is), column: martKeyColumn(after.version?.of ?? after.name), origin: after.origin, originBefore: before.origin }];
}

/** A version is an offer; a deprecation that comes sooner takes time away. */
function versionChange(before: Mart, after: Mart): readonly Finding[] {
  const place = { part: "version", column: null, origin: after.origin, originBefore: before.origin };
  if (same(before.version, after.version)) return [];
  const [was, is] = [before.version?.deprecated ?? null, after.version?.deprecated ?? null];
  if (is !== null && (was === null || is < was)) return [{ ...place, rule: "SC304", message: "deprecated sooner", before: shown(was), after: is }];
  if (was !== is) return [{ ...place, rule: "CC102", message: "deprecated later", before: shown(was), after: shown(is) }];
  const number = ({ version }: Mart): string => String(version?.number ?? "none");
  return [{ ...place, rule: "CC102", message: "version changed", before: number(before), after: number(after) }];
}

/** Whether a fact keeps rows that a new run does not compute again. */
export function keepsRows({ load }: Fact): boolean {
  return load.strategy !== null && load.strategy !== "truncate_reload";
}

/** Only a roll-up has its grain as columns. */
function grainOf({ grain, rollup }: Fact): readonly { readonly name: string; readonly value: unknown }[] {
  return grain.map(({ name, value }) => ({ name: rollup ? name : "", value }));
}

function groupNames({ groups }: Mart): readonly string[] {
  return groups.map(({ name }) => name).sort();
}

function columnChanges<Part extends Parameters<typeof addedColumn>[0]>(before: readonly Part[], after: readonly Part[], changes: (was: Part, is: Part) => readonly Finding[]): readonly Finding[] {
  const { both, added, removed } = matched(before, after);
  return [...both.flatMap(([was, is]) => changes(was, is)), ...added.map(addedColumn), ...removed.map(removedColumn)];
}

function aggregationChanges(before: Measure, after: Measure): readonly Finding[] {
  const fields = ({ origin, additivity, aggregation, over }: Measure) => ({ origin, additivity, aggregation, over });
  return fieldChanges(AGGREGATION_FIELDS, fields(before), fields(after), after.name).map((one) => ({ ...one, keepsValues: true }));
}

function measureValue(before: Measure, after: Measure): readonly Finding[] {
  if (same(before.value, after.value)) return [];
  const text = ({ value }: Measure): string => (value.kind === "rollup" ? `${value.aggregation}(${expressionText(value.expression)})` : expressionText(value.expression));
  return [{ rule: "GR801", part: after.name, column: after.name, message: "expression changed", before: text(before), after: text(after), origin: after.origin, originBefore: before.origin }];
}

function valueChange(before: DegenerateDimension, after: DegenerateDimension): readonly Finding[] {
  return expressionChange([before, before.value], [after, after.value]);
}

function expressionChange([before, was]: readonly [ModelNode, Expression], [after, is]: readonly [ModelNode, Expression]): readonly Finding[] {
  if (same(was, is)) return [];
  return [{ rule: "GR801", part: after.name, column: after.name, message: "value changed", before: expressionText(was), after: expressionText(is), origin: after.origin, originBefore: before.origin }];
}
