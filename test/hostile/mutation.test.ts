import fc from "fast-check";
import { load } from "js-yaml";
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { expect, it } from "vitest";
import { parse } from "yaml";
import { compile, formatDiagnostics, memoryHost } from "../../generator/index.ts";
import { skeletonOf } from "./skeleton.ts";
import { thorough } from "../support/thorough.ts";

const folder = join(import.meta.dirname, "..", "..", "fixtures", "shop");
const names = ["contracts.yaml", "model.yaml", "pipeline.yaml", "settings.yaml"];
const shop = names.map((name) => readFileSync(join(folder, name), "utf8").split("\n"));

/** Stands in every hostile text: whatever is generated, it may stand there as a text only. */
const MARK = "Qz7";
const scalars = [
  `"${MARK}'; drop table x; --"`, `"${MARK} {{ env_var('HOME') }}"`, `"{% raw %} ${MARK}"`, `'${MARK} """'`, `"${MARK}\\n${MARK}"`, `"${MARK}\\u2028"`, `"\\ud800 ${MARK}"`, `!!python/object ${MARK}`, `&a ${MARK}`, "*a", "no", "~", "1e3", "0o7", "1.10", "12:30", "2026-01-01",
  "-1", "1e999", ".inf", "99999999999999999999", "''", "[]", "{}", `[${MARK}, [${MARK}]]`, `{${MARK}: {a: ${MARK}}}`, "{__proto__: 1}", "constructor", "toString", "<<", "{{ x }}", "|", "> x", `"${MARK}${"x".repeat(3000)}"`, "select", "ÆØÅ 日本", "con", "../../x", "true", "null", "shop.orders", "dim_customer",
] as const;

/** One change of one line: out, twice, another value, another key, moved, cut, with a tab. */
type Change = { readonly file: number; readonly line: number; readonly kind: "drop" | "twice" | "value" | "item" | "key" | "indent" | "cut" | "tab"; readonly scalar: string };

const change: fc.Arbitrary<Change> = fc.record({
  file: fc.nat(shop.length - 1),
  line: fc.nat(200),
  kind: fc.constantFrom("drop", "twice", "value", "item", "key", "indent", "cut", "tab"),
  scalar: fc.constantFrom(...scalars),
});

it("whatever is changed in specs, the answer is files that can be read or problems that can be found", async () => {
  await fc.assert(fc.asyncProperty(fc.array(change, { minLength: 1, maxLength: 3 }), fc.constantFrom("duckdb", "postgres"), async (changes, warehouse) => {
    const files = Object.fromEntries(shop.map((lines, file) => [`/specs/${names[file] ?? ""}`, changes.filter((one) => one.file === file).reduce(changed, lines).join("\n")]));
    const { files: generated, diagnostics, documents } = await compile({ host: memoryHost(files), root: "/specs", warehouse });
    for (const { help, origin, message } of diagnostics) {
      expect(help, message).not.toBe("");
      expect(origin, message).not.toBeNull();
      expect(`${message}${help}`).not.toMatch(/undefined|\[object|NaN/);
    }
    expect(formatDiagnostics(diagnostics, documents, { format: "text", color: false })).not.toMatch(/[\u0000-\u0008\u000b-\u001f\u202e]/);
    if (diagnostics.some(({ severity }) => severity === "error")) expect(generated).toEqual([]);
    else expect(generated.length).toBeGreaterThan(0);
    for (const { path, text } of generated) expectReadable(path, text);
  }), { numRuns: thorough ? 60 : 12 });
});

function expectReadable(path: string, text: string): void {
  if (/\.ya?ml$/.test(path)) expect(load(text), path).toEqual(parse(text, { version: "1.2", strict: true }));
  if (text.includes(MARK) && !path.endsWith(".md")) expect(withoutNames(skeletonOf(path, text).code), path).not.toContain(MARK);
}

/** A word that the specs gave as a name is no text: it was held to the rule for names. */
function withoutNames(code: string): string {
  return code.replace(new RegExp(`[a-z_]*${MARK.toLowerCase()}[a-z0-9_]*`, "g"), "");
}

function changed(lines: readonly string[], { line, kind, scalar }: Change): readonly string[] {
  const at = line % lines.length;
  const text = lines[at] ?? "";
  switch (kind) {
    case "drop": return lines.toSpliced(at, 1);
    case "twice": return lines.toSpliced(at, 0, text);
    case "value": return lines.with(at, text.replace(/: .*$/, `: ${scalar}`));
    case "item": return lines.with(at, replaceOne(text, /: [A-Za-z0-9_. ]+(?=[,}])/g, line, `: ${scalar}`));
    case "key": return lines.with(at, replaceOne(text, /[a-z_]+(?=:)/g, line, scalar));
    case "indent": return lines.with(at, line % 2 === 0 ? ` ${text}` : text.replace(/^ {1,2}/, ""));
    case "cut": return lines.with(at, text.slice(0, line % (text.length + 1)));
    case "tab": return lines.with(at, text.replace(/^ +|: /, (blanks) => `${blanks}\t`));
  }
}

function replaceOne(text: string, pattern: RegExp, which: number, by: string): string {
  const count = (text.match(pattern) ?? []).length;
  let seen = 0;
  return count === 0 ? text : text.replace(pattern, (found) => (seen++ === which % count ? by : found));
}
