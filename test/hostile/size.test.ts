import { describe, expect, it } from "vitest";
import { compile, formatDiagnostics, memoryHost, type Compilation } from "../../generator/index.ts";

/** What a spec may cost at most, in milliseconds of the processor; each of these took minutes, or all of the stack, before it was mended. */
const LIMIT = 5_000;

const contract = (more: object): object => ({ contracts: [{ name: "shop.orders", primary_key: ["id"], schema: [{ column: "id", type: "integer" }], ...more }] });
const column = (more: object): object => contract({ schema: [{ column: "id", type: "integer" }, { column: "text", type: "string", ...more }] });
const check = (expression: string): object => contract({ checks: [{ type: "custom", params: { expression } }] });

describe("a spec that is made to take for ever", () => {
  it.each<[string, object | string]>([
    ["thousands of parentheses in a word", column({ protect: "(".repeat(200_000) })],
    ["a text of line feeds", contract({ description: `x${"\n".repeat(150_000)}x` })],
    ["a text of blanks", contract({ description: `x${" ".repeat(100_000)}x` })],
    ["the same mistake thousands of times on one line", { contracts: Array.from({ length: 2_500 }, () => ({ a: 1 })) }],
    ["a mapping of thousands of unknown keys", { contracts: [Object.fromEntries(Array.from({ length: 4_000 }, (_, at) => [`k${at}`, 1]))] }],
    ["a misspelt name among thousands", contract({ primary_key: ["column_numbex_1"], schema: Array.from({ length: 2_000 }, (_, at) => ({ column: `column_number_${at}`, type: "integer" })) })],
    ["an endless sum", check(`id${" + id".repeat(12_000)} > 0`)],
    ["an endless condition", check(`id > 0${" or id > 0".repeat(12_000)}`)],
    ["thousands of negations", check(`${"not ".repeat(20_000)}id > 0`)],
    ["thousands of signs", check(`${"- ".repeat(20_000)}id > 0`)],
    ["thousands of casts", check(`id${"::bigint".repeat(12_000)} > 0`)],
    ["thousands of cleaning steps", column({ clean: Array.from({ length: 500 }, () => ({ map: { values: { a: "b" }, else: "keep" } })) })],
    ["anchors by the thousand", `contracts:\n${"  - &a !x b\n".repeat(5_000)}`],
  ])("ends soon: %s", async (_, spec) => {
    const started = process.cpuUsage();
    const found = await compiled(spec);
    formatDiagnostics(found.diagnostics, found.documents, { format: "text", color: false });
    expect(process.cpuUsage(started).user / 1000).toBeLessThan(LIMIT);
  });

  it("keeps a thousand errors and counts the others", async () => {
    const { diagnostics, hidden, files } = await compiled({ contracts: Array.from({ length: 1_500 }, () => ({ a: 1 })) });
    expect([diagnostics.length, hidden, files]).toEqual([1_000, 500, []]);
  });

  it("says how long an expression may be", async () => {
    const { diagnostics } = await compiled(check(`id${" + id".repeat(12_000)} > 0`));
    expect(diagnostics.map(({ message }) => message)).toEqual(["An expression cannot hold more than 1000 words and signs."]);
  });
});

function compiled(spec: object | string): Promise<Compilation> {
  return compile({ host: memoryHost({ "/specs/s.yaml": typeof spec === "string" ? spec : JSON.stringify(spec) }), root: "/specs" });
}
