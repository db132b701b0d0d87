// Writes docs/spec-reference.md from the schemas of the compiler (npm run docs).
import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { build } from "esbuild";

const root = join(import.meta.dirname, "..");
const entry = 'export { specReference } from "./generator/spec/reference.ts";';
const bundle = await build({ stdin: { contents: entry, resolveDir: root, loader: "ts" }, bundle: true, write: false, format: "esm", platform: "node" });
const module = await import(`data:text/javascript;base64,${Buffer.from(bundle.outputFiles[0].text).toString("base64")}`);
writeFileSync(join(root, "docs", "spec-reference.md"), module.specReference());
