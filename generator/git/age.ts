import type { RunGit } from "./revision.ts";

const decoder = new TextDecoder();

/**
 * The commit that a branch ended with some days ago, by the clocks of those who merged; `none` where its history is younger, `unknown`
 * where this clone does not reach as far.
 */
export function commitDaysAgo(run: RunGit, folder: string, from: string, days: number): { readonly commit: string } | "none" | "unknown" {
  const found = run(["-C", folder, "rev-list", "-1", "--first-parent", `--before=${days}.days.ago`, from]);
  const commit = found === null || found.status !== 0 ? "" : decoder.decode(found.stdout).trim();
  if (commit !== "") return { commit };
  const shallow = run(["-C", folder, "rev-parse", "--is-shallow-repository"]);
  return shallow !== null && shallow.status === 0 && decoder.decode(shallow.stdout).trim() === "false" ? "none" : "unknown";
}
