import { describe, expect, it } from "vitest";
import { memoryHost, type MemoryHost } from "../../generator/memory-host.ts";
import type { File } from "../../generator/output/render.ts";
import { mergeShared } from "../../generator/output/shared.ts";
import { applyWrite, planWrite, type WritePlan, type WriteSettings } from "../../generator/output/write.ts";

const OURS = `name: shop

model-paths:
  - models

models:
  shop:
    staging:
      +schema: staging

flags:
  a: true
`;

const EDITED = `# Owned by the platform team.
query-comment: "run by {{ target.name }}"   # ours, mind the quotes

flags:
  a: true
name: shop # the shop

on-run-end:
- "{{ grant() }}"
- >
  select 1  # no comment

models:
  shop:
    staging:
      +schema: staging
  # hand-written models
vars: {from: 2020-01-01}

model-paths:
  - models
`;

describe("a shared file", () => {
  it("keeps comments, order and further keys byte for byte, and no edit is reported", () => {
    const host = generated(OURS);
    host.write("/repo/p.yml", EDITED.replace("name: shop # the shop", "name: shop"));
    expect(run(host, OURS)).toMatchObject({ changes: [], diagnostics: [] });
    const wanted = OURS.replace("+schema: staging", "+schema: stg").replace("a: true", "a: true\n  b: false");
    expect(run(host, wanted)).toMatchObject({ changes: [{ action: "merge" }], diagnostics: [] });
    expect(text(host)).toBe(EDITED.replace("name: shop # the shop", "name: shop").replace("+schema: staging", "+schema: stg").replace("a: true", "a: true\n  b: false"));
    expect(run(host, wanted)).toMatchObject({ changes: [], diagnostics: [], manifest: null });
  });

  it("gets new keys of ours behind those that stand before them in our text, and loses those we drop", () => {
    const host = generated(OURS);
    host.write("/repo/p.yml", `${EDITED.replace("name: shop # the shop", "name: shop")}# the end`);
    run(host, `snapshots:\n  shop: {}\n\n${OURS.replace("flags:\n  a: true\n", "").replace("models:\n  shop", "seeds:\n  shop: {}\n\nmodels:\n  shop")}`);
    expect(text(host)).toBe(`${EDITED.replace("flags:\n  a: true\n", "snapshots:\n  shop: {}\n\n").replace("name: shop # the shop", "name: shop").replace("model-paths:\n  - models\n", "model-paths:\n  - models\n\nseeds:\n  shop: {}\n")}# the end`);
  });

  it("reports an edit of ours, merges it, and stops where the specs changed the same line", () => {
    const host = generated(OURS);
    host.write("/repo/p.yml", OURS.replace("+schema: staging", "+schema: staging\n      +tags: mine"));
    expect(codes(run(host, OURS))).toEqual(["output/edit-kept"]);
    expect(codes(run(host, OURS.replace("shop:", "store:")))).toEqual([]);
    expect(text(host)).toBe(OURS.replace("shop:", "store:").replace("+schema: staging", "+schema: staging\n      +tags: mine"));
    const before = host.files();
    const stopped = run(host, OURS.replace("shop:", "store:").replace("+schema: staging", "+schema: staging\n      +tags: ours"));
    expect(stopped.diagnostics.map(({ code, message }) => `${code} ${message}`)).toEqual([expect.stringMatching(/^output\/edited .*the key models/)]);
    expect(host.files()).toEqual(before);
  });

  it("keeps a key of ours out that was taken out, and stops where the specs change it", () => {
    const host = generated(OURS);
    const without = OURS.replace("\nflags:\n  a: true\n", "");
    host.write("/repo/p.yml", without);
    expect(codes(run(host, OURS))).toEqual(["output/edit-kept"]);
    expect(codes(run(host, OURS.replace("a: true", "a: false")))).toEqual(["output/edited"]);
    expect(text(host)).toBe(without);
  });

  it.each([
    ["a flow mapping", "{name: shop, x: 1}\n"],
    ["a key twice", `${OURS}name: shop\n`],
    ["no YAML", `${OURS}"\n`],
    ["two documents", `${OURS}---\nx: 1\n`],
    ["a mapping that begins further right", "  name: shop\n  x: 1\n"],
    ["a text", "edited\n"],
  ])("is not written where it is %s", (_, content) => {
    const host = generated(OURS);
    host.write("/repo/p.yml", content);
    expect(codes(run(host, OURS))).toEqual(["output/edit-kept"]);
    expect(codes(run(host, OURS.replace("shop", "store")))).toEqual(["output/range-lost"]);
    expect(text(host)).toBe(content);
  });

  it("keeps line ends of Windows, a byte order mark and what is no UTF-8", () => {
    const wanted = OURS.replace("+schema: staging", "+schema: stg");
    const windows = `\ufeff# mine\n${OURS}mine: 1\n`.replaceAll("\n", "\r\n");
    expect(Buffer.from(mergeShared(Buffer.from(OURS), Buffer.from(windows), wanted)?.text ?? "").toString()).toBe(windows.replace("+schema: staging", "+schema: stg"));
    expect(mergeShared(Buffer.from(OURS), Buffer.concat([Buffer.from(OURS), Buffer.from([0x23, 0xff, 10])]), wanted)).toBeNull();
  });

  it("that stands there before the first run is taken where it says what we would say, else refused", () => {
    const host = memoryHost({ "/repo/p.yml": `mine: 1\n${OURS}` });
    expect(codes(run(host, OURS))).toEqual([]);
    expect(text(host)).toBe(`mine: 1\n${OURS}`);
    expect(codes(run(memoryHost({ "/repo/p.yml": "name: shop\n" }), OURS))).toEqual(["output/unmanaged"]);
  });
});

function generated(content: string): MemoryHost {
  const host = memoryHost({});
  run(host, content);
  return host;
}

function run(host: MemoryHost, content: string, settings: Partial<WriteSettings> = {}): WritePlan {
  const file: File = { path: "p.yml", text: content, mode: "shared", from: ["x"] };
  const plan = planWrite(host, "/repo", [file], { blobs: null, conflict: "stop", restore: false, ...settings });
  if (!plan.diagnostics.some(({ severity }) => severity === "error")) applyWrite(host, "/repo", plan);
  return plan;
}

function codes(plan: WritePlan): readonly string[] {
  return plan.diagnostics.map(({ code }) => code);
}

function text(host: MemoryHost): string | undefined {
  return host.files()["/repo/p.yml"];
}
