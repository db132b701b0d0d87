import { expect, it } from "vitest";
import { lastRun } from "../../generator/cache/last-run.ts";
import { seal } from "../../generator/cache/place.ts";
import type { Host } from "../../generator/host.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import { digest } from "../../generator/output/digest.ts";

const manifest = '{\n  "format": 1,\n  "files": {}\n}\n';

/** A note under a seal that anyone can make who knows the build. */
function forged(shared: readonly unknown[]): string {
  const texts = shared.map((path) => [path, path === "../secret" ? "x" : null]);
  const head = digest(JSON.stringify(["test", null, digest(manifest), texts]));
  const text = JSON.stringify({ head, shared, files: [], common: null, domains: [], warnings: [] });
  return `${seal("test", text)}\n${text}\n`;
}

it.each([["../secret", false], [5, false], [null, false], ["dbt/dbt_project.yml", true]])("a note with a seal that calls %s shared is believed: %s", (path, believed) => {
  const memory = memoryHost({ "/specs/s.yaml": "", "/out/.dps-gen/manifest.json": manifest, "/out/.dps-gen/cache/last-run": forged([path]), "/secret": "x" });
  const read: string[] = [];
  const host: Host = { ...memory, read: (file) => (read.push(file), memory.read(file)) };
  expect(lastRun(host, "/specs", "/out", { build: "test", warehouse: null })?.before != null).toBe(believed);
  expect(read).not.toContain("/secret");
});
