import { beyondLatin, latin } from "./latin.ts";

/** True for what we may name: `^[a-z][a-z0-9_]*$`, ASCII only. Byte limits are the business of the naming rule. */
export function isName(text: string): boolean {
  return /^[a-z][a-z0-9_]*$/.test(text);
}

/** The nearest valid name of an odd text (`Order ID` → `order_id`, `userId` → `user_id`, `2nd` → `n2nd`, `Größe` → `grosse`); "" where nothing is left. */
export function validName(text: string): string {
  const split = text.replace(/([\p{Ll}\p{Nd}]\p{M}*)(?=\p{Lu})/gu, "$1_").replace(/(\p{Lu}\p{M}*)(?=\p{Lu}\p{M}*\p{Ll})/gu, "$1_");
  const words = latin(split)
    .replace(/[^a-z0-9]+/g, "_")
    .replace(/^_+|_+$/g, "");
  return /^[0-9]/.test(words) ? `n${words}` : words;
}

/** Why no name is made of a text: it holds letters of other scripts, or neither letter nor digit. Null where `validName` gives one that says what the text says. */
export function namelessness(text: string): string | null {
  const strange = beyondLatin(text);
  if (strange !== "") return `'${strange}' has no Latin letters`;
  return validName(text) === "" ? "it holds neither letter nor digit" : null;
}

/** Staging model of a source table, `stg_shop__orders`. */
export function stagingModel(source: string, table: string): string {
  return `stg_${source}__${table}`;
}

/** Model of the current state of a table that keeps history, `int_shop__orders_current`. */
export function currentModel(source: string, table: string): string {
  return `int_${source}__${table}_current`;
}

/** Raw schema of a source where `physical.schema` says nothing, `raw_shop`. */
export function rawSchema(source: string): string {
  return `raw_${source}`;
}

/** dbt source of a source's tables that lie in a schema of their own, `shop_archive`. */
export function extraSource(source: string, schema: string): string {
  return `${source}_${validName(schema)}`;
}

/** Entity of a dimension written with or without its prefix: `dim_customer`, `dimension_customer`, `customer` → `customer`. */
export function entityOf(dimension: string): string {
  return dimension.replace(/^(dim|dimension)_(?=.)/, "");
}

/** Whether a dimension is built in: its keys are numbers that facts compute. */
export function isBuiltIn(dimension: string): boolean {
  return dimension === "dim_date" || dimension === "dim_time";
}

/** Dimension model of an entity or dimension name, `dim_customer`. */
export function dimensionModel(dimension: string): string {
  return `dim_${entityOf(dimension)}`;
}

/** Joined current rows of a dimension, `int_customer_joined`. */
export function joinedModel(entity: string): string {
  return `int_${entity}_joined`;
}

/** Versions of a dimension built from history, `int_customer_versioned`. */
export function versionedModel(entity: string): string {
  return `int_${entity}_versioned`;
}

/** Versions of a table that is joined into a dimension, `int_customer_addresses_versioned`. */
export function joinedVersionsModel(entity: string, alias: string): string {
  return `int_${entity}_${alias}_versioned`;
}

/** Members of a dimension with what its history remembers of them, `int_customer_remembered`. */
export function rememberedModel(entity: string): string {
  return `int_${entity}_remembered`;
}

/** Natural keys of a dimension that facts name, `int_customer_referenced`. */
export function referencedModel(entity: string): string {
  return `int_${entity}_referenced`;
}

/** Column for the value before the last change, beside a Type 3 attribute: `previous_region`. */
export function previousColumn(attribute: string): string {
  return `previous_${attribute}`;
}

/** Column for the value of today, beside a Type 6 attribute: `current_city`. */
export function currentColumn(attribute: string): string {
  return `current_${attribute}`;
}

/** dbt snapshot of a dimension, `snp_customer`. */
export function snapshotModel(entity: string): string {
  return `snp_${entity}`;
}

/** Process of a fact written with or without its prefix: `fct_orders`, `fact_orders`, `orders` → `orders`. */
export function processOf(fact: string): string {
  return fact.replace(/^(fct|fact)_(?=.)/, "");
}

/** Fact model of a process or fact name, `fct_orders`. */
export function factModel(fact: string): string {
  return `fct_${processOf(fact)}`;
}

/** Name under which marts go through a bridge, written with or without its prefix: `bridge_account_holders`, `account_holders` → `account_holders`. */
export function bridgeAlias(bridge: string): string {
  return bridge.replace(/^(bridge|brg)_(?=.)/, "");
}

/** Bridge model, `bridge_account_holders`. */
export function bridgeModel(bridge: string): string {
  return `bridge_${bridgeAlias(bridge)}`;
}

/** Key of a bridge beside the columns of a fact, `account_holders_member_key`; of those above in a hierarchy, `unit_tree_ancestor_key`. */
export function bridgeMemberKey(alias: string, side: "member" | "ancestor"): string {
  return `${alias}_${side}_key`;
}

/** Mart model, `mrt_sales_monthly`; `mart_` is read as `mrt_`. */
export function martModel(mart: string): string {
  return `mrt_${mart.replace(/^(mrt|mart)_(?=.)/, "")}`;
}

/** History table beside a Type 4 dimension, `dim_customer_history`. */
export function historyModel(dimension: string): string {
  return `${dimensionModel(dimension)}_history`;
}

/** Key column of a dimension: the version key in Type 2, `customer_key`. */
export function keyColumn(entity: string): string {
  return `${entity}_key`;
}

/** Key column that all versions of a member share, `customer_durable_key`. */
export function durableKeyColumn(entity: string): string {
  return `${entity}_durable_key`;
}

/** Foreign key column of a fact, `customer_key` or `bill_to_customer_key`; `key` is that of the dimension, where it is called otherwise (`customer_sk`). */
export function foreignKeyColumn(entity: string, role: string | null, key = keyColumn(entity)): string {
  if (role === null || role === entity) return key;
  return role.endsWith(`_${entity}`) && key.startsWith(`${entity}_`) ? `${role}${key.slice(entity.length)}` : `${role}_${key}`;
}

/** Date key column of a fact: `order` and `order_date` both give `order_date_key`; no role gives `date_key`. */
export function dateKeyColumn(role: string | null): string {
  if (role === null || role === "date") return "date_key";
  return role.endsWith("_date") ? `${role}_key` : `${role}_date_key`;
}

/** Time-of-day key column of a fact: `order_time_key`; no role gives `time_key`. */
export function timeKeyColumn(role: string | null): string {
  if (role === null || role === "time") return "time_key";
  return role.endsWith("_time") ? `${role}_key` : `${role}_time_key`;
}

/** Hashed grain key of a fact, `order_lines_key`. */
export function factKeyColumn(process: string): string {
  return `${process}_key`;
}

/** An earlier version of a mart, `mrt_sales_monthly_v1`; dbt looks for its file under this name. */
export function earlierMart(mart: string, version: number): string {
  return `${martModel(mart)}_v${version}`;
}

/** Hashed key of a mart's groups, `sales_monthly_key`. */
export function martKeyColumn(mart: string): string {
  return `${mart.replace(/^mrt_/, "")}_key`;
}

/** Moving sum of a measure in a mart, `sales_amount_rolling_3_month`. */
export function rollingColumn(measure: string, periods: number, unit: string): string {
  return `${measure}_rolling_${periods}_${unit}`;
}

/** Python module of a hand-written task, `daily_sales__refresh_dashboards`. */
export function taskModule(pipeline: string, task: string): string {
  return `${pipeline}__${task}`;
}

/** Columns that generated models add; a source column or attribute of that name would collide. */
export function isReservedColumn(name: string): boolean {
  return generatedColumns.has(name) || name.startsWith("dbt_");
}

const generatedColumns: ReadonlySet<string> = new Set(["valid_from", "valid_to", "is_current", "is_deleted", "is_inferred"]);
