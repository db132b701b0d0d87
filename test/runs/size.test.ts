import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { expect, it } from "vitest";
import { measureNode } from "../../bench/measure.mjs";
import { writeSpecs } from "../../bench/specs.mjs";
import { root } from "../../scripts/toolchain.mjs";

/** dbt models of the larger of two projects; `npm run test:sweep` takes 10,000. */
const large = process.env["ORACLE_SWEEP"] === undefined ? 400 : 10_000;

it("C10: ten times as many models cost about ten times as much, in bounded memory, and give one hash anywhere", () => {
  const folder = mkdtempSync(join(tmpdir(), "dps-gen-size-"));
  const generated = (models: number, out: string) => {
    writeSpecs(join(folder, `specs-${models}`), models);
    return measureNode([join(root, "dist", "dps-gen.cjs"), "generate", join(folder, `specs-${models}`), "--out", join(folder, out)]);
  };
  const [small, cold, again] = [generated(large / 10, "small"), generated(large, "here"), generated(large, "there")];
  expect(cold.cpuMs / small.cpuMs).toBeLessThan(11);
  expect(cold.rssMb).toBeLessThan(400);
  expect(again.rssMb).toBeLessThan(400);
  const manifest = (out: string): string => readFileSync(join(folder, out, ".dps-gen", "manifest.json"), "utf8");
  expect(manifest("there")).toBe(manifest("here"));
  rmSync(folder, { recursive: true, force: true });
});
