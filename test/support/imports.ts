import { posix } from "node:path";

/** Rows of a Markdown table of ARCHITECTURE.md: what stands in backquotes in the first column, and in the second. */
export type Table = ReadonlyMap<string, readonly string[]>;

/** Reads the table that has a column of this title. */
export function readTable(page: string, title: string): Table {
  const lines = page.split("\n");
  const head = lines.findIndex((line) => line.startsWith("|") && line.includes(title));
  const rows = lines.slice(head + 2, lines.findIndex((line, position) => position > head && !line.startsWith("|")));
  return new Map(rows.map((row) => {
    const [, first = "", second = ""] = row.split("|");
    return [quoted(first)[0] ?? "", quoted(second)];
  }));
}

/** What of the imports of a file the tables do not allow. Paths are relative to `generator/`. */
export function importProblems(path: string, imported: readonly string[], tables: { readonly folders: Table; readonly homes: Table }): readonly string[] {
  const row = rowOf(path, tables.folders);
  if (row === null) return [`no row of the table covers ${path}`];
  return imported.flatMap((specifier) => {
    if (specifier.startsWith("dps-gen:")) return [];
    if (specifier.startsWith(".")) return ownProblem(path, posix.join(posix.dirname(path), specifier), row, tables.folders.get(row) ?? []);
    return packageProblem(path, specifier, tables.homes);
  });
}

/** The most specific row: a file's own, else that of its innermost folder. */
function rowOf(path: string, folders: Table): string | null {
  const fitting = [...folders.keys()].filter((row) => covers(row, path));
  return fitting.sort((a, b) => b.length - a.length)[0] ?? null;
}

function ownProblem(path: string, target: string, row: string, allowed: readonly string[]): readonly string[] {
  const emitter = /^emitters\/([a-z-]+)\//;
  const [from, to] = [emitter.exec(path)?.[1], emitter.exec(target)?.[1]];
  if (from !== undefined && to !== undefined && from !== to) return [`${path}: one emitter never imports another (${target})`];
  return covers(row, target) || allowed.some((one) => covers(one, target)) ? [] : [`${path} may not import ${target}`];
}

function packageProblem(path: string, specifier: string, homes: Table): readonly string[] {
  if (specifier.startsWith("node:")) return /^(?:cli\/|(?:memory-)?host\.ts$|output\/digest\.ts$)/.test(path) ? [] : [`${path} may not import ${specifier}`];
  const name = specifier.split("/").slice(0, specifier.startsWith("@") ? 2 : 1).join("/");
  const allowed = homes.get(name);
  if (allowed === undefined) return [`${path}: ${name} has no home in ARCHITECTURE.md`];
  return allowed.some((home) => covers(home, path)) ? [] : [`${path}: ${name} lives in ${allowed.join(", ")}`];
}

function covers(place: string, path: string): boolean {
  return place.endsWith("/") ? path.startsWith(place) : path === place;
}

function quoted(cell: string): readonly string[] {
  return [...cell.matchAll(/`([^`]+)`/g)].map((match) => match[1] ?? "");
}
