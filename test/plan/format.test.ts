import { Ajv2020 } from "ajv/dist/2020.js";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { describe, expect, it } from "vitest";
import { runCli } from "../../generator/cli/run.ts";
import { memoryHost } from "../../generator/memory-host.ts";
import { duckdb } from "../../generator/dialects/duckdb.ts";
import { planAnnotations } from "../../generator/plan/format/github.ts";
import { planSchema } from "../../generator/plan/format/json-schema.ts";
import { planMarkdown, STICKY_MARK } from "../../generator/plan/format/markdown.ts";
import { planSarif } from "../../generator/plan/format/sarif.ts";
import { planText } from "../../generator/plan/format/text.ts";
import { planChanges } from "../../generator/plan/plan.ts";
import { reportOf, type PlanReport } from "../../generator/plan/report.ts";
import { createLog } from "../../generator/diagnostics/log.ts";
import { readSpecs } from "../../generator/spec/read.ts";
import { edited, modelOf, shop } from "./change.ts";

const HOSTILE = 'Hi @org/team, see #12 and www.evil.example or https://evil.example/a_b_c: <img src=x onerror=alert(1)> </code></details> [x](javascript:1) | ``` `a` -->';

/** The report of an edit, with places, as the command makes it. */
function report(...edits: readonly (readonly [string, string])[]): PlanReport {
  const [before, after] = [shop, edited(...edits)];
  const documents = [before, after].map((text) => readSpecs(memoryHost({ "/spec/spec.yaml": text }), "/spec", createLog()));
  const facts = {
    against: { ref: "main", commit: "0123456789abcdef" },
    planned: planChanges(modelOf(before), modelOf(after), duckdb),
    changes: [{ path: "dbt/models/staging/shop/stg_shop__customers.sql", action: "update" }],
    documents: documents[1] ?? [],
    earlier: documents[0] ?? [],
    fingerprint: null,
    diagnostics: [],
  };
  return reportOf(facts, { folder: "my specs/", exitCode: 0, printed: [] });
}

const busy: readonly (readonly [string, string])[] = [
  ["      - {column: phone, type: string}\n", ""],
  ["decimal(10,2)", "decimal(12,2)"],
  ["City of the address.", JSON.stringify(HOSTILE).replaceAll('\\"', "'")],
  ["type: Type 2\n", "type: Type 2\n    first_version_from: first_seen\n"],
  ["timezone: UTC}", "timezone: Europe/Oslo}"],
];

describe("as text", () => {
  it("says where, what, for whom and what to run", () => {
    const text = planText(report(["      - {column: phone, type: string}\n", ""]));
    expect(text).toBe(`my specs/spec.yaml:15:9 (before) - breaking SC301: shop.customers.phone: column removed: was string
  models:    stg_shop__customers
  columns:   stg_shop__customers.phone
  DAGs:      daily
  owners:    crm
  consumers: finance, sales
  policy:    notify-30-days (violated): Not announced: mark the column 'deprecated: true', tell sales, finance in #customers, and remove it 30 days later.
  approval:  needed; its hash is 0e34f980ac357c2f

Files:
  update dbt/models/staging/shop/stg_shop__customers.sql

`);
  });
});

describe("as JSON", () => {
  const validate = new Ajv2020({ strict: true, allErrors: true, strictTypes: false }).compile(planSchema());

  it("R25: keeps to the published schema", () => {
    const value = report(...busy);
    expect(value.changes.length).toBeGreaterThan(4);
    expect([validate(value), validate.errors]).toEqual([true, null]);
  });

  it("keeps to it as the command prints it, problems and all", async () => {
    const call = async (text: string): Promise<unknown> => {
      let out = "";
      await runCli(["plan", "specs", "--format", "json"], { host: memoryHost({ "/specs/spec.yaml": text }), terminal: { print: (more) => void (out += more), printError: () => undefined, color: false, progress: () => undefined } });
      return JSON.parse(out);
    };
    for (const text of [shop, shop.replace("source: shop.orders", "source: shop.oders"), "contracts: [{nam: x}]"]) {
      expect([validate(await call(text)), validate.errors]).toEqual([true, null]);
    }
  });

  it("knows what it refuses", () => {
    expect(validate({ ...report(), surplus: 1 })).toBe(false);
    expect(validate({ ...report(), format_version: 2 })).toBe(false);
  });
});

describe("as the comment of a pull request", () => {
  it("starts with the mark by which it is found again, then the summary", () => {
    const [mark, title, , summary] = planMarkdown(report(...busy)).split("\n");
    expect(mark).toBe(STICKY_MARK);
    expect(title).toBe("### Plan against <code>main</code>");
    expect(summary).toMatch(/^8 changes against main/);
  });

  it("R25: shows hostile text letter for letter, and nothing of it acts", () => {
    const markdown = planMarkdown(report(...busy));
    const html = micromark(markdown, { allowDangerousHtml: true, extensions: [gfm()], htmlExtensions: [gfmHtml()] });
    const tags = new Set([...html.matchAll(/<\/?([a-z0-9]+)/g)].map(([, tag]) => tag));
    expect([...tags].sort()).toEqual(["code", "details", "h3", "li", "p", "strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"]);
    const outside = html.replace(/<code>.*?<\/code>/gs, "");
    expect(outside).not.toMatch(/@|evil|#[0-9]+(?!;)/);
    const shown = [...html.matchAll(/<code>(.*?)<\/code>/gs)].map(([, inner = ""]) => inner.replace(/&#(\d+);/g, (_, code: string) => String.fromCodePoint(Number(code))).replaceAll("&lt;", "<").replaceAll("&gt;", ">").replaceAll("&quot;", '"').replaceAll("&amp;", "&"));
    expect(shown.some((text) => text.includes("Hi @org/team, see #12 and www.evil.example"))).toBe(true);
  });

  it("R25: stays below the size that GitHub takes, and says what it left out", () => {
    const one = report(...busy);
    const text = planMarkdown({ ...one, changes: Array.from({ length: 400 }, () => one.changes).flat().map((change) => ({ ...change, before: HOSTILE.repeat(3) })) });
    expect(new TextEncoder().encode(text).length).toBeLessThan(61_000);
    expect(text).toMatch(/more/);
  });
});

describe("as annotations of GitHub", () => {
  it("marks the line, as loud as it matters, and on one line each", () => {
    const text = planAnnotations(report(["type: Type 2\n", "type: Type 2\n    first_version_from: first_seen\n"], ["decimal(10,2)", "decimal(12,2)"], ["      - {column: phone, type: string}\n", ""]));
    const [first = "", second = "", third = "", ...more] = text.split("\n");
    expect(first).toMatch(/^::error file=my specs\/spec.yaml,title=breaking SC301::shop.customers.phone: column removed/);
    expect(second).toMatch(/^::warning file=my specs\/spec.yaml,line=\d+,endLine=\d+,col=\d+,endColumn=\d+,title=restating HS701::/);
    expect(third).toMatch(/^::notice .*additive SC501::shop.orders.amount: type widened.*%0A/);
    expect(more).toEqual([""]);
  });
});

describe("as SARIF", () => {
  const validate = new Ajv2020({ strict: false, allErrors: true }).compile(essentials());

  it("keeps to what SARIF 2.1.0 demands", () => {
    for (const value of [planSarif(report(), "1.2.3"), planSarif(report(...busy), "1.2.3")]) expect([validate(value), validate.errors]).toEqual([true, null]);
  });

  it("names every rule once, and every result one of them", () => {
    const { runs } = JSON.parse(JSON.stringify(planSarif(report(...busy), "1.2.3")));
    const rules: { readonly id: string }[] = runs[0].tool.driver.rules;
    expect(new Set(rules.map(({ id }) => id)).size).toBe(rules.length);
    for (const { ruleId, ruleIndex } of runs[0].results) expect(rules[ruleIndex]?.id).toBe(ruleId);
    const prints = runs[0].results.map((one: { readonly partialFingerprints: object }) => JSON.stringify(one.partialFingerprints));
    expect(new Set(prints).size).toBe(prints.length);
    expect(runs[0].results[0].locations[0].physicalLocation.artifactLocation.uri).toBe("my%20specs/spec.yaml");
  });
});

/** What the standard demands of the parts that we write, and no property that it does not know there. */
function essentials(): object {
  const text = { type: "string" };
  const message = { type: "object", properties: { text }, required: ["text"], additionalProperties: false };
  const level = { enum: ["none", "note", "warning", "error"] };
  const only = (properties: object, required: readonly string[] = []): object => ({ type: "object", properties, required, additionalProperties: false });
  const count = { type: "integer", minimum: 1 };
  const region = only({ startLine: count, startColumn: count, endLine: count, endColumn: count });
  const artifactLocation = only({ uri: { type: "string", pattern: "^[A-Za-z0-9_.!~*'()%/-]+$" }, uriBaseId: text });
  const location = only({ physicalLocation: only({ artifactLocation, region }, ["artifactLocation"]) });
  const rule = only({ id: text, name: text, shortDescription: message, fullDescription: message, help: message, defaultConfiguration: only({ level }) }, ["id"]);
  const result = only({ ruleId: text, ruleIndex: { type: "integer", minimum: 0 }, level, message, locations: { type: "array", items: location }, partialFingerprints: { type: "object", additionalProperties: text }, properties: { type: "object" } }, ["message"]);
  const driver = only({ name: text, semanticVersion: text, rules: { type: "array", items: rule, uniqueItems: true } }, ["name"]);
  const invocation = only({ executionSuccessful: { type: "boolean" }, exitCode: { type: "integer" } }, ["executionSuccessful"]);
  const run = only({ tool: only({ driver }, ["driver"]), columnKind: { enum: ["utf16CodeUnits", "unicodeCodePoints"] }, originalUriBaseIds: { type: "object", additionalProperties: only({ description: message, uri: text }) }, invocations: { type: "array", items: invocation }, results: { type: "array", items: result } }, ["tool"]);
  return only({ $schema: text, version: { const: "2.1.0" }, runs: { type: "array", items: run } }, ["version", "runs"]);
}
