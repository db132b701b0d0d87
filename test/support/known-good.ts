import { createHash } from "node:crypto";
import { existsSync, mkdirSync, readFileSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative } from "node:path";
import { root } from "../../scripts/toolchain.mjs";

/**
 * Does a check whose outcome depends on nothing but the files of these folders and these texts, unless it passed with the very same
 * ones before: a linter has no need to read unchanged files again. What passed is kept in the cache of the checkout; a fresh clone knows nothing.
 */
export function unlessKnownGood(name: string, folders: readonly string[], texts: readonly string[], check: () => void): void {
  const hash = createHash("sha256");
  for (const text of texts) hash.update(`${text.length}:${text}`);
  for (const folder of folders) for (const file of filesIn(folder)) hash.update(`${relative(folder, file)}\0`).update(createHash("sha256").update(readFileSync(file)).digest());
  const known = join(root, ".cache", "known-good", `${name}-${hash.digest("hex").slice(0, 24)}`);
  if (existsSync(known)) return;
  check();
  mkdirSync(join(root, ".cache", "known-good"), { recursive: true });
  writeFileSync(known, "");
}

function filesIn(folder: string): readonly string[] {
  const entries = readdirSync(folder, { withFileTypes: true, recursive: true }).filter((one) => one.isFile());
  return entries.map((one) => join(one.parentPath, one.name)).sort();
}
