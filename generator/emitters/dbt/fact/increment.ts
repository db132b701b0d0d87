import type { Fact } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { factColumns } from "./columns.ts";
import { identifier } from "../sql/expression.ts";
import type { ConfigArgument, Cte } from "../sql/query.ts";

/** What makes a fact incremental: its configuration, and the step that keeps the rows to write. */
export interface Increment {
  readonly config: readonly ConfigArgument[];
  readonly steps: readonly Cte[];
}

const none: Increment = { config: [], steps: [] };

/** dbt's names of the strategies. */
const strategies = { append: "append", merge: "merge", delete_insert: "delete+insert" } as const;

/**
 * Rows that the table does not have or holds otherwise. Whatever moved a row (a late or corrected one, a member or version that came late) shows in its
 * columns, so that increments end up as a rebuild would, in whatever order and portions rows came.
 */
export function factIncrement(fact: Fact, { dialect, choice }: Design): Increment {
  const strategy = choice("load strategy", fact.name);
  if (strategy !== "append" && strategy !== "merge" && strategy !== "delete_insert") return none;
  const columns = factColumns(fact).map((one) => identifier(one.name, dialect));
  const key = identifier(fact.keyColumn, dialect);
  const compared = strategy === "append" ? [] : columns.filter((one) => one !== key).map((one) => `final.${one} is distinct from stored.${one}`);
  const absent = `stored.${key} is null`;
  const sql = [
    "select",
    columns.map((one) => `    final.${one}`).join(",\n"),
    "from final",
    "{% if is_incremental() %}",
    `left join {{ this }} as stored\n    on final.${key} = stored.${key}`,
    compared.length === 0 ? `where ${absent}` : `where\n    ${[absent, ...compared].join("\n    or ")}`,
    "{% endif %}",
  ].join("\n");
  const config = [
    ["materialized", "'incremental'"],
    ["incremental_strategy", `'${strategies[strategy]}'`],
    ...(strategy === "append" ? [] : [["unique_key", `'${fact.keyColumn}'`]]),
    ["on_schema_change", "'fail'"],
  ].map(([name = "", value = ""]): ConfigArgument => ({ name, value }));
  return { config, steps: [{ kind: "text", name: "changed", sql }] };
}
