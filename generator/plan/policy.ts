import type { SourceTable } from "../model/source.ts";
import type { Model } from "../model/types.ts";
import type { ModelChange } from "./types.ts";

/** What a contract's `breaking_change_policy` says to a breaking change of it. */
export interface PolicyFinding {
  readonly contract: string;
  /** The policy as the old contract words it: a change cannot lift the policy that it is held to. */
  readonly policy: string;
  /** `to_do`: what no spec can show remains to be done by people. */
  readonly verdict: "kept" | "to_do" | "violated";
  readonly message: string;
  /** What was announced by `deprecated: true`, and for how many days it must have been: git's history can tell. Null where there is nothing to ask it. */
  readonly announced: Announcement | null;
}

/** The columns of a contract whose end was announced, by their names in the earlier specs. */
export interface Announcement {
  readonly contract: string;
  readonly columns: readonly string[];
  readonly days: number;
}

/** Holds a change to the policy of its contract; null where it breaks nothing or the contract has none. */
export function policyFinding(change: ModelChange, before: Model, after: Model): PolicyFinding | null {
  if (change.subject.kind !== "contract" || !change.classes.includes("breaking")) return null;
  const is = after.sources.find(({ name }) => name === change.subject.name) ?? null;
  const was = before.sources.find(({ name }) => name === change.subject.name) ?? before.sources.find(({ name }) => name === is?.renamedFrom);
  const policy = was?.breakingChangePolicy ?? null;
  if (was === undefined || policy === null) return null;
  return { contract: was.name, policy, ...judged(policy.toLowerCase().replace(/[\s_]+/g, "-"), was, is, change) };
}

type Judgement = Pick<PolicyFinding, "verdict" | "message" | "announced">;

function judged(policy: string, was: SourceTable, is: SourceTable | null, change: ModelChange): Judgement {
  if (/\bnever-break/.test(policy)) return verdict("violated", "The contract is never to break: add a column or table beside the old one instead.");
  if (/\bversion-bump/.test(policy)) return versionBump(was, is);
  const days = /\bnotify-([0-9]+)-days?/.exec(policy)?.[1];
  return days === undefined ? verdict("to_do", `Nothing is known about the policy '${policy}': follow it by hand.`) : notice(Number(days), was, change);
}

function verdict(how: Judgement["verdict"], message: string, announced: Announcement | null = null): Judgement {
  return { verdict: how, message, announced };
}

/** A breaking change is a new major version. */
function versionBump(was: SourceTable, is: SourceTable | null): Judgement {
  if (is === null) return verdict("to_do", "The contract is withdrawn: tell its consumers.");
  const [old, now] = [major(was.version), major(is.version)];
  if (old !== null && now !== null && now > old) return verdict("kept", `Released as version ${is.version}, after ${was.version}.`);
  return verdict("violated", `A breaking change needs a new major version: 'version' is '${is.version}', it was '${was.version}'.`);
}

function major(version: string): number | null {
  const found = /^v?([0-9]+)/.exec(version)?.[1];
  return found === undefined ? null : Number(found);
}

/** A column announces its end by `deprecated: true`, a contract by that of all its columns. */
function notice(days: number, was: SourceTable, change: ModelChange): Judgement {
  const whom = [was.consumers.length === 0 ? "all consumers" : was.consumers.join(", "), was.notificationChannel === null ? "" : ` in ${was.notificationChannel}`].join("");
  const name = change.message === "column renamed" ? change.before : change.part;
  const gone = change.part === null ? was.columns : was.columns.filter((one) => one.name === name);
  const deprecated = gone.length > 0 && gone.every((one) => one.deprecated);
  const removed = change.rule === "SC301" || change.message === "column renamed";
  if (removed && !deprecated && gone.length > 0) {
    const what = change.part === null ? "all its columns" : "the column";
    return verdict("violated", `Not announced: mark ${what} 'deprecated: true', tell ${whom}, and remove it ${days} days later.`);
  }
  const told = `merge no sooner than ${days} days after ${whom} were told.`;
  if (!deprecated) return verdict("to_do", told);
  return verdict("to_do", `The column was deprecated before; ${told}`, { contract: was.name, columns: gone.map((one) => one.name), days });
}
