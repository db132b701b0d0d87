import { within, type Origin } from "../../../diagnostics/origin.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { SqlSpec } from "../../../spec/types.ts";
import type { Expression } from "../../expression.ts";
import { conjunctsOf, columnsOf } from "../../expression-columns.ts";
import type { Fact, ForeignKey, Mart, MartGroup } from "../../fact.ts";
import { scalar } from "../../logical-type.ts";
import { mapColumns } from "../../map-columns.ts";
import { factColumns } from "../fact/fact-columns.ts";
import { parts } from "../refusals.ts";
import { linkCondition } from "../rows/row-source.ts";
import { columnScope, type Lookup, type Scope } from "../scope.ts";
import { attributesOf, sharedKey, keysTo } from "./keys.ts";
import type { MartDraft } from "./draft.ts";

/** A filter on the rows of one fact of a mart; null where there is none or it was refused (reported). */
export function linkFilter(sql: SqlSpec | null, origin: Origin, index: number, draft: MartDraft): Expression | null {
  const elsewhere = new Map<string, string>();
  const scope = filterScope(index, draft, elsewhere);
  const condition = linkCondition(sql, scope, origin, draft.context);
  const fact = draft.facts[index]?.name ?? "";
  for (const [column, other] of elsewhere)
    draft.context.log.add(martDiagnostics.report("filter-not-shared", { origin }, { fact, column, other }));
  return elsewhere.size > 0 ? null : condition;
}

/** The filter of a mart, worked out for each of its facts: every one of them must have what it speaks of. */
export function linkFilters(draft: MartDraft): readonly (Expression | null)[] {
  return draft.facts.map((_, index) => linkFilter(draft.spec.where, within(draft.spec.origin, "where"), index, draft));
}

/**
 * What a filter may name: columns of the fact, bare or qualified by it, and attributes over its foreign keys, as groups name them.
 * `elsewhere` gets what only another fact of the mart has.
 */
function filterScope(index: number, draft: MartDraft, elsewhere: Map<string, string>): Scope {
  const own = draft.facts.map((fact, at) => factScope(fact, at, draft));
  const mine = own[index];
  if (mine === undefined) throw new Error(`${draft.name} has no fact ${index}`);
  return {
    lookup(name, qualifier): Lookup {
      const found = mine.lookup(name, qualifier);
      if (found.kind !== "unknown") return found;
      const other = own.findIndex((one) => one.lookup(name, qualifier).kind === "found");
      const shared = other < 0 ? null : own[other]?.lookup(name, qualifier);
      if (shared?.kind !== "found") return found;
      elsewhere.set(qualifier === null ? name : `${qualifier}.${name}`, draft.facts[other]?.name ?? "");
      return shared;
    },
  };
}

function factScope(fact: Fact, index: number, draft: MartDraft): Scope {
  const { refused } = draft.context;
  const qualifiers = [fact.name, fact.process, `fact_${fact.process}`];
  const columns = columnScope([{ input: null, qualifiers, columns: factColumns(fact), refuses: (name) => refused.has(fact.name, name) }]);
  return {
    lookup(name, qualifier): Lookup {
      if (qualifier === null) return withAttributes(columns.lookup(name, null), name, fact, draft);
      const key = sharedKey(qualifier, index, draft);
      if (key !== null) return attribute(name, qualifier, key, draft);
      const roles = keysTo(qualifier, fact).map((one) => `${one.alias}.${name}`);
      if (roles.length > 1) return { kind: "ambiguous", candidates: roles };
      if (qualifiers.includes(qualifier)) return columns.lookup(name, qualifier);
      if (refused.has(fact.name, parts.references)) return { kind: "refused" };
      return { kind: "unknown", candidates: fact.foreignKeys.map((one) => `${one.alias}.${name}`) };
    },
  };
}

function attribute(name: string, qualifier: string, key: ForeignKey, { context }: MartDraft): Lookup {
  const known = attributesOf(key.dimension, context);
  const found = known.find((one) => one.name === name);
  if (found !== undefined) return { kind: "found", expression: { kind: "column", input: key.alias, name, type: found.type } };
  if (!context.dimensions.has(key.dimension) || context.refused.has(key.dimension, name)) return { kind: "refused" };
  return { kind: "unknown", candidates: known.map((one) => `${qualifier}.${one.name}`) };
}

/** A bare name that is no column of the fact may be meant as an attribute, which is always qualified. */
function withAttributes(found: Lookup, name: string, fact: Fact, { context }: MartDraft): Lookup {
  if (found.kind !== "unknown") return found;
  const meant = fact.foreignKeys.filter((one) => attributesOf(one.dimension, context).some((attribute) => attribute.name === name));
  return { kind: "unknown", candidates: [...meant.map((one) => `${one.alias}.${name}`), ...found.candidates] };
}

/**
 * The part of a mart's filter that decides which members of an included dimension stay: conditions joined by `and` that speak of
 * nothing but the dimension, over the foreign key by which the mart is grouped. All other conditions are about facts, and a member
 * without such facts stays. Columns of the result are those of the dimension.
 */
export function memberFilter(filters: readonly (Expression | null)[], dimension: string, groups: readonly MartGroup[], facts: readonly Fact[]): Expression | null {
  const parts = filters.map((one) => (one === null ? [] : conjunctsOf(one)));
  const restricts = (part: Expression | undefined, index: number): boolean => {
    const aliases = aliasesOf(dimension, index, groups, facts);
    const columns = part === undefined ? [] : columnsOf(part);
    return columns.length > 0 && columns.every((one) => one.input !== null && aliases.has(one.input));
  };
  const kept = (parts[0] ?? []).filter((_, at) => parts.every((one, index) => restricts(one[at], index)));
  const plain = kept.map((one) => mapColumns(one, (column) => ({ ...column, input: null })));
  return plain.reduce<Expression | null>((left, right) => (left === null ? right : { kind: "binary", operator: "and", left, right, type: scalar("boolean") }), null);
}

function aliasesOf(dimension: string, index: number, groups: readonly MartGroup[], facts: readonly Fact[]): ReadonlySet<string> {
  const columns = new Set(
    groups.flatMap((one) => {
      const key = one.keys[index];
      return key?.kind === "attribute" && key.dimension === dimension ? [key.foreignKey] : [];
    }),
  );
  return new Set((facts[index]?.foreignKeys ?? []).filter((one) => columns.has(one.name)).map((one) => one.alias));
}

/** The foreign keys over which a mart reads attributes of a fact's members: for its groups first, then for filters. */
export function keysRead(fact: Fact, index: number, groups: readonly MartGroup[], filters: readonly (Expression | null)[]): Mart["facts"][number]["keys"] {
  const grouped = groups.flatMap((one) => {
    const key = one.keys[index];
    return key?.kind === "attribute" ? [key.foreignKey] : [];
  });
  const aliases = filters.flatMap((one) => (one === null ? [] : columnsOf(one).flatMap((column) => column.input ?? [])));
  const filtered = aliases.flatMap((alias) => fact.foreignKeys.find((one) => one.alias === alias)?.name ?? []);
  return [...new Set([...grouped, ...filtered])].flatMap((name) => {
    const key = fact.foreignKeys.find((one) => one.name === name);
    return key === undefined ? [] : [{ foreignKey: key.name, alias: key.alias, dimension: key.dimension }];
  });
}
