import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { flowchart, label, nodeId } from "../../../generator/emitters/docs/mermaid.ts";

describe("labels of flowcharts", () => {
  it("hold nothing that ends a label, opens markup or directs Mermaid", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary" }), (text) => {
        const shown = label(text);
        expect(shown.replace(/#[0-9]+;/g, "")).toMatch(/^[\p{L}\p{M}\p{N} _,./:-]*$/u);
        expect(shown).not.toMatch(/"|%%|\/\/|--|^\s*[-.]|[0-9]\.\s/);
        expect(shown).not.toBe("");
      }),
      { numRuns: 100 },
    );
  });

  it.each([
    ["shop.orders", "shop.orders"],
    ["Sales & marketing", "Sales #38; marketing"],
    ['a"]; click x', "a#34;#93;#59; click x"],
    ["1. list", "1#46; list"],
    ["near-real-time", "near-real-time"],
    ["http://x", "http#58;#47;#47;x"],
    ["", "#160;"],
  ])("show %s as %s", (text, shown) => {
    expect(label(text)).toBe(shown);
  });
});

it("draws groups that hold something, and makes ids that are no keywords", () => {
  const lines = flowchart(
    [
      { id: "a", title: "A", nodes: [{ id: nodeId("end"), label: "end" }] },
      { id: "b", title: "B", nodes: [] },
    ],
    [{ from: nodeId("source:shop.orders"), to: nodeId("end") }],
  );
  expect(lines).toEqual(["flowchart LR", '    subgraph a["A"]', '        n_end["end"]', "    end", "    raw_shop__orders --> n_end"]);
});
