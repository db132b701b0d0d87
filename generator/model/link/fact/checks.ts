import { within } from "../../../diagnostics/origin.ts";
import type { Fact } from "../../fact.ts";
import { loadColumns } from "../../fact-record.ts";
import type { LinkContext } from "../context.ts";
import { checkNames, type NamedColumn } from "../rows/names.ts";

/** Reports columns of a fact that share a name; the event time and the grain may be a degenerate dimension too. */
export function checkFactNames(fact: Fact, context: LinkContext): void {
  const columns: NamedColumn[] = [
    { name: fact.keyColumn, what: "its own key", origin: within(fact.origin, "name") },
    ...fact.foreignKeys.map((one) => ({ name: one.name, what: `the key of ${one.alias}`, origin: one.origin })),
    ...fact.degenerates.map((one) => ({ name: one.name, what: "a degenerate dimension", origin: one.origin })),
    ...fact.measures.map((one) => ({ name: one.name, what: "a measure", origin: one.origin })),
  ];
  columns.push(...loadColumns(fact).map(({ name }) => ({ name, what: "what its load records", generated: true, origin: within(fact.origin, "load") })));
  const time = fact.eventTime;
  const isMeasure = fact.measures.some((one) => one.name === time?.column);
  if (time !== null && isMeasure) columns.push({ name: time.column, what: "the event time", origin: within(fact.origin, "event_time") });
  checkNames(fact.name, columns, context);
}
