import { within, type Origin } from "../../../diagnostics/origin.ts";
import { didYouMean } from "../../../diagnostics/suggest.ts";
import { factDiagnostics } from "../../diagnostics/facts.ts";
import type { ForeignKeySpec } from "../../../spec/types.ts";
import type { Fact, ForeignKey } from "../../fact.ts";
import { dimensionModel } from "../../names.ts";
import { parts } from "../refusals.ts";
import type { FactDraft } from "./draft.ts";

/** The foreign key of a roll-up: that of its source with the same role, or the only one to that dimension; null where there is none (reported). */
export function inheritedKey(spec: ForeignKeySpec, origin: Origin, { name, context }: FactDraft, source: Fact): ForeignKey | null {
  const found = matchingKey(source.foreignKeys, spec.dimension, spec.role);
  if (spec.as_of !== null || spec.early_arriving !== null) {
    const key = spec.as_of === null ? "early_arriving" : "as_of";
    context.log.add(
      factDiagnostics.report(
        "as-of-unused",
        { origin: within(origin, key), pointer: "key" },
        { dimension: dimensionModel(spec.dimension) },
      ),
    );
  }
  if (found !== null) return { ...takenOver(found, origin), renamedFrom: spec.renamed_from ?? found.renamedFrom };
  if (context.refused.has(source.name, parts.references)) {
    context.refused.add(name, parts.references);
    return null;
  }
  const known = source.foreignKeys.map((one) => one.alias);
  const alias = spec.role ?? dimensionModel(spec.dimension);
  const parameters = { source: source.name, alias, suggestion: didYouMean(alias, known), known: known.join(", ") || "none yet" };
  context.refused.add(name, parts.references);
  context.log.add(factDiagnostics.report("rollup-key", { origin: within(origin, spec.role === null ? "dimension" : "role") }, parameters));
  return null;
}

/** Keys of the source that the grain names are foreign keys of the roll-up even where they are not listed. */
export function inheritedByGrain({ spec }: FactDraft, source: Fact, stated: readonly ForeignKey[]): readonly ForeignKey[] {
  return spec.grain_key.flatMap((name, index) => {
    const found = source.foreignKeys.find((one) => one.name === name) ?? matchingKey(source.foreignKeys, name, null);
    if (found === null || stated.some((one) => one.name === found.name)) return [];
    return [takenOver(found, within(spec.origin, "grain_key", index))];
  });
}

/** A foreign key by its role, or by its dimension where that has one only. */
export function matchingKey(keys: readonly ForeignKey[], name: string, role: string | null): ForeignKey | null {
  const dimension = dimensionModel(name);
  const sameRole = keys.find((one) => one.alias === (role ?? name) || (role === null && one.alias === dimension));
  if (sameRole !== undefined) return sameRole;
  const sameDimension = role === null ? keys.filter((one) => one.dimension === dimension) : [];
  return sameDimension.length === 1 ? (sameDimension[0] ?? null) : null;
}

function takenOver(key: ForeignKey, origin: Origin): ForeignKey {
  return { ...key, origin, lookup: { kind: "inherited", column: key.name } };
}
