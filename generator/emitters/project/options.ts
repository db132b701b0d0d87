import type { Model } from "../../model/types.ts";

/** What settings say of the repository (`emitters: {project: {…}}`). */
export interface ProjectOptions {
  /** The spec folder, from the root of the repository. */
  readonly specs: string;
  /** Whose workflows are written. */
  readonly forge: "github" | "gitlab";
}

/** The options with their defaults; a folder that a shell would not take as it stands is passed over. */
export function optionsOf({ project }: Pick<Model, "project">): ProjectOptions {
  const { specs, forge } = project.emitters["project"] ?? {};
  const plain = typeof specs === "string" && /^[A-Za-z0-9_][A-Za-z0-9_./-]*$/.test(specs) && !specs.includes("..");
  return { specs: plain ? specs : "specs", forge: forge === "gitlab" ? "gitlab" : "github" };
}
