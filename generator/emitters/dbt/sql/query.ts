import type { TemplateArtifact } from "../../../artifact.ts";
import type { StepName } from "./cte-names.ts";

/** A column of a select list: SQL and its name. `x` named `x` is printed without `as`. */
export interface SelectColumn {
  readonly sql: string;
  readonly as: string;
}

/** Columns selected under their own names. */
export function unchanged(names: readonly string[]): readonly SelectColumn[] {
  return names.map((one) => ({ as: one, sql: one }));
}

/** A join; `on` conditions are joined by `and`. `relation` is a CTE's name. */
export interface JoinClause {
  readonly type: "inner" | "left" | "full outer" | "cross";
  readonly relation: string;
  readonly alias?: string;
  readonly on: readonly string[];
}

/** One `select`. Conditions of `where` are joined by `and`, those of `whereAny` by `or`; `groupBy` counts the leading columns. */
export interface Select {
  readonly distinct?: boolean;
  readonly columns: readonly SelectColumn[];
  /** A CTE's name, or null for a select without `from`. */
  readonly from: string | null;
  readonly alias?: string;
  readonly joins?: readonly JoinClause[];
  readonly where?: readonly string[];
  /** Instead of `where`. */
  readonly whereAny?: readonly string[];
  readonly groupBy?: number;
  readonly having?: readonly string[];
  readonly orderBy?: readonly string[];
  readonly limit?: number;
}

/** A common table expression: an import of another model, or selects joined by `union all`. */
export type Cte =
  | { readonly kind: "import"; readonly name: string; readonly relation: { readonly kind: "ref"; readonly model: string } | { readonly kind: "source"; readonly source: string; readonly table: string } }
  | { readonly kind: "select"; readonly name: StepName; readonly selects: readonly Select[] }
  /** SQL of our own making (a date spine), already laid out, without indentation. */
  | { readonly kind: "text"; readonly name: StepName; readonly sql: string };

/** One argument of a model's `config()` block, as Jinja text (`'table'`, `['a', 'b']`). */
export interface ConfigArgument {
  readonly name: string;
  readonly value: string;
}

/** A dbt model or test in the dbt style guide's layout: config, import CTEs, CTEs, `select * from` the last one. */
export interface SqlModel {
  readonly config: readonly ConfigArgument[];
  readonly ctes: readonly Cte[];
  /** Whether one of the CTEs reads itself. */
  readonly recursive?: boolean;
}

/** The artifact of a SQL model: the blueprint `dbt/model.sql` prints every query in one layout. */
export function sqlModel(path: string, sql: SqlModel, from: readonly string[], origin: TemplateArtifact["origin"]): TemplateArtifact {
  const last = sql.ctes.at(-1);
  if (last === undefined) throw new Error(`${path} has no CTE`);
  const names = new Set(sql.ctes.map((one) => one.name.toLowerCase()));
  if (names.size < sql.ctes.length) throw new Error(`${path} has two CTEs of one name`);
  return { kind: "template", path, mode: "generated", from, origin, blueprint: "dbt/model.sql", view: { config: sql.config, recursive: sql.recursive === true, ctes: sql.ctes.map(view), last: last.name } };
}

/** Blueprints get every optional part filled in, so that an undefined name is always a bug. */
function view(cte: Cte): { readonly [key: string]: unknown } {
  if (cte.kind !== "select") return { ...cte };
  return { ...cte, selects: cte.selects.map((one) => ({ distinct: false, alias: "", joins: [], where: [], whereAny: [], groupBy: 0, having: [], orderBy: [], limit: 0, ...one, inline: isInline(one) })) };
}

/** A single column stands on the line of its select, unless it takes several lines itself. */
function isInline({ columns }: Select): boolean {
  const [only, ...more] = columns;
  return only !== undefined && more.length === 0 && !only.sql.includes("\n");
}
