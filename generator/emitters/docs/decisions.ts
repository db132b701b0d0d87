import type { Decision, Design } from "../../rules/types.ts";
import { code, codes, prose, type Table } from "./markdown.ts";

/** Subjects that one row names before it only counts. */
const LISTED = 12;

/** What was decided, in three tables: about the project, about its objects (equal decisions in one row), and what was inferred. */
export interface DecisionTables {
  readonly project: Table | null;
  readonly objects: Table | null;
  readonly inferred: Table | null;
}

/** The decisions of a design as the docs show them. */
export function decisionTables({ decisions, model }: Design): DecisionTables {
  const [project, objects, inferred]: [Decision[], Decision[], Decision[]] = [[], [], []];
  for (const one of decisions) {
    if (one.rule === "inferred") inferred.push(one);
    else if (one.origin !== null && one.origin === model.brief?.origin) project.push(one);
    else objects.push(one);
  }
  return {
    project: table(["Topic", "Choice", "Because", "Not chosen"], project.map((one) => [heading(one.topic), `**${prose(one.choice)}**`, prose(one.because), losers(one)])),
    objects: table(["Topic", "Choice", "For", "Because", "Not chosen"], grouped(objects).map(({ first, subjects }) => [heading(first.topic), code(first.choice), codes(subjects, LISTED), prose(first.because), losers(first)])),
    inferred: table(["For", "What", "Settled as", "Because"], inferred.map((one) => [code(one.subject), prose(one.topic), prose(one.choice), prose(capital(one.because))])),
  };
}

function table(header: readonly string[], rows: readonly (readonly string[])[]): Table | null {
  return rows.length === 0 ? null : { header, rows };
}

function losers({ alternatives }: Decision): string {
  return alternatives.map((one) => `${prose(one.choice)}: ${prose(one.because)}`).join("<br>");
}

/** Decisions that differ only in their subject, in the order of the first of each. */
function grouped(decisions: readonly Decision[]): readonly { readonly first: Decision; readonly subjects: readonly string[] }[] {
  const groups = new Map<string, { readonly first: Decision; readonly subjects: string[] }>();
  for (const one of decisions) {
    const id = JSON.stringify([one.topic, one.choice, one.because, one.alternatives.map((other) => other.because)]);
    const group = groups.get(id);
    if (group === undefined) groups.set(id, { first: one, subjects: [one.subject] });
    else group.subjects.push(one.subject);
  }
  return [...groups.values()];
}

function heading(topic: string): string {
  return prose(capital(topic));
}

function capital(text: string): string {
  return `${text.charAt(0).toUpperCase()}${text.slice(1)}`;
}
