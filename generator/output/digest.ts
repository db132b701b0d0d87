import { createHash } from "node:crypto";
import { isPieces, type Pieces } from "../host.ts";

/** From so many bytes on it is quicker to see that bytes are those of before than to hash them again. */
const LARGE = 1 << 20;

/** The large bytes that were hashed last, the newest first: a run reads the manifest of thousands of files again before another takes its place. */
let large: readonly { readonly bytes: Uint8Array; readonly digest: string }[] = [];

/** sha256 in hex of bytes whose line ends are normalised to LF, so that a checkout with CRLF is no drift. */
export function digest(bytes: Uint8Array | string | Pieces): string {
  if (!(bytes instanceof Uint8Array) || bytes.length < LARGE) return hashed(bytes);
  const known = large.find((one) => Buffer.compare(one.bytes, bytes) === 0) ?? { bytes, digest: hashed(bytes) };
  large = [known, ...large.filter((one) => one !== known)].slice(0, 2);
  return known.digest;
}

function hashed(bytes: Uint8Array | string | Pieces): string {
  const hash = createHash("sha256");
  if (isPieces(bytes)) {
    for (const piece of bytes.pieces()) hash.update(piece.replaceAll("\r\n", "\n"));
    return hash.digest("hex");
  }
  if (typeof bytes === "string") return hash.update(bytes.includes("\r") ? bytes.replaceAll("\r\n", "\n") : bytes).digest("hex");
  if (!bytes.includes(13)) return hash.update(bytes).digest("hex");
  return hash.update(Buffer.from(bytes).toString("latin1").replaceAll("\r\n", "\n"), "latin1").digest("hex");
}

/** md5 in hex of a text, as warehouses hash keys. */
export function md5(text: string): string {
  return createHash("md5").update(text).digest("hex");
}

/** The name that git gives a content (sha1, as repositories have by default). */
export function blobId(content: string | Uint8Array): string {
  const bytes = typeof content === "string" ? Buffer.from(content) : content;
  return createHash("sha1").update(`blob ${bytes.length}\0`).update(bytes).digest("hex");
}
