import type { Data } from "../../artifact.ts";
import type { Design } from "../../rules/types.ts";
import type { ProjectOptions } from "./options.ts";
import { schemaVariable, type Repository } from "./repository.ts";

const CHECKOUT = "actions/checkout@v5";
const NODE = { uses: "actions/setup-node@v5", with: { "node-version": "22" } };
const PYTHON = { uses: "actions/setup-python@v6", with: { "python-version": "3.12" } };
const JOB = { "runs-on": "ubuntu-latest", "timeout-minutes": 30 };

/** Plans every pull request. It runs what a fork wrote, so it may write nothing and sees no secret: the comment is left to another workflow. */
export function planWorkflow({ specs }: ProjectOptions): Data {
  return {
    name: "plan",
    on: { pull_request: {} },
    permissions: { contents: "read" },
    jobs: {
      plan: {
        ...JOB,
        env: { SPECS: specs, BASE: "${{ github.event.pull_request.base.sha }}", NUMBER: "${{ github.event.pull_request.number }}" },
        steps: [
          // Policies and renames are judged by history.
          { uses: CHECKOUT, with: { "fetch-depth": 0, "persist-credentials": false } },
          NODE,
          { name: "Install the dps-gen that wrote this repository", run: "bash ci/install.sh" },
          { name: "Plan, and hold the changes to policies and approvals", run: "bash ci/plan.sh" },
          { name: "Say which pull request it is", if: "always()", run: 'mkdir -p plan && echo "$NUMBER" > plan/number' },
          { uses: "actions/upload-artifact@v4", if: "always()", with: { name: "plan", path: "plan/" } },
        ],
      },
    },
  };
}

/** Renews the comment of a pull request when it was planned. It may write, so it runs nothing that a pull request brings. */
export function commentWorkflow(): Data {
  const run = "github.event.workflow_run";
  return {
    name: "plan-comment",
    on: { workflow_run: { workflows: ["plan"], types: ["completed"] } },
    permissions: { actions: "read", contents: "read", "pull-requests": "write" },
    jobs: {
      comment: {
        ...JOB,
        if: `${run}.event == 'pull_request'`,
        steps: [
          { uses: CHECKOUT, with: { "persist-credentials": false } },
          { uses: "actions/download-artifact@v5", with: { name: "plan", path: "plan", "run-id": `\${{ ${run}.id }}`, "github-token": "${{ github.token }}" } },
          { name: "Renew the comment", env: { GH_TOKEN: "${{ github.token }}", REPOSITORY: "${{ github.repository }}", HEAD: `\${{ ${run}.head_sha }}` }, run: "bash ci/comment.sh" },
        ],
      },
    },
  };
}

/** Where the warehouse is a server: builds what a pull request changes beside production, and what was merged in it. */
export function warehouseWorkflow({ scripts }: Repository, design: Design): Data {
  const credentials = design.dialect.dlt.credentials(design.model.project.name).map(({ variable, fallback, kind }) => [variable, kind === "secret" || fallback === null ? `\${{ secrets.${variable} }}` : `\${{ vars.${variable} || '${fallback}' }}`]);
  const salted = design.model.sources.some(({ columns }) => columns.some(({ protect }) => protect === "hash"));
  const env = Object.fromEntries([...credentials, ...(salted ? [["PII_SALT", "${{ secrets.PII_SALT }}"]] : [])]);
  const trusted = "github.event_name == 'pull_request' && github.event.pull_request.head.repo.full_name == github.repository";
  const last = "gh run list --workflow warehouse.yml --branch main --event push --status success --limit 1 --json databaseId --jq '.[0].databaseId'";
  const state = { name: "Get the state that was deployed last", env: { GH_TOKEN: "${{ github.token }}" }, run: `run=$(${last})\nif [ -n "$run" ]; then gh run download "$run" --name state --dir state || echo "It is not kept any more: all is built."; fi\n` };
  const before = [{ uses: CHECKOUT, with: { "persist-credentials": false } }, PYTHON, { name: "Install dbt", run: "make .venv/dbt/.ready" }, state];
  const enabled = "vars.WAREHOUSE_READY == 'true'";
  return {
    name: "warehouse",
    on: { pull_request: {}, push: { branches: ["main"] } },
    permissions: { actions: "read", contents: "read" },
    concurrency: { group: "warehouse-${{ github.ref }}" },
    jobs: {
      slim: { ...JOB, if: `${enabled} && ${trusted}`, env: { ...env, [schemaVariable(design)]: "pr_${{ github.event.pull_request.number }}" }, steps: [...before, { name: "Build what the pull request changes", run: "bash ci/build.sh" }] },
      deploy: {
        ...JOB,
        if: `${enabled} && github.event_name == 'push'`,
        environment: "production",
        env,
        steps: [
          ...before,
          { name: `Build what was merged${scripts.length > 0 ? ", on the data that is loaded" : ""}`, run: "bash ci/build.sh --target prod" },
          { uses: "actions/upload-artifact@v4", with: { name: "state", path: "dbt/target/manifest.json" } },
        ],
      },
    },
  };
}
