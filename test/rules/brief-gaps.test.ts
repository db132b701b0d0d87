import { describe, expect, it } from "vitest";
import { brief, decided, decisionOn, pipelineOver } from "./support.ts";

describe("a brief with gaps", () => {
  it("names the field that would decide, and what it may be", () => {
    const found = decided(brief({ consumers: ["reporting,,dashboard"], specs: pipelineOver() }));
    expect(found.codes).toEqual(["brief-undecided data_consumers"]);
    expect(found.help[0]).toContain("data_consumers[].latency_requirement");
    expect(found.design.choice("architecture pattern", "acme")).toBeUndefined();
  });

  it("asks for the volume where storage hangs on it, and for the retention next", () => {
    const volume = { current_gb_per_day: null };
    expect(decided(brief({ volume, constraints: { cloud_provider: "on-prem" }, specs: pipelineOver() })).help).toEqual([
      expect.stringContaining("current_gb_per_day"),
      expect.stringContaining("current_gb_per_day"),
    ]);
    expect(decided(brief({ volume: { retention_months: null }, constraints: { cloud_provider: "on-prem" } })).help).toEqual([
      expect.stringContaining("retention_months"),
    ]);
  });

  it("is silent about fields that would change nothing", () => {
    expect(decided(brief({ constraints: { skill_level: null }, specs: pipelineOver() })).codes).toEqual([]);
  });

  it("asks nothing where only the project is named", () => {
    const found = decided("project_name: acme\nbusiness_context: A shop.\n");
    expect(found.codes).toEqual([]);
    expect(found.design.decisions).toEqual([]);
  });

  it("is not needed", () => {
    expect(decided(pipelineOver()).codes).toEqual([]);
  });
});

describe("a brief that contradicts the specs", () => {
  it.each([
    ["real-time", "@continuous", ["latency-not-met data_consumers.0.latency_requirement"]],
    ["near-real-time", "*/15 * * * *", ["latency-not-met data_consumers.0.latency_requirement"]],
    ["near-real-time", "*/5 * * * *", []],
    ["batch", "@daily", []],
  ])("%s data by a pipeline that runs at %s", (latency, schedule, expected) => {
    const specs = pipelineOver().replace('"@daily"', `"${schedule}"`);
    expect(decided(brief({ consumers: [`reporting, ${latency}, dashboard`], specs })).codes).toEqual(expected);
  });

  it("is told when the volumes are too large for the warehouse", () => {
    const parts = { volume: { current_gb_per_day: 90, retention_months: 60 } };
    expect(decided(brief(parts)).codes).toEqual([]);
    expect(decided(brief(parts), "postgres").codes).toEqual(["storage-unfit current_state.data_volume.current_gb_per_day"]);
    expect(decided(brief({ volume: { current_gb_per_day: 101 } })).codes).toEqual([
      "storage-unfit current_state.data_volume.current_gb_per_day",
    ]);
  });

  it("says what would have been chosen", () => {
    const specs = pipelineOver();
    expect(decisionOn(decided(brief({ consumers: ["operational, real-time, API"], specs })), "architecture pattern").choice).toBe(
      "Streaming",
    );
  });
});
