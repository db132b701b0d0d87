/** What to write instead of a type that databases and other formats know, but no contract: `integer, in a unit that 'unit' names`; null where nothing is known of it. */
export function typeHint(text: string): string | null {
  const word = text.trim().toLowerCase().replace(/\s+/g, " ");
  return hints.find(([pattern]) => pattern.test(word))?.[1] ?? null;
}

const hints: readonly (readonly [RegExp, string])[] = [
  [/^(?:decimal|numeric|number|dec|bignumeric) ?\(/, "decimal(p,s) with 1 to 38 digits, of which s stand after the point, such as decimal(38,9)"],
  [/^(?:timetz|time(?: ?\([0-9]\))? with time zone)$/, "time, or timestamp for the instant"],
  [/^(?:datetime64|timestamp_(?:s|ms|us|ns|sec|millis|micros|nanos)\b)/, "timestamp (an instant) or timestamp_ntz (wall-clock time); a count since 1970 becomes one by the cleaning step epoch"],
  [/^(?:date-?time|date time)$/, "timestamp (an instant) or timestamp_ntz (wall-clock time)"],
  [/^(?:interval|duration)\b/, "integer, with the unit that it counts as unit"],
  [/^(?:geography|geometry|point|polygon|linestring)\b/, "string for well-known text, json for GeoJSON"],
  [/^bit\b|^varbit\b/, "string, or binary"],
  [/^(?:currency|percent|percentage)$/, "decimal(18,2), or the digits that it has"],
  [/^(?:id|identifier|key)$/, "string, bigint or uuid"],
  [/^(?:email|url|uri|phone|name|inet|cidr|macaddr|ltree|category)$/, "string"],
];
