import type { GenerateOptions } from "../generate.ts";
import type { CommandOptions } from "./commands.ts";

/** Which caches a command uses: those of this build, unless it was told to go without. */
export function cacheOf(options: CommandOptions): Pick<GenerateOptions, "cache"> {
  return options["no-cache"] ? { cache: null } : {};
}
