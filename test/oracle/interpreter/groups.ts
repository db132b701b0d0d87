/** Rows by a name, names and rows in the order in which they come. */
export function grouped<Row>(rows: readonly Row[], name: (row: Row) => string): ReadonlyMap<string, readonly Row[]> {
  const found = new Map<string, Row[]>();
  for (const row of rows) {
    const own = found.get(name(row));
    if (own === undefined) found.set(name(row), [row]);
    else own.push(row);
  }
  return found;
}
