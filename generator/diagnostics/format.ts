import type { Diagnostic } from "./define.ts";
import { codeFrame, printable } from "./frame.ts";
import { placeOf, type Position, type SourceDocument, type SourcePlace } from "./source.ts";

/** How diagnostics are printed. `folder` stands before the documents' paths. */
export interface FormatOptions {
  readonly format: "text" | "json" | "github";
  readonly color: boolean;
  readonly folder?: string;
}

/** A diagnostic with its places looked up. */
interface Located {
  readonly diagnostic: Diagnostic;
  readonly place: SourcePlace | null;
  readonly file: string | null;
  readonly related: readonly { readonly file: string; readonly place: SourcePlace | null; readonly message: string }[];
}

/**
 * Prints diagnostics in the order of their places: for people with code frames, as a JSON array, or as GitHub
 * annotations. "" where there are none (`[]` as JSON).
 */
export function formatDiagnostics(
  diagnostics: readonly Diagnostic[],
  documents: readonly SourceDocument[],
  options: FormatOptions,
): string {
  const byPath = new Map(documents.map((document) => [document.path, document]));
  const located = diagnostics.map((one) => locate(one, byPath, options.folder ?? "")).sort(byPlace);
  switch (options.format) {
    case "text":
      return located.map((one) => asText(one, options.color)).join("\n");
    case "github":
      return located.map(asAnnotation).join("");
    case "json":
      return `${JSON.stringify(located.map(asData), null, 2)}\n`;
    default:
      throw new Error(`no format ${String(options.format satisfies never)}`);
  }
}

function locate(diagnostic: Diagnostic, documents: ReadonlyMap<string, SourceDocument>, folder: string): Located {
  const base = folder.replace(/\/+$/, "");
  const fileOf = (path: string): string => (base === "" || base === "." ? path : `${base}/${path}`);
  return {
    diagnostic,
    place: placeOf(documents, diagnostic.origin, diagnostic.pointer, diagnostic.range),
    file: diagnostic.origin === null ? null : fileOf(diagnostic.origin.document),
    related: diagnostic.related.map(({ origin, message }) => ({
      file: fileOf(origin.document),
      place: placeOf(documents, origin, "key"),
      message,
    })),
  };
}

function byPlace(a: Located, b: Located): number {
  const [left, right] = [a.file ?? "", b.file ?? ""];
  if (left !== right) return left < right ? -1 : 1;
  return (a.place?.range[0] ?? -1) - (b.place?.range[0] ?? -1);
}

function asText({ diagnostic, place, file, related }: Located, color: boolean): string {
  const paint = (code: number, text: string): string => (color ? `\u001b[${code}m${text}\u001b[0m` : text);
  const { severity, code, message, help } = diagnostic;
  const where = file === null ? "" : `${paint(36, printable(spot(file, place)))} - `;
  const lines = [`${where}${paint(severity === "error" ? 31 : 33, severity)} ${paint(90, code)}: ${line(message)}`];
  if (place !== null) lines.push(...codeFrame(place));
  if (help !== "") lines.push(`  ${paint(90, "help:")} ${line(help)}`);
  for (const one of related) lines.push(`  ${paint(90, "see:")} ${printable(spot(one.file, one.place))} ${line(one.message)}`);
  return `${lines.join("\n")}\n`;
}

function spot(file: string, place: SourcePlace | null): string {
  return place === null ? file : `${file}:${place.position.line}:${place.position.column}`;
}

function line(text: string): string {
  return printable(text.replace(/\s*\n\s*/g, " "));
}

function asAnnotation({ diagnostic, place, file }: Located): string {
  const { severity, code, message, help } = diagnostic;
  return annotation(severity, code, help === "" ? message : `${message}\nhelp: ${help}`, file === null ? null : { file, position: place?.position ?? null });
}

/** One annotation of GitHub Actions: a command on standard output that marks a line of a file. */
export function annotation(level: "error" | "warning" | "notice", title: string, message: string, at: { readonly file: string; readonly position: Position | null } | null): string {
  const position = at?.position ?? null;
  const properties = [
    ...(at === null ? [] : [`file=${property(at.file)}`]),
    ...(position === null ? [] : [`line=${position.line}`, `endLine=${position.endLine}`, `col=${position.column}`, `endColumn=${position.endColumn}`]),
    `title=${property(title)}`,
  ];
  return `::${level} ${properties.join(",")}::${data(printable(message))}\n`;
}

function data(text: string): string {
  return text.replaceAll("%", "%25").replaceAll("\r", "%0D").replaceAll("\n", "%0A");
}

function property(text: string): string {
  return data(printable(text)).replaceAll(":", "%3A").replaceAll(",", "%2C");
}

function asData({ diagnostic, place, file, related }: Located): object {
  const { code, severity, message, help } = diagnostic;
  return {
    code,
    severity,
    message,
    help,
    file,
    ...placeData(place),
    related: related.map((one) => ({ file: one.file, ...placeData(one.place), message: one.message })),
  };
}

function placeData(place: SourcePlace | null): object {
  const { line: number = null, column = null, endLine = null, endColumn = null } = place?.position ?? {};
  return { line: number, column, end_line: endLine, end_column: endColumn };
}
