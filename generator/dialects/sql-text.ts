/** An identifier in double quotes, as the standard has it. */
export function doubleQuoted(identifier: string): string {
  return `"${identifier.replaceAll('"', '""')}"`;
}

/**
 * A string literal. An opening brace is kept apart from what follows it, so that the text can never open a Jinja
 * block in the dbt model it stands in; line breaks are spelt out, as layout would indent what follows them and Jinja
 * makes one of a CR LF.
 */
export function singleQuoted(text: string): string {
  const parts = text.split(/(?<=\{)(?=[{%#])|(?=[\r\n])|(?<=[\r\n])/);
  if (parts.length > JOINED) return replaced(text);
  const [only = "", ...others] = parts.map(part);
  return others.length === 0 ? only : `(${[only, ...others].join(" || ")})`;
}

/** How many parts are joined by `||`: engines read a chain as deep as it is long, and refuse or crawl through long ones. */
const JOINED = 100;

/** A literal in which a character that the text does not hold stands for each line break and brace, and is replaced by it. */
function replaced(text: string): string {
  const free = standIns(text);
  let [plain, before, after] = [text, "", ""];
  for (const character of ["\n", "\r", "{"].filter((one) => text.includes(one))) {
    const standIn = String(free.next().value);
    plain = plain.replaceAll(character, standIn);
    before = `replace(${before}`;
    after = `${after}, '${standIn}', ${part(character)})`;
  }
  return `${before}${part(plain)}${after}`;
}

/** Characters that a text does not hold, plain ones first. */
function* standIns(text: string): Generator<string, string> {
  for (const one of "~^|$@&") if (!text.includes(one)) yield one;
  for (let code = 0xe000; ; code += 1) if (!text.includes(String.fromCharCode(code))) yield String.fromCharCode(code);
}

function part(text: string): string {
  if (text === "\n" || text === "\r") return `chr(${text.charCodeAt(0)})`;
  return `'${text.replaceAll("'", "''")}'`;
}

/** The inverse of a literal made by `singleQuoted`: its text, or null where the SQL is no plain literal. */
export function literalText(sql: string): string | null {
  const match = /^'((?:[^']|'')*)'$/.exec(sql);
  return match?.[1]?.replaceAll("''", "'") ?? null;
}

/** A case expression over several lines; a single branch without `else` stays on one. */
export function caseWhen(branches: readonly { readonly when: string; readonly then: string }[], otherwise: string | null): string {
  const [only] = branches;
  if (branches.length === 1 && only !== undefined && otherwise === null) return `case when ${only.when} then ${only.then} end`;
  const lines = branches.map((one) => {
    const line = `    when ${one.when} then ${one.then}`;
    return line.length <= 80 ? line : `    when ${one.when}\n        then ${one.then}`;
  });
  return ["case", ...lines, ...(otherwise === null ? [] : [`    else ${otherwise}`]), "end"].join("\n");
}

/** Zoneless local time of a zone (an SQL text) as zoneless time in UTC; in UTC itself there is nothing to do. */
export function toInstant(sql: string, zone: string): string {
  return zone === utc ? sql : `${sql} at time zone ${zone} at time zone 'UTC'`;
}

/** The way back: zoneless time in UTC as local time of a zone. */
export function toLocal(sql: string, zone: string): string {
  return zone === utc ? sql : `${sql} at time zone 'UTC' at time zone ${zone}`;
}

const utc = singleQuoted("UTC");
