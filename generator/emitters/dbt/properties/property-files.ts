import type { Artifact } from "../../../artifact.ts";

/** An entry of a property file: the file it stands in, and the spec object it comes from. */
export interface Placed<Entry> {
  readonly path: string;
  readonly from: string;
  readonly entry: Entry;
}

/** One YAML file per path, in the order in which paths and their entries come; `content` is what stands beside `version`. */
export function propertyFiles<Entry>(placed: readonly Placed<Entry>[], content: (entries: readonly Entry[]) => { readonly [key: string]: unknown }): readonly Artifact[] {
  const files = new Map<string, Placed<Entry>[]>();
  for (const one of placed) {
    const file = files.get(one.path);
    if (file === undefined) files.set(one.path, [one]);
    else file.push(one);
  }
  return [...files].map(([path, entries]): Artifact => ({
    kind: "data",
    format: "yaml",
    path,
    mode: "generated",
    from: [...new Set(entries.map((one) => one.from))],
    origin: null,
    value: { version: 2, ...content(entries.map((one) => one.entry)) },
  }));
}
