import { within } from "../../../diagnostics/origin.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { Fact } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import type { FactDraft } from "./draft.ts";

/** How far back increments read their source, by its load time; null where nothing is stated or it cannot be so (reported). */
export function linkLookback(draft: FactDraft): Fact["load"]["lookback"] {
  const { spec, linked } = draft;
  const stated = spec.load?.lookback ?? null;
  if (stated === null) return null;
  const days = daysOf(stated);
  if (days === null) return refuse(`'${stated}' is no number of days`, "write lookback: 3 days", draft);
  const strategy = spec.load?.strategy ?? null;
  if (spec.load?.corrections === "reversal" || (strategy !== "merge" && strategy !== "delete_insert" && strategy !== "append")) {
    const how = strategy === null ? "a fact that is rebuilt reads all of its source" : `${spec.load?.corrections === "reversal" ? "reversal rows" : strategy.replaceAll("_", "-")} must see all rows to know which are gone`;
    return refuse(how, "remove lookback, or load by merge, delete_insert or append", draft);
  }
  const { alias, readable } = linked.base;
  const column = readable.columns.find((one) => one.name === readable.table?.loadedAtColumn);
  if (readable.table === null || column === undefined) return refuse(`nothing says when rows of ${readable.id} were loaded`, `state loaded_at: <column> in the contract of ${readable.id}`, draft);
  const type = column.type.kind === "date" ? column.type : scalar("timestamp");
  return { days, loadedAt: { kind: "column", input: alias, name: column.name, type } };
}

/** "3 days", "1 day" or a bare number. */
function daysOf(stated: string | number): number | null {
  const [, digits] = /^\s*([0-9]{1,4})\s*(?:d|day|days)?\s*$/i.exec(String(stated)) ?? [];
  const days = Number(digits ?? 0);
  return days > 0 ? days : null;
}

function refuse(reason: string, instead: string, { spec, name, context }: FactDraft): null {
  context.log.add(factDiagnostics.report("lookback", { origin: within(spec.origin, "load", "lookback") }, { name, reason, instead }));
  return null;
}
