import { within } from "../../diagnostics/origin.ts";
import type { Brief } from "../../model/project.ts";
import { rulesDiagnostics } from "../diagnostics.ts";
import type { ChoiceOf, Decision, Findings, Rule, RuleContext } from "../types.ts";
import { briefFields, type Answer, type Condition, type Situation } from "./situation.ts";

/** A topic that the brief decides. */
export type BriefTopic = "architecture pattern" | "orchestration" | "processing" | "storage" | "modelling method";

/** One row of a decision table: what it is best for, in the guide's words, and the conditions that all must hold. */
export interface Row<T extends BriefTopic> {
  readonly choice: ChoiceOf<T>;
  readonly bestFor: string;
  readonly when: readonly Condition[];
}

/** A rule that decides a topic by a table: the first row that fits wins; a row that the brief leaves open leaves the topic open. */
export function tableRule<T extends BriefTopic>(topic: T, rows: readonly Row<T>[]): Rule {
  const name = topic.replaceAll(" ", "-");
  return {
    name,
    apply(context) {
      const { brief } = context.model;
      return brief === null || !describes(brief) ? {} : decideBy({ ...context, brief }, name, topic, rows);
    },
  };
}

/** Whether a brief says more than what the project is called and what for; a mere title asks for no decisions. */
function describes({ consumers, sources, storage, painPoints, volume, constraints }: Brief): boolean {
  const stated = [...Object.values(volume), ...Object.values(constraints)].some((one) =>
    Array.isArray(one) ? one.length > 0 : one !== null,
  );
  return stated || consumers.length + sources.length + storage.length + painPoints.length > 0;
}

type Verdict<T extends BriefTopic> = { readonly row: Row<T>; readonly answer: Answer; readonly all: readonly Answer[] };

function decideBy<T extends BriefTopic>(situation: Situation & RuleContext, rule: string, topic: T, rows: readonly Row<T>[]): Findings {
  const verdicts = rows.map((row) => judge(row, situation));
  const at = verdicts.findIndex(({ answer }) => answer.holds !== false);
  const first = verdicts[at];
  if (first === undefined) return {};
  if (first.answer.holds === null) return { diagnostics: [undecided(situation, topic, verdicts.slice(at))] };
  return { decisions: [decision(situation, rule, topic, first, verdicts)] };
}

function judge<T extends BriefTopic>(row: Row<T>, situation: Situation): Verdict<T> {
  const all = row.when.map((condition) => condition(situation));
  const answer = all.find((one) => one.holds === false) ??
    all.find((one) => one.holds === null) ?? { holds: true, because: all.map((one) => one.because).join(", ") };
  return { row, answer, all };
}

function decision<T extends BriefTopic>(
  situation: Situation,
  rule: string,
  topic: T,
  winner: Verdict<T>,
  verdicts: readonly Verdict<T>[],
): Decision {
  const losers = verdicts.filter(
    ({ row }, index) => row.choice !== winner.row.choice && verdicts.findIndex((one) => one.row.choice === row.choice) === index,
  );
  const facts =
    winner.answer.because === ""
      ? losers.filter(({ row }) => row.choice !== winner.row.choice).map(({ answer }) => answer.because)
      : [winner.answer.because];
  return {
    rule,
    subject: situation.model.project.name,
    topic,
    choice: winner.row.choice,
    because: `Best for ${winner.row.bestFor}: ${[...new Set(facts)].join(", ")}.`,
    alternatives: losers.map(({ row, answer }) => ({ choice: row.choice, because: lost(row.bestFor, answer, winner.row.choice) })),
    origin: situation.brief.origin,
  };
}

function lost(bestFor: string, answer: Answer, winner: string): string {
  if (answer.holds === false) return `Best for ${bestFor}, but ${answer.because}.`;
  if (answer.holds === null) return `Best for ${bestFor}; ${answer.because}, and ${winner} fits without it.`;
  return `Best for ${bestFor}: it would serve, but ${winner} fits more closely.`;
}

function undecided<T extends BriefTopic>({ brief }: Situation, topic: T, verdicts: readonly Verdict<T>[]) {
  const open = verdicts.flatMap(({ answer }) => (answer.holds === null ? [answer.field] : []));
  const field = open[0] ?? "data_consumers[].latency_requirement";
  const sure = verdicts.findIndex(({ answer }) => answer.holds === true);
  const possible = verdicts.slice(0, sure === -1 ? undefined : sure + 1).filter(({ answer }) => answer.holds !== false);
  const { parent, write } = briefFields[field];
  return rulesDiagnostics.report(
    "brief-undecided",
    { origin: within(brief.origin, ...parent), pointer: "key" },
    { topic, choices: listed([...new Set(possible.map(({ row }) => row.choice))]), field, write },
  );
}

function listed(choices: readonly string[]): string {
  return choices.length < 2 ? choices.join("") : `${choices.slice(0, -1).join(", ")} or ${choices.at(-1) ?? ""}`;
}
