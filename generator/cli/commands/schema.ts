import { jsonSchemas } from "../../spec/json-schema.ts";
import type { CommandContext } from "../commands.ts";
import { EXIT } from "../exit-code.ts";

/** `schema`: the JSON Schema of a spec file, on standard output or in a folder. */
export function run({ host, terminal, options }: CommandContext): number {
  const schemas = jsonSchemas();
  return EXIT.clean;
}
