import { describe, expect, it } from "vitest";
import { runCli } from "../../generator/cli/run.ts";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import { version } from "../../generator/version.ts";

const SPEC = `contract:
  name: shop.orders
  description: Orders.
  primary_key: [id]
  schema:
    - {column: id, type: integer, description: Number of the order.}
settings:
  project: shop
`;

describe("the command line", () => {
  it("prints version and help", async () => {
    expect(await call(["--version"])).toEqual({ code: 0, out: `${version}\n`, err: "" });
    expect((await call(["--help"])).out).toContain("generate SPEC");
    expect((await call(["help", "check"])).out).toContain("dps-gen check SPEC [options]");
  });

  it("answers a wrong call with 2, on standard error", async () => {
    expect(await call(["chekc", "specs"])).toEqual({ code: 2, out: "", err: "dps-gen: 'chekc' is not a command. did you mean 'check'?\nRun 'dps-gen --help' for all commands and options.\n" });
  });

  it("generates into the current folder, says what it did, and is silent when told to be", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    const first = await call(["specs"], host);
    expect(first).toMatchObject({ code: 0, err: "" });
    expect(first.out).toMatch(/^Files: \d+ created, 0 unchanged\.\n$/);
    expect(Object.keys(host.files())).toContain("/dbt/dbt_project.yml");
    expect(await call(["specs", "--quiet"], host)).toEqual({ code: 0, out: "", err: "" });
  });

  it("reports every error with its place, exits with 2 and writes nothing", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC.replace("integer", "integr").replace("primary_key", "primry_key") });
    const { code, out } = await call(["specs", "--out", "repo"], host);
    expect(code).toBe(2);
    expect(out).toContain("specs/shop.yaml:");
    expect(out).toMatch(/\d errors?\. Nothing was written\.\n$/);
    expect(Object.keys(host.files())).toEqual(["/specs/shop.yaml"]);
  });

  it("checks: 3 where the output is stale, 0 where it is not, 4 where it was edited", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    const stale = await call(["check", "specs"], host);
    expect(stale.code).toBe(3);
    expect(stale.out).toContain("  create dbt/dbt_project.yml\n");
    expect(Object.keys(host.files())).toEqual(["/specs/shop.yaml"]);
    await call(["specs"], host);
    expect((await call(["check", "specs"], host)).out).toMatch(/^The specs are valid and \d+ files up to date\.\n$/);
    host.write("/dbt/dbt_project.yml", "edited");
    expect(await call(["check", "specs"], host)).toMatchObject({ code: 4 });
  });

  it("warns of an edit that it keeps, and stops where it would be lost", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    await call(["specs"], host);
    const project = host.files()["/dbt/dbt_project.yml"] ?? "";
    host.write("/dbt/dbt_project.yml", "edited");
    expect(await call(["specs"], host)).toMatchObject({ code: 0, out: expect.stringContaining("output/edit-kept") });
    host.write("/specs/shop.yaml", SPEC.replace("project: shop", "project: store"));
    const before = host.files();
    expect(await call(["specs"], host)).toMatchObject({ code: 4, out: expect.stringContaining("Nothing was written.") });
    expect(host.files()).toEqual(before);
    host.write("/dbt/dbt_project.yml", project.replace(/^name: .*$/m, "name: mine"));
    expect(await call(["specs", "--conflict", "inline"], host), "R4: markers are nothing to go on with").toMatchObject({ code: 4, out: expect.stringContaining("output/conflict-written") });
    expect(host.files()["/dbt/dbt_project.yml"]).toMatch(/^<{7} edited$/m);
  });

  it("R9: a generated file that was deleted by hand is drift for check, and comes back with --restore", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    await call(["specs"], host);
    const before = host.files();
    host.remove("/dbt/dbt_project.yml");
    expect(await call(["check", "specs"], host)).toMatchObject({ code: 4, out: expect.stringContaining("output/deleted") });
    expect(await call(["specs"], host)).toMatchObject({ code: 0, out: expect.stringContaining("output/deleted") });
    expect(await call(["specs", "--restore"], host)).toMatchObject({ code: 0 });
    expect(host.files()).toEqual(before);
  });

  it("R17: eject takes a file over, adopt gives it back, and both say so where there is nothing to do", async () => {
    const model = "dbt/models/staging/shop/stg_shop__orders.sql";
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    await call(["specs"], host);
    expect(await call(["eject", `./${model}`], host)).toMatchObject({ code: 0, out: expect.stringContaining(model) });
    expect(await call(["eject", model.replaceAll("/", "\\")], host)).toMatchObject({ code: 0, out: expect.stringContaining("nothing was changed") });
    const mine = "select 1 as order_id\n";
    host.write(`/${model}`, mine);
    expect((await call(["check", "specs"], host)).code).toBe(0);
    host.write("/specs/shop.yaml", SPEC.replace("column: id, type: integer", "column: id, type: bigint"));
    expect(await call(["specs"], host)).toMatchObject({ code: 0, out: expect.stringContaining("output/ejected-behind") });
    expect(host.files()[`/${model}`]).toBe(mine);
    expect(await call(["adopt", model], host)).toMatchObject({ code: 0, out: expect.stringContaining(model) });
    expect(await call(["adopt", model], host)).toMatchObject({ code: 0, out: expect.stringContaining("nothing was changed") });
    expect((await call(["specs"], host)).code, "both have changed every line").toBe(4);
    expect(host.files()[`/${model}`]).toBe(mine);
    expect(await call(["adopt", "README.txt"], host)).toMatchObject({ code: 2, out: expect.stringContaining("output/not-ours") });
  });

  it("speaks JSON and GitHub", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC.replace("description: Orders", "descripton: Orders") });
    const json: unknown = JSON.parse((await call(["check", "specs", "--format", "json"], host)).out);
    expect(json).toMatchObject({ format_version: 1, command: "check", exit_code: 2, changes: [], diagnostics: [{ severity: "error", file: "specs/shop.yaml", line: 3 }] });
    expect((await call(["check", "specs", "--format", "github"], host)).out).toMatch(/^::error file=specs\/shop\.yaml,line=3,/);
  });

  it("refuses to generate into its own specs", async () => {
    const host = memoryHost({ "/specs/shop.yaml": SPEC });
    expect(await call(["specs", "--out", "specs"], host)).toMatchObject({ code: 2, out: expect.stringContaining("output/inside-specs") });
    expect(await call(["specs", "--out", "specs/deep/er"], host)).toMatchObject({ code: 2 });
  });

  it("writes a spec folder that compiles, wherever it is put, and never over anything", async () => {
    const host = memoryHost({});
    expect(await call(["init", "my/specs"], host)).toMatchObject({ code: 0, out: expect.stringContaining("npx dps-gen my/specs") });
    expect(host.files()["/my/specs/pipeline.yaml"]).toContain("files:my/specs/data/{table}.csv");
    expect(await call(["my/specs"], host)).toMatchObject({ code: 0 });
    const before = host.files();
    expect(await call(["init", "my/specs"], host)).toMatchObject({ code: 4, err: expect.stringContaining("exists already") });
    expect(host.files()).toEqual(before);
  });

  it("explains codes, objects and decisions", async () => {
    const host = memoryHost({});
    await call(["init"], host);
    expect((await call(["explain", "output/edited"])).out).toContain("output/edited (error)");
    expect((await call(["explain", "history-of-member"])).out).toContain("model/history-of-member (error)");
    expect((await call(["explain"])).out).toContain("spec/unknown-key");
    expect(await call(["explain", "spec/unknown-kye"])).toMatchObject({ code: 2, err: expect.stringContaining("did you mean 'spec/unknown-key'?") });
    expect((await call(["explain", "dim_customer"], host)).out).toMatch(/^dim_customer: Type 2 dimension\n[^]*written in [a-z.]+:[0-9]+\n[^]*reads:\n[^]*files:\n/);
    expect((await call(["explain", "decisions"], host)).out).toContain("(rule ");
    expect(await call(["explain", "dim_custmer"], host)).toMatchObject({ code: 2, err: expect.stringContaining("did you mean 'dim_customer'?") });
    expect(await call(["explain", "dim_customer", "nowhere"], host)).toMatchObject({ code: 2 });
    expect(await call(["explain", "x"], host)).toEqual({ code: 2, out: "", err: "dps-gen: nothing is called 'x'.\n" });
    expect(await call(["explain", "toString"])).toEqual({ code: 2, out: "", err: "dps-gen: nothing is called 'toString': it is no diagnostic, and there is no folder 'specs'. Name that of your specs: dps-gen explain NAME SPEC.\n" });
  });

  it("prints the JSON Schema of a spec file, or writes all of them", async () => {
    const host = memoryHost({});
    expect(JSON.parse((await call(["schema"])).out)).toMatchObject({ title: "dps-gen spec" });
    expect(await call(["schema", "--out", "schemas"], host)).toMatchObject({ code: 0 });
    expect(Object.keys(host.files())).toEqual(expect.arrayContaining(["/schemas/spec.schema.json", "/schemas/plan.schema.json"]));
  });

  it("tells what the system refused as a problem with its help, and a bug of ours with its trace", async () => {
    const denied = { ...memoryHost({ "/specs/shop.yaml": SPEC }), write: () => {
      throw Object.assign(new Error("EACCES: permission denied, open '/dbt'"), { code: "EACCES", syscall: "open", path: "/dbt/x.sql.7.tmp" });
    } };
    expect(await call(["specs"], denied)).toEqual({ code: 1, err: "", out: expect.stringMatching(/^error output\/no-access: .*'\/dbt\/x\.sql' \(EACCES\)\.\n {2}help: .*\n\n1 error\. The run stopped there\.\n$/) });
    const broken = { ...denied, write: () => {
      throw new TypeError("oops");
    } };
    expect(await call(["specs"], broken)).toMatchObject({ code: 1, err: expect.stringMatching(/internal error, please report[^]*oops/) });
  });
});

async function call(argv: readonly string[], host: MemoryHost = memoryHost({})): Promise<{ readonly code: number; readonly out: string; readonly err: string }> {
  let [out, err] = ["", ""];
  const terminal = { print: (text: string) => void (out += text), printError: (text: string) => void (err += text), color: false, progress: () => undefined };
  return { code: await runCli(argv, { host, terminal }), out, err };
}
