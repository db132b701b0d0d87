import {
  Composer,
  isAlias,
  isMap,
  isScalar,
  isSeq,
  Parser,
  type Document,
  type Node,
  type Pair,
  type Scalar,
  type YAMLMap,
  type YAMLSeq,
} from "yaml";

import type { Diagnostic } from "../../diagnostics/define.ts";
import type { Value } from "../document.ts";
import { forbiddenCharacter } from "./characters.ts";
import { yamlDiagnostics } from "./diagnostics.ts";
import { excessiveNesting, excessiveValues } from "./nesting.ts";
import { quickYaml } from "./quick.ts";
import { plainScalar } from "./scalar.ts";
import { syntaxProblem } from "./syntax.ts";

/** The deepest nesting that is read. */
export const MAX_DEPTH = 64;

/** The most lines, list entries and pairs in braces of one file. */
export const MAX_VALUES = 100_000;

/** The value of a YAML text, or null together with all that is wrong with it. */
export interface Parsed {
  readonly value: Value;
  readonly problems: readonly Diagnostic[];
}

/** How many characters before a value its tag is looked for. */
const TAG_SOUGHT = 200;

interface Walk {
  readonly document: string;
  readonly text: string;
  readonly problems: Diagnostic[];
  depth: number;
}

/**
 * Parses one spec file. Reports `yaml/*` for everything that is not the plain subset of YAML that specs are written in:
 * one document, no anchors, aliases, tags or merge keys, unique text keys.
 */
export function parseYaml(document: string, text: string): Parsed {
  const full = excessiveValues(text, MAX_VALUES);
  if (full !== null) {
    const place = { origin: { document, path: [] }, range: [full, full + 1] } as const;
    return { value: null, problems: [yamlDiagnostics.report("too-many-values", place, { limit: MAX_VALUES })] };
  }
  const quick = quickYaml(text);
  if (quick !== undefined) return { value: quick, problems: [] };
  return parseFully(document, text);
}

/** The same, always by the real parser. */
export function parseFully(document: string, text: string): Parsed {
  const walk: Walk = { document, text, problems: [], depth: 0 };
  const deep = excessiveNesting(text, MAX_DEPTH);
  if (deep !== null) {
    report(walk, "too-deep", [deep, deep + 1], { limit: MAX_DEPTH });
    return { value: null, problems: walk.problems };
  }
  const documents = composeAll(text);
  const first = documents[0];
  if (first === undefined) return { value: "", problems: [] };
  // What follows the first error is read on a guess: further errors, and the values, would only repeat it in other words.
  const [error] = [...first.errors].sort((a, b) => a.pos[0] - b.pos[0]);
  if (error !== undefined) return { value: null, problems: [syntaxProblem(document, text, error)] };
  for (const warning of first.warnings.filter((one) => one.code !== "TAG_RESOLVE_FAILED")) {
    walk.problems.push(syntaxProblem(document, text, warning));
  }
  const second = documents[1];
  if (second !== undefined && walk.problems.length === 0) {
    report(walk, "several-documents", [second.range[0], second.range[0] + 3], {});
  }
  const value = first.contents === null ? "" : read(walk, first.contents);
  return { value: walk.problems.length > 0 ? null : value, problems: walk.problems };
}

/** The documents of a text with all scalars as text; keys may be double (checked in one pass by the reader). */
export function composeAll(text: string): readonly Document.Parsed[] {
  const composer = new Composer({ schema: "failsafe", uniqueKeys: false, strict: true, merge: false });
  return [...composer.compose(new Parser().parse(text))];
}

function read(walk: Walk, node: Node): Value {
  if (isAlias(node)) {
    report(walk, "anchor", rangeOf(node), { text: `*${node.source}` });
    return null;
  }
  if (isScalar(node)) {
    reportProperties(walk, node);
    return readScalar(walk, node);
  }
  return readCollection(walk, node);
}

function readCollection(walk: Walk, node: YAMLMap | YAMLSeq): Value {
  if (walk.depth === MAX_DEPTH) {
    report(walk, "too-deep", rangeOf(node), { limit: MAX_DEPTH });
    return null;
  }
  reportProperties(walk, node);
  walk.depth += 1;
  const value = isMap(node) ? readMap(walk, node) : node.items.map((item) => (isNode(item) ? read(walk, item) : ""));
  walk.depth -= 1;
  return value;
}

function reportProperties(walk: Walk, node: Scalar | YAMLMap | YAMLSeq): void {
  if (node.anchor !== undefined) report(walk, "anchor", rangeOf(node), { text: `&${node.anchor}` });
  if (node.tag !== undefined) report(walk, "tag", tagRange(walk.text, node), { text: node.tag });
}

/** Where the tag in front of a value stands: an anchor and comments may stand between the two. */
function tagRange(text: string, node: Node): readonly [number, number] {
  const [start, end] = rangeOf(node);
  const from = Math.max(0, start - TAG_SOUGHT);
  const tag = [...text.slice(from, start).matchAll(/(?<![^\s,[{:-])!(?:<[^>\s]*>|[^\s,[\]{}]*)/g)].at(-1);
  if (tag === undefined) return [start, end];
  const [first, last] = [from + tag.index, from + tag.index + tag[0].length];
  return /^(?:\s|&\S+|#.*)*$/.test(text.slice(last, start)) ? [first, last] : [start, end];
}

function readScalar(walk: Walk, node: Scalar): Value {
  if (typeof node.value !== "string") return "";
  // The parser leaves the CR of a CRLF on some unquoted values that hold a '#'.
  if (node.type === "PLAIN") return plainScalar(node.value.replace(/\r$/, "").normalize("NFC"));
  const hidden = forbiddenCharacter(node.value);
  if (hidden !== null) report(walk, "control-character", rangeOf(node), { character: hidden.name });
  return node.value.normalize("NFC");
}

function readMap(walk: Walk, node: YAMLMap): Value {
  if (isTemplate(walk, node)) {
    const [start, end] = rangeOf(node);
    report(walk, "unquoted-template", [start, end], { text: walk.text.slice(start, end).split("\n")[0] ?? "" });
    return null;
  }
  const result: { [key: string]: Value } = {};
  const seen = new Map<string, Node>();
  for (const pair of node.items) readPair(walk, pair, result, seen);
  return result;
}

function readPair(walk: Walk, pair: Pair, result: { [key: string]: Value }, seen: Map<string, Node>): void {
  const { key } = pair;
  if (!isScalar(key) || typeof key.value !== "string") {
    if (isNode(key)) report(walk, "complex-key", rangeOf(key), {});
    return;
  }
  reportProperties(walk, key);
  const name = key.value.normalize("NFC");
  const first = seen.get(name);
  if (first !== undefined) report(walk, "duplicate-key", rangeOf(key), { key: name });
  if (name === "<<") report(walk, "merge-key", rangeOf(key), {});
  if (name === "__proto__" || name === "constructor" || name === "prototype") report(walk, "forbidden-key", rangeOf(key), { key: name });
  const hidden = forbiddenCharacter(name);
  if (hidden !== null) report(walk, "control-character", rangeOf(key), { character: hidden.name });
  seen.set(name, key);
  const value = isNode(pair.value) ? read(walk, pair.value) : "";
  if (name !== "__proto__") result[name] = value;
}

/** `{{ x }}` parses as a mapping whose only key is a mapping. */
function isTemplate(walk: Walk, node: YAMLMap): boolean {
  const key: unknown = node.items[0]?.key;
  return node.flow === true && isMap(key) && key.flow === true && walk.text.startsWith("{{", rangeOf(node)[0]);
}

function isNode(value: unknown): value is Node {
  return isScalar(value) || isMap(value) || isSeq(value) || isAlias(value);
}

function rangeOf(node: Node): readonly [number, number] {
  return node.range ? [node.range[0], Math.max(node.range[1], node.range[0] + 1)] : [0, 1];
}

function report<Code extends keyof typeof yamlDiagnostics.entries>(
  walk: Walk,
  code: Code,
  range: readonly [number, number],
  parameters: Parameters<typeof yamlDiagnostics.report<Code>>[2],
): void {
  walk.problems.push(yamlDiagnostics.report(code, { origin: { document: walk.document, path: [] }, range }, parameters));
}
