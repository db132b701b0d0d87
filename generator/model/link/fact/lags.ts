import { within } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { Fact, Measure, Milestone } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import type { Scope } from "../scope.ts";
import type { FactDraft } from "./draft.ts";

/** Measures of the time between milestones, where the spec asks for it: days of the calendar, or hours between instants; NULL until both are reached. */
export function lagMeasures(milestones: Fact["milestones"], draft: FactDraft): readonly Measure[] {
  const { spec } = draft;
  const steps = milestones?.steps ?? [];
  return spec.milestones.flatMap(({ name, lag }, index) => {
    const later = steps.find((one) => one.name === name && one.origin.path.at(-1) === index);
    if (lag === null || later === undefined) return [];
    const earlier = steps.slice(0, steps.indexOf(later));
    const since = lag.since === null ? earlier.at(-1) : earlier.find((one) => one.name === lag.since);
    const known = earlier.map((one) => one.name);
    // A milestone that was refused is reported where it stands.
    if (since === undefined && draft.context.refused.has(draft.name, lag.since ?? spec.milestones[index - 1]?.name ?? "")) return [];
    if (since === undefined) return refuse(later, `no milestone ${lag.since === null ? "comes before it" : `'${lag.since}' comes before it`}`, sinceHelp(lag.since, known), draft);
    if (lag.unit === "hours" && !(isInstant(since) && isInstant(later))) {
      const day = isInstant(since) ? later : since;
      return refuse(later, `'${day.column}' is a date, which has no hour`, "write lag: days.", draft);
    }
    return lagMeasure(since, later, lag.unit, draft) ?? [];
  });
}

function lagMeasure(since: Milestone, later: Milestone, unit: "days" | "hours", { context }: FactDraft): Measure | null {
  const origin = within(later.origin, "lag");
  const [first, second] = [since, later].map((one) => ({ kind: "found" as const, expression: one.value }));
  const scope: Scope = { lookup: (name) => (name === "earlier" ? first : name === "later" ? second : undefined) ?? { kind: "unknown", candidates: [] } };
  const sql = unit === "days" ? "date_diff('day', earlier, later)" : "cast(date_diff('second', earlier, later) / 3600 as decimal(12, 2))";
  const expression = context.parse({ kind: "expression", sql }, scope, origin, null);
  if (expression === null) return null;
  const counted = unit === "days" ? "Days" : "Hours";
  return {
    name: `${since.name}_to_${later.name}_${unit}`,
    origin,
    type: expression.type ?? scalar("integer"),
    additivity: "additive",
    aggregation: "sum",
    description: `${counted} from ${since.name} to ${later.name}; empty until both are reached.`,
    unit,
    value: { kind: "row", expression },
    over: null,
    ratio: null,
    renamedFrom: null,
  };
}

function isInstant({ value }: Milestone): boolean {
  return value.type?.kind === "timestamp";
}

function sinceHelp(since: string | null, known: readonly string[]): string {
  if (known.length === 0) return "remove the lag: nothing comes before the first milestone.";
  return `${since === null ? "" : didYouMean(since, known)}Earlier ones are ${known.join(", ")}.`;
}

function refuse(step: Milestone, reason: string, help: string, { context }: FactDraft): readonly Measure[] {
  context.log.add(factDiagnostics.report("milestone-lag", { origin: within(step.origin, "lag") }, { milestone: step.name, reason, help }));
  return [];
}
