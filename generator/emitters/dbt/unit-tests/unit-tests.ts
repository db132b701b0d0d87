import type { Artifact } from "../../../artifact.ts";
import type { Design } from "../../../rules/types.ts";
import { martsFolder, stagingFolder } from "../project/folders.ts";
import { cleaningTest } from "./cleaning.ts";
import { factTest } from "./fact.ts";
import { unitTestEntry, type UnitTest } from "./unit-test.ts";

/** A test, and the file and spec object it belongs to. */
interface Placed {
  readonly path: string;
  readonly from: string;
  readonly test: UnitTest;
}

/**
 * dbt unit tests beside the models, one file per folder: inputs on the boundaries, and the outputs that the specs ask for, computed by an evaluator that
 * shares nothing with the SQL under test. `dbt build` runs them before it builds the model.
 */
export function unitTestArtifacts({ model, ...design }: Design): readonly Artifact[] {
  const staging = model.sources.flatMap((table) => cleaningTest(table).map((test): Placed => ({ path: `${stagingFolder(table.source)}/_stg_${table.source}__unit_tests.yml`, from: table.name, test })));
  const facts = model.facts.flatMap((fact) => factTest(fact, { model, ...design }).map((test): Placed => ({ path: `${martsFolder(fact.domain)}/_${fact.domain}__unit_tests.yml`, from: fact.name, test })));
  const files = new Map<string, Placed[]>();
  for (const one of [...staging, ...facts]) files.set(one.path, [...(files.get(one.path) ?? []), one]);
  return [...files].map(([path, placed]): Artifact => ({
    kind: "data",
    format: "yaml",
    path,
    mode: "generated",
    from: [...new Set(placed.map((one) => one.from))],
    origin: null,
    value: { version: 2, unit_tests: placed.map((one) => unitTestEntry(one.test)) },
  }));
}
