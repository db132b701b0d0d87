import { defineDiagnostics } from "../diagnostics/define.ts";

/** What can keep us from reading the specs of an earlier state. */
export const gitDiagnostics = defineDiagnostics("git", {
  "not-installed": {
    severity: "error",
    message: "git cannot be run, so '{ref}' cannot be read.",
    help: "Install git; 'dps-gen plan' without --against does without it.",
    docs: "The specs of an earlier state are read from git's own store by running git. It was not found on the PATH.",
  },
  "no-repository": {
    severity: "error",
    message: "'{folder}' lies in no git repository, so there is no '{ref}'.",
    help: "Run it in a clone; 'dps-gen plan' without --against needs none.",
    docs: "The specs of an earlier state are read from the git repository that the spec folder lies in.",
  },
  "unknown-ref": {
    severity: "error",
    message: "git knows no commit '{ref}'.",
    help: "{near}A branch of the remote is written origin/main; fetch it first.",
    docs: "--against takes any name of a commit: a branch, a tag, a hash, HEAD~1. A branch that was never fetched is not known here.",
  },
  "shallow": {
    severity: "error",
    message: "'{ref}' is not in this shallow clone.",
    help: "Fetch it: git fetch --unshallow, or fetch-depth: 0 of actions/checkout.",
    docs: "A shallow clone holds only the last commits, as CI makes it by default. The commit to compare with must be fetched before.",
  },
  "missing-object": {
    severity: "error",
    message: "'{path}' of '{ref}' is not in this clone.",
    help: "Fetch it: git fetch --refetch --no-filter.",
    docs: "A partial clone leaves out the contents of files. What is needed is not fetched behind your back: plan works without a network.",
  },
  "failed": {
    severity: "error",
    message: "git could not read '{ref}': {reason}",
    help: "Run the same git command by hand for all it has to say.",
    docs: "git ended with an error of its own, for example because the repository belongs to another user (safe.directory).",
  },
  "base-invalid": {
    severity: "error",
    message: "The specs of '{ref}' do not compile, so nothing can be compared with them: {count} in all, the first {first}.",
    help: "Compare with a commit whose specs compile, or leave --against out.",
    docs: "Changes are found by comparing what two states of the specs mean. Specs with errors mean nothing that could be compared. The errors are those of this version of dps-gen.",
  },
  "ahead": {
    severity: "warning",
    message: "'{ref}' has changed the specs since this branch began (commits: {count}): what they brought is told backwards, as if it were taken out.",
    help: "Merge '{ref}' first, or plan against the commit where the branch began: --against $(git merge-base {ref} HEAD).",
    docs: "A plan compares two states of the specs, whichever of them is newer. Where the other branch has moved on since this one began, its new columns look removed. The check of a pull request merges both first.",
  },
});
