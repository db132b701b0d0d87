import { expect, it } from "vitest";
import { keepCached } from "../../generator/cache/place.ts";
import type { Host } from "../../generator/host.ts";
import { memoryHost } from "../../generator/memory-host.ts";

it("a cache folder that nobody may look into costs time only", () => {
  const host: Host = { ...memoryHost({}), kind: () => {
    throw Object.assign(new Error("EACCES"), { code: "EACCES" });
  } };
  expect(() => keepCached(host, "/out", "last-run", "text")).not.toThrow();
});
