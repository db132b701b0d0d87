import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { EntityDimension } from "../../dimension.ts";
import type { Expression } from "../../expression.ts";
import type { Fact, ForeignKey } from "../../fact.ts";
import { dateKeyColumn, dimensionModel, entityOf, foreignKeyColumn, timeKeyColumn } from "../../names.ts";
import { parts } from "../refusals.ts";
import { lookUp } from "../rows/columns.ts";
import { linkAsOf } from "./as-of.ts";
import { linkDate } from "./date-keys.ts";
import { linkFlags } from "./flags.ts";
import { linkTimeOfDay } from "./time-keys.ts";
import type { FactDraft } from "./draft.ts";
import { inheritedKey, inheritedByGrain, matchingKey } from "./inherited-keys.ts";
import { waysTo } from "./key-columns.ts";
import { memberKey } from "./member-key.ts";

/** The foreign keys of a fact; a refused one (reported) stays without its lookup, and is left out where its dimension is not known. A roll-up takes its keys over from its source. */
export function linkForeignKeys(draft: FactDraft, eventTime: Fact["eventTime"]): readonly ForeignKey[] {
  const { spec, source } = draft;
  const stated = spec.foreign_keys.flatMap((one, index) => {
    const origin = within(spec.origin, "foreign_keys", index);
    return (source === null || isOfItsOwn(one, source, draft) ? linkForeignKey(one, origin, draft, eventTime) : inheritedKey(one, origin, draft, source)) ?? [];
  });
  const keys = source === null ? stated : [...stated, ...inheritedByGrain(draft, source, stated)];
  return withoutClashes(keys, draft);
}

/** A roll-up has a key of its own where it says on which columns, or where its source lacks it and its rows hold what finds the member. */
function isOfItsOwn(spec: ForeignKeySpec, source: Fact, draft: FactDraft): boolean {
  if (spec.on.length > 0) return true;
  if (matchingKey(source.foreignKeys, spec.dimension, spec.role) !== null || draft.context.refused.has(source.name, parts.references)) return false;
  const dimension = dimensionModel(spec.dimension);
  if (dimension === "dim_date") return spec.role !== null && lookUp(spec.role, draft.linked.scope).kind === "found";
  const found = draft.context.dimensions.get(dimension);
  return found?.kind === "table" && waysTo(found, draft).length > 0;
}

function linkForeignKey(spec: ForeignKeySpec, origin: Origin, draft: FactDraft, eventTime: Fact["eventTime"]): ForeignKey | null {
  const dimension = dimensionModel(spec.dimension);
  const { context } = draft;
  const base = { origin, dimension, role: spec.role, alias: spec.role ?? dimension, renamedFrom: spec.renamed_from };
  if (dimension === "dim_date") {
    const value = linkDate(spec, origin, draft, eventTime) ?? nothing;
    warnOfAsOf(spec, origin, dimension, draft);
    return { ...base, name: dateKeyColumn(spec.role), lookup: { kind: "date", value } };
  }
  if (dimension === "dim_time") {
    const value = linkTimeOfDay(spec, origin, draft, eventTime) ?? nothing;
    warnOfAsOf(spec, origin, dimension, draft);
    return { ...base, name: timeKeyColumn(spec.role), lookup: { kind: "time", value, grain: context.project.timeGrain } };
  }
  const found = context.dimensions.get(dimension);
  const former = found?.kind === "table" ? found.renamedFrom : null;
  const renamedFrom = spec.renamed_from ?? (former === null ? null : foreignKeyColumn(entityOf(former), spec.role));
  const keyed = { ...base, name: foreignKeyColumn(entityOf(dimension), spec.role, found?.kind === "table" ? found.columns.key : undefined), renamedFrom };
  if (found !== undefined && found.kind === "table") return { ...keyed, lookup: lookedUp(spec, origin, found, draft, eventTime) ?? nowhere };
  if (draft.declared.has(dimension)) return { ...keyed, lookup: nowhere };
  context.refused.add(draft.name, parts.references, base.alias, spec.dimension);
  unknownDimension(spec, dimension, origin, draft);
  return null;
}

/** What stands in for a lookup that was refused, so that all else that speaks of the key is still read. */
const nowhere: ForeignKey["lookup"] = { kind: "lookup", on: [], asOf: null, earlyArriving: "unknown" };
const nothing: Expression = { kind: "literal", type: null, value: null };

/** A mini-dimension knows no members: the table behind it does. */
function lookedUp(
  spec: ForeignKeySpec,
  origin: Origin,
  found: EntityDimension,
  draft: FactDraft,
  eventTime: Fact["eventTime"],
): ForeignKey["lookup"] | null {
  if (found.junk) return linkFlags(spec, origin, found, draft);
  if (found.profileOf === null) return linkLookup(spec, origin, found, draft, eventTime);
  const history = draft.context.dimensions.get(found.profileOf);
  if (history === undefined || history.kind !== "table") throw new Error(`${found.name} has no history`);
  const lookup = linkLookup(spec, origin, history, draft, eventTime);
  return lookup === null ? null : { ...lookup, through: history.name };
}

function linkLookup(
  spec: ForeignKeySpec,
  origin: Origin,
  found: EntityDimension,
  draft: FactDraft,
  eventTime: Fact["eventTime"],
): Extract<ForeignKey["lookup"], { kind: "lookup" }> | null {
  const pairs = memberKey(spec, origin, found, draft);
  const versioned = found.scdType === 2;
  const asOf = versioned ? linkAsOf(spec, origin, draft, eventTime) : null;
  if (!versioned) warnOfAsOf(spec, origin, found.name, draft);
  if (pairs === null || (versioned && asOf === null)) return null;
  return { kind: "lookup", on: pairs, asOf, earlyArriving: spec.early_arriving ?? "unknown" };
}

function unknownDimension(spec: ForeignKeySpec, dimension: string, origin: Origin, { context }: FactDraft): void {
  const known = [...context.dimensions.keys()].sort();
  const parameters = { name: spec.dimension, suggestion: didYouMean(dimension, known), known: known.join(", ") || "none" };
  context.log.add(factDiagnostics.report("unknown-dimension", { origin: within(origin, "dimension") }, parameters));
}

function warnOfAsOf(spec: ForeignKeySpec, origin: Origin, dimension: string, { context }: FactDraft): void {
  if (spec.as_of === null && spec.early_arriving === null) return;
  const key = spec.as_of === null ? "early_arriving" : "as_of";
  context.log.add(factDiagnostics.report("as-of-unused", { origin: within(origin, key), pointer: "key" }, { dimension }));
}

/** The keys of its source that a roll-up reads attributes over without taking them over; a key of its own under the same name is a clash. */
export function sourceKeys({ source, name, context }: FactDraft, own: readonly ForeignKey[], read: ReadonlySet<string>): readonly ForeignKey[] {
  const needed = (source?.foreignKeys ?? []).filter((one) => read.has(one.alias));
  for (const one of own) {
    const clash = one.lookup.kind !== "inherited" && needed.some((other) => other.alias === one.alias || other.name === one.name);
    if (clash) context.log.add(factDiagnostics.report("role-clash", { origin: one.origin }, { fact: name, alias: one.alias }));
  }
  return needed
    .filter((one) => !own.some((other) => other.alias === one.alias || other.name === one.name))
    .map((one) => ({ ...one, lookup: { kind: "inherited", column: one.name } }));
}

function withoutClashes(keys: readonly ForeignKey[], { name, context }: FactDraft): readonly ForeignKey[] {
  const seen = new Map<string, ForeignKey>();
  for (const one of keys) {
    const clash = seen.get(one.alias) ?? [...seen.values()].find((other) => other.name === one.name);
    if (clash === undefined) {
      seen.set(one.alias, one);
      continue;
    }
    const related = [{ origin: clash.origin, message: "The first one stands here." }];
    context.log.add(factDiagnostics.report("role-clash", { origin: one.origin, related }, { fact: name, alias: one.alias }));
  }
  return [...seen.values()];
}
