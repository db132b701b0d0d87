import type { RunGit } from "../../generator/git/revision.ts";
import { blobId } from "../../generator/output/digest.ts";

const COMMIT = "c".repeat(40);

/** A git repository with one commit that holds these files in a folder, as far as `plan` asks. */
export function gitOf(folder: string, files: ReadonlyMap<string, string>): RunGit {
  const contents = new Map([...files].map(([path, text]) => [blobId(text), { path, text }]));
  return ([, where, ...args], input = "") => {
    if (where !== folder) return said("", 1);
    switch (args[0]) {
      case "rev-parse":
        return said(args.includes("--show-prefix") ? "\n" : `${COMMIT}\n`);
      case "ls-tree":
        return said([...contents].map(([id, { path }]) => `100644 blob ${id}\t${path}\0`).join(""));
      case "cat-file":
        return said(input.split("\n").filter((id) => id !== "").map((id) => `${id} blob ${Buffer.byteLength(contents.get(id)?.text ?? "")}\n${contents.get(id)?.text ?? ""}\n`).join(""));
      default:
        return said("", 1);
    }
  };
}

function said(text: string, status = 0): ReturnType<RunGit> {
  return { status, stdout: Buffer.from(text), stderr: "" };
}
