import type { Origin } from "../diagnostics/origin.ts";
import type { Bridge } from "../model/bridge.ts";
import type { Dimension } from "../model/dimension.ts";
import type { Expression } from "../model/expression.ts";
import type { Fact, Mart } from "../model/fact.ts";
import type { SourceTable } from "../model/source.ts";
import { rulesDiagnostics } from "./diagnostics.ts";
import type { Rule } from "./types.ts";

interface Place {
  readonly object: string;
  readonly origin: Origin;
  readonly value: Expression | null | undefined;
}

/** Refuses raw SQL that says nothing for the warehouse that is generated for. Raw SQL stands alone, never inside an expression. */
export const rawSql: Rule = {
  name: "raw-sql",
  apply({ model, dialect }) {
    const places = [
      ...model.sources.flatMap(ofSource),
      ...model.dimensions.flatMap(ofDimension),
      ...model.bridges.flatMap(ofBridge),
      ...model.facts.flatMap(ofFact),
      ...model.marts.flatMap(ofMart),
    ];
    return {
      diagnostics: places.flatMap(({ object, origin, value }) => {
        if (value?.kind !== "raw" || Object.hasOwn(value.sql, dialect.name)) return [];
        return [rulesDiagnostics.report("raw-sql-missing", { origin }, { object, dialect: dialect.name })];
      }),
    };
  },
};

function ofSource({ name, origin, checks }: SourceTable): readonly Place[] {
  return checks.map((one) => ({ object: name, origin, value: one.params.expression }));
}

function ofDimension(one: Dimension): readonly Place[] {
  if (one.kind !== "table") return [];
  const columns = [...one.naturalKey, ...one.attributes].map(({ name, origin, value }) => ({
    object: `${one.name}.${name}`,
    origin,
    value,
  }));
  return [...columns, { object: one.name, origin: one.origin, value: one.rows.where }];
}

function ofBridge(one: Bridge): readonly Place[] {
  if (one.kind === "hierarchy") return [];
  return [one.weight, one.rows.where].map((value) => ({ object: one.name, origin: one.origin, value }));
}

function ofFact(one: Fact): readonly Place[] {
  const columns = [...one.degenerates, ...one.grain.map((part) => ({ ...part, origin: one.origin }))].map(({ name, origin, value }) => ({
    object: `${one.name}.${name}`,
    origin,
    value,
  }));
  const measures = one.measures.map(({ name, origin, value }) => ({ object: `${one.name}.${name}`, origin, value: value.expression }));
  return [
    ...columns,
    ...measures,
    { object: one.name, origin: one.origin, value: one.rows.where },
    { object: one.name, origin: one.origin, value: one.eventTime?.value },
  ];
}

function ofMart(one: Mart): readonly Place[] {
  const measures = one.measures.map(({ name, origin, value }) => ({ object: `${one.name}.${name}`, origin, value: value.where }));
  return [...measures, ...one.facts.map(({ where }) => ({ object: one.name, origin: one.origin, value: where }))];
}
