/** One line in which nothing means something to Markdown, as most texts are: compiling the classes of all others takes milliseconds. */
const PLAIN = /^[A-Za-z](?:[A-Za-z0-9,;()'"/?!%{}^-]|:(?!\/)|(?<=[A-Za-z0-9])_(?=[A-Za-z0-9])|(?<!www)\.(?= |$)| (?=[^ ]))*$/i;

/**
 * A text of a spec as one line of Markdown that reads as it was written: nothing in it becomes a tag, a link, a mention, a table cell,
 * a list or a heading. White space of any kind is one blank.
 */
export function prose(text: string): string {
  if (PLAIN.test(text)) return text;
  const line = text.replace(/[\s\p{Cc}\p{Zl}\p{Zp}]+/gu, " ").trim();
  return line
    .replace(/[<>&@$]|:(?=\/\/)|(?<=www)\.|[\\`*[\]|~#]/gi, (sign) => (/[\\`*[\]|~#]/.test(sign) ? `\\${sign}` : entity(sign)))
    .replace(/(?<![\p{L}\p{N}])_|_(?![\p{L}\p{N}])/gu, "\\_")
    .replace(/^[-+=:]/, "\\$&")
    .replace(/^([0-9]+)([.)])/, "$1\\$2");
}

/** A sentence of a spec: prose with a full stop, or "" for nothing. */
export function sentence(text: string): string {
  const line = prose(text);
  return line === "" || /[.!?…]$/.test(line) ? line : `${line}.`;
}

/** A name in code type. Names of specs hold no backtick; one that does comes out as prose. */
export function code(name: string): string {
  const line = name.replace(/[\s\p{Cc}]+/gu, " ").trim();
  if (line === "") return "";
  return line.includes("`") ? prose(line) : `\`${line.replaceAll("|", "\\|")}\``;
}

/** Several names in code type; beyond `limit` only their number is said. */
export function codes(names: readonly string[], limit = Number.POSITIVE_INFINITY): string {
  const more = names.length - limit;
  const shown = names
    .slice(0, more > 0 ? limit : undefined)
    .map(code)
    .join(", ");
  return more > 0 ? `${shown} and ${more} more` : shown;
}

/** A table, cells already Markdown. */
export interface Table {
  readonly header: readonly string[];
  readonly rows: readonly (readonly string[])[];
}

/** The anchor that GitHub gives to a heading that is one plain name. */
export function anchor(name: string): string {
  return `#${name
    .toLowerCase()
    .replace(/[^a-z0-9_ -]/g, "")
    .replaceAll(" ", "-")}`;
}

function entity(sign: string): string {
  return `&#${sign.codePointAt(0) ?? 0};`;
}
