import type { Dialect } from "../dialects/types.ts";
import type { Model } from "../model/types.ts";
import { approvalOf, type ApprovalState } from "./approvals.ts";
import { compareModels } from "./compare.ts";
import { effectsOf, sidesOf, type Effects } from "./effects.ts";
import { impacts, type Impact } from "./impact.ts";
import { policyFinding, type PolicyFinding } from "./policy.ts";
import { changeClasses, worstClass, type ChangeClass } from "./rules.ts";
import type { ModelChange } from "./types.ts";

/** A change with all that follows from it. */
export interface PlannedChange extends ModelChange, Effects {
  /** The worst of its classes. */
  readonly worst: ChangeClass;
  readonly impact: Impact;
  readonly policy: PolicyFinding | null;
  /** What somebody must agree to, and whether one did; null where nobody must. */
  readonly approval: ApprovalState | null;
  /** Changes of columns further down that only follow from this one: `fct_orders.amount: decimal(12,2) → decimal(10,2)`. */
  readonly consequences: readonly string[];
}

/** Everything that differs between two models, and what it means. Approvals count on the day `today`; without one they never expire. */
export function planChanges(before: Model, after: Model, dialect: Dialect, today: string | null = null): readonly PlannedChange[] {
  const changes = compareModels(before, after);
  if (changes.length === 0) return [];
  const impactOf = impacts(before, after);
  const reached = changes.map((change) => ({ change, impact: impactOf(change) }));
  const sides = sidesOf(before, after, dialect, new Set(reached.flatMap(({ impact }) => impact.models)));
  const causes = new Map(reached.map((one) => [one.change, causeOf(one.change, reached)]));
  return reached.flatMap(({ change, impact }): readonly PlannedChange[] => {
    if (causes.get(change) !== null) return [];
    const following = changes.filter((one) => causes.get(one) === change);
    const grave = new Set([change, ...following].flatMap(({ classes }) => classes));
    const whole = { ...change, classes: changeClasses.filter((one) => grave.has(one)) };
    const effects = effectsOf(whole, following, impact, sides);
    return [{ ...whole, ...effects, worst: worstClass(whole.classes), impact, policy: policyFinding(whole, before, after), approval: approvalOf(whole, before, after, today), consequences: following.map(consequenceText) }];
  });
}

/** The change that a change of a column only follows from: a change of the same kind in a column that it is made of. */
function causeOf(change: ModelChange, all: readonly { readonly change: ModelChange; readonly impact: Impact }[]): ModelChange | null {
  if (change.part === null || change.subject.kind === "contract" || !FOLLOWS.test(change.message)) return null;
  const column = `${change.subject.name}.${change.part}`;
  const found = all.filter((one) => one.change !== change && FOLLOWS.test(one.change.message) && topic(one.change) === topic(change) && one.impact.columns.includes(column));
  // Causes have causes: the first one of them all is a change that nothing else reaches.
  return (found.find((one) => one.change.subject.kind === "contract") ?? found.toSorted((a, b) => b.impact.columns.length - a.impact.columns.length)[0])?.change ?? null;
}

/** Changes that columns take over from the columns that they are made of. */
const FOLLOWS = /^(?:type (?:widened|narrowed|changed)|unit changed|(?:no longer )?marked as personal data)$/;

function topic({ message }: ModelChange): string {
  return message.replace(/^type .*/, "type");
}

function consequenceText({ subject, part, message, before, after }: ModelChange): string {
  return `${subject.name}.${part}: ${before === null || after === null ? message : `${before} → ${after}`}`;
}

/** A model without anything in it: what stood there before the first specs. */
export function emptyModel({ project, brief }: Model): Model {
  return { project, brief, sources: [], handWritten: [], dimensions: [], bridges: [], facts: [], marts: [], pipelines: [], owners: [], approvals: [], inferred: [] };
}

/** How many changes there are of each class, the gravest first; classes without any are left out. */
export function countClasses(changes: readonly PlannedChange[]): readonly { readonly name: ChangeClass; readonly count: number }[] {
  return changeClasses.toReversed().map((name) => ({ name, count: changes.filter(({ worst }) => worst === name).length })).filter(({ count }) => count > 0);
}
