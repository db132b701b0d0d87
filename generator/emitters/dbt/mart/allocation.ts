import type { Fact, Mart, MartMeasure, Measure } from "../../../model/fact.ts";
import { scalar } from "../../../model/logical-type.ts";

/** A column beside those of a fact: a member's share of a measure, or of a row that has one (`counts`). */
export interface Allocation {
  readonly as: string;
  readonly column: string;
  readonly counts: boolean;
}

/** The shares that the measures of a mart need of one of its facts. */
export function allocations(mart: Mart, index: number, fact: Fact): readonly Allocation[] {
  const found = mart.measures.flatMap((one) => (one.fact === index && one.counted === "shared" ? sharesOf(one, fact) : []));
  return [...new Map(found.map((one) => [one.as, one])).values()];
}

/**
 * The mart and the fact as they are over shares: sums add shares up, a count adds up the shares of the rows, an average is the one by
 * the other, and balances are closed as before. Whatever counts in full stays as it is.
 */
export function overShares(mart: Mart, index: number, fact: Fact): { readonly mart: Mart; readonly fact: Fact } {
  const shares = allocations(mart, index, fact);
  const measures = shares.map(({ as, column, counts }): Measure => {
    const of = fact.measures.find((one) => one.name === column);
    const plain: Measure = of ?? { name: as, renamedFrom: null, origin: fact.origin, type: scalar("float"), additivity: "additive", aggregation: "sum", description: "", unit: null, value: { kind: "row", expression: { kind: "literal", type: null, value: null } }, over: null, ratio: null };
    return { ...plain, name: as, type: scalar("float"), aggregation: "sum", over: counts ? null : plain.over };
  });
  const rewritten = mart.measures.map((one) => (one.fact === index && one.counted === "shared" ? shared(one, fact) : one));
  return { mart: { ...mart, measures: rewritten }, fact: { ...fact, measures: [...fact.measures, ...measures] } };
}

function sharesOf({ value }: MartMeasure, fact: Fact): readonly Allocation[] {
  if (value.kind === "ratio") return [value.numerator, value.denominator].filter((one) => isShared(one, fact)).map(amount);
  switch (value.aggregation) {
    case "sum":
      return [amount(value.column)];
    case "count":
      return [rows(value.column)];
    case "avg":
      return [amount(value.column), rows(value.column)];
    case "median":
    case "min":
    case "max":
    case "count_distinct":
      return [];
  }
}

function shared(measure: MartMeasure, fact: Fact): MartMeasure {
  const { value } = measure;
  const { where } = value;
  const part = (name: string): string => (isShared(name, fact) ? amount(name).as : name);
  if (value.kind === "ratio") return { ...measure, value: { kind: "ratio", numerator: part(value.numerator), denominator: part(value.denominator), where } };
  switch (value.aggregation) {
    case "sum":
      return { ...measure, value: { kind: "aggregate", aggregation: "sum", column: amount(value.column).as, where } };
    case "count":
      return { ...measure, value: { kind: "aggregate", aggregation: "sum", column: rows(value.column).as, where } };
    case "avg":
      return { ...measure, value: { kind: "ratio", numerator: amount(value.column).as, denominator: rows(value.column).as, where } };
    case "median":
    case "min":
    case "max":
    case "count_distinct":
      return measure;
  }
}

/** A part of a ratio that is an extreme or a distinct count is the same for every member. */
function isShared(name: string, fact: Fact): boolean {
  const aggregation = fact.measures.find((one) => one.name === name)?.aggregation ?? "sum";
  return aggregation === "sum" || aggregation === "avg" || aggregation === "count";
}

function amount(column: string): Allocation {
  return { as: `shared_${column}`, column, counts: false };
}

function rows(column: string): Allocation {
  return { as: `share_of_${column}`, column, counts: true };
}
