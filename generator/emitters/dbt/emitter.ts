import type { Artifact } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { Emitter } from "../types.ts";
import { currentStateArtifacts } from "./current-state.ts";
import { dimensionArtifacts } from "./dimension.ts";
import { exposureArtifacts } from "./exposures.ts";
import { factArtifacts } from "./fact.ts";
import { groupArtifacts } from "./groups.ts";
import { macroArtifacts } from "./macros.ts";
import { martArtifacts } from "./mart.ts";
import { projectArtifacts } from "./project-yaml.ts";
import { propertyArtifacts } from "./properties.ts";
import { snapshotArtifacts } from "./snapshot.ts";
import { sourceArtifacts } from "./sources-yaml.ts";
import { stagingArtifacts, strictCastArtifacts } from "./staging.ts";
import { testKinds } from "./tests.ts";

/** A complete dbt project in `dbt/`: it builds without edits, packages or credentials. */
export const dbtEmitter: Emitter = {
  name: "dbt",
  description: "A dbt project: sources, staging, snapshots, dimensions, facts, marts, tests and documentation.",
  emit,
};

function emit(design: Design): readonly Artifact[] {
  const properties = [...sourceArtifacts(design), ...propertyArtifacts(design)];
  return [
    ...projectArtifacts(design),
    ...properties,
    ...stagingArtifacts(design),
    ...currentStateArtifacts(design),
    ...snapshotArtifacts(design),
    ...dimensionArtifacts(design),
    ...factArtifacts(design),
    ...martArtifacts(design),
    ...groupArtifacts(design),
    ...exposureArtifacts(design),
    ...strictCastArtifacts(design),
    ...macroArtifacts(design, testKinds(properties)),
  ];
}
