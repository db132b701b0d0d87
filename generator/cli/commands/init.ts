import { template } from "dps-gen:template";
import type { CommandContext } from "../commands.ts";
import { EXIT } from "../exit-code.ts";
import { plural } from "../report.ts";

/** The folder of the template that its file globs are written for. */
const TEMPLATE_FOLDER = "specs";

/** `init [DIR]`: writes the small spec folder; never over anything. */
export function run({ host, terminal, positionals, options }: CommandContext): number {
  const folder = positionals[0] ?? TEMPLATE_FOLDER;
  const files = Object.entries(template).map(([path, text]) => ({ path, text, target: host.resolve(folder, path) }));
  const existing = files.find(({ target }) => host.kind(target) !== null);
  if (existing !== undefined) {
    terminal.printError(`dps-gen: '${folder}/${existing.path}' exists already. Choose another folder: dps-gen init DIR. Nothing was written.\n`);
    return EXIT.drift;
  }
  const glob = `files:${folder.replaceAll("\\", "/").replace(/^\.\/|\/+$/g, "")}/`;
  for (const { path, text, target } of files) host.write(target, path.endsWith(".yaml") ? text.replaceAll(`files:${TEMPLATE_FOLDER}/`, () => glob) : text);
  if (!options.quiet) terminal.print(`Wrote ${plural(files.length, "file")} to ${folder}/. Next: npx dps-gen ${folder}\n`);
  return EXIT.clean;
}
