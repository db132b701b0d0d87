import type { Diagnostic } from "./diagnostics/define.ts";
import type { Host } from "./host.ts";
import { outputDiagnostics } from "./output/diagnostics.ts";
import { diskReader } from "./output/disk.ts";
import { unfinished } from "./output/journal.ts";
import { parseManifest } from "./output/manifest-reading.ts";
import { printManifest } from "./output/manifest-lines.ts";
import { MANIFEST_PATH } from "./output/manifest.ts";

/**
 * Hands a generated file of the output folder to the user (`ejected`), or back (`generated`): only the manifest changes. A
 * file that is given back is merged by the next run. Answers with what is wrong, or whether that changed anything.
 */
export function changeOwner(host: Host, out: string, path: string, mode: "ejected" | "generated"): Diagnostic | "changed" | "unchanged" {
  const release = diskReader(host, out)(MANIFEST_PATH).kind === "file" ? host.lock(host.resolve(out, ".dps-gen/lock")) : () => undefined;
  if (release === null) return outputDiagnostics.report("locked", { origin: null }, { path: ".dps-gen/lock" });
  try {
    const stopped = unfinished(host, out);
    if (stopped !== null) return stopped;
    const found = diskReader(host, out)(MANIFEST_PATH);
    const text = found.kind === "file" ? new TextDecoder().decode(found.bytes).replaceAll("\r\n", "\n") : printManifest(new Map());
    const { manifest, generator, problem } = parseManifest(text);
    if (problem !== null) return problem;
    const entry = manifest.get(path);
    if (entry === undefined || entry.mode === "scaffold") return outputDiagnostics.report("not-ours", { origin: null }, { path });
    if (mode === "generated" ? entry.mode !== "ejected" : entry.mode === mode) return "unchanged";
    host.write(host.resolve(out, MANIFEST_PATH), printManifest(new Map([...manifest, [path, { ...entry, mode }]]), generator));
    return "changed";
  } finally {
    release();
  }
}
