import type { Fact } from "../../../model/fact.ts";
import { partitionColumn, type PartitionColumn } from "../../../model/partition.ts";
import type { Design } from "../../../rules/types.ts";
import { computedColumns } from "./columns.ts";
import { comparedColumns, differences, whereAny, whetherIncremental } from "./comparison.ts";
import { identifier } from "../sql/expression.ts";
import type { Cte } from "../sql/query.ts";

/**
 * Whole partitions in which any row is new, gone or came out otherwise. One that has no row left is named by a row without a key, which the
 * strategy's macro takes as what to delete and does not insert.
 */
export function partitionSteps(fact: Fact, design: Design): readonly Cte[] {
  return [
    { kind: "text", name: "touched", sql: touchedPartitions(fact, design) },
    { kind: "text", name: "changed", sql: rowsOfThem(fact, design) },
  ];
}

/** The partitions to replace; all of them where the fact is made anew. */
function touchedPartitions(fact: Fact, design: Design): string {
  const { key } = comparedColumns(fact, design);
  const partition = identifier(partitionOf(fact).name, design.dialect);
  const moved = [
    `select final.${partition}`,
    "from final",
    `left join {{ this }} as stored\n    on final.${key} = stored.${key}`,
    whereAny([`stored.${key} is null`, ...differences(fact, "stored", design)]),
    "",
    "union",
    "",
    `select stored.${partition}`,
    "from {{ this }} as stored",
    `left join final\n    on stored.${key} = final.${key}`,
    whereAny([`final.${key} is null`, `stored.${partition} is distinct from final.${partition}`]),
  ];
  return whetherIncremental(moved, [`select distinct ${partition}`, "from final"]);
}

/** All rows of these partitions, and a row without a key for each that has none left. */
function rowsOfThem(fact: Fact, design: Design): string {
  const { columns, key } = comparedColumns(fact, design);
  const { name, nullable } = partitionOf(fact);
  const partition = identifier(name, design.dialect);
  const equals = nullable ? "is not distinct from" : "=";
  const absent = computedColumns(fact).map((one) => {
    const column = identifier(one.name, design.dialect);
    return column === partition ? `    touched.${partition}` : `    cast(null as ${design.dialect.typeName(one.type)}) as ${column}`;
  });
  return [
    "select",
    columns.map((one) => `    final.${one}`).join(",\n"),
    "from final",
    `inner join touched\n    on final.${partition} ${equals} touched.${partition}`,
    "{% if is_incremental() %}",
    "",
    "union all",
    "",
    "select",
    absent.join(",\n"),
    "from touched",
    `left join final\n    on touched.${partition} ${equals} final.${partition}`,
    `where final.${key} is null`,
    "{% endif %}",
  ].join("\n");
}

/** The column that a fact loaded by partition_swap is divided by, which the linker has checked. */
export function partitionOf(fact: Fact): PartitionColumn {
  const column = partitionColumn(fact);
  if (column === null) throw new Error(`${fact.name} has no column ${fact.load.partitionBy} to be divided by`);
  return column;
}
