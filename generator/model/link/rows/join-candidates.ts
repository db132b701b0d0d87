import { comparable } from "../../logical-type.ts";
import type { LinkContext } from "../context.ts";
import { readableTable, type Readable } from "./readable.ts";
import { coversKey } from "./unique-keys.ts";

/** One way from an input to a table. */
export interface JoinLink {
  readonly from: Readable;
  readonly to: Readable;
  readonly here: readonly string[];
  readonly there: readonly string[];
  readonly by: "reference" | "name";
}

/** The direct ways to a table: references of contracts in either direction, else columns named like its primary key. */
export function joinCandidates(inputs: readonly Readable[], target: Readable): readonly JoinLink[] {
  const references = distinct(inputs.flatMap((one) => referenceLinks(one, target)));
  return references.length > 0 ? references : inputs.flatMap((one) => (one.isRole === true ? [] : nameLinks(one, target)));
}

/** The ways to a table over others that are not inputs yet, along references only; each step keeps the number of rows. */
export function joinPaths(inputs: readonly Readable[], target: Readable, context: LinkContext): readonly (readonly JoinLink[])[] {
  const tables = [...context.sources.values()].map((one) => readableTable(one, "state", context.refused));
  const found: (readonly JoinLink[])[] = [];
  const walk = (from: Readable, path: readonly JoinLink[], seen: ReadonlySet<string>): void => {
    if (path.length >= longestChain) return;
    for (const to of tables) {
      if (seen.has(to.id)) continue;
      for (const link of distinct(referenceLinks(from, to)).filter((one) => coversKey(one.there, to.keys))) {
        const longer = [...path, link];
        if (to.id === target.id) found.push(longer);
        else walk(to, longer, new Set([...seen, to.id]));
      }
    }
  };
  const known = new Set(inputs.map((one) => one.id));
  for (const input of inputs) walk(input, [], known);
  return found;
}

/** Longer chains are not looked for: they are stated, so that a reader sees them. */
const longestChain = 4;

function referenceLinks(from: Readable, to: Readable): readonly JoinLink[] {
  const forward = from.references
    .filter((one) => one.to === to.id)
    .map((one) => ({ here: one.columns, there: one.toColumns }));
  const backward = to.references
    .filter((one) => one.to === from.id)
    .map((one) => ({ here: one.toColumns, there: one.columns }));
  return [...forward, ...backward].map((one): JoinLink => ({ from, to, here: one.here, there: one.there, by: "reference" }));
}

function nameLinks(from: Readable, to: Readable): readonly JoinLink[] {
  const key = to.primaryKey;
  const shared = key.every((name) => {
    const [here, there] = [from.columns.find((one) => one.name === name), to.columns.find((one) => one.name === name)];
    return here !== undefined && there !== undefined && comparable(here.type, there.type);
  });
  return key.length > 0 && shared ? [{ from, to, here: key, there: key, by: "name" }] : [];
}

function distinct(links: readonly JoinLink[]): readonly JoinLink[] {
  const byText = new Map(links.map((one) => [JSON.stringify([one.from.id, one.here, one.there]), one]));
  return [...byText.values()];
}
