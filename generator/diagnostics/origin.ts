/** One step into a YAML document: a key of a mapping or an index of a sequence. */
export type Step = string | number;

/** Where a value of the spec stands: a document (path relative to the spec folder) and the way into it. */
export interface Origin {
  readonly document: string;
  readonly path: readonly Step[];
}

/** The origin of something inside `origin`. Keys are canonical; the resolver knows their aliases. */
export function within(origin: Origin, ...steps: readonly Step[]): Origin {
  // Not spread: of that list V8 would keep room for twenty steps, and a large model has a hundred thousand of them.
  return { document: origin.document, path: origin.path.concat(steps) };
}
