import { dimensionsByName, factsByName } from "../../../model/named.ts";
import type { Dialect } from "../../../dialects/types.ts";
import { builtInKey } from "../../../model/calendar.ts";
import type { Dimension } from "../../../model/dimension.ts";
import type { Expression } from "../../../model/expression.ts";
import type { Mart, MartFact, MartGroup } from "../../../model/fact.ts";
import { mapColumns } from "../../../model/map-columns.ts";
import { bridgeAlias, processOf } from "../../../model/names.ts";
import type { Model } from "../../../model/types.ts";
import { bridgedCte } from "./bridged.ts";
import { cteNames } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte, JoinClause, SelectColumn } from "../sql/query.ts";

/** One fact of a mart, ready to be aggregated: its CTE, the dimensions joined to it, and its groups as columns. */
export interface FactRows {
  readonly relation: string;
  /** The step that leads from the fact to its rows, where they lie behind a bridge. */
  readonly before: readonly Cte[];
  readonly joins: readonly JoinClause[];
  readonly groups: readonly SelectColumn[];
  /** A filter on the rows, over the relations of this select. */
  readonly placed: (filter: Expression) => Expression;
}

/** The import CTEs of a mart and the rows of each of its facts. */
export interface MartRelations {
  readonly imports: readonly Cte[];
  readonly facts: readonly FactRows[];
  /** CTE of the dimension whose members stay without facts. */
  readonly included: string | null;
}

/** The CTE that imports a model, and the name that a role has wherever it is joined. */
interface Naming {
  readonly cte: (model: string) => string;
  readonly role: (wanted: string) => string;
}

/**
 * Names every relation of a mart. Dimensions are joined on the key that the fact holds, so in Type 2 the attributes are those
 * at the time of the event, and no row is doubled. A dimension that plays several roles is imported once and joined under the
 * names of the roles.
 */
export function martRelations(mart: Mart, model: Model, dialect: Dialect): MartRelations {
  const dimensions = dimensionsByName(model);
  const names = cteNames();
  const [ctes, roles] = [new Map<string, string>(), new Map<string, string>()];
  const once = (known: Map<string, string>, id: string, ...wanted: readonly [string, ...string[]]): string => {
    const name = known.get(id) ?? names.hand(...wanted);
    known.set(id, name);
    return name;
  };
  const naming: Naming = {
    cte: (model) => once(ctes, model, cteWanted(model, dimensions), model),
    role: (wanted) => once(roles, wanted, wanted, `${wanted}_role`),
  };
  const facts = mart.facts.map((one, index) => factRows(mart, index, one, naming, model, dialect));
  const included = mart.include === null ? null : naming.cte(mart.include.dimension);
  const imports = [...ctes].map(([model, name]): Cte => ({
    kind: "import",
    name: identifier(name, dialect),
    relation: { kind: "ref", model },
  }));
  return { imports, facts, included };
}

function cteWanted(model: string, dimensions: ReadonlyMap<string, Dimension>): string {
  const dimension = dimensions.get(model);
  if (dimension === undefined) return processOf(bridgeAlias(model));
  return dimension.kind === "table" ? dimension.entity : dimension.kind === "date" ? "days" : "times";
}

function factRows(mart: Mart, index: number, read: MartFact, naming: Naming, model: Model, dialect: Dialect): FactRows {
  const dimensions = dimensionsByName(model);
  const before = stepsBefore(mart, index, read, naming, model, dialect);
  const relation = before.at(-1)?.name ?? naming.cte(read.fact);
  const alone = (model: string): boolean => read.keys.filter((one) => one.dimension === model).length === 1;
  const joined = read.keys.map((key) => {
    const cte = naming.cte(key.dimension);
    const role = key.foreignKey.replace(/_key$/, "");
    return { ...key, cte, name: alone(key.dimension) || role === cte ? cte : naming.role(role) };
  });
  const joins = joined.map((one): JoinClause => {
    const on = `${qualified(relation, one.foreignKey, dialect)} = ${qualified(one.name, keyColumnOf(one.dimension, dimensions), dialect)}`;
    const alias = one.name === one.cte ? {} : { alias: identifier(one.name, dialect) };
    return { type: "left", relation: identifier(one.cte, dialect), ...alias, on: [on] };
  });
  const own = joins.length === 0 ? null : relation;
  const groups = mart.groups.map((group): SelectColumn => {
    const key = keyOf(group, index);
    const as = identifier(group.name, dialect);
    if (key.kind === "degenerate") return { as, sql: qualified(own, key.column, dialect) };
    return { as, sql: qualified(joined.find((one) => one.foreignKey === key.foreignKey)?.name ?? null, key.attribute, dialect) };
  });
  const inputs = new Map(joined.map((one) => [one.alias, one.name]));
  const placed = (filter: Expression): Expression =>
    mapColumns(filter, (column) => ({ ...column, input: column.input === null ? own : (inputs.get(column.input) ?? column.input) }));
  return { relation, before, joins, groups, placed };
}

/** The rows behind the bridges of a fact, if it goes through any. */
function stepsBefore(mart: Mart, index: number, { fact: name, bridges }: MartFact, { cte }: Naming, model: Model, dialect: Dialect): readonly Cte[] {
  const fact = factsByName(model).get(name);
  if (bridges.length === 0 || fact === undefined) return [];
  const relation = (read: string): string => identifier(cte(read), dialect);
  const naming = { relation, project: model.project, bridges: new Map(model.bridges.map((one) => [one.name, one])), dimensions: dimensionsByName(model) };
  return [bridgedCte(`${cte(name)}_bridged`, mart, index, fact, naming, dialect)];
}

function keyOf(group: MartGroup, fact: number): MartGroup["keys"][number] {
  const key = group.keys[fact];
  if (key === undefined) throw new Error(`group ${group.name} does not say how fact ${fact} reaches it`);
  return key;
}

function keyColumnOf(model: string, dimensions: ReadonlyMap<string, Dimension>): string {
  const dimension = dimensions.get(model);
  if (dimension === undefined) throw new Error(`a mart reads ${model}, which does not exist`);
  return dimension.kind === "table" ? dimension.columns.key : builtInKey(dimension);
}

function qualified(relation: string | null, column: string, dialect: Dialect): string {
  return relation === null ? identifier(column, dialect) : `${identifier(relation, dialect)}.${identifier(column, dialect)}`;
}
