import { load } from "js-yaml";
import { micromark } from "micromark";
import { gfm, gfmHtml } from "micromark-extension-gfm";
import { isDeepStrictEqual } from "node:util";
import { parse } from "yaml";

/** What a file does, and apart from it the texts that it holds: two files of one skeleton differ in data only. */
export interface Skeleton {
  readonly code: string;
  readonly texts: readonly string[];
}

/** Takes a generated file apart, as its reader would; throws where that one could not read it. */
export function skeletonOf(path: string, text: string): Skeleton {
  if (/\.ya?ml$/.test(path)) return yamlSkeleton(text, path.startsWith("dbt/"));
  if (path.endsWith(".json")) return dataSkeleton(JSON.parse(text), false);
  if (path.endsWith(".sql")) return sqlSkeleton(text);
  if (path.endsWith(".py")) return pythonSkeleton(text);
  if (path.endsWith(".md")) return markdownSkeleton(text);
  return { code: text, texts: [] };
}

function yamlSkeleton(text: string, isDbt: boolean): Skeleton {
  const value: unknown = parse(text, { strict: true });
  for (const other of [parse(text, { version: "1.1", strict: true }), load(text)]) if (!isDeepStrictEqual(value, other)) throw new Error("YAML readers differ");
  return dataSkeleton(value, isDbt);
}

function dataSkeleton(value: unknown, isDbt: boolean): Skeleton {
  const texts: string[] = [];
  const walk = (one: unknown): unknown => {
    if (typeof one === "string") {
      const { code, text } = isDbt ? jinjaText(one) : { code: "", text: one };
      texts.push(text);
      return code;
    }
    if (Array.isArray(one)) return one.map(walk);
    return typeof one === "object" && one !== null ? Object.entries(one).map(([key, inner]) => [keyOf(key), walk(inner)]) : one;
  };
  // Rows of unit tests have the names of source columns as keys.
  const keyOf = (key: string): unknown => {
    return /^[\w+-]+$/.test(key) ? key : walk(key);
  };
  return { code: JSON.stringify(walk(value)), texts };
}

/** A text that dbt renders: what it prints as text, and the tags that do something. */
function jinjaText(source: string): { readonly code: string; readonly text: string } {
  const tags: string[] = [];
  const text = source.replace(/\{\{ '((?:[^'\\]|\\.)*)' \}\}|\{\{[^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}|\{[{%#]/g, (tag: string, printed: string | undefined) => {
    if (printed !== undefined) return printed.replace("\\n", "\n").replace("\\r", "\r");
    tags.push(tag);
    return "\u0000";
  });
  return { code: tags.join(" "), text };
}

/** Jinja cuts a model into tags and text before any engine sees it, quotes of SQL notwithstanding. */
function sqlSkeleton(source: string): Skeleton {
  const texts: string[] = [];
  const inTags: string[] = [];
  const tags: string[] = [];
  const sql = source.replace(/\{\{[^]*?\}\}|\{%[^]*?%\}|\{#[^]*?#\}|\{[{%#]/g, (tag) => {
    tags.push(tag.replace(/'([^'\\]|\\.)*'/g, (literal) => {
      inTags.push(literal.slice(1, -1));
      return "STRING";
    }));
    return "§";
  });
  const tokens = sql.match(/'(?:[^']|'')*'|"(?:[^"]|"")*"|--[^\n\r]*|\/\*[^]*?\*\/|[A-Za-z_][A-Za-z0-9_]*|[0-9]+|\S/g) ?? [];
  const code = tokens.map((token) => {
    if (!/^['"]/.test(token)) return token;
    const quote = token.slice(0, 1);
    texts.push(token.slice(1, -1).replaceAll(quote + quote, quote));
    return `${quote}${quote}`;
  });
  const joined = joinedTexts(code.join(" "), texts);
  return { code: `${joined.code} ${tags.join(" ")}`, texts: [...joined.texts, ...inTags] };
}

/** A text that is printed in parts, `('a{' || '{b' || chr(10))`, counts as one. */
function joinedTexts(code: string, texts: readonly string[]): Skeleton {
  const joined: string[] = [];
  let next = 0;
  const take = (): string => texts[next++] ?? "";
  const whole = code.replace(/\( (?:''|chr \( [0-9]+ \))(?: \| \| (?:''|chr \( [0-9]+ \)))+ \)|''|""/g, (found) => {
    joined.push((found.match(/''|""|chr \( ([0-9]+) \)/g) ?? []).map((part) => (part.startsWith("chr") ? String.fromCharCode(Number(part.replace(/\D/g, ""))) : take())).join(""));
    return found === '""' ? '""' : "''";
  });
  return { code: whole, texts: joined };
}

function pythonSkeleton(source: string): Skeleton {
  const texts: string[] = [];
  const tokens = source.match(/[rf]?"""(?:[^\\]|\\[^])*?"""|[rf]?"(?:[^"\\\n]|\\.)*"|[rf]?'(?:[^'\\\n]|\\.)*'|#[^\n]*|[A-Za-z_]\w*|[0-9.]+|\S/g) ?? [];
  const code: string[] = [];
  for (const token of tokens) {
    if (!/^["']/.test(token)) code.push(token);
    else if (code.at(-1) === "STRING" && !token.startsWith('"""')) texts.push(`${texts.pop() ?? ""}${pythonText(token)}`);
    else {
      code.push("STRING");
      texts.push(token.startsWith('"""') ? "" : pythonText(token));
    }
  }
  // Layout: a long text stands in brackets, a long call ends in a comma.
  return { code: code.join(" ").replace(/([=:,[(]) \( STRING \)/g, "$1 STRING").replace(/, ([)\]}])/g, "$1"), texts };
}

function pythonText(token: string): string {
  const body = token.slice(1, -1).replace(/\\(u[0-9a-f]{4}|[^])/g, (_, escape: string) => (escape.length > 1 ? String.fromCharCode(Number.parseInt(escape.slice(1), 16)) : ({ n: "\n", t: "\t", r: "\r" }[escape] ?? escape)));
  return body;
}

/** The tags of the page, and the lines of its diagrams without their labels; what it says is tested with the printer. */
function markdownSkeleton(source: string): Skeleton {
  const html = micromark(source.replace(/\["[^"\]]*"\]/g, '[""]'), { extensions: [gfm()], htmlExtensions: [gfmHtml()], allowDangerousHtml: true });
  const diagrams = [...html.matchAll(/<pre><code class="language-mermaid">([^]*?)<\/code>/g)].map(([, text]) => text);
  return { code: [...(html.match(/<[^>]*>/g) ?? []), ...diagrams].join("\n"), texts: [] };
}
