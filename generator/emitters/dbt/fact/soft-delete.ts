import { DELETED } from "../../../model/fact-record.ts";
import type { Fact } from "../../../model/fact.ts";
import type { Design } from "../../../rules/types.ts";
import { comparedColumns, differences, whereAny } from "./comparison.ts";
import type { Cte } from "../sql/query.ts";

/** Rows that are missing, came out otherwise or are back, and those that the source lost since: they keep what they held, and are marked. */
export function softDeleteSteps(fact: Fact, design: Design): readonly Cte[] {
  const { columns, key } = comparedColumns(fact, design);
  const { types } = design.dialect;
  const sql = [
    "select",
    ...columns.map((one) => `    final.${one},`),
    `    false as ${DELETED},`,
    `    cast(null as ${types.timestamp}) as deleted_at`,
    "from final",
    "{% if is_incremental() %}",
    `left join {{ this }} as stored\n    on final.${key} = stored.${key}`,
    whereAny([`stored.${key} is null`, `stored.${DELETED}`, ...differences(fact, "stored", design)]),
    "",
    "union all",
    "",
    "select",
    ...columns.map((one) => `    stored.${one},`),
    `    true as ${DELETED},`,
    "    {{ run_time() }} as deleted_at",
    "from {{ this }} as stored",
    `left join final\n    on stored.${key} = final.${key}`,
    `where\n    final.${key} is null\n    and not stored.${DELETED}`,
    "{% endif %}",
  ].join("\n");
  return [{ kind: "text", name: "changed", sql }];
}
