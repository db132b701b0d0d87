import type { Layer } from "../../model/reach.ts";

/** Folder of each layer in the dbt project. */
const folders: Readonly<Record<Layer, string>> = {
  staging: "models/staging",
  intermediate: "models/intermediate",
  snapshots: "snapshots",
  marts: "models/marts",
  reports: "models/reports",
};

/** What `dbt --select` takes for a pipeline's models of some layers: those in the layer's folder that bear the pipeline's tag. */
export function selectionOf(chosen: readonly Layer[], pipeline: string): string {
  return chosen.map((layer) => `path:${folders[layer]},tag:${pipeline}`).join(" ");
}
