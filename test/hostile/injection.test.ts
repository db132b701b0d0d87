import fc from "fast-check";
import { expect, it } from "vitest";
import { compile, memoryHost } from "../../generator/index.ts";
import { skeletonOf } from "./skeleton.ts";
import { wordySpecs, type Kind } from "./wordy.ts";
import { thorough } from "../support/thorough.ts";

/** Texts that mean something to a reader of what is generated: SQL, Jinja, YAML, Python, shell, make, Markdown, HTML, GitHub. */
const payloads = [
  "'; drop table x; --", "' || (select 1) || '", '"; drop table x; --', "*/ x /*", "-- x", "$$ x $$", "E'\\n' \\' \\\\", "{{ env_var('HOME') }}", "{% raw %}", "{%- endif -%}", "{# x", "{{{ x }}}", "}} x %} y #}",
  '"""\nimport os\n"""', "\\N{DASH} \\x41 \\u0041", '" + x + "', "# x", "$(id) `id` ${HOME} $HOME $$(shell id)", "!x !!python/object:os.system", "&a *a", ": x", "- x", "? x", "| x", "> x", "%x @x `x", "<<: x", "~ null no on 0o7 1e3",
  "<script>alert(1)</script> &lt;b&gt; <!-- x", "[x](javascript:alert(1)) ![y](http://z)", "| a | b |", "```\nx\n```", "# heading\n\n- item", "${{ github.token }} ::error::x", "@team #1 :x: $x$", "x\r\ny", "x\n    y\n\n\nz", "Z \t b", "a\u00a0b 日本😀", "ref('x') source('a', 'b')", "%s %(x)s %%",
];

/** Where a payload stands in its text: at its end or at its start. The number tells the place it was put in. */
const forms: readonly ((payload: string, number: number) => string)[] = [(payload, number) => `Zq${number} ${payload}`, (payload, number) => `${payload} Zq${number}`];

it.each(["duckdb", "postgres"])("every text of a spec is data wherever it comes out, on %s", async (warehouse) => {
  await fc.assert(fc.asyncProperty(fc.nat(payloads.length - 1), fc.constantFrom(...forms), (shift, form) => expectOnlyData(warehouse, shift, form)), { numRuns: thorough ? 4 : 1 });
});

/** Puts another payload into each place, and harmless texts of the same words; what is generated may differ in data only. */
async function expectOnlyData(warehouse: string, shift: number, form: (payload: string, number: number) => string): Promise<void> {
  const chosen = (kind: Kind, number: number): string => {
    const payload = payloads[(number + shift) % payloads.length] ?? "";
    return allows(kind, payload) ? payload : plain(payload);
  };
  const hostile = await generated(warehouse, (kind, number) => form(chosen(kind, number), number));
  const harmless = await generated(warehouse, (kind, number) => form(plain(chosen(kind, number)), number));
  expect(withoutUnitTests(hostile.files)).toEqual(withoutUnitTests(harmless.files));
  for (const [path, text] of hostile.files) {
    const [found, wanted] = [skeletonOf(path, text), skeletonOf(path, harmless.files.get(path) ?? "")];
    if (isUnitTests(path)) {
      // Which rows show the cleaning depends on the texts themselves; dbt may find no template in any of them.
      expect(found.code, path).not.toMatch(/\{[{%#]/);
      continue;
    }
    expect(withoutHashes(found.code), path).toBe(withoutHashes(wanted.code));
    const layout = path.endsWith(".sql") ? (one: string): string => one : onLine;
    let texts = found.texts.map(layout).join("\n\n");
    for (const [at, one] of hostile.texts.entries()) {
      for (const spelling of [one.replaceAll("'", "''"), one]) texts = texts.replaceAll(layout(spelling), layout(harmless.texts[at] ?? ""));
    }
    expect(withoutHashes(texts), path).toBe(withoutHashes(wanted.texts.map(layout).join("\n\n")));
  }
}

/** A text that dbt would change on its way into a unit test (a tab in an operation's name) leaves no test, and maybe no file of them. */
function withoutUnitTests(files: ReadonlyMap<string, string>): readonly string[] {
  return [...files.keys()].filter((path) => !isUnitTests(path));
}

function isUnitTests(path: string): boolean {
  return path.endsWith("unit_tests.yml");
}

/** The generated files by path, each place for a text filled with one of its own, and those texts. */
async function generated(warehouse: string, textOf: (kind: Kind, number: number) => string): Promise<{ readonly files: ReadonlyMap<string, string>; readonly texts: readonly string[] }> {
  const texts = new Map<string, string>();
  const spec = wordySpecs((kind, words) => {
    const text = texts.get(words) ?? textOf(kind, texts.size + 100);
    texts.set(words, text);
    return kind === "sql" ? text.replaceAll("'", "''") : text;
  });
  const { files, diagnostics } = await compile({ host: memoryHost({ "/specs/s.yaml": spec }), root: "/specs", warehouse });
  expect(diagnostics.filter(({ severity }) => severity === "error").map(({ message, origin }) => [message, origin])).toEqual([]);
  return { files: new Map(files.map(({ path, text }) => [path, text])), texts: [...texts.values()] };
}

/** What the spec language takes in such a place; the rest it refuses. */
function allows(kind: Kind, payload: string): boolean {
  switch (kind) {
    case "prose": return true;
    case "label": return !/[{}\n]/.test(payload);
    // A table's name stands in the glob of its files: what is special there is printed in brackets, and a slash is refused.
    case "name": return !/["'`\\{}\n\t/[*?]/.test(payload);
    // Line breaks come out as chr(10), see test/dialects/sql-text.test.ts; code with a backtick stands as prose in Markdown.
    case "sql": return !/\{[{%#]|[\r\n`]/.test(payload);
  }
}

/** What a payload is compared with: its letters and digits where they are, and nothing that means anything. */
function plain(payload: string): string {
  return payload.replace(/[^A-Za-z0-9 ]| {2,}/g, ".");
}

/** White space of any kind as one blank: outside of SQL, texts of specs may be laid out. */
function onLine(text: string): string {
  return text.replace(/\s+/g, " ").trim();
}

/** Names of teams whose letters a name cannot hold end in a hash. */
function withoutHashes(text: string): string {
  return text.replace(/_[0-9a-f]{8}\b/g, "");
}
