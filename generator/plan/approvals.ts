import type { Approval } from "../model/project.ts";
import type { Model, ModelNode } from "../model/types.ts";
import { digest } from "../output/digest.ts";
import { canonical } from "./canonical.ts";
import { needsApproval } from "./rules.ts";
import type { ModelChange } from "./types.ts";

/** Whether somebody has agreed to a change. */
export interface ApprovalState {
  /** Ties an approval to the change: to what it is, and to its object as it was and as it is. */
  readonly hash: string;
  readonly state: "needed" | "approved" | "expired";
  readonly by: string | null;
  readonly reason: string | null;
  readonly expires: string | null;
}

/** What the specs' approvals say to a change; null where nobody must agree. ISO dates compare as texts. */
export function approvalOf(change: ModelChange, before: Model, after: Model, today: string | null): ApprovalState | null {
  if (!needsApproval(change.classes)) return null;
  const hash = hashOf(change, before, after);
  const given = after.approvals.filter((one) => isFor(one, change) && one.hash === hash);
  const valid = given.find(({ expires }) => expires === null || today === null || expires >= today);
  const [found] = valid === undefined ? given : [valid];
  if (found === undefined) return { hash, state: "needed", by: null, reason: null, expires: null };
  return { hash, state: valid === undefined ? "expired" : "approved", by: found.by, reason: found.reason, expires: found.expires };
}

/** Approvals that no change asks for. `spent` ones stood in the earlier specs, too: their change is merged. */
export function unusedApprovals(changes: readonly (ModelChange & { readonly approval: ApprovalState | null })[], before: Model, after: Model): readonly { readonly approval: Approval; readonly spent: boolean }[] {
  const known = new Set(before.approvals.map(canonical));
  const unused = after.approvals.filter((one) => !changes.some((change) => isFor(one, change) && change.approval?.hash === one.hash));
  return unused.map((approval) => ({ approval, spent: known.has(canonical(approval)) }));
}

function isFor({ rule, object, part }: Approval, change: ModelChange): boolean {
  return rule === change.rule && object === change.subject.name && (part === null || part === change.part);
}

/** Words for people do not make another change of it. */
const WORDING: ReadonlySet<string> = new Set(["origin", "description", "businessDefinition", "grainStatement", "owner", "consumers", "notificationChannel", "exposures"]);

function hashOf({ rule, subject, part, message }: ModelChange, before: Model, after: Model): string {
  const is = objectIn(after, subject);
  const was = objectIn(before, subject) ?? ((is?.renamedFrom ?? null) === null ? null : objectIn(before, { ...subject, name: is?.renamedFrom ?? "" }));
  const meaning = (one: unknown): unknown => JSON.parse(JSON.stringify(one ?? null, (key: string, value: unknown) => (WORDING.has(key) ? undefined : value)));
  const text = canonical([rule, subject.kind, subject.name, part, message, meaning(was), meaning(is)]);
  return digest(text).slice(0, 16);
}

function objectIn(model: Model, { kind, name }: ModelChange["subject"]): (Partial<ModelNode> & { readonly renamedFrom?: string | null }) | null {
  switch (kind) {
    case "project": return model.project;
    case "brief": return model.brief;
    case "contract": return named(model.sources, name);
    case "model": return named(model.handWritten, name);
    case "dimension": return named(model.dimensions, name);
    case "bridge": return named(model.bridges, name);
    case "fact": return named(model.facts, name);
    case "mart": return named(model.marts, name);
    case "pipeline": return named(model.pipelines, name);
  }
}

function named<Node extends ModelNode>(nodes: readonly Node[], name: string): Node | null {
  return nodes.find((one) => one.name === name) ?? null;
}
