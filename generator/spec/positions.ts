import { isMap, isNode, isScalar, isSeq, type Node, type Pair, type YAMLMap } from "yaml";

import type { Pointer } from "../diagnostics/define.ts";
import type { Step } from "../diagnostics/origin.ts";
import type { TextRange } from "../diagnostics/source.ts";
import { aliasesOf } from "./kinds/aliases.ts";
import { composeAll } from "./yaml/parse.ts";

/** What a path leads to: the pair of a mapping, an item of a list, or the document itself. */
interface Spot {
  readonly key: Node | null;
  readonly value: Node | null;
}

/** The tree of a text, and the pairs of its mappings by key, as far as they were asked for. */
interface Tree {
  readonly contents: Node | null;
  readonly pairs: WeakMap<YAMLMap, ReadonlyMap<string, Pair>>;
}

/**
 * A function that finds paths of canonical keys in the text of a spec, whatever spelling of the keys it has; where a path
 * ends before its last step (a short form, a missing key), the nearest thing around it. The text is parsed again on the
 * first call: syntax trees of specs without problems are not kept, so that ten thousand specs fit into memory.
 */
export function yamlLocator(text: string): (path: readonly Step[], pointer: Pointer) => TextRange {
  let tree: Tree | null = null;
  return (path, pointer) => {
    tree ??= { contents: composeAll(text)[0]?.contents ?? null, pairs: new WeakMap() };
    return locate(tree, path, pointer);
  };
}

function locate(tree: Tree, path: readonly Step[], pointer: Pointer): TextRange {
  let spot: Spot = { key: null, value: tree.contents };
  for (const step of path) {
    const next: Spot | null = spot.value === null ? null : stepInto(tree, spot.value, step);
    if (next === null) return rangeOf(spot, "value");
    spot = next;
  }
  return rangeOf(spot, pointer);
}

function stepInto(tree: Tree, node: Node, step: Step): Spot | null {
  if (isSeq(node)) return typeof step === "number" ? itemSpot(node.items[step]) : null;
  if (!isMap(node)) return null;
  if (typeof step === "number") return pairSpot(node.items[step]);
  const alias = (): Pair | undefined =>
    aliasesOf(step)
      .map((one) => findPair(tree, node, one))
      .find((found) => found !== undefined);
  return pairSpot(findPair(tree, node, step)) ?? throughWrapper(tree, node, step) ?? pairSpot(alias());
}

/** A short form may wrap its keys in one more mapping: `map: {values: …}` in a list of cleaning steps. */
function throughWrapper(tree: Tree, node: YAMLMap, step: string): Spot | null {
  const inner = node.items.length === 1 ? node.items[0]?.value : undefined;
  return isMap(inner) ? pairSpot(findPair(tree, inner, step)) : null;
}

function findPair(tree: Tree, node: YAMLMap, key: string): Pair | undefined {
  const known =
    tree.pairs.get(node) ??
    new Map(
      node.items.flatMap((pair) =>
        isScalar(pair.key) && typeof pair.key.value === "string" ? [[pair.key.value.normalize("NFC"), pair] as const] : [],
      ),
    );
  tree.pairs.set(node, known);
  return known.get(key);
}

function pairSpot(pair: Pair | undefined): Spot | null {
  if (pair === undefined) return null;
  return { key: isNode(pair.key) ? pair.key : null, value: isNode(pair.value) ? pair.value : null };
}

function itemSpot(item: unknown): Spot | null {
  return isNode(item) ? { key: null, value: item } : null;
}

function rangeOf(spot: Spot, pointer: Pointer): TextRange {
  const wanted = pointer === "key" ? (spot.key ?? spot.value) : (spot.value ?? spot.key);
  return wanted === null ? [0, 1] : nodeRange(wanted, spot);
}

/** A block mapping or list, and a value that is empty, is shown by its key; without a key, by its first one. */
function nodeRange(node: Node, spot: Spot): TextRange {
  const [start, end] = node.range ?? [0, 1];
  const isBlock = (isMap(node) || isSeq(node)) && node.flow !== true;
  if (start < end && !isBlock) return [start, end];
  if (spot.key?.range && node !== spot.key) return [spot.key.range[0], spot.key.range[1]];
  const first = isMap(node) ? node.items[0]?.key : isSeq(node) ? node.items[0] : null;
  if (isNode(first) && first !== node) return nodeRange(first, { key: null, value: first });
  return [start, Math.max(end, start + 1)];
}
