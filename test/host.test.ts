import { mkdtempSync, readdirSync, rmSync, symlinkSync, writeFileSync } from "node:fs";
import { hostname, tmpdir } from "node:os";
import { join } from "node:path";
import { afterEach, beforeEach, describe, expect, it } from "vitest";
import { nodeHost } from "../generator/host.ts";

describe("the host of a real run", () => {
  let folder = "";
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), "dps-gen-host-"));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  it("writes with folders, leaves no temporary file, and lists in code-point order", () => {
    const host = nodeHost();
    for (const name of ["b", "a", "Z", "é"]) host.write(join(folder, "deep", "er", name), name);
    expect(host.list(join(folder, "deep", "er")).map((entry) => entry.name)).toEqual(["Z", "a", "b", "é"]);
    expect(new TextDecoder().decode(host.read(join(folder, "deep", "er", "é")))).toBe("é");
  });

  it("tells links from what they point to", () => {
    const host = nodeHost();
    writeFileSync(join(folder, "file"), "");
    symlinkSync(join(folder, "file"), join(folder, "link"));
    expect(["file", "link", "none"].map((name) => host.kind(join(folder, name)))).toEqual(["file", "link", null]);
    expect(host.list(folder)).toEqual([{ name: "file", kind: "file" }, { name: "link", kind: "link" }]);
  });

  it("leaves nothing behind where a file cannot be written", () => {
    const host = nodeHost();
    host.write(join(folder, "taken", "x"), "");
    expect(() => host.write(join(folder, "taken"), "")).toThrow();
    expect(readdirSync(folder)).toEqual(["taken"]);
  });

  it("removes empty folders only", () => {
    const host = nodeHost();
    host.write(join(folder, "a", "b"), "");
    expect(host.removeEmptyFolder(join(folder, "a"))).toBe(false);
    host.remove(join(folder, "a", "b"));
    expect(host.removeEmptyFolder(join(folder, "a"))).toBe(true);
    host.write(join(folder, "a", "b"), "again");
  });

  it("gives a lock to one at a time, and takes over that of a process that is gone", () => {
    const host = nodeHost();
    const lock = join(folder, "x", "lock");
    const release = host.lock(lock);
    expect(host.lock(lock)).toBeNull();
    release?.();
    writeFileSync(lock, JSON.stringify({ pid: 999_999_999, host: "elsewhere" }));
    expect(host.lock(lock)).toBeNull();
    writeFileSync(lock, JSON.stringify({ pid: 999_999_999, host: hostname() }));
    expect(host.lock(lock)).not.toBeNull();
  });
});
