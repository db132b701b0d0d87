import { createHash } from "node:crypto";
import { isPieces, type Pieces } from "../host.ts";

/** sha256 in hex of bytes whose line ends are normalised to LF, so that a checkout with CRLF is no drift. */
export function digest(bytes: Uint8Array | string | Pieces): string {
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
