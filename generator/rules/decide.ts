import type { DiagnosticLog } from "../diagnostics/log.ts";
import type { Dialect } from "../dialects/types.ts";
import { statedDomains } from "../model/domains.ts";
import type { Model } from "../model/types.ts";
import { rules as registered } from "./registry.ts";
import { topics, type ChoiceOf, type Topic } from "./topics.ts";
import type { Decision, Design, Rule } from "./types.ts";

/**
 * Runs every rule over the model and gathers what was decided, by subject and topic; what was refused goes into the log (`rules/…`).
 * The design is complete even where something was refused: the caller asks the log.
 */
export function decide(model: Model, dialect: Dialect, log: DiagnosticLog, rules: readonly Rule[] = registered): Design {
  const decisions: Decision[] = [];
  for (const rule of rules) {
    const findings = rule.apply({ model, dialect });
    for (const one of findings.decisions ?? []) decisions.push(one);
    for (const one of findings.diagnostics ?? []) log.add(one);
  }
  return { model, dialect, decisions, domains: statedDomains(model), choice: chooser(decisions) };
}

/** A model about which nothing is decided. */
export function undecided(model: Model, dialect: Dialect): Design {
  return { model, dialect, decisions: [], domains: statedDomains(model), choice: () => undefined };
}

function chooser(decisions: readonly Decision[]): Design["choice"] {
  const made = new Map(decisions.map((one) => [`${one.topic}\n${one.subject}`, one.choice]));
  const options: { readonly [T in Topic]: readonly ChoiceOf<T>[] } = topics;
  return (topic, subject) => {
    const choice = made.get(`${topic}\n${subject}`);
    return options[topic].find((one) => one === choice);
  };
}
