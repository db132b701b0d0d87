import { spawnSync } from "node:child_process";
import type { RunGit } from "../git/revision.ts";

/** What a hook or a caller says about the repository that it runs in; we ask about that of the spec folder. */
const FOREIGN = ["GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_PREFIX", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR", "GIT_NAMESPACE"];

/** Git as a process: in English, without questions, locks or network. */
export const runGit: RunGit = (args, input = "") => {
  const environment = { ...process.env, LC_ALL: "C", GIT_OPTIONAL_LOCKS: "0", GIT_TERMINAL_PROMPT: "0", GIT_NO_LAZY_FETCH: "1" };
  const env = Object.fromEntries(Object.entries(environment).filter(([name]) => !FOREIGN.includes(name)));
  const run = spawnSync("git", [...args], { env, input, maxBuffer: 1 << 30, windowsHide: true });
  if (run.error !== undefined && "code" in run.error && run.error.code === "ENOENT") return null;
  return { status: run.status ?? 1, stdout: run.stdout ?? new Uint8Array(), stderr: String(run.stderr ?? run.error?.message ?? "") };
};
