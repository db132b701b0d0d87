import type { Data } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { ProjectOptions } from "./options.ts";
import { schemaVariable, type Repository } from "./repository.ts";

const ON_MERGE_REQUEST = "$CI_PIPELINE_SOURCE == 'merge_request_event'";

/** The pipeline of GitLab: the same steps as GitHub's workflows. A plan is kept as an artifact of its job. */
export function gitlabPipeline({ hasDags, local }: Repository, { specs }: ProjectOptions, design: Design): Data {
  const python = { image: "python:3.12" };
  return {
    stages: ["check", "warehouse"],
    plan: {
      stage: "check",
      image: "node:22",
      rules: [{ if: ON_MERGE_REQUEST }],
      variables: { GIT_DEPTH: "0", SPECS: specs, BASE: "$CI_MERGE_REQUEST_DIFF_BASE_SHA" },
      script: ["bash ci/install.sh", "bash ci/plan.sh"],
      artifacts: { when: "always", paths: ["plan/comment.md"], expose_as: "plan" },
    },
    parse: { stage: "check", ...python, script: ["make parse", ...(hasDags ? ["make dags"] : [])] },
    ...(local
      ? {}
      : {
          slim: {
            stage: "warehouse",
            ...python,
            rules: [{ if: `${ON_MERGE_REQUEST} && $WAREHOUSE_READY == 'true'` }],
            variables: { [schemaVariable(design)]: "mr_$CI_MERGE_REQUEST_IID" },
            script: ["make .venv/dbt/.ready", "bash ci/build.sh"],
            cache: { key: "state", paths: ["state/"], policy: "pull" },
          },
          deploy: {
            stage: "warehouse",
            ...python,
            environment: "production",
            rules: [{ if: "$CI_COMMIT_BRANCH == $CI_DEFAULT_BRANCH && $WAREHOUSE_READY == 'true'" }],
            script: ["make .venv/dbt/.ready", "bash ci/build.sh --target prod", "mkdir -p state", "cp dbt/target/manifest.json state/"],
            cache: { key: "state", paths: ["state/"] },
          },
        }),
  };
}
