import { within } from "../../../diagnostics/origin.ts";
import { snapshotDiagnostics } from "../../diagnostics/snapshots.ts";
import { rowDiagnostics } from "../../diagnostics/rows.ts";
import type { FactSpec } from "../../../spec/types.ts";
import { dimensionModel, factModel } from "../../names.ts";
import type { LinkContext } from "../context.ts";
import { tableOf } from "../dimension/dimension-source.ts";
import type { JoinRequest } from "../rows/join-steps.ts";
import type { Fact } from "../../fact.ts";
import { parts } from "../refusals.ts";
import { eventBase } from "./events.ts";
import { withMembers, dimensionInputs } from "./measure-scope.ts";
import { findReadable, readableTable, type Readable } from "../rows/readable.ts";
import { linkRows, type LinkedRows } from "../rows/row-source.ts";

/** The joined rows of a fact, and how they are made of events where they are. */
export interface FactRows {
  readonly rows: LinkedRows;
  readonly events: Fact["events"];
}

/** The joined rows a fact is made of; null where its source or a join was refused (reported). */
export function factRows(spec: FactSpec, context: LinkContext): FactRows | null {
  const source = spec.source ?? inferredSource(spec, context);
  const found = source === null ? null : findReadable(source, true, takesAllRows(spec, source, context) ? "rows" : "state", context, within(spec.origin, "source"));
  if (found === null || !hasPeriods(found, spec, context)) return null;
  const pivoted = eventBase(found, spec, context);
  if (spec.milestone_events !== null && pivoted === null) return null;
  const base = pivoted?.readable ?? found;
  const subject = factModel(spec.name);
  const stated = spec.joins.map((one, index): JoinRequest => ({ spec: one, origin: within(spec.origin, "joins", index), subject }));
  const held = base.fact?.foreignKeys ?? [];
  const roles = new Set([...spec.foreign_keys.map((one) => one.role ?? dimensionModel(one.dimension)), ...held.map((one) => one.alias)]);
  const linked = linkRows(base, [...stated, ...impliedJoins(spec, base.id, context)], roles, context);
  const rows = base.fact === null ? linked : { ...linked, scope: withMembers(linked.scope, dimensionInputs(held, context), context.refused.has(base.id, parts.references)) };
  return { rows, events: pivoted?.events ?? null };
}

/**
 * Periods are made of all rows of a contract, but what is added up over a change log counts once: as it is now. Any other fact holds the rows as they
 * are now, unless its grain names the time by which changes or extracts are told apart.
 */
function takesAllRows(spec: FactSpec, source: string, { sources }: LinkContext): boolean {
  const history = sources.get(source)?.history;
  if (spec.fact_type === "periodic_snapshot") return history?.kind !== "change_log" || hasReadings(spec);
  const times = history?.kind === "periodic_extract" ? [history.extractDate] : history?.kind === "change_log" ? [history.effectiveAt, ...history.sequence] : [];
  return times.some((one) => spec.grain_key.includes(one) || spec.grain_key.includes(`${source}.${one}`));
}

/** Whether a periodic snapshot holds levels that were read, each of which stays true of its time. */
export function hasReadings({ measures }: FactSpec): boolean {
  return measures.some((one) => one.balance === "readings");
}

/** Periods are made of the rows of a contract or a hand-written model: events, readings or extracts, none of which is taken back. */
function hasPeriods({ id, table, reference }: Readable, spec: FactSpec, context: LinkContext): boolean {
  if (spec.fact_type !== "periodic_snapshot") return true;
  const deletes = table?.history.kind === "change_log" && table.history.operation !== null && hasReadings(spec);
  if ((table !== null || reference.kind === "model") && !deletes) return true;
  const instead = deletes ? "one whose rows are never taken back, or leave the readings out: sums take its rows as they are now" : "transactions, readings or extracts";
  context.log.add(snapshotDiagnostics.report("snapshot-source", { origin: within(spec.origin, "source") }, { source: id, instead }));
  return false;
}

/** Joins that follow from measures and degenerate dimensions whose source names another contract. */
function impliedJoins(spec: FactSpec, base: string, context: LinkContext): readonly JoinRequest[] {
  const known = new Set([base, ...spec.joins.flatMap((one) => (one.as === null ? [one.to] : []))]);
  const named = [
    ...spec.measures.map((one, index) => ({ source: one.source, at: ["measures", index, "source"] as const })),
    ...spec.degenerate_dimensions.map((one, index) => ({ source: one.source, at: ["degenerate_dimensions", index, "source"] as const })),
  ];
  return named.flatMap(({ source, at }) => {
    const table = tableOf(source ?? "");
    if (table === null || known.has(table) || !context.sources.has(table)) return [];
    known.add(table);
    return [{ spec: { to: table, as: null, on: null, type: "left" as const }, origin: within(spec.origin, ...at), subject: factModel(spec.name) }];
  });
}

/** The one contract that has every column the fact speaks of by its bare name; null where that is not one (reported). */
function inferredSource(spec: FactSpec, context: LinkContext): string | null {
  const wanted = [
    ...spec.grain_key,
    ...spec.measures.flatMap((one) =>
      one.expression !== null || one.ratio !== null || (one.source === null && one.aggregation === "count") ? [] : [one.source ?? one.name],
    ),
    ...spec.degenerate_dimensions.flatMap((one) => (one.expression !== null ? [] : [one.source ?? one.name])),
    ...spec.foreign_keys.flatMap((one) => one.on.map((pair) => pair.here)),
  ].filter((one) => tableOf(one) === null);
  const { refused } = context;
  const joined = spec.joins.flatMap((one) => context.sources.get(one.to) ?? []).flatMap((one) => readableTable(one, "state", refused).columns);
  const fitting =
    wanted.length === 0
      ? []
      : [...context.sources.values()].filter((table) => {
          const columns = new Set([...readableTable(table, "state", refused).columns, ...joined].map((one) => one.name));
          return !spec.joins.some((one) => one.to === table.name) && wanted.every((one) => columns.has(one) || refused.has(table.name, one));
        });
  const [only, ...more] = fitting;
  const subject = factModel(spec.name);
  if (only !== undefined && more.length === 0) {
    context.infer({
      topic: "source",
      subject,
      choice: only.name,
      because: "it is the only contract with all columns the fact speaks of",
      origin: spec.origin,
    });
    return only.name;
  }
  const candidates = only === undefined ? "<contract or fact>." : `${fitting.map((one) => one.name).join(" or ")}.`;
  context.log.add(rowDiagnostics.report("no-source", { origin: spec.origin, pointer: "key" }, { subject, candidates }));
  return null;
}
