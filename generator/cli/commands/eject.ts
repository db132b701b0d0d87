import { changeOwnerOf } from "../change-owner.ts";
import type { CommandContext } from "../commands.ts";

/** `eject PATH`: hands a generated file to the user. */
export function run(context: CommandContext): Promise<number> {
  return changeOwnerOf(context, { command: "eject", owner: "ejected", done: (path) => `'${path}' is yours now: generate leaves it alone.` });
}
