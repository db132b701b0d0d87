/** A value that is made by the first call: schemas of kinds that no spec uses cost nothing. */
export function once<Value>(make: () => Value): () => Value {
  let made: { readonly value: Value } | null = null;
  return () => (made ??= { value: make() }).value;
}
