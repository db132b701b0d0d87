import type { DiagnosticLog } from "../../diagnostics/log.ts";
import { within } from "../../diagnostics/origin.ts";
import { dimensionDiagnostics } from "../diagnostics/dimensions.ts";
import type { Bridge } from "../bridge.ts";
import type { Dimension, EntityDimension } from "../dimension.ts";
import type { Expression } from "../expression.ts";
import type { Fact, Mart, MartGroup } from "../fact.ts";
import type { RowSource } from "../rows.ts";
import type { SourceTable } from "../source.ts";
import type { ModelNode } from "../types.ts";

/** The objects of a model that may have had other names. */
interface Renamed {
  readonly sources: readonly SourceTable[];
  readonly dimensions: readonly Dimension[];
  readonly bridges: readonly Bridge[];
  readonly facts: readonly Fact[];
  readonly marts: readonly Mart[];
}

type Part = ModelNode & { readonly renamedFrom: string | null };

/**
 * The objects with the former names of all their columns: a column that bears the name of its source column was renamed with it,
 * unless it says so itself. A former name that is still in use, or was taken over twice, is reported.
 */
export function withRenames<Objects extends Renamed>(objects: Objects, log: DiagnosticLog): Objects {
  const { sources, dimensions, bridges, facts, marts } = objects;
  for (const nodes of [sources, dimensions.filter(isTable), bridges, facts, marts]) settle<Part>(nodes, "", log);
  const tables = new Map(sources.map((one) => [one.name, one]));
  const contracts = sources.map((one) => ({ ...one, columns: settle(one.columns, one.name, log) }));
  const settled = dimensions.map((one) => (one.kind === "table" ? { ...one, ...columnsOf(one, tables, log) } : one));
  return {
    ...objects,
    sources: contracts,
    dimensions: settled,
    facts: facts.map((one) => factColumns(one, tables, log)),
    marts: marts.map((one) => ({ ...one, groups: groupsOf(one, settled, log), measures: settle(one.measures, one.name, log, [...one.groups, ...one.calculations]), calculations: settle(one.calculations, one.name, log, [...one.groups, ...one.measures]) })),
  };
}

function isTable(one: Dimension): one is EntityDimension {
  return one.kind === "table";
}

function columnsOf(one: EntityDimension, tables: Tables, log: DiagnosticLog): Pick<EntityDimension, "naturalKey" | "attributes" | "outriggers"> {
  const derived = former(one.rows, tables);
  const attributes = settle(one.attributes, one.name, log, one.naturalKey).map((each) => (each.companion === null ? derived(each) : each));
  return {
    naturalKey: settle(one.naturalKey.map(derived), one.name, null, one.attributes),
    attributes: settle(attributes, one.name, null, one.naturalKey),
    outriggers: settle(one.outriggers, one.name, log, [...one.naturalKey, ...one.attributes]),
  };
}

/** Groups of a mart; one that bears the name of its attribute was renamed with it. */
function groupsOf({ name: mart, groups, measures }: Mart, dimensions: readonly Dimension[], log: DiagnosticLog): readonly MartGroup[] {
  const derived = settle(groups, mart, log, measures).map((one): MartGroup => {
    const [key] = one.keys;
    if (one.renamedFrom !== null || key?.kind !== "attribute" || key.attribute !== one.name) return one;
    const dimension = dimensions.find(({ name }) => name === key.dimension);
    const columns = dimension?.kind === "table" ? [...dimension.naturalKey, ...dimension.attributes] : [];
    return { ...one, renamedFrom: columns.find(({ name }) => name === one.name)?.renamedFrom ?? null };
  });
  return settle(derived, mart, null, measures);
}

function factColumns(one: Fact, tables: Tables, log: DiagnosticLog): Fact {
  const derived = former(one.rows, tables);
  const { foreignKeys } = one;
  const degenerates = settle(one.degenerates, one.name, log, [...foreignKeys, ...one.measures]);
  const measures = settle(one.measures, one.name, log, [...foreignKeys, ...degenerates]);
  const ofSource = measures.map((each) => ({ ...each, renamedFrom: derived({ ...each, value: each.value.expression }).renamedFrom }));
  return {
    ...one,
    foreignKeys: settle(foreignKeys, one.name, log, [...degenerates, ...measures]),
    degenerates: settle(degenerates.map(derived), one.name, null, [...foreignKeys, ...measures]),
    measures: settle(ofSource, one.name, null, [...foreignKeys, ...degenerates]),
  };
}

type Tables = ReadonlyMap<string, SourceTable>;

/** Gives a part the former name of the source column whose name it bears. */
function former(rows: RowSource, tables: Tables): <One extends Part & { readonly value: Expression }>(part: One) => One {
  const inputs = new Map([rows.base, ...rows.joins.map(({ input }) => input)].map(({ alias, reference }) => [alias, tables.get(reference.id)]));
  return (part) => {
    const { value, name, renamedFrom } = part;
    if (renamedFrom !== null || value.kind !== "column" || value.name !== name || value.input === null) return part;
    const column = inputs.get(value.input)?.columns.find((one) => one.name === name);
    return { ...part, renamedFrom: column?.renamedFrom ?? null };
  };
}

/** Reports former names of pipelines that cannot be. */
export function withFormerPipelines<One extends Part>(pipelines: readonly One[], log: DiagnosticLog): readonly One[] {
  return settle(pipelines, "", log);
}

/** Parts without former names that cannot be, which are reported where they were stated. `others` are columns beside them. */
function settle<One extends Part>(parts: readonly One[], owner: string, log: DiagnosticLog | null, others: readonly { readonly name: string }[] = []): readonly One[] {
  const names = new Set([...parts, ...others].map(({ name }) => name));
  const taken = new Map<string, string>();
  return parts.map((one) => {
    const was = one.renamedFrom;
    if (was === null) return one;
    const heir = taken.get(was);
    if (heir === undefined && !names.has(was)) {
      taken.set(was, one.name);
      return one;
    }
    const subject = owner === "" ? one.name : `${owner}.${one.name}`;
    const fate = names.has(was) ? "still exists" : `became '${heir ?? ""}'`;
    log?.add(dimensionDiagnostics.report("unknown-rename", { origin: within(one.origin, "renamed_from") }, { name: was, subject, fate }));
    return { ...one, renamedFrom: null };
  });
}
