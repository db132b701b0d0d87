import type { Model } from "./types.ts";

/** The domains that hand-written models, dimensions, bridges, facts and marts state, once each, in code-point order; the calendar states none. */
export function statedDomains({ handWritten, dimensions, bridges, facts, marts }: Model): readonly string[] {
  const stated = [...handWritten, ...dimensions.filter((one) => one.kind === "table"), ...bridges, ...facts, ...marts].map((one) => one.domain);
  return [...new Set(stated)].sort();
}
