import { execFileSync, spawnSync } from "node:child_process";
import { chmodSync, existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterAll, beforeAll, describe, expect, it } from "vitest";
import { parse } from "yaml";
import { runGit } from "../../../generator/cli/git.ts";
import { generate } from "../../../generator/generate.ts";
import { nodeHost } from "../../../generator/host.ts";
import { plan } from "../../../generator/planning.ts";
import { planMarkdown } from "../../../generator/plan/format/markdown.ts";
import { reportOf } from "../../../generator/plan/report.ts";
import { compiled } from "../compiled.ts";
import { edited, shop } from "../../plan/change.ts";

describe("the workflows of GitHub", () => {
  it("give nothing that a fork may write a secret or a right to write", async () => {
    const files = await compiled(shop, "postgres");
    const workflow = (name: string) => parse(files.get(`.github/workflows/${name}.yml`) ?? "");
    for (const name of ["ci", "plan"]) {
      expect(workflow(name).permissions).toEqual({ contents: "read" });
      expect(files.get(`.github/workflows/${name}.yml`)).not.toMatch(/secrets\.|pull_request_target/);
    }
    const checkout = workflow("plan-comment").jobs.comment.steps[0];
    expect([checkout.uses, checkout.with.ref], "the branch that the repository trusts").toEqual(["actions/checkout@v5", undefined]);
    expect(workflow("warehouse").jobs.slim.if).toContain("head.repo.full_name == github.repository");
  });

  it("are GitLab's where the settings say so", async () => {
    const files = await compiled(shop.replace("settings: {", "settings: {emitters: {project: {forge: gitlab, specs: models/specs}}, "), "postgres");
    expect([...files.keys()].filter((path) => path.startsWith(".git") && !path.startsWith(".gitignore"))).toEqual([".githooks/pre-commit", ".gitlab-ci.yml"]);
    const pipeline = parse(files.get(".gitlab-ci.yml") ?? "");
    expect([pipeline.plan.script, pipeline.plan.variables.SPECS]).toEqual([["bash ci/install.sh", "bash ci/plan.sh"], "models/specs"]);
    expect(pipeline.slim.variables).toEqual({ SHOP_PG_SCHEMA: "mr_$CI_MERGE_REQUEST_IID" });
    expect(pipeline.deploy.script).toContain("bash ci/build.sh --target prod");
  });
});

describe("the steps of a pull request, in a repository", () => {
  let folder = "";
  let bin = "";
  const git = (...args: readonly string[]): string => execFileSync("git", ["-C", folder, "-c", "user.name=t", "-c", "user.email=t@example.org", ...args], { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }).trim();
  const tool = (name: string, text: string): void => {
    writeFileSync(join(bin, name), `#!/usr/bin/env bash\n${text}\n`);
    chmodSync(join(bin, name), 0o755);
  };
  const step = (script: string, environment: { readonly [name: string]: string } = {}): { readonly status: number | null; readonly said: string } => {
    const run = spawnSync("bash", [script], { cwd: folder, encoding: "utf8", env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, GITHUB_ACTIONS: "", ...environment } });
    return { status: run.status, said: `${run.stdout}${run.stderr}` };
  };
  const build = async (text: string): Promise<void> => {
    writeFileSync(join(folder, "specs", "shop.yaml"), text);
    await generate({ host: nodeHost(), root: join(folder, "specs"), out: folder, git: runGit });
  };
  beforeAll(async () => {
    folder = mkdtempSync(join(tmpdir(), "dps-gen ci "));
    bin = join(folder, "..", `${folder.split("/").at(-1) ?? ""}-bin`);
    mkdirSync(join(folder, "specs"));
    mkdirSync(bin);
    execFileSync("git", ["init", "-q", "-b", "main", folder]);
    await build(shop);
    git("add", "-A");
    git("commit", "-qm", "shop");
    git("checkout", "-qb", "feature");
    await build(edited(["      - {column: phone, type: string}\n", ""]));
    git("commit", "-qam", "no phone");
  });
  afterAll(() => {
    rmSync(folder, { recursive: true, force: true });
    rmSync(bin, { recursive: true, force: true });
  });

  it("install the version that the manifest names", () => {
    tool("npm", 'echo "npm $*"');
    const { version } = JSON.parse(readFileSync(join(import.meta.dirname, "..", "..", "..", "package.json"), "utf8"));
    expect(step("ci/install.sh")).toEqual({ status: 0, said: `npm install --global --no-audit --no-fund dps-gen@${version}\n` });
  });

  it("plan with dps-gen against the base, and end as the plan does, with the comment written", async () => {
    tool("dps-gen", 'echo "dps-gen $*"; case "$*" in *markdown*) exit 5 ;; *--detailed-exitcode*) exit 5 ;; esac');
    const base = git("rev-parse", "main");
    const run = step("ci/plan.sh", { BASE: base, SPECS: "specs" });
    expect(run).toEqual({ status: 5, said: `dps-gen check specs --no-cache\ndps-gen plan specs --no-cache --against ${base} --detailed-exitcode\n` });
    expect(readFileSync(join(folder, "plan", "comment.md"), "utf8")).toBe(`dps-gen plan specs --no-cache --against ${base} --format markdown\n`);
    expect(step("ci/plan.sh", { BASE: "" }).status).not.toBe(0);
  });

  it("renew one comment, and none for a commit that is not the pull request's", async () => {
    const planning = await plan({ host: nodeHost(), root: join(folder, "specs"), out: folder, git: runGit, against: "main" });
    writeFileSync(join(folder, "plan", "comment.md"), planMarkdown(reportOf(planning, { folder: "specs", exitCode: 5, printed: [] })));
    writeFileSync(join(folder, "plan", "number"), "7; rm -rf /\n");
    const gh = (known: string): void => tool("gh", `case "$*" in *".head.sha"*) echo abc ;; *paginate*) echo "${known}" ;; *) echo "gh $*" ;; esac`);
    const environment = { REPOSITORY: "acme/shop", HEAD: "abc" };
    gh("");
    expect(step("ci/comment.sh", environment)).toEqual({ status: 0, said: "gh api --silent --method POST repos/acme/shop/issues/7/comments --field body=@comment.md\n" });
    gh("42");
    expect(step("ci/comment.sh", environment).said).toBe("gh api --silent --method PATCH repos/acme/shop/issues/comments/42 --field body=@comment.md\n");
    expect(step("ci/comment.sh", { ...environment, HEAD: "def" })).toEqual({ status: 0, said: "Pull request 7 is not at def: no comment.\n" });
    writeFileSync(join(folder, "plan", "comment.md"), "@everybody buy this");
    expect(step("ci/comment.sh", environment).status).toBe(1);
  });

  it("build everything without a state, and what differs with one", () => {
    tool("dbt", 'echo "$PWD" | sed "s#.*/##"; echo "dbt $*"');
    expect(step("ci/build.sh", { DBT: "dbt" }).said).toBe("dbt\ndbt --no-version-check build\n");
    mkdirSync(join(folder, "state"));
    writeFileSync(join(folder, "state", "manifest.json"), "{}");
    expect(step("ci/build.sh", { DBT: "dbt" }).said).toContain("build --select state:modified+ --defer --state ../state");
  });

  it("are run by the jobs of GitLab too, with the variables that it sets", async () => {
    const files = await compiled(shop.replace("settings: {", "settings: {emitters: {project: {forge: gitlab}}, "), "postgres");
    const jobs: { readonly [job: string]: { readonly script: readonly string[]; readonly variables?: { readonly [name: string]: string } } } = parse(files.get(".gitlab-ci.yml") ?? "");
    const base = git("rev-parse", "main");
    const run = (name: string): string => {
      const { script = [], variables = {} } = jobs[name] ?? {};
      const given = Object.fromEntries(Object.entries(variables).map(([key, value]) => [key, value.replace("$CI_MERGE_REQUEST_DIFF_BASE_SHA", base)]));
      const { status, stdout, stderr } = spawnSync("bash", ["-e", "-o", "pipefail", "-c", script.join("\n")], { cwd: folder, encoding: "utf8", env: { ...process.env, PATH: `${bin}:${process.env["PATH"] ?? ""}`, GITHUB_ACTIONS: "", DBT: "dbt", ...given } });
      return `${status} ${stdout}${stderr}`;
    };
    tool("npm", ":");
    tool("dps-gen", 'echo "dps-gen $*"');
    tool("make", 'echo "make $*"');
    tool("dbt", 'mkdir -p target; echo "$*" | tee target/manifest.json');
    expect(run("plan")).toBe(`0 dps-gen check specs --no-cache\ndps-gen plan specs --no-cache --against ${base} --detailed-exitcode\n`);
    expect(run("parse")).toBe("0 make parse\nmake dags\n");
    const command = "--no-version-check build --select state:modified+ --defer --state ../state";
    expect(run("slim")).toBe(`0 make .venv/dbt/.ready\n${command}\n`);
    expect(run("deploy")).toBe(`0 make .venv/dbt/.ready\n${command} --target prod\n`);
    expect(readFileSync(join(folder, "state", "manifest.json"), "utf8")).toBe(`${command} --target prod\n`);
  });

  it("refuse a commit of stale output, by the hook, and one that leaves generated files out", async () => {
    tool("dps-gen", 'echo "dps-gen $*"; exit 3');
    expect(step(".githooks/pre-commit")).toEqual({ status: 3, said: "dps-gen check specs\n" });
    tool("dps-gen", "exit 0");
    git("add", "-A");
    git("commit", "-qm", "all");
    await build(edited(["    owner: bi\n    grain", "    owner: sales\n    grain"]));
    git("add", "specs");
    expect(step(".githooks/pre-commit")).toMatchObject({ status: 1, said: expect.stringMatching(/^Not staged[^]*\n\.dps-gen\/manifest\.json\ndbt\//) });
    git("add", "-A");
    expect(step(".githooks/pre-commit")).toEqual({ status: 0, said: "" });
    writeFileSync(join(folder, "README.md"), "more\n");
    git("commit", "-qm", "bi");
    expect(step(".githooks/pre-commit"), "a commit of other files").toEqual({ status: 0, said: "" });
    expect(existsSync(join(folder, "ci", "plan.sh"))).toBe(true);
  });
});
