import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { martDiagnostics } from "../../diagnostics/marts.ts";
import type { Fact, MartGroup } from "../../fact.ts";
import { dimensionModel, factModel } from "../../names.ts";
import type { LogicalType } from "../../types.ts";
import type { LinkContext } from "../context.ts";
import { factColumns } from "../fact/fact-columns.ts";
import { parts } from "../refusals.ts";
import { matchingKey } from "../fact/inherited-keys.ts";
import { attributesOf, keyOf, keysTo } from "./keys.ts";
import type { MartDraft } from "./draft.ts";

interface Reached {
  readonly key: MartGroup["keys"][number];
  readonly type: LogicalType;
  readonly description: string;
}

/** The groups of a mart, each reached in every one of its facts; those that were refused are reported once and left out. */
export function linkGroups({ spec, name: mart, facts, context }: MartDraft): readonly MartGroup[] {
  return spec.by.flatMap((one, index) => {
    const name = one.as ?? one.column.slice(one.column.lastIndexOf(".") + 1);
    const reached = reachAll(one.column, facts, within(spec.origin, "by", index), context);
    const [first] = reached;
    if (first === undefined || reached.length < facts.length) {
      context.refused.add(mart, name);
      return [];
    }
    const origin = within(spec.origin, "by", index);
    return [{ name, origin, type: first.type, description: first.description, renamedFrom: one.renamed_from, keys: reached.map((each) => each.key) }];
  });
}

function reachAll(path: string, facts: readonly Fact[], origin: Origin, context: LinkContext): readonly Reached[] {
  const reached: Reached[] = [];
  for (const fact of facts) {
    const next = reach(path, fact, reached[0] ?? null, origin, context);
    if (next === null) return reached;
    reached.push(next);
  }
  return reached;
}

/** How a fact reaches a group; facts after the first are bound to the dimension that the first one found. */
function reach(path: string, fact: Fact, first: Reached | null, origin: Origin, context: LinkContext): Reached | null {
  const dot = path.lastIndexOf(".");
  const qualifier = path.slice(0, Math.max(0, dot));
  const name = path.slice(dot + 1);
  if (dot < 0 || (factModel(qualifier) === fact.name && keyOf(qualifier, fact, null) === null))
    return ownColumn(path, name, fact, origin, context);
  const dimension = first?.key.kind === "attribute" ? first.key.dimension : null;
  const foreignKey = keyOf(qualifier, fact, dimension);
  if (foreignKey === null) return noKey(path, qualifier, fact, origin, context);
  if (dimension !== null && foreignKey.dimension !== dimension) {
    context.log.add(martDiagnostics.report("group-not-shared", { origin }, { path, first: dimension, second: foreignKey.dimension }));
    return null;
  }
  const columns = attributesOf(foreignKey.dimension, context);
  const attribute = columns.find((one) => one.name === name);
  if (attribute === undefined) {
    if (!context.dimensions.has(foreignKey.dimension) || context.refused.has(foreignKey.dimension, name)) return null;
    const known = columns.map((one) => `${qualifier}.${one.name}`);
    return refuse(path, fact, known, `${foreignKey.dimension} has ${columns.map((one) => one.name).join(", ")}.`, origin, context);
  }
  const key = { kind: "attribute" as const, foreignKey: foreignKey.name, dimension: foreignKey.dimension, attribute: name };
  return { key, type: attribute.type, description: attribute.description };
}

function ownColumn(path: string, name: string, fact: Fact, origin: Origin, context: LinkContext): Reached | null {
  const columns = groupColumns(fact);
  const column = columns.find((one) => one.name === name);
  if (column !== undefined) return { key: { kind: "degenerate", column: name }, type: column.type, description: column.description };
  if (context.refused.has(fact.name, name)) return null;
  const role = matchingKey(fact.foreignKeys, name, null);
  const owners = fact.foreignKeys.filter((one) => attributesOf(one.dimension, context).some((each) => each.name === name)).map((one) => `${one.alias}.${name}`);
  const example = role === null ? owners : attributesOf(role.dimension, context).map((one) => `${name}.${one.name}`);
  const known = [...example, ...columns.map((one) => one.name)];
  return refuse(
    path,
    fact,
    known,
    `It can be grouped by ${[...known, ...fact.foreignKeys.map((one) => `${one.alias}.…`)].join(", ")}.`,
    origin,
    context,
  );
}

/** Degenerate dimensions, the grain of a roll-up, the event time; keys and measures are no groups. */
function groupColumns(fact: Fact): ReturnType<typeof factColumns> {
  const others = new Set([fact.keyColumn, ...fact.foreignKeys.map((one) => one.name), ...fact.measures.map((one) => one.name)]);
  return factColumns(fact).filter((one) => !others.has(one.name));
}

function noKey(path: string, qualifier: string, fact: Fact, origin: Origin, context: LinkContext): null {
  if (context.refused.has(fact.name, parts.references)) return null;
  const dimension = dimensionModel(qualifier);
  const roles = keysTo(qualifier, fact);
  const attribute = path.slice(path.lastIndexOf(".") + 1);
  if (roles.length > 1) {
    const candidates = roles.map((one) => `${one.alias}.${attribute}`).join(", ");
    context.log.add(martDiagnostics.report("ambiguous-group", { origin }, { fact: fact.name, dimension, path, candidates }));
    return null;
  }
  const known = fact.foreignKeys.map((one) => `${one.alias}.${attribute}`);
  const keys = fact.foreignKeys.map((one) => one.alias).join(", ");
  const lead = keys === "" ? "It has no foreign keys" : `Its keys are ${keys}`;
  return refuse(path, fact, known, `${lead}; a key to ${dimension} is added to foreign_keys of the fact.`, origin, context);
}

function refuse(path: string, fact: Fact, candidates: readonly string[], known: string, origin: Origin, context: LinkContext): null {
  context.log.add(
    martDiagnostics.report("unknown-group", { origin }, { fact: fact.name, path, suggestion: didYouMean(path, candidates), known }),
  );
  return null;
}
