import type { Artifact } from "../../../artifact.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
import type { Fact } from "../../../model/fact.ts";
import { grouped } from "../../../model/grouped.ts";
import type { SourceTable } from "../../../model/source.ts";
import type { Design } from "../../../rules/types.ts";
import { intermediateFolder, martsFolder, reportsFolder, stagingFolder } from "../project/folders.ts";
import { propertyFiles, type Placed } from "../properties/property-files.ts";
import { stagingColumns } from "../staging/staging.ts";
import { bridgeTest } from "./bridge.ts";
import { cleaningTest } from "./cleaning.ts";
import { dimensionTests } from "./dimension.ts";
import { factTest } from "./fact.ts";
import { incrementTest } from "./increment.ts";
import { martTest } from "./mart.ts";
import { mergedDimensionTest } from "./merged-dimension.ts";
import { periodicTest } from "./periodic.ts";
import { processTest } from "./process.ts";
import { rollUpTest } from "./roll-up.ts";
import { shardsTest } from "./shards.ts";
import { tableTests } from "./table.ts";
import { unitTestEntry, type UnitTest } from "./unit-test.ts";

/** A test, where it stands. */
type PlacedTest = Placed<UnitTest>;

/**
 * dbt unit tests beside the models, one file per folder: inputs on the boundaries, and the outputs that the specs ask for, computed by an evaluator that
 * shares nothing with the SQL under test. `dbt build` runs them before it builds the model. Those of one source or domain at a time: all of a large project
 * would take much room.
 */
export function* unitTestArtifacts(design: Design): Iterable<Artifact> {
  const { sources, dimensions, bridges, facts, marts } = design.model;
  const bySource = grouped(sources, (one) => one.source);
  const [dimensionsIn, bridgesIn, factsIn, martsIn] = [grouped(dimensions, domainOf), grouped(bridges, domainOf), grouped(facts, domainOf), grouped(marts, domainOf)];
  // A source and a domain of one name share a folder.
  for (const area of new Set([...bySource.keys(), ...dimensionsIn.keys(), ...bridgesIn.keys(), ...factsIn.keys(), ...martsIn.keys()])) {
    const tables = bySource.get(area) ?? [];
    const placed = [
      ...tables.flatMap((table) => [...cleaningTest(table), ...shardsTest(table), ...tableTests(table, stagingColumns(table))].map((entry): PlacedTest => ({ path: pathInSource(entry, table), from: table.name, entry }))),
      ...(dimensionsIn.get(area) ?? []).flatMap((one) => (one.kind === "table" ? [...dimensionTests(one, design.model.project), ...mergedDimensionTest(one, design)].map((entry): PlacedTest => ({ path: pathOf(entry, one), from: one.name, entry })) : [])),
      ...(bridgesIn.get(area) ?? []).flatMap((one) => bridgeTest(one, design).map((entry): PlacedTest => ({ path: inFolder(martsFolder(area), area), from: one.name, entry }))),
      ...(factsIn.get(area) ?? []).flatMap((one) => factTests(one, design).map((entry): PlacedTest => ({ path: inFolder(martsFolder(area), area), from: one.name, entry }))),
      ...(martsIn.get(area) ?? []).flatMap((one) => martTest(one, design).map((entry): PlacedTest => ({ path: inFolder(reportsFolder(area), area), from: one.name, entry }))),
    ];
    yield* propertyFiles(placed, (tests) => ({ unit_tests: tests.map(unitTestEntry) }));
  }
}

function factTests(fact: Fact, design: Design): readonly UnitTest[] {
  return [factTest, processTest, rollUpTest, periodicTest, incrementTest].flatMap((test) => test(fact, design));
}

function domainOf({ domain }: { readonly domain: string }): string {
  return domain;
}

function inFolder(folder: string, area: string): string {
  return `${folder}/_${area}__unit_tests.yml`;
}

/** The dimension lies among the marts, all models below it among the intermediate ones. */
function pathOf({ model }: UnitTest, { name, domain }: EntityDimension): string {
  return model === name ? inFolder(martsFolder(domain), domain) : `${intermediateFolder(domain)}/_int_${domain}__unit_tests.yml`;
}

function pathInSource({ model }: UnitTest, { source, models }: SourceTable): string {
  return model === models.staging ? `${stagingFolder(source)}/_stg_${source}__unit_tests.yml` : `${intermediateFolder(source)}/_int_${source}__unit_tests.yml`;
}
