import { existsSync, mkdirSync, mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { generate, nodeHost } from "../../generator/index.ts";
import { accessProblem } from "../../generator/output/place.ts";

describe("an output folder that cannot be one", () => {
  let folder = "";
  const place = (...parts: readonly string[]): string => join(folder, ...parts);
  const codes = async (out: string): Promise<readonly string[]> => {
    const { diagnostics } = await generate({ host: nodeHost(), root: place("specs"), out });
    return diagnostics.filter(({ severity }) => severity === "error").map(({ code }) => code);
  };

  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dps-gen-place-"));
    mkdirSync(place("specs"));
    writeFileSync(place("specs", "s.yaml"), "contract: {name: shop.orders, primary_key: [id], schema: [{column: id, type: integer}]}\n");
    writeFileSync(place("file"), "mine");
    symlinkSync(place("nowhere"), place("dangling"));
    symlinkSync(place("file"), place("link"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it.each([["file"], ["file/below"], ["dangling"], ["dangling/below"], ["link"]])("is refused where %s stands", async (out) => {
    const before = readdirSync(folder);
    expect(await codes(place(out))).toEqual(["output/no-folder"]);
    expect(readdirSync(folder)).toEqual(before);
  });

  it("is refused in the spec folder, whatever way leads there", async () => {
    symlinkSync(place("specs"), place("other"));
    for (const out of ["specs", "specs/", "specs/new", "other/new", "new/../specs"]) expect(await codes(`${folder}/${out}`)).toEqual(["output/inside-specs"]);
  });

  it("is not written to where its own folder for notes is a link, a file, or holds a folder as lock", async () => {
    mkdirSync(place("elsewhere"));
    for (const out of ["a", "b", "c"]) mkdirSync(place(out));
    symlinkSync(place("elsewhere"), place("a", ".dps-gen"));
    writeFileSync(place("b", ".dps-gen"), "");
    mkdirSync(place("c", ".dps-gen", "lock"), { recursive: true });
    for (const out of ["a", "b", "c"]) expect(await codes(place(out))).toEqual(["output/not-a-file"]);
    expect(readdirSync(place("elsewhere"))).toEqual([]);
  });

  it.skipIf(!existsSync("/proc/self"))("tells of a file system that makes no folder, and ends", async () => {
    expect(await codes("/proc/dps-gen")).toEqual(["output/no-access"]);
    const gone = Object.assign(new Error("gone"), { code: "ENOENT", syscall: "mkdir", path: "/proc/x" });
    expect(accessProblem(gone)?.help).toMatch(/^Choose a folder in which files can be made/);
  });

  it("may be a link to a folder, and may be made with the folders above it", async () => {
    mkdirSync(place("real"));
    symlinkSync(place("real"), place("way"));
    expect(await codes(place("way"))).toEqual([]);
    expect(await codes(place("x", "y", "z"))).toEqual([]);
    expect(readdirSync(place("real"))).toEqual(readdirSync(place("x", "y", "z")));
  });
});
