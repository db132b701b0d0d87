import type { Dimension } from "../../model/dimension.ts";
import type { Mart, MartGroup } from "../../model/fact.ts";
import { processOf } from "../../model/names.ts";
import type { Dialect } from "../../dialects/types.ts";
import { identifier } from "./sql/expression.ts";
import type { Cte, JoinClause, SelectColumn } from "./sql/query.ts";

/** One fact of a mart, ready to be aggregated: its CTE, the dimensions joined to it, and its groups as columns. */
export interface FactRows {
  readonly relation: string;
  readonly joins: readonly JoinClause[];
  readonly groups: readonly SelectColumn[];
}

/** The import CTEs of a mart and the rows of each of its facts. */
export interface MartRelations {
  readonly imports: readonly Cte[];
  readonly facts: readonly FactRows[];
  /** CTE of the dimension whose members stay without facts. */
  readonly included: string | null;
}

/**
 * Names every relation of a mart. Dimensions are joined on the key that the fact holds, so in Type 2 the attributes are those
 * at the time of the event. A dimension that plays several roles is imported once and joined under the names of the roles.
 */
export function martRelations(mart: Mart, dimensions: ReadonlyMap<string, Dimension>, dialect: Dialect): MartRelations {
  const names = new Map<string, string>();
  const taken = new Set(steps);
  const cte = (model: string, wanted: string): string => {
    const name = names.get(model) ?? (taken.has(wanted) ? model : wanted);
    taken.add(name);
    names.set(model, name);
    return name;
  };
  const facts = mart.facts.map((one, index) => {
    const relation = cte(one.fact, processOf(one.fact));
    return factRows(mart, index, relation, (model) => cte(model, dimensionCte(model, dimensions)), dimensions, dialect);
  });
  const included = mart.include === null ? null : cte(mart.include, dimensionCte(mart.include, dimensions));
  const imports = [...names].map(([model, name]): Cte => ({
    kind: "import",
    name: identifier(name, dialect),
    relation: { kind: "ref", model },
  }));
  return { imports, facts, included };
}

/** Names that the CTEs of marts bear themselves. */
const steps = ["aggregated", "stacked", "combined", "rolled", "ranked", "final"];

function dimensionCte(model: string, dimensions: ReadonlyMap<string, Dimension>): string {
  const dimension = dimensions.get(model);
  return dimension === undefined || dimension.kind === "date" ? "days" : dimension.entity;
}

function factRows(
  mart: Mart,
  index: number,
  relation: string,
  cte: (model: string) => string,
  dimensions: ReadonlyMap<string, Dimension>,
  dialect: Dialect,
): FactRows {
  const keys = mart.groups.map((group) => keyOf(group, index));
  const attributes = keys.filter((one) => one.kind === "attribute");
  const foreignKeys = [...new Map(attributes.map((one) => [one.foreignKey, one.dimension]))];
  const roles = new Map(
    foreignKeys.map(([key, model]) => [
      key,
      foreignKeys.filter((one) => one[1] === model).length === 1 ? cte(model) : key.replace(/_key$/, ""),
    ]),
  );
  const joins = foreignKeys.map(([key, model]): JoinClause => {
    const alias = roles.get(key) ?? key;
    const named = identifier(alias, dialect);
    const on = `${qualified(relation, key, dialect)} = ${qualified(alias, keyColumnOf(model, dimensions), dialect)}`;
    return { type: "left", relation: identifier(cte(model), dialect), ...(alias === cte(model) ? {} : { alias: named }), on: [on] };
  });
  const groups = mart.groups.map((group, at): SelectColumn => {
    const key = keys[at];
    if (key === undefined || key.kind === "degenerate")
      return {
        as: identifier(group.name, dialect),
        sql: qualified(joins.length === 0 ? null : relation, key?.column ?? group.name, dialect),
      };
    return { as: identifier(group.name, dialect), sql: qualified(roles.get(key.foreignKey) ?? null, key.attribute, dialect) };
  });
  return { relation, joins, groups };
}

function keyOf(group: MartGroup, fact: number): MartGroup["keys"][number] {
  const key = group.keys[fact];
  if (key === undefined) throw new Error(`group ${group.name} does not say how fact ${fact} reaches it`);
  return key;
}

function keyColumnOf(model: string, dimensions: ReadonlyMap<string, Dimension>): string {
  const dimension = dimensions.get(model);
  if (dimension === undefined) throw new Error(`a mart groups by ${model}, which does not exist`);
  return dimension.kind === "date" ? "date_key" : dimension.columns.key;
}

function qualified(relation: string | null, column: string, dialect: Dialect): string {
  return relation === null ? identifier(column, dialect) : `${identifier(relation, dialect)}.${identifier(column, dialect)}`;
}
