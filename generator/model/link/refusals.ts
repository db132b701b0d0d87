/**
 * What was refused, and reported where it stands: names that exist but cannot be used. Whoever refers to one is passed
 * over in silence, so that one mistake is told once; a name that nobody knows is still reported.
 */
export interface Refusals {
  /** Notes that `name`, or a part of the object below, was refused. */
  readonly add: (object: string, ...names: readonly string[]) => void;
  /** Whether a reference to `name` in the object is passed over. */
  readonly has: (object: string, name: string) => boolean;
  /** Whether anything of the object was refused. */
  readonly any: (object: string) => boolean;
}

/** The kinds of objects, under which the names of wholly refused ones are noted. */
export const kinds = { contract: "contracts", dimension: "dimensions", bridge: "bridges", fact: "facts", mart: "marts" } as const;

/** Parts of an object that have no name of their own; no column can be called so. */
export const parts = {
  /** Nothing is known of the object: any name may be one of it. */
  all: "(all)",
  /** What makes its rows unique. */
  key: "(key)",
  /** Its references to other tables, or the foreign keys of a fact. */
  references: "(references)",
  /** How its history is known. */
  history: "(history)",
} as const;

/** No refusals yet. */
export function createRefusals(): Refusals {
  const refused = new Map<string, Set<string>>();
  return {
    add(object, ...names) {
      const known = refused.get(object) ?? new Set();
      for (const name of names) known.add(name);
      refused.set(object, known);
    },
    has: (object, name) => refused.get(object)?.has(name) === true || refused.get(object)?.has(parts.all) === true,
    any: (object) => refused.has(object),
  };
}
