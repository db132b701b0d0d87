import type { Fact } from "../../../model/fact.ts";
import { keepsDeleted, keepsEntries, rewritesWindow } from "../../../model/fact-record.ts";
import type { Design } from "../../../rules/types.ts";
import { sourcesByName } from "../../../model/named.ts";
import { comparedColumns, differences, whereAny } from "./comparison.ts";
import { entrySteps } from "./entries.ts";
import { partitionOf, partitionSteps } from "./partition-swap.ts";
import { softDeleteSteps } from "./soft-delete.ts";
import { identifier } from "../sql/expression.ts";
import type { ConfigArgument, Cte } from "../sql/query.ts";

/** What makes a fact incremental: its configuration, and the steps that keep the rows to write. */
export interface Increment {
  readonly config: readonly ConfigArgument[];
  readonly steps: readonly Cte[];
}

/** Whether runs add to the fact instead of building it anew. */
export function isIncremental(fact: Fact, { choice }: Pick<Design, "choice">): boolean {
  const strategy = choice("load strategy", fact.name);
  return strategy !== undefined && strategy !== "truncate_reload" && strategy !== "snapshot";
}

/** dbt's names of the strategies. */
const strategies = { append: "append", merge: "merge", delete_insert: "delete+insert", soft_delete: "merge", partition_swap: "partition_swap" } as const;

/**
 * Rows that the table does not have or holds otherwise. Whatever moved a row (a late or corrected one, a member or version that came late) shows in its
 * columns, so that increments end up as a rebuild would, in whatever order and portions rows came. A window is written as a whole: to read all that is
 * stored in order to spare a few of its rows costs more than it saves.
 */
export function factIncrement(fact: Fact, design: Design): Increment {
  const strategy = design.choice("load strategy", fact.name);
  if (strategy === undefined || strategy === "truncate_reload" || strategy === "snapshot") return { config: [], steps: [] };
  const remembers = keepsDeleted(fact) || keepsEntries(fact);
  const config = [
    ["materialized", "'incremental'"],
    ["incremental_strategy", `'${strategies[strategy]}'`],
    ...uniqueKey(fact, strategy, design),
    ["on_schema_change", "'append_new_columns'"],
    // What the source forgot stands nowhere else.
    ...(remembers ? [["full_refresh", "false"]] : []),
  ].map(([name = "", value = ""]): ConfigArgument => ({ name, value }));
  return { config, steps: stepsOf(fact, strategy, design) };
}

/** What dbt replaces rows by: the key, or for whole partitions their column, with the key beside it for the strategy's macro. */
function uniqueKey(fact: Fact, strategy: keyof typeof strategies, design: Design): readonly (readonly string[])[] {
  if (strategy === "append") return [];
  if (strategy === "partition_swap") return [["unique_key", `['${partitionOf(fact).name}', '${fact.keyColumn}']`]];
  const columns = (rewritesWindow(fact) ? grainColumns(fact, design) : null) ?? [fact.keyColumn];
  const names = columns.map((one) => `'${one}'`);
  const list = `[${names.join(", ")}]`;
  return [["unique_key", names.length === 1 ? names.join() : list.length <= longestList ? list : `[\n    ${names.join(",\n    ")}\n]`]];
}

/** What stands on one line with its name. */
const longestList = 60;

/**
 * The columns of a fact that hold its grain as it is, by which stored rows are found sooner than by a hash; null where it does not hold all of it, or where
 * one may be NULL, which no row is found by.
 */
function grainColumns(fact: Fact, { model, dialect }: Design): readonly string[] | null {
  const { base } = fact.rows;
  const source = sourcesByName(model).get(base.reference.id);
  if (source?.models.staging !== base.reference.model) return null;
  const columns = fact.grain.flatMap(({ value }) => {
    if (value.kind !== "column" || value.input !== base.alias || source.columns.find((one) => one.name === value.name)?.nullable !== false) return [];
    const held = fact.degenerates.find((one) => one.value.kind === "column" && one.value.input === base.alias && one.value.name === value.name);
    return held === undefined ? [] : [identifier(held.name, dialect)];
  });
  return columns.length === fact.grain.length ? columns : null;
}

function stepsOf(fact: Fact, strategy: keyof typeof strategies, design: Design): readonly Cte[] {
  if (keepsEntries(fact)) return entrySteps(fact, design);
  if (strategy === "soft_delete") return softDeleteSteps(fact, design);
  if (strategy === "partition_swap") return partitionSteps(fact, design);
  if (rewritesWindow(fact)) return [];
  const { columns, key } = comparedColumns(fact, design);
  const sql = [
    "select",
    columns.map((one) => `    final.${one}`).join(",\n"),
    "from final",
    "{% if is_incremental() %}",
    `left join {{ this }} as stored\n    on final.${key} = stored.${key}`,
    whereAny([`stored.${key} is null`, ...(strategy === "append" ? [] : differences(fact, "stored", design))]),
    "{% endif %}",
  ].join("\n");
  return [{ kind: "text", name: "changed", sql }];
}
