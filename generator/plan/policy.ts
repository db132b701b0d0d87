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
}

/** Holds a change to the policy of its contract; null where it breaks nothing or the contract has none. */
export function policyFinding(change: ModelChange, before: Model, after: Model): PolicyFinding | null {
  if (change.subject.kind !== "contract" || !change.classes.includes("breaking")) return null;
  const was = before.sources.find(({ name }) => name === change.subject.name);
  const policy = was?.breakingChangePolicy ?? null;
  if (was === undefined || policy === null) return null;
  const is = after.sources.find(({ name }) => name === change.subject.name) ?? null;
  return { contract: was.name, policy, ...judged(policy.toLowerCase().replace(/[\s_]+/g, "-"), was, is, change) };
}

type Judgement = Pick<PolicyFinding, "verdict" | "message">;

function judged(policy: string, was: SourceTable, is: SourceTable | null, change: ModelChange): Judgement {
  if (/\bnever-break/.test(policy)) return { verdict: "violated", message: "The contract is never to break: add a column or table beside the old one instead." };
  if (/\bversion-bump/.test(policy)) return versionBump(was, is);
  const days = /\bnotify-([0-9]+)-days?/.exec(policy)?.[1];
  return days === undefined ? { verdict: "to_do", message: `Nothing is known about the policy '${policy}': follow it by hand.` } : notice(days, was, change);
}

/** A breaking change is a new major version. */
function versionBump(was: SourceTable, is: SourceTable | null): Judgement {
  if (is === null) return { verdict: "to_do", message: "The contract is withdrawn: tell its consumers." };
  const [old, now] = [major(was.version), major(is.version)];
  const bumped = old !== null && now !== null && now > old;
  if (bumped) return { verdict: "kept", message: `Released as version ${is.version}, after ${was.version}.` };
  return { verdict: "violated", message: `A breaking change needs a new major version: 'version' is '${is.version}', it was '${was.version}'.` };
}

function major(version: string): number | null {
  const found = /^v?([0-9]+)/.exec(version)?.[1];
  return found === undefined ? null : Number(found);
}

/** A column announces its end by `deprecated: true`; since when, the specs do not say. */
function notice(days: string, was: SourceTable, change: ModelChange): Judgement {
  const whom = [was.consumers.length === 0 ? "all consumers" : was.consumers.join(", "), was.notificationChannel === null ? "" : ` in ${was.notificationChannel}`].join("");
  const column = was.columns.find(({ name }) => name === change.part);
  if (column !== undefined && change.rule === "SC301" && !column.deprecated) {
    return { verdict: "violated", message: `Not announced: mark the column 'deprecated: true', tell ${whom}, and remove it ${days} days later.` };
  }
  const announced = column?.deprecated === true ? "The column was deprecated before; " : "";
  return { verdict: "to_do", message: `${announced}merge no sooner than ${days} days after ${whom} were told.` };
}
