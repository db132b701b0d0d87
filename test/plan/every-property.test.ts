import { expect, it } from "vitest";
import type { Model } from "../../generator/model/types.ts";
import { compareModels } from "../../generator/plan/compare.ts";
import { modelOf, shop } from "./change.ts";

/** By which rule the change of a property alone is told. `none`: it names things, or follows from others whose change is told. */
const TOLD = {
  CC101: `
    brief.businessContext brief.constraints brief.consumers brief.painPoints brief.projectName brief.sources brief.storage brief.volume
    dimensions.date.domain dimensions.table.attributes.description dimensions.table.conformed dimensions.table.description dimensions.table.domain
    dimensions.table.hierarchy dimensions.table.naturalKey.description dimensions.table.naturalKey.pii dimensions.table.owner
    dimensions.table.repeatedLevels facts.contractVersion facts.degenerates.description facts.description facts.domain facts.exposures
    facts.grainStatement facts.measures.description facts.owner marts.description marts.domain marts.exposures marts.exposures.description
    marts.exposures.owner marts.exposures.type marts.exposures.url marts.groups.description marts.measures.description marts.owner pipelines.description
    pipelines.owner project.title sources.columns.businessDefinition sources.columns.deprecated sources.columns.description sources.columns.pii
    sources.consumers sources.description sources.notificationChannel sources.owner sources.version
  `,
  CC102: `
    dimensions.table.deleteGuard dimensions.table.isMerged facts.load marts.version pipelines.backfillFrom pipelines.dependsOn pipelines.errorHandling
    pipelines.extract pipelines.load pipelines.qualityGates pipelines.schedule pipelines.slaMinutes pipelines.tasks pipelines.tier pipelines.timezone
    project.asOfRun project.deleteGuard project.emitters sources.columns.physicalType sources.landing sources.loadedAt sources.loader sources.sla
    sources.updatedAt
  `,
  CC401: `
    sources.checks sources.references
  `,
  CC951: `
    dimensions.table.attributes.pii sources.breakingChangePolicy sources.columns.classification sources.columns.protect
  `,
  GR601: `
    dimensions.table.junk dimensions.table.naturalKey dimensions.table.naturalKey.value facts.grain facts.rollup marts.groups sources.primaryKey
  `,
  GR801: `
    dimensions.date.fiscalYearStart dimensions.date.from dimensions.table.attributes.notApplicableLabel dimensions.table.attributes.unit
    dimensions.table.attributes.unknownLabel dimensions.table.attributes.value dimensions.table.collapse
    dimensions.table.naturalKey.unit dimensions.table.rows facts.degenerates.value facts.eventTime facts.events facts.foreignKeys.dimension
    facts.foreignKeys.lookup facts.measures.additivity facts.measures.aggregation facts.measures.over facts.measures.ratio facts.measures.unit
    facts.measures.value facts.periodic facts.rows marts.facts marts.groups.keys marts.include marts.measures.counted marts.measures.value marts.rolling
    marts.top project.openEnd project.timezone sources.columns.clean sources.columns.physicalName sources.columns.unit sources.columns.valueType
    sources.columns.zone sources.deduplicate sources.physical
  `,
  "GR801 and SC201": `
    dimensions.table.infers
  `,
  HS701: `
    dimensions.table.attributes.scdType dimensions.table.attributes.since dimensions.table.deletes dimensions.table.firstVersionFrom
    dimensions.table.historyOf dimensions.table.joinedHistories dimensions.table.profile dimensions.table.profileOf
    sources.history
  `,
  "HS701 and SC301": `
    dimensions.table.scdType
  `,
  HS901: `
    project.warehouse
  `,
  SC201: `
    dimensions.date.to dimensions.table.outriggers facts.milestones marts.calculations
  `,
  SC301: `
    dimensions.table.attributes facts.degenerates facts.foreignKeys facts.measures marts.measures pipelines.builds sources.columns
  `,
  SC302: `
    facts.keyColumn project.schemas
  `,
  SC303: `
    dimensions.table.attributes.type dimensions.table.naturalKey.type facts.degenerates.type facts.measures.type marts.groups.type marts.measures.type
    sources.columns.type
  `,
  SC304: `
    facts.contractEnforced sources.columns.nullable sources.columns.onFailure
  `,
  none: `
    dimensions.date.entity dimensions.table.attributes.companion dimensions.table.columns dimensions.table.entity dimensions.table.history dimensions.table.models
    dimensions.table.references dimensions.table.ties facts.filter facts.foreignKeys.alias facts.foreignKeys.role facts.process facts.sourceKeys
    marts.filter marts.measures.fact marts.measures.filter project.dates project.timeGrain project.timezoneDeclared
    sources.dbtSource sources.freshness sources.loadedAtColumn sources.models sources.source sources.table
  `,
} as const;

const model = modelOf(`project_name: Shop\n${shop}`);

it("R24: a change of any property of the model is told by the rule for it", () => {
  const told = new Map<string, string>();
  for (const path of nodesOf({ ...model, inferred: [] }, [])) {
    for (const key of Object.keys(at(model, path))) {
      if (key === "origin" || ["name", "renamedFrom", "kind"].includes(key)) continue;
      const changed: Model = JSON.parse(JSON.stringify(model));
      Reflect.set(at(changed, path), key, other(key, Reflect.get(at(changed, path), key)));
      const found = compareModels(model, changed);
      const place = [...titles(path), key].join(".");
      told.set(place, found.length === 0 ? "none" : [...new Set(found.map(({ rule }) => rule))].sort().join(" and "));
    }
  }
  const expected = Object.entries(TOLD).flatMap(([rule, places]) => places.trim().split(/\s+/).map((place) => [place, rule] as const));
  expect(Object.fromEntries(told)).toEqual(Object.fromEntries(expected));
});

/** Paths of the first node of every kind in each list, all the way down: whatever has a place in the specs. */
function nodesOf(value: unknown, path: readonly string[]): readonly (readonly string[])[] {
  if (Array.isArray(value)) {
    const kinds = value.map((one: unknown) => (isObject(one) && "kind" in one ? one.kind : null));
    return value.flatMap((one: unknown, index) => (kinds.indexOf(kinds[index]) === index ? nodesOf(one, [...path, String(index)]) : []));
  }
  if (!isObject(value)) return [];
  const own = "origin" in value ? [path] : [];
  return [...own, ...Object.entries(value).flatMap(([key, one]) => (key === "origin" ? [] : nodesOf(one, [...path, key])))];
}

/** A path without positions; dimensions are told apart by their kind. */
function titles(path: readonly string[]): readonly string[] {
  const kind = path[0] === "dimensions" ? Reflect.get(at(model, path.slice(0, 2)), "kind") : null;
  return path.flatMap((one, index) => (/^[0-9]+$/.test(one) ? (index === 1 && kind !== null ? [String(kind)] : []) : [one]));
}

function at(value: object, path: readonly string[]): object {
  return path.reduce((one, key) => {
    const next: unknown = Reflect.get(one, key);
    if (!isObject(next)) throw new Error(path.join("."));
    return next;
  }, value);
}

/** Fits into every list of the model that the shop leaves empty. */
const ANY_PART = { name: "other", origin: model.project.origin, columns: [], to: "other", toColumns: [], alias: "other", versions: model.dimensions[0], params: {}, key: [], on: [] };

/** Another value that the same property may have. */
function other(key: string, value: unknown): unknown {
  if (key === "type") return { kind: "binary" };
  if (key === "milestones") return { steps: [{ ...ANY_PART, column: "other" }], outOfOrder: "warn" };
  if (key === "rows" && isObject(value)) return { ...value, where: { kind: "literal", value: true } };
  if (typeof value === "boolean") return !value;
  if (typeof value === "number") return value + 1;
  if (typeof value === "string" || value === null) return `${value ?? ""}_other`;
  if (Array.isArray(value)) return value.length > 0 ? value.slice(1) : [ANY_PART];
  return { ...value, novelty: true };
}

function isObject(value: unknown): value is object {
  return typeof value === "object" && value !== null;
}
