// Puts our own texts into the code: blueprints compiled to functions, and the spec folder that `init` writes.
// One source of truth for the build (esbuild) and the tests (Vite): both import the same two virtual modules.
import { readdirSync, readFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { fileURLToPath } from "node:url";
import nunjucks from "nunjucks";

const root = resolve(dirname(fileURLToPath(import.meta.url)), "..");

/** How blueprints are written; the names of filters are checked when a blueprint is rendered. */
const syntax = {
  autoescape: false,
  throwOnUndefined: true,
  tags: { blockStart: "<%", blockEnd: "%>", variableStart: "<$", variableEnd: "$>", commentStart: "<#", commentEnd: "#>" },
};

const modules = {
  "dps-gen:blueprints": blueprintsModule,
  "dps-gen:template": templateModule,
};

/** An esbuild plugin that provides the virtual modules. */
export function embedForEsbuild() {
  return {
    name: "dps-gen-embed",
    setup(build) {
      build.onResolve({ filter: /^dps-gen:/ }, ({ path }) => ({ path, namespace: "dps-gen" }));
      build.onLoad({ filter: /.*/, namespace: "dps-gen" }, ({ path }) => ({ contents: modules[path](), loader: "js" }));
    },
  };
}

/** A Vite plugin that provides the virtual modules. */
export function embedForVite() {
  return {
    name: "dps-gen-embed",
    enforce: "pre",
    resolveId: (id) => (id in modules ? `\0${id}` : undefined),
    load: (id) => (id.startsWith("\0dps-gen:") ? modules[id.slice(1)]() : undefined),
  };
}

function blueprintsModule() {
  const folder = join(root, "blueprints");
  const env = new nunjucks.Environment(null, syntax);
  const entries = filesBelow(folder)
    .filter((file) => file.endsWith(".njk"))
    .map((file) => {
      const name = file.slice(0, -".njk".length);
      const wrapper = ([template]) => `(function() {${template.template}})()`;
      return `${JSON.stringify(name)}: ${nunjucks.precompileString(readFileSync(join(folder, file), "utf8"), { name, env, wrapper })}`;
    });
  return `export const blueprints = {\n${entries.join(",\n")}\n};\n`;
}

function templateModule() {
  const folder = join(root, "fixtures", "minimal");
  const entries = filesBelow(folder).map((file) => [file, readFileSync(join(folder, file), "utf8")]);
  return `export const template = ${JSON.stringify(Object.fromEntries(entries))};\n`;
}

function filesBelow(folder) {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath ?? entry.path, entry.name).slice(folder.length + 1).replaceAll("\\", "/"))
    .sort();
}
