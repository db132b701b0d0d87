import { modelsBelow } from "../model/dimension-models.ts";
import { isBuiltIn } from "../model/names.ts";
import type { Model, ModelNode } from "../model/types.ts";
import type { Design } from "../rules/types.ts";

/** An object with the names under which others may speak of it or share a file with it. */
interface Node extends ModelNode {
  readonly keys: readonly string[];
}

/** How the spec files of a project fall into parts that compile without each other. */
export interface SpecParts {
  /** The part of every file. */
  readonly numbers: ReadonlyMap<string, number>;
  /** Files that every part needs: the settings, the brief, the approvals. */
  readonly common: readonly string[];
  /** The domains of the whole project. */
  readonly domains: readonly string[];
}

/**
 * The parts of a project: files whose objects name each other, or share a source or a domain, directly or over others, belong
 * together. Null where every file may decide about any other, because something was settled by looking at all contracts.
 */
export function partsOf({ model, domains }: Pick<Design, "model" | "domains">, paths: Iterable<string>): SpecParts | null {
  if (isSettledAmongAll(model) || model.pipelines.some(({ extract }) => extract.connection !== null && extract.tables.length === 0)) return null;
  const nodes = nodesOf(model);
  const homes = new Map<string, string>();
  const groups = unionFind(paths);
  for (const { keys, origin } of nodes) {
    for (const key of keys) {
      const home = homes.get(key);
      if (home === undefined) homes.set(key, origin.document);
      else groups.unite(home, origin.document);
    }
  }
  for (const node of nodes) {
    eachWord(node, (word) => {
      const home = homes.get(word);
      if (home !== undefined) groups.unite(home, node.origin.document);
    });
  }
  return { numbers: groups.numbers(), common: commonFiles(model), domains };
}

/**
 * The files, in code-point order, that are compiled together where some have changed: theirs and the common parts. Null where
 * that is no part, but most of the project or what decides about all of it.
 */
export function filesReached({ numbers, common }: SpecParts, changed: Iterable<string>): readonly string[] | null {
  const seeds = [...changed];
  if (seeds.some((path) => common.includes(path))) return null;
  const wanted = new Set([...seeds, ...common].flatMap((path) => numbers.get(path) ?? []));
  const found = new Set(seeds);
  for (const [path, number] of numbers) if (wanted.has(number)) found.add(path);
  return found.size * 2 > numbers.size ? null : [...found].sort();
}

/** Whether something was settled by looking at all contracts, so that no part of the project tells it. */
export function isSettledAmongAll({ inferred }: Pick<Model, "inferred">): boolean {
  return inferred.some(({ topic }) => topic === "source");
}

/** Whether a part settles all that is in it: it has what decides about the whole project, and nothing was settled among all contracts. */
export function standsAlone(model: Model, { common }: Pick<SpecParts, "common">): boolean {
  return commonFiles(model).join("\n") === common.join("\n") && !isSettledAmongAll(model);
}

/** Files that decide about all others, in code-point order: those of the settings, the brief and the approvals. */
export function commonFiles({ project, brief, approvals }: Pick<Model, "project" | "brief" | "approvals">): readonly string[] {
  return [...new Set([project, ...(brief === null ? [] : [brief]), ...approvals].map(({ origin }) => origin.document))].sort();
}

function nodesOf(model: Model): readonly Node[] {
  return [
    ...model.sources.map((one) => ({ ...one, keys: [one.name, one.models.staging, ...(one.models.current === null ? [] : [one.models.current]), areaKey(one.source)] })),
    ...model.handWritten.map((one) => ({ ...one, keys: [one.name, areaKey(one.domain)] })),
    ...model.dimensions.flatMap((one) => (isBuiltIn(one.name) ? [] : [{ ...one, keys: [one.name, ...modelsBelow(one).map(({ name }) => name), areaKey(one.domain)] }])),
    ...[...model.bridges, ...model.facts, ...model.marts].map((one) => ({ ...one, keys: [one.name, areaKey(one.domain)] })),
    ...model.pipelines.map((one) => ({ ...one, keys: [one.name] })),
  ];
}

/** Folders and property files are made of sources and domains, whose names may be equal. */
function areaKey(area: string): string {
  return `area ${area.toLowerCase()}`;
}

/** All texts in an object that may be names, and the words of those that are code. */
function eachWord(value: unknown, visit: (word: string) => void): void {
  if (typeof value === "string") {
    visit(value);
    if (value.includes("(") || value.includes("{")) for (const word of value.match(/[\p{L}_][\p{L}\p{N}_.]*/gu) ?? []) visit(word);
  } else if (typeof value === "object" && value !== null) {
    // Not by entries: this sees every value of the model.
    for (const key in value) if (key !== "origin") eachWord(Reflect.get(value, key), visit);
  }
}

interface Groups {
  readonly unite: (one: string, other: string) => void;
  readonly numbers: () => ReadonlyMap<string, number>;
}

function unionFind(names: Iterable<string>): Groups {
  const parents = new Map<string, string>();
  for (const one of names) parents.set(one, one);
  const rootOf = (name: string): string => {
    let [at, next] = [name, parents.get(name) ?? name];
    for (; at !== next; [at, next] = [next, parents.get(next) ?? next]) parents.set(at, parents.get(next) ?? next);
    return at;
  };
  return {
    unite: (one, other) => void parents.set(rootOf(one), rootOf(other)),
    numbers() {
      const numbers = new Map<string, number>();
      return new Map([...parents.keys()].map((name) => {
        const root = rootOf(name);
        const number = numbers.get(root) ?? numbers.size;
        numbers.set(root, number);
        return [name, number];
      }));
    },
  };
}
