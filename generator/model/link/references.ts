import type { Dimension, EntityDimension, MemberReference } from "../dimension.ts";
import type { Fact, ForeignKey } from "../fact.ts";
import { referencedModel } from "../names.ts";

/** The dimensions that infer members, with the rows of all facts that name members of theirs. They read what the facts read, never the facts, which read them. */
export function withReferences(dimensions: Iterable<Dimension>, facts: Iterable<Fact>): readonly Dimension[] {
  const all = [...facts].sort((a, b) => (a.name < b.name ? -1 : 1));
  return [...dimensions].map((one) => {
    if (one.kind !== "table" || !one.infers) return one;
    const references = all.flatMap((fact) => fact.foreignKeys.flatMap((key) => referenceOf(one, fact, key)));
    return references.length === 0 ? one : { ...one, references, models: { ...one.models, referenced: referencedModel(one.entity) } };
  });
}

function referenceOf(dimension: EntityDimension, fact: Fact, { lookup, dimension: name }: ForeignKey): readonly MemberReference[] {
  const inputs = [fact.rows.base, ...fact.rows.joins.map((one) => one.input)];
  // A fact made of facts names members by columns of theirs, which would lead in a circle; their own rows name them, too.
  const isCircular = inputs.some(({ reference }) => reference.kind === "fact" || reference.kind === "dimension");
  if (name !== dimension.name || lookup.kind !== "lookup" || isCircular) return [];
  const key = dimension.naturalKey.flatMap(({ name: member }) => lookup.on.filter((one) => one.member === member).map((one) => one.value));
  return key.length < dimension.naturalKey.length ? [] : [{ fact: fact.name, rows: fact.rows, key }];
}
