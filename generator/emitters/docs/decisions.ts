import type { Decision, Design } from "../../rules/types.ts";
import { code, codes, prose, sentence, type Table } from "../markdown.ts";

/** Subjects that one row names before it only counts. */
const LISTED = 12;

/** One decision about the project: its heading, reason, and what lost. */
export interface ProjectDecision {
  readonly title: string;
  readonly because: string;
  readonly lost: Table;
}

/** What was decided about the project, about its objects by topic (equal decisions in one row), and what was inferred. */
export interface DecisionViews {
  readonly project: readonly ProjectDecision[];
  readonly topics: readonly { readonly title: string; readonly table: Table }[];
  readonly inferred: Table | null;
}

/** The decisions of a design as the docs show them. */
export function decisionViews({ decisions, model }: Design): DecisionViews {
  const [project, objects, inferred]: [Decision[], Decision[], Decision[]] = [[], [], []];
  for (const one of decisions) {
    if (one.rule === "inferred") inferred.push(one);
    else if (one.subject === model.project.name && one.origin === model.brief?.origin) project.push(one);
    else objects.push(one);
  }
  const topics = [...new Set(objects.map((one) => one.topic))];
  return {
    project: project.map(projectDecision),
    topics: topics.map((topic) => ({ title: prose(capital(topic)), table: topicTable(objects.filter((one) => one.topic === topic)) })),
    inferred:
      inferred.length === 0
        ? null
        : {
            header: ["For", "What", "Settled as", "Because"],
            rows: inferred.map((one) => [code(one.subject), prose(one.topic), prose(one.choice), sentence(capital(one.because))]),
          },
  };
}

function projectDecision({ topic, choice, because, alternatives }: Decision): ProjectDecision {
  return {
    title: `${prose(capital(topic))}: ${prose(choice)}`,
    because: prose(because),
    lost: { header: ["Not chosen", "Because"], rows: alternatives.map((one) => [prose(one.choice), prose(one.because)]) },
  };
}

function topicTable(decisions: readonly Decision[]): Table {
  return {
    header: ["Choice", "For", "Because", "Not chosen"],
    rows: grouped(decisions).map(({ first, subjects }) => [
      code(first.choice),
      codes(subjects, LISTED),
      prose(first.because),
      losers(first),
    ]),
  };
}

function losers({ alternatives }: Decision): string {
  return alternatives.map((one) => `${code(one.choice)}: ${prose(one.because)}`).join("<br>");
}

/** Decisions that differ only in their subject, in the order of the first of each. */
function grouped(decisions: readonly Decision[]): readonly { readonly first: Decision; readonly subjects: readonly string[] }[] {
  const groups = new Map<string, { readonly first: Decision; readonly subjects: string[] }>();
  for (const one of decisions) {
    const id = [one.choice, one.because, ...one.alternatives.map((other) => other.because)].join("\n");
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { first: one, subjects: [one.subject] });
    else group.subjects.push(one.subject);
  }
  return [...groups.values()];
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
