import { planSchema } from "../../plan/format/json-schema.ts";
import { jsonSchemas } from "../../spec/json-schema.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT } from "../exit-code.ts";
import { plural } from "../report.ts";

/** The schema of a whole spec file, which `# yaml-language-server: $schema=…` names. */
const WHOLE = "spec.schema.json";

/** `schema`: the JSON Schema of a spec file on standard output, or all of them in a folder of their own. */
export function run({ host, terminal, options }: CommandContext): number {
  const schemas = Object.entries({ ...jsonSchemas(), "plan.schema.json": planSchema() }).map(([name, schema]) => ({ name, text: `${JSON.stringify(schema, null, 2)}\n` }));
  if (options.out === null) {
    terminal.print(schemas.find(({ name }) => name === WHOLE)?.text ?? "");
    return EXIT.clean;
  }
  for (const { name, text } of schemas) host.write(host.resolve(options.out, name), text);
  if (!options.quiet) terminal.print(`Wrote ${plural(schemas.length, "schema")} to ${options.out}. In a spec file: # yaml-language-server: $schema=${options.out}/${WHOLE}\n`);
  return EXIT.clean;
}
