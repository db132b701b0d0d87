import type { Origin } from "../diagnostics/origin.ts";
import { same } from "./canonical.ts";
import type { RuleId } from "./rules.ts";
import { shownApart } from "./shown.ts";
import type { Finding } from "./types.ts";

/**
 * Of which kind a difference of each property is. `own`: compared in a way of its own. `derived`: follows from other properties, where the
 * change is seen. A property without a line does not compile; one that no type names is an unknown difference.
 */
export type FieldTable<Node> = { readonly [Key in Exclude<keyof Node, "origin">]-?: RuleId | "own" | "derived" };

/** Something of both models, with its place. */
interface Placed {
  readonly origin: Origin;
}

/** The differences of the properties that a table rules. `part` is the column they belong to, where it is one. */
export function fieldChanges<Node extends Placed>(table: FieldTable<Node>, before: Node, after: Node, part: string | null = null): readonly Finding[] {
  const rules = new Map<string, RuleId | "own" | "derived">(Object.entries(table).flatMap(([key, rule]) => (isRule(rule) ? [[key, rule] as const] : [])));
  const [earlier, later] = [new Map(Object.entries(before)), new Map(Object.entries(after))];
  const keys = [...new Set([...earlier.keys(), ...later.keys()])].sort();
  return keys.flatMap((key): readonly Finding[] => {
    const rule = rules.get(key) ?? "XX999";
    const [was, is] = [earlier.get(key), later.get(key)];
    if (key === "origin" || rule === "own" || rule === "derived" || same(was ?? null, is ?? null)) return [];
    const column = rule === "CC101" || rule === "CC102" ? null : part ?? "*";
    const message = `${words(key)} changed`;
    const [old, now] = shownApart(was, is);
    return [{ rule, part: part ?? key, message, before: old, after: now, origin: after.origin, originBefore: before.origin, column }];
  });
}

/** Pairs of the same name in two lists, and what only one of them has. */
export interface Matched<Part> {
  readonly both: readonly (readonly [Part, Part])[];
  readonly added: readonly Part[];
  readonly removed: readonly Part[];
}

/** Matches the parts of two lists by name; their order means nothing. */
export function matched<Part extends { readonly name: string }>(before: readonly Part[], after: readonly Part[]): Matched<Part> {
  const [old, now] = [new Map(before.map((one) => [one.name, one])), new Map(after.map((one) => [one.name, one]))];
  return {
    both: after.flatMap((one) => {
      const was = old.get(one.name);
      return was === undefined ? [] : [[was, one] as const];
    }),
    added: after.filter(({ name }) => !old.has(name)),
    removed: before.filter(({ name }) => !now.has(name)),
  };
}

/** A property's name in words: `grainStatement` is `grain statement`. */
export function words(key: string): string {
  return key.replace(/([A-Z])/g, " $1").toLowerCase();
}

function isRule(rule: unknown): rule is RuleId | "own" | "derived" {
  return typeof rule === "string";
}
