import type { Diagnostic } from "../diagnostics/define.ts";
import type { DiagnosticLog } from "../diagnostics/log.ts";
import type { Host } from "../host.ts";
import type { CheckedFiles } from "./checked.ts";
import type { SpecDocument, Value } from "./document.ts";
import { isSpecFolder, specFiles } from "./files.ts";
import { yamlLocator } from "./positions.ts";
import { forbiddenCharacter } from "./yaml/characters.ts";
import { yamlDiagnostics } from "./yaml/diagnostics.ts";
import { parseYaml } from "./yaml/parse.ts";

/** The largest spec file that is read, in bytes. */
export const MAX_FILE_BYTES = 1_048_576;

/**
 * Reads all `*.yaml` and `*.yml` files below a folder, in code-point order of their paths; hidden folders, links and
 * node_modules are skipped. A file that cannot be read or parsed is reported (`yaml/*`) and left out; one that `known` recalls
 * is not parsed again.
 */
export function readSpecs(host: Host, root: string, log: DiagnosticLog, { known, onFiles }: ReadOptions = {}): readonly SpecDocument[] {
  const folder = shownPath(host, root);
  if (!isSpecFolder(host, root)) {
    log.add(yamlDiagnostics.report("missing-folder", { origin: null }, { folder }));
    return [];
  }
  const paths = specFiles(host, root, (path, error) => log.add(unreadable(path, error)));
  if (paths.length === 0 && !log.failed()) log.add(yamlDiagnostics.report("empty-folder", { origin: null }, { folder }));
  onFiles?.(paths.length);
  return readFiles(host, root, paths, log, known);
}

/** What reading may ask, and tell. */
interface ReadOptions {
  readonly known?: Pick<CheckedFiles, "recall"> | undefined;
  /** Told how many files there are, before they are read. */
  readonly onFiles?: ((count: number) => void) | undefined;
}

/** Reads some files of a spec folder, as `readSpecs` does. */
export function readFiles(host: Host, root: string, paths: readonly string[], log: DiagnosticLog, known?: Pick<CheckedFiles, "recall">): readonly SpecDocument[] {
  const documents: SpecDocument[] = [];
  for (const path of paths) {
    const document = readDocument({ host, root, known }, path, log);
    if (document !== null) documents.push(document);
  }
  return documents;
}

/** A path as the user would type it: relative to the current folder where it lies inside. */
function shownPath(host: Host, path: string): string {
  const [full, here] = [host.resolve(path), host.cwd()];
  return full.startsWith(here) && full.length > here.length
    ? full
        .slice(here.length)
        .replace(/^[\\/]/, "")
        .replaceAll("\\", "/")
    : path;
}

interface Folder {
  readonly host: Host;
  readonly root: string;
  readonly known: Pick<CheckedFiles, "recall"> | undefined;
}

function readDocument({ host, root, known }: Folder, path: string, log: DiagnosticLog): SpecDocument | null {
  const bytes = attempt(() => host.read(host.resolve(root, path)), path, log);
  if (bytes === null) return null;
  const origin = { document: path, path: [] };
  if (bytes.length > MAX_FILE_BYTES) {
    log.add(yamlDiagnostics.report("file-too-large", { origin }, { file: path, size: bytes.length, limit: MAX_FILE_BYTES }));
    return null;
  }
  const text = decode(bytes);
  if (text === null) {
    log.add(yamlDiagnostics.report("invalid-encoding", { origin }, { file: path }));
    return null;
  }
  const checked = known?.recall(path, bytes) ?? null;
  return checked === null ? readText(path, text, log) : { ...specDocument(path, text, null), checked };
}

function readText(path: string, text: string, log: DiagnosticLog): SpecDocument | null {
  const origin = { document: path, path: [] };
  const hidden = forbiddenCharacter(text);
  const conflict = /^(?:<{7}|>{7})(?: .*)?$/m.exec(text);
  if (hidden !== null) {
    const range = [hidden.index, hidden.index + 1] as const;
    log.add(yamlDiagnostics.report("control-character", { origin, range }, { character: hidden.name }));
    return specDocument(path, text, null);
  }
  if (conflict !== null) {
    const range = [conflict.index, conflict.index + conflict[0].trimEnd().length] as const;
    log.add(yamlDiagnostics.report("merge-conflict", { origin, range }, {}));
    return specDocument(path, text, null);
  }
  const { value, problems } = parseYaml(path, text);
  for (const one of problems) log.add(one);
  return specDocument(path, text, value);
}

function specDocument(path: string, text: string, value: Value): SpecDocument {
  return { path, text, value, locate: yamlLocator(text) };
}

const decoder = new TextDecoder("utf-8", { fatal: true, ignoreBOM: false });

/** The text without its byte order mark, or null where the bytes are not UTF-8. */
function decode(bytes: Uint8Array): string | null {
  try {
    return decoder.decode(bytes);
  } catch {
    return null;
  }
}

function attempt<T>(action: () => T, file: string, log: DiagnosticLog): T | null {
  try {
    return action();
  } catch (error) {
    log.add(unreadable(file, error));
    return null;
  }
}

/** A file or folder that the system does not let us read; "" is the spec folder itself. */
function unreadable(path: string, error: unknown): Diagnostic {
  const code = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
  const reason = typeof error === "string" ? error : code;
  const origin = path === "" ? null : { document: path, path: [] };
  return yamlDiagnostics.report("unreadable-file", { origin }, { file: path === "" ? "the spec folder" : path, reason });
}
