import type { Artifact } from "../../../artifact.ts";
import type { EntityDimension } from "../../../model/dimension.ts";
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
import { tableTests } from "./table.ts";
import { unitTestEntry, type UnitTest } from "./unit-test.ts";

/** A test, where it stands. */
type PlacedTest = Placed<UnitTest>;

/**
 * dbt unit tests beside the models, one file per folder: inputs on the boundaries, and the outputs that the specs ask for, computed by an evaluator that
 * shares nothing with the SQL under test. `dbt build` runs them before it builds the model.
 */
export function unitTestArtifacts(design: Design): readonly Artifact[] {
  const { model } = design;
  const staging = model.sources.flatMap((table) => cleaningTest(table).map((entry): PlacedTest => ({ path: `${stagingFolder(table.source)}/_stg_${table.source}__unit_tests.yml`, from: table.name, entry })));
  const tables = model.sources.flatMap((table) => tableTests(table, stagingColumns(table)).map((entry): PlacedTest => ({ path: pathInSource(entry, table), from: table.name, entry })));
  const marts = ({ name, domain }: { readonly name: string; readonly domain: string }) => (entry: UnitTest): PlacedTest => ({ path: `${martsFolder(domain)}/_${domain}__unit_tests.yml`, from: name, entry });
  const facts = model.facts.flatMap((fact) => [...factTest(fact, design), ...processTest(fact, design), ...rollUpTest(fact, design), ...periodicTest(fact, design), ...incrementTest(fact, design)].map(marts(fact)));
  const reports = model.marts.flatMap((mart) => martTest(mart, design).map((entry): PlacedTest => ({ path: `${reportsFolder(mart.domain)}/_${mart.domain}__unit_tests.yml`, from: mart.name, entry })));
  const bridges = model.bridges.flatMap((bridge) => bridgeTest(bridge, design).map(marts(bridge)));
  const dimensions = model.dimensions.flatMap((dimension) => (dimension.kind === "table" ? [...dimensionTests(dimension, model.project), ...mergedDimensionTest(dimension, design)].map((entry): PlacedTest => ({ path: pathOf(entry, dimension), from: dimension.name, entry })) : []));
  return propertyFiles([...staging, ...tables, ...dimensions, ...bridges, ...facts, ...reports], (tests) => ({ unit_tests: tests.map(unitTestEntry) }));
}

/** The dimension lies among the marts, all models below it among the intermediate ones. */
function pathOf({ model }: UnitTest, { name, domain }: EntityDimension): string {
  return model === name ? `${martsFolder(domain)}/_${domain}__unit_tests.yml` : `${intermediateFolder(domain)}/_int_${domain}__unit_tests.yml`;
}

function pathInSource({ model }: UnitTest, { source, models }: SourceTable): string {
  return model === models.staging ? `${stagingFolder(source)}/_stg_${source}__unit_tests.yml` : `${intermediateFolder(source)}/_int_${source}__unit_tests.yml`;
}
