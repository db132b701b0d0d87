import { expect, it } from "vitest";
import { createLog } from "../../generator/diagnostics/log.ts";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { decide } from "../../generator/rules/decide.ts";
import { rules } from "../../generator/rules/registry.ts";
import type { Decision, Rule } from "../../generator/rules/types.ts";
import { decided, pipelineOver } from "./support.ts";

const { design } = decided(pipelineOver());
const wide: Decision = {
  rule: "toy",
  subject: "fct_sales",
  topic: "materialisation",
  choice: "table",
  because: "It is wide.",
  alternatives: [],
  origin: null,
};

it("takes a new rule from one registration", () => {
  const toy: Rule = { name: "toy", apply: () => ({ decisions: [wide] }) };
  const found = decide(design.model, duckdb, createLog(), [...rules, toy]);
  expect(found.decisions.at(-1)).toBe(wide);
  expect(found.choice("materialisation", "fct_sales")).toBe("table");
});

it("answers undefined where nothing was decided, or nothing that can be chosen", () => {
  const odd: Rule = { name: "odd", apply: () => ({ decisions: [{ ...wide, choice: "on paper" }] }) };
  const found = decide(design.model, duckdb, createLog(), [odd]);
  expect(found.choice("materialisation", "fct_sales")).toBeUndefined();
  expect(found.choice("history", "fct_sales")).toBeUndefined();
});

it("has rules of different names, and decides the same twice", () => {
  expect(new Set(rules.map((one) => one.name)).size).toBe(rules.length);
  expect(decided(pipelineOver()).design.decisions).toEqual(design.decisions);
});
