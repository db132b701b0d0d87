import { changeOwnerOf } from "../change-owner.ts";
import type { CommandContext } from "../commands.ts";

/** `adopt PATH`: gives an ejected file back. */
export function run(context: CommandContext): Promise<number> {
  return changeOwnerOf(context, { command: "adopt", owner: "generated", done: (path) => `'${path}' is generated again: the next generate merges your text with ours.` });
}
