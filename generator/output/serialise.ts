import type { Data } from "../artifact.ts";
import { yamlKey, yamlNumber, yamlText, type YamlScalar } from "./yaml-scalar.ts";

/**
 * The text of a value as JSON: two blanks, keys in order of insertion, one line feed at the end.
 */
export function toJson(value: Data): string {
  return `${JSON.stringify(value, null, 2)}\n`;
}

/**
 * The text of a value as block YAML that YAML 1.1 and 1.2 parsers read alike: two blanks, keys in order of insertion,
 * list items indented, no anchors, no tags. Prose that does not fit in 80 columns is folded (`>-`), which needs no
 * escapes; strings that fold or plain style could change are double-quoted. A blank line parts sections and long items,
 * as dbt's style guide asks.
 * @throws on a number that is not finite
 */
export function toYaml(value: Data, header?: string): string {
  const comment = header === undefined ? "" : `${header.trimEnd().split("\n").map((line) => `# ${line}`.trimEnd()).join("\n")}\n`;
  const lines: string[] = [];
  if (isMapping(value) && Object.keys(value).length > 0) mapping(value, 0, lines);
  else if (isList(value) && value.length > 0) list(value, 0, lines);
  else push(lines, "", scalar(value, 0, 2));
  return `${comment}${lines.join("\n")}\n`;
}

function mapping(value: Mapping, indent: number, lines: string[]): void {
  const blanks = " ".repeat(indent);
  let parted = true;
  for (const [key, child] of Object.entries(value)) {
    const section = indent === 0 && isCollection(child);
    if (indent === 0 && (section || !parted) && lines.length > 0) lines.push("");
    parted = !section;
    const name = `${blanks}${yamlKey(key)}:`;
    if (!isCollection(child)) push(lines, `${name} `, scalar(child, name.length + 1, indent + 2));
    else {
      lines.push(name);
      collection(child, indent + 2, lines);
    }
  }
}

function list(value: readonly Data[], indent: number, lines: string[]): void {
  const dash = `${" ".repeat(indent)}- `;
  const spaced = value.some((item) => isMapping(item) && Object.keys(item).length > 1);
  for (const [position, item] of value.entries()) {
    if (position > 0 && spaced) lines.push("");
    if (!isCollection(item)) push(lines, dash, scalar(item, dash.length, indent + 2));
    else {
      const inner: string[] = [];
      collection(item, indent + 2, inner);
      lines.push(`${dash}${(inner[0] ?? "").slice(indent + 2)}`);
      for (const line of inner.slice(1)) lines.push(line);
    }
  }
}

function collection(value: Mapping | readonly Data[], indent: number, lines: string[]): void {
  if (isList(value)) list(value, indent, lines);
  else mapping(value, indent, lines);
}

function push(lines: string[], prefix: string, text: YamlScalar): void {
  lines.push(`${prefix}${text.first}`);
  for (const line of text.rest) lines.push(line);
}

function scalar(value: Data, column: number, indent: number): YamlScalar {
  switch (typeof value) {
    case "string":
      return yamlText(value, column, indent);
    case "number":
      return { first: yamlNumber(value), rest: [] };
    case "boolean":
      return { first: String(value), rest: [] };
    default:
      return { first: value === null ? "null" : isList(value) ? "[]" : "{}", rest: [] };
  }
}

type Mapping = { readonly [key: string]: Data };

function isList(value: Data): value is readonly Data[] {
  return Array.isArray(value);
}

function isMapping(value: Data): value is Mapping {
  return typeof value === "object" && value !== null && !isList(value);
}

/** A mapping or list that holds something: the empty ones are printed as `{}` and `[]`, like scalars. */
function isCollection(value: Data): value is Mapping | readonly Data[] {
  return isList(value) ? value.length > 0 : isMapping(value) && Object.keys(value).length > 0;
}
