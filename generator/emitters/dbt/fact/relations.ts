import type { Dialect } from "../../../dialects/types.ts";
import { builtInKey } from "../../../model/calendar.ts";
import type { Dimension, EntityDimension } from "../../../model/dimension.ts";
import { dimensionsRead } from "../../../model/fact-reads.ts";
import type { Fact, ForeignKey } from "../../../model/fact.ts";
import type { RowInput, RowSource } from "../../../model/rows.ts";
import type { LookupRelation } from "./lookups.ts";
import { named } from "../dimension/rows.ts";
import { PROCESSES } from "./milestone-events.ts";
import { WINDOW } from "./window.ts";
import { beforeAllTime } from "../days.ts";
import { cteNames, rowNames } from "../sql/cte-names.ts";
import type { CteNames, StepName } from "../sql/cte-names.ts";
import { identifier } from "../sql/expression.ts";
import type { Aliases } from "../sql/expression.ts";
import type { Cte } from "../sql/query.ts";

/** What a fact reads: imports and what is made of them, the dimensions it joins by foreign key, and the SQL name of each input of its expressions. */
export interface FactRelations {
  readonly imports: readonly Cte[];
  /** Names further relations of the query. */
  readonly names: CteNames;
  /** The CTE that imports an input of the rows. */
  readonly read: (input: RowInput) => string;
  /** The CTE of an input of the rows; of events that of their processes. */
  readonly rows: (input: RowInput) => string;
  /** Dimensions whose first versions are opened to all that is older. */
  readonly opened: readonly Cte[];
  /** By the name of the foreign key column, in the order of the joins; foreign keys that need no join are absent. */
  readonly lookups: ReadonlyMap<string, LookupRelation>;
  /** Names of the inputs in the select; a select from one relation needs none. */
  readonly aliases: Aliases;
}

/** Names every relation of a fact. A dimension that plays several roles is imported once and joined under the names of the roles. */
export function factRelations(fact: Fact, dimensions: ReadonlyMap<string, Dimension>, dialect: Dialect): FactRelations {
  const names = cteNames();
  const rows = rowNames(fact.rows, names);
  const joined = dimensionsRead(fact);
  const uses = new Map<string, number>();
  for (const one of joined) uses.set(readModel(one), (uses.get(readModel(one)) ?? 0) + 1);
  const ctes = new Map<string, string>();
  const lookups = new Map<string, LookupRelation>();
  // Events are read by the name of their table, and from then on as processes; a window of rows is read as such.
  const base = fact.events !== null ? PROCESSES : fact.load.lookback !== null ? WINDOW : rows.get(fact.rows.base.alias);
  const aliases: Record<string, string> = { ...Object.fromEntries(rows), [fact.rows.base.alias]: base ?? fact.rows.base.alias };
  const opened = new Map<string, Cte>();
  for (const one of joined) {
    const model = readModel(one);
    const dimension = dimensions.get(model);
    if (dimension === undefined) throw new Error(`${fact.name} points to ${one.dimension}, which does not exist`);
    const cte = ctes.get(model) ?? names.hand(relationName(dimension), model);
    ctes.set(model, cte);
    const joinedCte = takesFirstVersion(one, dimension) ? (`${cte}_opened` as const) : cte;
    if (joinedCte !== cte && dimension.kind === "table") opened.set(joinedCte, openedCte(`${cte}_opened`, cte, dimension, dialect));
    const alias = uses.get(model) === 1 ? joinedCte : names.hand(one.alias, `${one.alias}_${dimension.entity}`);
    lookups.set(one.name, { cte: identifier(joinedCte, dialect), alias: identifier(alias, dialect), dimension, key: keyOf(dimension, one) });
    aliases[one.alias] = alias;
  }
  const imports = [...rowInputs(fact.rows).map((one) => ({ model: one.reference.model, alias: rows.get(one.alias) ?? one.alias })), ...[...ctes].map(([model, alias]) => ({ model, alias }))];
  return {
    names,
    read: (input) => identifier(rows.get(input.alias) ?? input.alias, dialect),
    rows: (input) => identifier(aliases[input.alias] ?? input.alias, dialect),
    imports: imports.map(({ model, alias }): Cte => ({
      kind: "import",
      name: identifier(alias, dialect),
      relation: { kind: "ref", model },
    })),
    opened: [...opened.values()],
    lookups,
    aliases: imports.length === 1 ? { [fact.rows.base.alias]: null } : aliases,
  };
}

/** The model in which a key is looked up: the dimension, or the table behind a mini-dimension. */
function readModel({ dimension, lookup }: ForeignKey): string {
  return lookup.kind === "lookup" ? (lookup.through ?? dimension) : dimension;
}

function relationName(dimension: Dimension): string {
  switch (dimension.kind) {
    case "date":
      return "days";
    case "time":
      return "times";
    case "table":
      return dimension.entity;
  }
}

function keyOf(dimension: Dimension, { lookup }: ForeignKey): string {
  if (dimension.kind !== "table") return builtInKey(dimension);
  return lookup.kind === "lookup" && lookup.through !== undefined && dimension.profile !== null ? dimension.profile.key : dimension.columns.key;
}

/** Whether a row from before the first version takes that one. Versions that are open to the beginning need nothing. */
function takesFirstVersion({ lookup }: ForeignKey, dimension: Dimension): boolean {
  const wanted = lookup.kind === "lookup" && lookup.asOf !== null && lookup.earlyArriving === "first_version";
  return wanted && dimension.kind === "table" && dimension.scdType === 2 && dimension.firstVersionFrom === "first_seen";
}

function openedCte(name: StepName, from: string, dimension: EntityDimension, dialect: Dialect): Cte {
  const members = [...dimension.naturalKey, ...dimension.attributes].map((one) => named(one.name, dialect));
  const partition = dimension.naturalKey.map((one) => identifier(one.name, dialect)).join(", ");
  const first = `min(valid_from) over (partition by ${partition})`;
  const start = `case\n    when valid_from = ${first}\n        then ${beforeAllTime(dialect)}\n    else valid_from\nend`;
  const profile = dimension.profile === null ? [] : [named(dimension.profile.key, dialect)];
  const columns = [named(dimension.columns.key, dialect), ...profile, ...members, { as: "valid_from", sql: start }, named("valid_to", dialect)];
  return { kind: "select", name, selects: [{ columns, from: identifier(from, dialect) }] };
}

function rowInputs(rows: RowSource): readonly RowInput[] {
  return [rows.base, ...rows.joins.map((one) => one.input)];
}
