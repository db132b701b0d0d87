import { digest } from "./digest.ts";
import type { WritePlan } from "./write.ts";

/** What a plan would write and delete, over what, in one hash: a plan that was agreed to is carried out only where this is the same. */
export function fingerprintOf({ writes, deletes, seen, manifestBefore, manifestAfter }: Pick<WritePlan, "writes" | "deletes" | "seen" | "manifestBefore" | "manifestAfter">): string {
  const written = [...writes].map(([path, content]) => `${path} ${seen.get(path) ?? "none"} ${digest(content)}\n`);
  const deleted = deletes.map((path) => `${path} ${seen.get(path) ?? "none"} none\n`);
  return digest([...written, ...deleted, `${manifestBefore ?? "none"} ${manifestAfter === null || manifestAfter.digest === manifestBefore ? "same" : manifestAfter.digest}\n`].join(""));
}

/** The fingerprint of a plan by which nothing changes, over a manifest of this digest. */
export function unchangedFingerprint(manifest: string): string {
  return fingerprintOf({ writes: new Map(), deletes: [], seen: new Map(), manifestBefore: manifest, manifestAfter: null });
}
