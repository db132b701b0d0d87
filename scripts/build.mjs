// Bundles the compiler into dist/: no dependencies at run time, heavy packages in chunks that load when they are needed.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { embedForEsbuild } from "./embed.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
// Built beside and moved into place, so that whoever runs dist/ meanwhile never sees half of it.
const dist = join(root, ".cache", `build-${process.pid}`);
const types = !process.argv.includes("--no-types");

const result = await build({
  absWorkingDir: root,
  entryPoints: { "dps-gen": "generator/cli/main.ts", index: "generator/index.ts" },
  outdir: dist,
  bundle: true,
  splitting: true,
  format: "esm",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  // Names stay as they are: traces in bug reports are readable, and the size is far below the limit.
  minifyIdentifiers: false,
  chunkNames: "chunks/[name]-[hash]",
  metafile: true,
  legalComments: "none",
  define: { DPS_GEN_BUILD: JSON.stringify(sourceHash()) },
  // Node's entry of yaml is CommonJS; the other one is the same code as modules, of which only what is used goes in.
  alias: { yaml: join(root, "node_modules/yaml/browser/index.js") },
  plugins: [embedForEsbuild()],
});
makeExecutable(join(dist, "dps-gen.js"));
writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), licences(Object.keys(result.metafile.inputs)));
if (types) execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json"), "--outDir", join(dist, "types")], { stdio: "inherit" });
rmSync(join(root, "dist"), { recursive: true, force: true });
renameSync(dist, join(root, "dist"));

function makeExecutable(file) {
  writeFileSync(file, `#!/usr/bin/env node\n${readFileSync(file, "utf8")}`);
  chmodSync(file, 0o755);
}

/** A hash of everything that decides what the build does: caches of another build are not used. */
function sourceHash() {
  const hash = createHash("sha256").update(readFileSync(join(root, "package-lock.json")));
  for (const folder of ["generator", "blueprints"]) {
    for (const entry of readdirSync(join(root, folder), { recursive: true, withFileTypes: true })) {
      if (entry.isFile()) hash.update(entry.name).update(readFileSync(join(entry.parentPath ?? entry.path, entry.name)));
    }
  }
  return hash.digest("hex").slice(0, 16);
}

/** The licence texts of all packages of which something is in the bundle. */
function licences(inputs) {
  const packages = new Set(inputs.flatMap((input) => /^node_modules\/((?:@[^/]+\/)?[^/]+)\//.exec(input)?.[1] ?? []));
  const texts = [...packages].sort().map((name) => {
    const folder = join(root, "node_modules", name);
    const { version, license } = JSON.parse(readFileSync(join(folder, "package.json"), "utf8"));
    const file = readdirSync(folder).find((one) => /^licen[cs]e/i.test(one));
    if (file === undefined) throw new Error(`${name} has no licence file`);
    return `${name} ${version} (${license})\n\n${readFileSync(join(folder, file), "utf8").trim()}\n`;
  });
  return `dps-gen contains parts of these packages.\n\n${texts.join(`\n${"-".repeat(80)}\n\n`)}`;
}
