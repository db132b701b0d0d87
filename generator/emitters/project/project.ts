import type { Artifact, Data } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { Emitter } from "../types.ts";
import { ciWorkflow } from "./ci.ts";
import { gitlabPipeline } from "./gitlab.ts";
import { optionsOf, type ProjectOptions } from "./options.ts";
import { readmeView } from "./readme.ts";
import { requirements } from "./requirements.ts";
import { repositoryOf, type Repository } from "./repository.ts";
import { commentWorkflow, planWorkflow, warehouseWorkflow } from "./workflows.ts";

/** What makes the output a repository: README, Makefile, requirements, ignored files, lint settings, CI workflow. */
export const projectEmitter: Emitter = {
  name: "project",
  description: "README, Makefile, pinned requirements, CI workflow and ignored files of the generated repository.",
  emit: (design) => {
    const repository = repositoryOf(design);
    const options = optionsOf(design.model);
    const view = { specs: options.specs };
    return [
      text("README.md", "project/README.md", readmeView(repository, design), design),
      text("Makefile", "project/Makefile", { ...repository }, design),
      text(".gitignore", "project/gitignore", { ...repository }, design),
      text(".dps-gen/.gitignore", "project/own-gitignore", {}, design),
      text(".dps-gen/.gitattributes", "project/own-gitattributes", {}, design),
      ...lintSettings(repository, design),
      ...requirements(repository, design).map(({ path, lines }) => text(path, "project/requirements.txt", { lines }, design)),
      ...["install", "plan", "build"].map((one) => text(`ci/${one}.sh`, `project/ci/${one}.sh`, view, design)),
      text(".githooks/pre-commit", "project/ci/pre-commit", view, design),
      ...forgeFiles(repository, options, design),
    ];
  },
};

/** The workflows of the forge that the repository lies on. */
function forgeFiles(repository: Repository, options: ProjectOptions, design: Design): readonly Artifact[] {
  if (options.forge === "gitlab") return [data(".gitlab-ci.yml", gitlabPipeline(repository, options, design), design)];
  return [
    data(".github/workflows/ci.yml", ciWorkflow(repository, design), design),
    data(".github/workflows/plan.yml", planWorkflow(options), design),
    data(".github/workflows/plan-comment.yml", commentWorkflow(), design),
    text("ci/comment.sh", "project/ci/comment.sh", {}, design),
    ...(repository.local ? [] : [data(".github/workflows/warehouse.yml", warehouseWorkflow(repository, design), design)]),
  ];
}

function lintSettings(repository: Repository, design: Design): readonly Artifact[] {
  return repository.hasDags || repository.scripts.length > 0 ? [text("ruff.toml", "project/ruff.toml", {}, design)] : [];
}

function text(path: string, blueprint: string, view: { readonly [key: string]: unknown }, { model }: Design): Artifact {
  return { kind: "template", mode: "generated", path, blueprint, view, from: [model.project.name], origin: model.project.origin };
}

function data(path: string, value: Data, { model }: Design): Artifact {
  return { kind: "data", format: "yaml", mode: "generated", path, value, from: [model.project.name], origin: model.project.origin };
}
