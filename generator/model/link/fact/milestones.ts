import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { DegenerateDimension, Fact, ForeignKey, Milestone } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { dateKeyColumn } from "../../names.ts";
import { columnFacts } from "../rows/inputs.ts";
import { linkTime, timeColumns } from "../rows/times.ts";
import type { FactDraft } from "./draft.ts";

/** The steps of an accumulating snapshot; null for other facts, and where there are too few (reported). Refused steps are left out. */
export function linkMilestones(draft: FactDraft): Fact["milestones"] {
  const { spec, name, source, context, linked } = draft;
  if (spec.fact_type !== "accumulating_snapshot") {
    rejectStray(draft);
    return null;
  }
  if (source !== null) {
    const parameters = { what: "An accumulating snapshot of another fact", instead: "name the contract with one row per process, or with one per event and milestone_events, as its source" };
    context.log.add(rowDiagnostics.report("not-yet", { origin: within(spec.origin, "source") }, parameters));
    return null;
  }
  if (spec.milestones.length < 2) {
    const count = spec.milestones.length === 0 ? "no milestones" : "only one milestone";
    const parameters = { name, count, known: timeColumns(linked).join(", ") || "none" };
    context.log.add(factDiagnostics.report("milestones-missing", { origin: within(spec.origin, "fact_type") }, parameters));
    return null;
  }
  const steps: Milestone[] = [];
  spec.milestones.forEach((_, index) => {
    const step = linkMilestone(index, draft);
    if (step !== null && isNew(step, index, steps, draft)) steps.push(step);
  });
  return { steps, outOfOrder: spec.milestone_order ?? "warn" };
}

/** The first milestone is when the process began, which dates all that is looked up. */
export function beginning({ steps: [first] }: NonNullable<Fact["milestones"]>): Fact["eventTime"] {
  return first === undefined ? null : { value: first.value, column: first.column, precision: first.value.type?.kind === "date" ? "date" : "instant" };
}

/** The date keys of milestones, each in its role. A foreign key that the spec states in that role takes their place. */
export function milestoneKeys(milestones: Fact["milestones"], stated: readonly ForeignKey[]): readonly ForeignKey[] {
  const keys = (milestones?.steps ?? []).map(
    ({ name, origin, value }): ForeignKey => ({
      name: dateKeyColumn(name),
      origin,
      dimension: "dim_date",
      role: name,
      alias: name,
      renamedFrom: null,
      lookup: { kind: "date", value },
    }),
  );
  return keys.filter((one) => !stated.some((other) => other.alias === one.alias || other.name === one.name));
}

/** The times of milestones, which stay in the fact: a date key has no hour. */
export function milestoneTimes(milestones: Fact["milestones"], stated: readonly DegenerateDimension[]): readonly DegenerateDimension[] {
  const times = (milestones?.steps ?? []).map(({ column, origin, value, description }): DegenerateDimension => ({
    name: column,
    origin,
    type: value.type ?? scalar("timestamp"),
    value,
    description,
    renamedFrom: null,
  }));
  return times.filter((one) => !stated.some((other) => other.name === one.name));
}

function linkMilestone(index: number, draft: FactDraft): Milestone | null {
  const { spec, name: fact, linked, context } = draft;
  const milestone = spec.milestones[index];
  if (milestone === undefined) return null;
  const { name } = milestone;
  const origin = within(spec.origin, "milestones", index);
  const source = sourceOf(index, draft);
  if (source === null) return null;
  const value = linkTime(source, "a milestone", linked, within(origin, "source"), context);
  if (value === null) {
    context.refused.add(fact, name, source.slice(source.lastIndexOf(".") + 1));
    return null;
  }
  const described = milestone.description ?? (value.kind === "column" ? columnFacts(value, linked.inputs)?.description : null) ?? "";
  const column = value.kind === "column" ? value.name : source.slice(source.lastIndexOf(".") + 1);
  return { name, origin, column, value, description: described };
}

/** The column of the row that a milestone is read from; null where it is said otherwise than in the rest of the fact (reported). */
function sourceOf(index: number, { spec, name, events, context }: FactDraft): string | null {
  const milestone = spec.milestones[index];
  if (milestone === undefined) return null;
  const origin = within(spec.origin, "milestones", index);
  const report = (key: string | null, what: string, help: string): null => {
    const place = key === null ? { origin } : { origin: within(origin, key), pointer: "key" as const };
    context.log.add(factDiagnostics.report("milestone-source", place, { name, milestone: milestone.name, what, help }));
    context.refused.add(name, milestone.name);
    return null;
  };
  if (events !== null) return milestone.source === null ? (events.milestones[index]?.column ?? null) : report("source", "which column it is, but milestones are events here", "write event: <type of the event>, or leave it out where the event is called like the milestone.");
  if (milestone.event !== null) return report("event", "which event it is, but nothing says where events are", "add milestone_events: {type: <column>, time: <column>, by: [<column>]} to the fact, or write source: <column>.");
  return milestone.source ?? report(null, "nothing about when it is reached", "write source: <column>, or add milestone_events to the fact where milestones are rows.");
}

function isNew(step: Milestone, index: number, steps: readonly Milestone[], { spec, name, context }: FactDraft): boolean {
  const twice = steps.find((one) => one.name === step.name || one.column === step.column);
  if (twice === undefined) return true;
  const [key, what, milestone] = twice.name === step.name ? ["name", "named", step.name] : ["source", "of the column", step.column];
  const related = [{ origin: twice.origin, message: "The first one stands here." }];
  context.log.add(factDiagnostics.report("duplicate-milestone", { origin: within(spec.origin, "milestones", index, key), related }, { name, what, milestone }));
  return false;
}

function rejectStray({ spec, name, context }: FactDraft): void {
  const key = spec.milestones.length > 0 ? "milestones" :  spec.milestone_order === null ? null : "milestone_order";
  if (key === null) return;
  const type = spec.fact_type === null ? "a transaction fact" : `of type ${spec.fact_type}`;
  const parameters = { key, name, wanted: "accumulating_snapshot", type };
  context.log.add(factDiagnostics.report("fact-type-key", { origin: within(spec.origin, key), pointer: "key" }, parameters));
}
