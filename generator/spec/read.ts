import type { DiagnosticLog } from "../diagnostics/log.ts";
import type { Host } from "../host.ts";
import type { SpecDocument } from "./document.ts";
import { forbiddenCharacter } from "./yaml/characters.ts";
import { yamlDiagnostics } from "./yaml/diagnostics.ts";
import { parseYaml } from "./yaml/parse.ts";

/** The largest spec file that is read, in bytes. */
export const MAX_FILE_BYTES = 1_048_576;

/**
 * Reads all `*.yaml` and `*.yml` files below a folder, in code-point order of their paths; hidden folders, links and
 * node_modules are skipped. A file that cannot be read or parsed is reported (`yaml/*`) and left out.
 */
export function readSpecs(host: Host, root: string, log: DiagnosticLog): readonly SpecDocument[] {
  if (host.kind(host.resolve(root)) !== "folder" && !isLinkedFolder(host, root)) {
    log.add(yamlDiagnostics.report("missing-folder", { origin: null }, { folder: root }));
    return [];
  }
  const paths = [...specFiles(host, host.realpath(host.resolve(root)), "", log)].sort(byCodePoint);
  if (paths.length === 0 && !log.failed()) log.add(yamlDiagnostics.report("empty-folder", { origin: null }, { folder: root }));
  const documents: SpecDocument[] = [];
  for (const path of paths) {
    const document = readDocument(host, root, path, log);
    if (document !== null) documents.push(document);
  }
  return documents;
}

/** The user may name a link to the spec folder; links inside it are not followed. */
function isLinkedFolder(host: Host, root: string): boolean {
  try {
    return host.kind(host.realpath(host.resolve(root))) === "folder";
  } catch {
    return false;
  }
}

function* specFiles(host: Host, root: string, folder: string, log: DiagnosticLog): Iterable<string> {
  const entries = attempt(() => host.list(host.resolve(root, folder)), folder === "" ? "the spec folder" : folder, log) ?? [];
  for (const entry of entries) {
    const path = folder === "" ? entry.name : `${folder}/${entry.name}`;
    if (entry.kind === "folder") {
      if (!entry.name.startsWith(".") && entry.name !== "node_modules") yield* specFiles(host, root, path, log);
    } else if (entry.kind === "file" && /\.ya?ml$/.test(entry.name) && !entry.name.startsWith(".")) {
      yield path;
    }
  }
}

function readDocument(host: Host, root: string, path: string, log: DiagnosticLog): SpecDocument | null {
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
  return readText(path, text, log);
}

function readText(path: string, text: string, log: DiagnosticLog): SpecDocument | null {
  const origin = { document: path, path: [] };
  const hidden = forbiddenCharacter(text);
  const conflict = /^(?:<{7}|>{7})(?: .*)?$/m.exec(text);
  if (hidden !== null) {
    const range = [hidden.index, hidden.index + 1] as const;
    log.add(yamlDiagnostics.report("control-character", { origin, range }, { character: hidden.name }));
    return { path, text, value: null };
  }
  if (conflict !== null) {
    const range = [conflict.index, conflict.index + conflict[0].trimEnd().length] as const;
    log.add(yamlDiagnostics.report("merge-conflict", { origin, range }, {}));
    return { path, text, value: null };
  }
  const { value, problems } = parseYaml(path, text);
  log.add(...problems);
  return { path, text, value };
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
    const reason = error instanceof Error && "code" in error ? String(error.code) : "unknown reason";
    const origin = file === "the spec folder" ? null : { document: file, path: [] };
    log.add(yamlDiagnostics.report("unreadable-file", { origin }, { file, reason }));
    return null;
  }
}

function byCodePoint(a: string, b: string): number {
  return a < b ? -1 : a > b ? 1 : 0;
}
