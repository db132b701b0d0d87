import { describe, expect, it } from "vitest";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import { MANIFEST_PATH } from "../../generator/output/manifest.ts";
import type { File } from "../../generator/output/render.ts";
import { applyWrite, planWrite, type WritePlan } from "../../generator/output/write.ts";

const OUT = "/repo";

describe("a run into an output folder", () => {
  it("creates files and remembers them; a second run touches nothing", () => {
    const host = memoryHost({});
    expect(run(host, [file("dbt/a.sql", "one\n"), file("dbt/b.sql", "two\n")]).changes.map(({ action }) => action)).toEqual(["create", "create"]);
    const before = host.files();
    expect(run(host, [file("dbt/a.sql", "one\n"), file("dbt/b.sql", "two\n")])).toMatchObject({ changes: [], manifest: null });
    expect(host.files()).toEqual(before);
  });

  it("updates what the specs changed and deletes what they dropped, with folders left empty", () => {
    const host = generated({ "dbt/a.sql": "one\n", "dbt/old/b.sql": "two\n" });
    host.write("/repo/dbt/target/run.log", "a neighbour");
    expect(run(host, [file("dbt/a.sql", "three\n")]).changes).toEqual([{ path: "dbt/a.sql", action: "update" }, { path: "dbt/old/b.sql", action: "delete" }]);
    expect(Object.keys(host.files()).filter((path) => !path.includes("/base/"))).toEqual(["/repo/.dps-gen/manifest.json", "/repo/dbt/a.sql", "/repo/dbt/target/run.log"]);
  });

  it("R14: takes no line end of a checkout for an edit", () => {
    const host = generated({ "a.sql": "one\ntwo\n" });
    host.write("/repo/a.sql", "one\r\ntwo\r\n");
    expect(run(host, [file("a.sql", "one\ntwo\n")]).changes).toEqual([]);
  });

  it("adopts a file that holds what would be generated", () => {
    const host = memoryHost({ "/repo/a.sql": "one\n" });
    expect(run(host, [file("a.sql", "one\n")])).toMatchObject({ changes: [], diagnostics: [] });
    expect(host.files()[`/repo/${MANIFEST_PATH}`]).toContain("a.sql");
  });

  it("writes a scaffold once and never again, even where the user deleted it", () => {
    const host = memoryHost({});
    run(host, [{ ...file("README.md", "mine\n"), mode: "scaffold" }]);
    host.write("/repo/README.md", "theirs\n");
    expect(run(host, [{ ...file("README.md", "new\n"), mode: "scaffold" }]).changes).toEqual([]);
    host.remove("/repo/README.md");
    expect(run(host, [{ ...file("README.md", "new\n"), mode: "scaffold" }]).changes).toEqual([]);
    expect(run(host, []).changes).toEqual([]);
  });

  it("leaves a user's own file where a scaffold would go", () => {
    const host = memoryHost({ "/repo/README.md": "theirs\n" });
    expect(run(host, [{ ...file("README.md", "ours\n"), mode: "scaffold" }])).toMatchObject({ changes: [], diagnostics: [] });
    expect(host.files()["/repo/README.md"]).toBe("theirs\n");
  });

  it("keeps an edit while the specs ask for the old text, and says so", () => {
    const host = generated({ "a.sql": "one\n" });
    host.write("/repo/a.sql", "edited\n");
    expect(codes(run(host, [file("a.sql", "one\n")]))).toEqual(["output/edit-kept"]);
    expect(host.files()["/repo/a.sql"]).toBe("edited\n");
    expect(codes(run(host, [file("a.sql", "one\n")]))).toEqual(["output/edit-kept"]);
  });

  it("prints a manifest that merges line by line", () => {
    const host = generated({ "b.sql": "two\n", "a.sql": "one\n" });
    expect(host.files()[`/repo/${MANIFEST_PATH}`]).toMatch(/^{\n {2}"format": 1,\n {2}"files": {\n {4}"a.sql": {"blob":"[0-9a-f]{40}","from":\["x"\],"hash":"[0-9a-f]{64}","mode":"generated"},\n {4}"b.sql": .*\n {2}}\n}\n$/);
  });
});

describe("a run that would cost the user something writes nothing at all", () => {
  it.each<[string, string, (host: MemoryHost) => void]>([
    ["a file that was not generated", "output/unmanaged", (host) => host.write("/repo/new.sql", "theirs")],
    ["an edit where the specs now ask for another text", "output/edited", (host) => host.write("/repo/a.sql", "edited")],
    ["an edited file that is no longer generated", "output/orphan-edited", (host) => host.write("/repo/gone.sql", "edited")],
    ["a manifest with git's conflict markers", "output/manifest-conflict", (host) => host.write(`/repo/${MANIFEST_PATH}`, "<<<<<<< ours\n{}\n=======\n{}\n>>>>>>> theirs\n")],
    ["a manifest that is no JSON", "output/manifest-unreadable", (host) => host.write(`/repo/${MANIFEST_PATH}`, "{")],
    ["a manifest with a broken entry", "output/manifest-unreadable", (host) => host.write(`/repo/${MANIFEST_PATH}`, '{"format":1,"files":{"a.sql":{"hash":"x","mode":"generated","from":[]}}}')],
    ["a manifest of a newer version", "output/manifest-newer", (host) => host.write(`/repo/${MANIFEST_PATH}`, '{"format":2,"files":{}}')],
  ])("%s", (_, code, spoil) => {
    const host = generated({ "a.sql": "one\n", "gone.sql": "two\n" });
    spoil(host);
    const before = host.files();
    expect(codes(run(host, [file("a.sql", "three\n"), file("new.sql", "four\n")]))).toContain(code);
    expect(host.files()).toEqual(before);
  });

  it.each(["../x", "/etc/x", "a/../../x", ".git/config", "a//b", "C:/x", "a\\b", "con", "a/nul.txt", "a.", ""])("R12: a manifest that names %j", (path) => {
    const host = memoryHost({ [`/repo/${MANIFEST_PATH}`]: JSON.stringify({ format: 1, files: { [path]: { hash: "0".repeat(64), mode: "generated", from: [] } } }) });
    expect(codes(run(host, [file("a.sql", "one\n")]))).toEqual(["output/manifest-path"]);
    expect(Object.keys(host.files())).toHaveLength(1);
  });

  it.each([["/repo/a.sql"], ["/repo/dbt"], ["/repo/.dps-gen"]])("R12, C9: a link at %s", (link) => {
    const host = memoryHost({}, { links: [link] });
    expect(codes(run(host, [file("a.sql", "one\n"), file("dbt/b.sql", "two\n")]))).toEqual(["output/not-a-file"]);
    expect(host.files()).toEqual({});
  });

  it("tells once of a link in place of a folder, and names it", () => {
    const host = memoryHost({}, { links: ["/repo/dbt"] });
    const { diagnostics } = run(host, [file("dbt/a.sql", "one\n"), file("dbt/models/b.sql", "two\n")]);
    expect(diagnostics.map(({ message }) => message)).toEqual(["'dbt' is no ordinary file or folder."]);
  });

  it("C9: a folder where a file belongs", () => {
    const host = memoryHost({ "/repo/a.sql/x": "theirs" });
    expect(codes(run(host, [file("a.sql", "one\n")]))).toEqual(["output/not-a-file"]);
  });
});

function file(path: string, text: string): File {
  return { path, text, mode: "generated", from: ["x"] };
}

function generated(files: { readonly [path: string]: string }): MemoryHost {
  const host = memoryHost({});
  run(host, Object.entries(files).map(([path, text]) => file(path, text)));
  return host;
}

function run(host: MemoryHost, files: readonly File[]): WritePlan {
  const plan = planWrite(host, OUT, files);
  if (!plan.diagnostics.some(({ severity }) => severity === "error")) applyWrite(host, OUT, plan);
  return plan;
}

function codes(plan: WritePlan): readonly string[] {
  return plan.diagnostics.map(({ code }) => code);
}
