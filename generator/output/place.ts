import type { Diagnostic } from "../diagnostics/define.ts";
import type { Host } from "../host.ts";
import { outputDiagnostics } from "./diagnostics.ts";

/**
 * What is wrong with an output folder before anything is looked at, or null: it must be a folder or not exist yet, and must
 * not lie in the spec folder, as its YAML would be read as specs.
 */
export function placeProblem(host: Host, root: string, out: string): Diagnostic | null {
  const obstacle = obstacleOf(host, out);
  if (obstacle !== null) return outputDiagnostics.report("no-folder", { origin: null }, obstacle);
  const [specs, target] = [realpath(host, root), realpath(host, out)];
  const inside = target === specs || target.startsWith(`${specs}/`) || target.startsWith(`${specs}\\`);
  return inside ? outputDiagnostics.report("inside-specs", { origin: null }, {}) : null;
}

/** The diagnostic of an error of the file system, or null for any other, which is a bug of ours. */
export function accessProblem(error: unknown): Diagnostic | null {
  if (!(error instanceof Error && "code" in error && "syscall" in error)) return null;
  const path = "path" in error ? String(error.path).replace(/\.[0-9]+\.tmp$/, "") : "the output folder";
  return outputDiagnostics.report("no-access", { origin: null }, { path, reason: String(error.code), remedy: remedyOf(String(error.code)) });
}

/** What a person can do about an error of the file system. */
function remedyOf(code: string): string {
  switch (code) {
    case "EACCES":
    case "EPERM":
    case "EROFS": return "Mend the permissions";
    case "ENOSPC":
    case "EDQUOT": return "Make room";
    case "ENOENT": return "Choose a folder in which files can be made (--out)";
    default: return "Mend what the system names";
  }
}

/** What stands where a folder should be, on the way to the output folder or in its place. */
function obstacleOf(host: Host, path: string): { readonly path: string; readonly found: string } | null {
  const kind = host.kind(path);
  switch (kind) {
    case "folder":
      return null;
    case "link":
      return isFolder(host, path) ? null : { path, found: "a link that leads to no folder" };
    case "file":
    case "other":
      return { path, found: kind === "file" ? "a file" : "no folder" };
    case null: {
      const above = host.resolve(path, "..");
      return above === path ? null : obstacleOf(host, above);
    }
  }
}

function isFolder(host: Host, link: string): boolean {
  try {
    return host.kind(host.realpath(link)) === "folder";
  } catch {
    return false;
  }
}

/** The path with the links of its existing part resolved. */
function realpath(host: Host, path: string): string {
  if (host.kind(path) !== null) return host.realpath(path);
  const above = host.resolve(path, "..");
  if (above === path) return path;
  return host.resolve(realpath(host, above), path.slice(above.length).replace(/^[\\/]+/, ""));
}
