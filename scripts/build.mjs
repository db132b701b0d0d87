// Bundles the compiler into dist/, without dependencies at run time: a small bundle that reads the command line, one with
// everything else, of which a command runs only what it needs, and a small one for the second thread of large projects.
import { execFileSync } from "node:child_process";
import { createHash } from "node:crypto";
import { chmodSync, readdirSync, readFileSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { createRequire } from "node:module";
import { basename, dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import { build } from "esbuild";
import { embedForEsbuild } from "./embed.mjs";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");
const cliFolder = join(root, "generator", "cli");
// Built beside and moved into place, so that whoever runs dist/ meanwhile never sees half of it.
const dist = join(root, ".cache", `build-${process.pid}`);
const types = !process.argv.includes("--no-types");

const options = {
  absWorkingDir: root,
  outdir: dist,
  outExtension: { ".js": ".cjs" },
  bundle: true,
  // CommonJS starts faster than modules, and V8's code of it can be kept (generator/cli/bundle.ts).
  format: "cjs",
  platform: "node",
  target: "node20",
  minifySyntax: true,
  minifyWhitespace: true,
  // Names stay as they are: traces in bug reports are readable, and the size is far below the limit.
  minifyIdentifiers: false,
  // Packages may lie behind a link: their licences are found by where they are imported from.
  preserveSymlinks: true,
  metafile: true,
  legalComments: "none",
  define: { DPS_GEN_BUILD: JSON.stringify(sourceHash()) },
};
const commandLine = await build({ ...options, entryPoints: { "dps-gen": join(cliFolder, "main.ts"), "second-thread": join(cliFolder, "second-thread.ts") }, plugins: [commandsFromCompiler(), loadedWhenNeeded()] });
const compiler = await build({
  ...options,
  entryPoints: { compiler: "compiler" },
  // Node's entry of yaml is CommonJS; the other one is the same code as modules, of which only what is used goes in.
  alias: { yaml: join(root, "node_modules/yaml/browser/index.js") },
  plugins: [embedForEsbuild(), compilerEntry(), loadedWhenNeeded()],
});
writeFileSync(join(dist, "index.js"), await libraryText());
for (const name of ["dps-gen.cjs", "second-thread.cjs", "compiler.cjs"]) makeAscii(join(dist, name));
makeExecutable(join(dist, "dps-gen.cjs"));
writeFileSync(join(dist, "THIRD-PARTY-LICENSES.txt"), licences(Object.keys({ ...commandLine.metafile.inputs, ...compiler.metafile.inputs })));
if (types) execFileSync(process.execPath, [join(root, "node_modules/typescript/bin/tsc"), "-p", join(root, "tsconfig.build.json"), "--outDir", join(dist, "types")], { stdio: "inherit" });
rmSync(join(root, "dist"), { recursive: true, force: true });
renameSync(dist, join(root, "dist"));

/** An esbuild plugin: where the command line loads a command, it takes it out of the other bundle. */
function commandsFromCompiler() {
  return {
    name: "dps-gen-commands",
    setup(build) {
      build.onResolve({ filter: /^\.\/commands\/\w+\.ts$/ }, ({ path }) => ({ path: basename(path, ".ts"), namespace: "command" }));
      build.onLoad({ filter: /.*/, namespace: "command" }, ({ path }) => ({
        contents: `import { loadBundle } from "./bundle.ts";
const { load } = loadBundle({ folder: __dirname, require }, "compiler.cjs", ${JSON.stringify(path)});
export const run = async (context) => (await load[${JSON.stringify(path)}]()).run(context);`,
        resolveDir: cliFolder,
      }));
    },
  };
}

/** An esbuild plugin: Node's modules that start processes and threads are loaded by the first call, since most runs start none and loading one takes milliseconds. */
function loadedWhenNeeded() {
  const modules = { "node:child_process": ["execFileSync", "spawnSync"], "node:worker_threads": ["Worker"] };
  return {
    name: "dps-gen-loaded-when-needed",
    setup(build) {
      build.onResolve({ filter: /^node:(child_process|worker_threads)$/ }, ({ path, namespace, importer }) => (namespace === "when-needed" || basename(importer) === "second-thread.ts" ? { path, external: true } : { path, namespace: "when-needed" }));
      build.onLoad({ filter: /.*/, namespace: "when-needed" }, ({ path }) => ({
        // Called as a function or with new, as the caller does.
        contents: modules[path].map((each) => `exports.${each} = function (...args) { const known = require("${path}").${each}; return new.target ? new known(...args) : known(...args); };`).join("\n"),
        resolveDir: root,
      }));
    },
  };
}

/** An esbuild plugin with the entry of the other bundle: the commands and the library by name, each run when it is asked for. */
function compilerEntry() {
  const commands = readdirSync(join(cliFolder, "commands")).map((file) => [basename(file, ".ts"), `./cli/commands/${file}`]);
  const lines = [["library", "./index.ts"], ...commands].map(([name, path]) => `  ${name}: () => import(${JSON.stringify(path)}),`);
  return {
    name: "dps-gen-compiler",
    setup(build) {
      build.onResolve({ filter: /^compiler$/ }, ({ path }) => ({ path, namespace: "compiler" }));
      build.onLoad({ filter: /.*/, namespace: "compiler" }, () => ({ contents: `export const load = {\n${lines.join("\n")}\n};`, resolveDir: join(root, "generator") }));
    },
  };
}

/** The module that programs import: what the bundle holds, by its names. */
async function libraryText() {
  const library = await createRequire(import.meta.url)(join(dist, "compiler.cjs")).load.library();
  return `import compiler from "./compiler.cjs";\nexport const { ${Object.keys(library).sort().join(", ")} } = await compiler.load.library();\n`;
}

/** The command line reads bundles as latin1. */
function makeAscii(file) {
  const text = readFileSync(file, "utf8");
  writeFileSync(file, text.replace(/[^\0-\x7f]/g, (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, "0")}`));
}

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
