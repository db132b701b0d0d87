import type { Data } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { Repository } from "./repository.ts";

/**
 * The workflow of pull requests: the dbt project parses without a warning, the DAGs import, and where sample files are
 * committed and the warehouse is a local one, everything is built.
 */
export function ciWorkflow(repository: Repository, design: Design): Data {
  const credentials = design.dialect.dlt.credentials(design.model.project.name).filter(({ fallback }) => fallback === null);
  return {
    name: "ci",
    on: { push: { branches: ["main"] }, pull_request: {} },
    permissions: { contents: "read" },
    jobs: {
      check: {
        "runs-on": "ubuntu-latest",
        "timeout-minutes": 30,
        ...(credentials.length === 0 ? {} : { env: Object.fromEntries(credentials.map(({ variable }) => [variable, "unused"])) }),
        steps: steps(repository),
      },
    },
  };
}

function steps({ hasDags, globs, local, scripts }: Repository): readonly Data[] {
  const filesPresent = globs.map((glob) => `hashFiles('${glob}') != ''`).join(" && ");
  return [
    { uses: "actions/checkout@v5", with: { "persist-credentials": false } },
    { uses: "actions/setup-python@v6", with: { "python-version": "3.12" } },
    { name: "Parse the dbt project", run: "make parse" },
    ...(hasDags ? [{ name: "Import the DAGs", run: "make dags" }] : []),
    ...(local && scripts.length > 0 ? [{ name: "Build on the sample files, where there are any", if: filesPresent, run: "make build" }] : []),
  ];
}
