import type { EntityDimension } from "../../../generator/model/dimension.ts";
import { checkedColumns, snapshotKey } from "../../../generator/emitters/dbt/dimension/snapshot.ts";
import type { TestWarehouse } from "./warehouse.ts";

/** What a run of `dbt snapshot` does with strategy check and hard_deletes invalidate, at a stated time. The table must exist. */
export async function runSnapshot(warehouse: TestWarehouse, dimension: EntityDimension, now: string): Promise<void> {
  if (dimension.history.kind !== "snapshot" || dimension.models.joined === null) throw new Error("no snapshot");
  const { snapshot } = dimension.history;
  const { joined } = dimension.models;
  const key = snapshotKey(dimension);
  const tracked = checkedColumns(dimension);
  const at = `cast('${now}' as timestamp)`;
  const differs = tracked.map((name) => `${joined}.${name} is distinct from ${snapshot}.${name}`).join(" or ");
  const columns = [...new Set([key, ...dimension.naturalKey.map((one) => one.name), ...tracked])];
  const gone = dimension.deletes === "ignore" ? "" : ` or not exists (select 1 from ${joined} where ${joined}.${key} = ${snapshot}.${key})`;
  await warehouse.engine.run(`update ${snapshot} set dbt_valid_to = ${at} where dbt_valid_to is null and (exists (select 1 from ${joined} where ${joined}.${key} = ${snapshot}.${key} and (${differs}))${gone})`);
  await warehouse.engine.run(`insert into ${snapshot} (${columns.join(", ")}, dbt_valid_from, dbt_valid_to) select ${columns.map((name) => `${joined}.${name}`).join(", ")}, ${at}, null from ${joined} where not exists (select 1 from ${snapshot} where ${snapshot}.${key} = ${joined}.${key} and ${snapshot}.dbt_valid_to is null)`);
}
