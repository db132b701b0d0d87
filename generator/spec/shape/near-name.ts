/**
 * "did you mean 'public.orders'? " for a text that is no name; "" where no name is near. A dotted name has a source and a table:
 * where `RAW.PUBLIC.ORDERS` stands is said by `physical`.
 */
export function nearName(text: string, dotted: boolean): string {
  const valid = asName(text, dotted);
  return valid === "" ? "" : `did you mean '${valid}'${dotted ? placeOf(text) : ""}? `;
}

function placeOf(text: string): string {
  const [database, schema, table, ...more] = text.split(".");
  return table === undefined || more.length > 0 ? "" : `, with physical: {database: ${database}, schema: ${schema}, table: ${table}}`;
}

function asName(text: string, dotted: boolean): string {
  const parts = dotted ? text.split(".").slice(-2) : [text];
  const valid = parts.map((part) =>
    part
      .replace(/([a-z0-9])([A-Z])/g, "$1_$2")
      .toLowerCase()
      .replace(/[^a-z0-9]+/g, "_")
      .replace(/^[_0-9]+|_+$/g, ""),
  );
  return valid.every((part) => part !== "") ? valid.join(".") : "";
}
