import type { Artifact } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { Emitter } from "../types.ts";
import { bridgeArtifacts } from "./bridge/bridge.ts";
import { currentStateArtifacts } from "./staging/current-state.ts";
import { dimensionArtifacts } from "./dimension/dimension.ts";
import { exposureArtifacts } from "./project/exposures.ts";
import { conservationArtifacts } from "./fact/conservation.ts";
import { factArtifacts } from "./fact/fact.ts";
import { groupArtifacts } from "./project/groups.ts";
import { macroArtifacts } from "./project/macros.ts";
import { martArtifacts } from "./mart/mart.ts";
import { projectArtifacts } from "./project/project-yaml.ts";
import { martTotalArtifacts } from "./mart/totals.ts";
import { milestoneOrderArtifacts } from "./fact/milestone-order.ts";
import { propertyArtifacts } from "./properties/properties.ts";
import { snapshotArtifacts } from "./dimension/snapshot.ts";
import { sourceArtifacts } from "./staging/sources-yaml.ts";
import { stagingArtifacts, strictCastArtifacts } from "./staging/staging.ts";
import { testKinds } from "./properties/tests.ts";
import { windowArtifacts } from "./fact/window.ts";
import { unitTestArtifacts } from "./unit-tests/unit-tests.ts";

/** A complete dbt project in `dbt/`: it builds without edits, packages or credentials. */
export const dbtEmitter: Emitter = {
  name: "dbt",
  description: "A dbt project: sources, staging, snapshots, dimensions, facts, marts, tests and documentation.",
  emit,
};

function* emit(design: Design): Iterable<Artifact> {
  yield* projectArtifacts(design);
  yield* propertiesWithMacros(design);
  yield* unitTestArtifacts(design);
  yield* stagingArtifacts(design);
  yield* currentStateArtifacts(design);
  yield* snapshotArtifacts(design);
  yield* dimensionArtifacts(design);
  yield* bridgeArtifacts(design);
  yield* factArtifacts(design);
  yield* martArtifacts(design);
  yield* conservationArtifacts(design);
  yield* martTotalArtifacts(design);
  yield* milestoneOrderArtifacts(design);
  yield* windowArtifacts(design);
  yield* groupArtifacts(design);
  yield* exposureArtifacts(design);
  yield* strictCastArtifacts(design);
}

/** Property files, and only the macros and generic tests that they name. */
function* propertiesWithMacros(design: Design): Iterable<Artifact> {
  const properties = [...sourceArtifacts(design), ...propertyArtifacts(design)];
  yield* macroArtifacts(design, testKinds(properties));
  yield* properties;
}
