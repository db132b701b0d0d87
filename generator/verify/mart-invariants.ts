import type { Fact, Mart } from "../model/fact.ts";
import type { Model } from "../model/types.ts";
import type { Invariant } from "./invariant.ts";
import type { Relations } from "./relation.ts";

/** What must hold between facts: sums over an unfiltered mart are those of its fact. */
export function martInvariants(mart: Mart, model: Model, relations: Relations): readonly Invariant[] {
  const [input] = mart.facts;
  const fact = model.facts.find((one) => one.name === input?.fact);
  if (mart.facts.length !== 1 || input?.where !== null || mart.top !== null || fact === undefined) return [];
  return mart.measures.flatMap(({ name, value, counted }) => {
    if (counted === "in_full" || value.kind !== "aggregate" || value.aggregation !== "sum" || value.where !== null || !isAdditive(value.column, fact)) return [];
    const total = (column: string, table: string): string => `(select coalesce(sum(${relations.column(column)}), 0) from ${relations.mart(table)})`;
    const [one, other] = [total(name, mart.name), total(value.column, fact.name)];
    const offending = `select * from (select ${one} as mart_total, ${other} as fact_total) where abs(mart_total - fact_total) > 1e-6 * greatest(1, abs(fact_total))`;
    return [{ id: "F7", subject: mart.name, statement: `${name} adds up to that of ${fact.name}`, offending, looked: `select count(*) from ${relations.mart(mart.name)}` }];
  });
}

function isAdditive(column: string, fact: Fact): boolean {
  return fact.measures.some((one) => one.name === column && one.additivity === "additive");
}
